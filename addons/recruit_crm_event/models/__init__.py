from . import event_event, event_registration, recruit_candidate, recruit_touch
