"""What a person agreed to: the words of the ledger, and what its last row means today.

Sources: GDPR articles 6 (the bases), 7(1) and 7(3) (proof, withdrawal as easy as
giving) and 21(2) to (3) (an objection to direct marketing is absolute).
"""

from dateutil.relativedelta import relativedelta

PURPOSES = [
    ("application", "Applications"),
    ("pool", "Talent pools"),
    ("marketing", "Messages about jobs"),
    ("tracking", "Measuring opens and clicks"),
]
BASES = [
    ("consent", "Consent"),
    ("contract", "Steps before a contract"),
    ("legitimate_interest", "Legitimate interest"),
    ("legal_obligation", "Legal obligation"),
]
METHODS = [
    ("form", "Form on the website"),
    ("page", "Privacy page of the person"),
    ("link", "Link of a message"),
    ("mail", "E-mail"),
    ("phone", "Phone"),
    ("meeting", "In person"),
    ("paper", "On paper"),
    ("import", "Import"),
    ("other", "Other"),
]
GIVEN, WITHDRAWN, EXPIRED, NONE = "given", "withdrawn", "expired", "none"
STATES = [
    (GIVEN, "Given"),
    (EXPIRED, "Expired"),
    (WITHDRAWN, "Withdrawn"),
    (NONE, "Never asked"),
]


def state(*, withdrawn_at, expires_on, today):
    """Return what one row of the ledger means on a day: given, withdrawn or expired.

    :param expires_on: the last day on which it holds, or a false value: no end
    """
    if withdrawn_at:
        return WITHDRAWN
    return EXPIRED if expires_on and expires_on < today else GIVEN


def last_day(*, given_on, valid_months):
    """Return the last day of a consent, or None where it has no end.

    :param valid_months: a whole number; 0 or None: no end
    """
    return given_on + relativedelta(months=valid_months) if valid_months else None
