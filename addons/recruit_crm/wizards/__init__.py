from . import (
    recruit_candidate_apply,
    recruit_candidate_pool_add,
    recruit_candidate_touch,
    recruit_pool_dissolve,
    recruit_pool_leave,
    recruit_pool_stage_copy,
)
