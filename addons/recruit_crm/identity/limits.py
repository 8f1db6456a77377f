"""How long the texts of a candidate may be.

PostgreSQL indexes refuse rows above 2,704 bytes and a list view has no use for
more; the limits are well below, so that the user reads a sentence, not an SQL error.
"""

LIMITS = {
    "name": 200,
    "email": 254,  # RFC 5321
    "phone": 40,
    "linkedin_profile": 300,
    "github_profile": 300,
    "headline": 200,
    "employer": 200,
    "interests": 2000,
    "do_not_contact_reason": 200,
    "snooze_reason": 200,
    "city": 100,
    "source": 100,
}


def too_long(values):
    """Return ``[(field, length, limit)]`` for the texts in ``values`` over their limit.

    :param dict values: field name to value; other fields and types are passed over
    """
    return [
        (field, len(values[field]), limit)
        for field, limit in LIMITS.items()
        if isinstance(values.get(field), str) and len(values[field]) > limit
    ]
