from . import test_clock
