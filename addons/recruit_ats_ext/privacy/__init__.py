from . import holdings
