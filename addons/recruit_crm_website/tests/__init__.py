from . import (
    test_access,
    test_check_recent_application,
    test_landing,
    test_visit,
)
