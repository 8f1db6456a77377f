"""What beside skills speaks for a person: each part from 0 to 10,000 points.

The numbers are conventions of this product. What is not known counts as something in
between: nobody is put last for what we did not ask.
"""

from .rarity import FULL

NOT_KNOWN = FULL // 2
SAME_COUNTRY = FULL // 2
AVAILABILITY = {"now": FULL, "listening": 7_000, "closed": 0}
NOTICE_DAYS = 30  # who can start within a month can start
WAIT_HALF_LIFE = 90  # days beyond the notice after which waiting counts half
SIGN_HALF_LIFE = 180  # days after which a sign of life counts half


def fade(days: int, half_life: int) -> int:
    """Return what is left of the full points after so many days."""
    return int(FULL * 2 ** (-max(days, 0) / half_life) + 0.5)


def degree(job, person) -> int:
    """Return how far the highest degree reaches what is asked for."""
    if not job.degree:
        return FULL
    if person.degree is None:
        return NOT_KNOWN
    return min(FULL, person.degree * FULL // job.degree)


def location(job, person) -> int:
    """Return how near the person lives: the city, the country, elsewhere."""
    if not job.place and not job.country:
        return FULL
    abroad = job.country and person.country and job.country != person.country
    if abroad:
        return 0
    if job.place and job.place == person.place:
        return FULL
    if not job.place and person.country:
        return FULL
    return SAME_COUNTRY if person.country else NOT_KNOWN


def availability(person, today) -> int:
    """Return how soon the person would start, as they told us."""
    if person.availability == "from_date" and person.available_from:
        wait = (person.available_from - today).days - NOTICE_DAYS
        return fade(wait, WAIT_HALF_LIFE)
    return AVAILABILITY.get(person.availability, NOT_KNOWN)


def history(person) -> int:
    """Return the best of what we know from earlier applications."""
    return min(FULL, max(person.history.values(), default=0))


def engagement(person, today) -> int:
    """Return how lately we were in contact."""
    if not person.last_sign:
        return 0
    return fade((today - person.last_sign).days, SIGN_HALF_LIFE)
