from . import keyset
