from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class AddressList(NamedTuple):
    """A table of addresses, and the condition that a person's is on it."""

    code: str
    table: str
    condition: SQL


class RecruitCandidate(models.Model):
    """Who may not get e-mail, said as SQL: for people by the thousand, and for the last
    moment before a message leaves."""

    _inherit = "recruit.candidate"

    @api.model
    def _unreachable_cases(self, candidate):
        """What keeps e-mail from a person, as conditions on the database.

        The twin of `_unreachable_reason`: a rule stands in both, so that what a screen
        says and what a sender does agree (`test_reach.py` holds them equal). Extend it
        with ``super()`` and add pairs; a condition sees what is committed when it is
        evaluated, so it must not rest on values that are only computed.

        :param SQL candidate: the name of a row of recruit_candidate in the statement
        :return list: pairs of a code and an `SQL` condition; the first true one counts
        """
        return [
            ("do_not_contact", SQL("%s.state = 'do_not_contact'", candidate)),
            ("no_address", SQL("COALESCE(%s.email_normalized, '') = ''", candidate)),
            *((one.code, one.condition) for one in self._address_lists(candidate)),
        ]

    @api.model
    def _address_lists(self, candidate):
        """Return the lists of addresses to which no mail goes, as `AddressList`.

        Extend it with ``super()``. A condition rests on ``email_normalized`` and its
        list alone; the list has the normalized address in a column ``email``.

        :param SQL candidate: as in :meth:`_unreachable_cases`
        """
        blacklist = SQL(
            """EXISTS (SELECT FROM mail_blacklist b
                        WHERE b.active AND b.email = %s.email_normalized)""",
            candidate,
        )
        return [AddressList("blacklisted", "mail_blacklist", blacklist)]

    @api.model
    def _unreachable_sql(self, alias):
        """The code of what keeps e-mail from a person, or NULL.

        Size: one index look-up in mail_blacklist for each person, and what addons add.

        :param str alias: of the table recruit_candidate in the statement around it
        """
        return self._first_case(self._unreachable_cases(SQL.identifier(alias)))

    def _unreachable_ids(self):
        """The ids of those to whom no e-mail may go.

        Size: a page of people, in one statement. Index: primary key.
        """
        self.env.flush_all()  # the conditions read tables of many addons
        rows = self.env.execute_query(
            SQL(
                "SELECT c.id FROM recruit_candidate c WHERE c.id = ANY(%s) AND (%s)",
                [one for one in self.ids if one],
                SQL(" OR ").join(
                    condition
                    for _code, condition in self._unreachable_cases(SQL.identifier("c"))
                ),
            )
        )
        return {row_id for (row_id,) in rows}

    @api.model
    def _first_case(self, cases):
        """The code of the first condition that holds, or NULL, as `SQL`."""
        return SQL(
            "CASE %s END",
            SQL(" ").join(
                SQL("WHEN %s THEN %s", condition, code) for code, condition in cases
            ),
        )
