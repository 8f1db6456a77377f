from . import test_check_recent_application
