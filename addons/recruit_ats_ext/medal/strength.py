"""How much a near miss still says today."""

# A rule of thumb, not a measurement: what somebody could do a year ago counts half.
HALF_LIFE_DAYS = 365
# A finalist without a scorecard starts here; a unanimous strong yes at 100.
START, PER_POINT = 60, 20


def strength(score: float, age_days: int) -> int:
    """Percent of a medal's full weight that is left.

    :param score: the interviewers' recommendation, -2 to 2; 0 without any
    :param age_days: days since the medal was won; negative counts as 0
    """
    start = min(100.0, max(0.0, START + PER_POINT * score))
    return round(start * 0.5 ** (max(0, age_days) / HALF_LIFE_DAYS))
