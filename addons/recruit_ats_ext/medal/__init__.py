from . import suggest
