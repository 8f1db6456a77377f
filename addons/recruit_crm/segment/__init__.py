from . import (
    compiler,
    consent_fields,
    expert,
    fields,
    history_fields,
    person_fields,
    pool_fields,
    skill_fields,
    tree,
    expert_field,
)
