from . import markov, models, split
