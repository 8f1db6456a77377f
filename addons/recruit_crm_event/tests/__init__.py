from . import test_candidate_events, test_event
