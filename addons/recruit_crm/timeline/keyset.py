"""Paging through what many tables tell, newest first, without an offset.

An entry has a place: its moment, the rank of its source and its id. Pages continue
after a place, so that a new entry on top shifts nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from odoo.tools import SQL

PAGE, PAGE_MOST = 40, 200


class Place(NamedTuple):
    """Where an entry stands; a greater place is newer."""

    moment: datetime  # naive UTC, to the microsecond
    rank: int
    id: int

    def to_client(self):
        """Return the place as JSON can carry it."""
        return [self.moment.isoformat(), self.rank, self.id]

    @classmethod
    def from_client(cls, value):
        """Return the place that :meth:`to_client` gave away.

        :raise ValueError: for anything else
        """
        try:
            moment, rank, record_id = value
            return cls(datetime.fromisoformat(moment), int(rank), int(record_id))
        except TypeError as error:
            raise ValueError(f"not a place: {value!r}") from error


@dataclass(frozen=True)
class Source:
    """One table that tells something about a person.

    :param kind: the chip under which its entries are shown
    :param records: an empty recordset whose rights count; with sudo() where the
        domain itself holds the rights
    :param moment: the datetime field that dates an entry
    :param domain: which records of the table are about this person
    :param describe: record -> dict with ``title`` and, where they apply, ``text``,
        ``author``, ``icon``, ``tone`` and ``link`` (model, id)
    """

    kind: str
    records: Any
    moment: str
    domain: list
    describe: Callable


def older(place, rank, moment, record_id):
    """Return the condition on a row of the source ``rank`` to stand after ``place``.

    Written so that an index on (moment, id) serves it.

    :param SQL moment: the column of the moment
    :param SQL record_id: the column of the id
    """
    if rank < place.rank:
        return SQL("%s <= %s", moment, place.moment)
    if rank > place.rank:
        return SQL("%s < %s", moment, place.moment)
    return SQL("(%s, %s) < (%s, %s)", moment, record_id, place.moment, place.id)
