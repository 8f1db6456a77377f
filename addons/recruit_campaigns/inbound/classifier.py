"""What a message is, decided by the surest sign first."""

from datetime import date
from email.message import Message

from . import arf, challenge, dsn, failure, mdn, original, text, vacation
from .verdict import Verdict


def classify(message: Message, today: date) -> Verdict:
    """Tell what came back: a person's reply, a machine's answer, a report.

    Standard forms are read before worded ones, and what no rule knows is a person's:
    a machine that is taken for a person ends a campaign that could have gone on, but
    a person who is taken for a machine goes on getting mail that they answered.

    :param message: as parsed by `email`, with any policy
    :param today: for dates of return that name no year, or only a weekday
    """
    body = text.body(message)
    ids = original.message_ids(message, body)
    return (
        arf.read(message, ids, body)
        or mdn.read(message, ids)
        or dsn.read(message, ids, body)
        or failure.read(message, ids, body)
        or challenge.read(message, ids, body)
        or vacation.read(message, ids, body, today)
    )
