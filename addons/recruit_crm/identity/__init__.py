from . import limits, normalize
