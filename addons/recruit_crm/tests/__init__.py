from . import (
    test_access,
    test_applicant,
    test_candidate,
    test_forms,
    test_hooks,
    test_identity_normalize,
    test_import,
    test_performance,
    test_pool,
    test_segment,
    test_touch,
)
