from . import limits, match, normalize
