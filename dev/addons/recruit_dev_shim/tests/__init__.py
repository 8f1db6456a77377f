from . import test_bundles
