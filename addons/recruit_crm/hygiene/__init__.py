from . import checks, mentions
