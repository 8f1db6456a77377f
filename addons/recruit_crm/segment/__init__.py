from . import (
    compiler,
    expert,
    fields,
    history_fields,
    person_fields,
    pool_fields,
    skill_fields,
    tree,
    expert_field,
)
