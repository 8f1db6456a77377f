from . import (
    base_partner_merge,
    recruit_candidate_apply,
    recruit_candidate_merge,
    recruit_candidate_pool_add,
    recruit_candidate_silence,
    recruit_candidate_snooze,
    recruit_candidate_touch,
    talent_pool_add_applicants,
    recruit_pool_dissolve,
    recruit_pool_leave,
    recruit_pool_stage_copy,
    recruit_touch_correct,
)
