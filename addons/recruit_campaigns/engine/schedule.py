"""When a step is due."""

from datetime import datetime, timedelta

UNITS = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def due_at(*, after: datetime, delay: int, unit: str) -> datetime:
    """The moment a step is due.

    :param after: when the step before was sent, or the person enrolled (naive UTC)
    :param delay: how many `unit` to wait, 0 or more
    :param unit: a key of `UNITS`
    :return: naive UTC
    """
    return after + delay * UNITS[unit]
