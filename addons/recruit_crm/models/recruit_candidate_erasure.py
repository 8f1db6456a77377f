from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..privacy.registry import CANDIDATE, DELETE, KEEP
from .recruit_candidate import CRM

PRIVACY = "recruit_crm.group_recruit_privacy_officer"
LATE_DAYS = 3  # what another transaction still wrote of an erased person is swept
BUS_MOST = 50  # people; of more at once the bus forgets by itself within a day


class RecruitCandidate(models.Model):
    """Forgetting a person: all that is declared about them goes, the figures stay.

    The row of the candidate stays, without a name, as 'Erased person #7': applications,
    touches and hires count on. Nothing can be written on it again.
    """

    _inherit = "recruit.candidate"

    erased_at = fields.Datetime(
        "Erased", readonly=True, copy=False, index="btree_not_null"
    )
    legal_hold = fields.Boolean(
        copy=False,
        tracking=True,
        groups=CRM,
        help="A dispute or an authority asks to keep everything about this person. "
        "Nothing is erased until it is lifted.",
    )
    legal_hold_reason = fields.Char("Held because of", copy=False, groups=CRM)

    _hold_check = models.Constraint(
        "CHECK (legal_hold IS NOT TRUE OR legal_hold_reason IS NOT NULL)",
        "Say why this person's data is held: a dispute, a case number, an authority.",
    )

    def write(self, vals):
        """Refuse to write on erased people, and to let others decide on legal holds."""
        if not self.env.su:
            if self.filtered("erased_at"):
                raise UserError(self._erased_message())
            if {"legal_hold", "legal_hold_reason"} & vals.keys():
                self._check_privacy_officer()
        return super().write(vals)

    def action_erase(self):
        """Show what would go and what would stay, and ask."""
        self._check_privacy_officer()
        return self._open_wizard(
            "recruit.candidate.erase", self.env._("Erase or Leave in Peace")
        )

    def _check_privacy_officer(self):
        """:raise AccessError: for who is no privacy officer"""
        if not self.env.su and not self.env.user.has_group(PRIVACY):
            raise AccessError(self.env._("This is for privacy officers."))

    @api.model
    def _erased_message(self):
        return self.env._(
            "This person was erased, at their wish or because their time was over. "
            "Nothing can be added; a new application makes a new candidate."
        )

    def _unreachable_reason(self):
        """Say first that there is nobody to reach any more."""
        if self.erased_at:
            return self.env._("This person was erased.")
        return super()._unreachable_reason()

    def _check_may_merge(self):
        """Refuse people of whom nothing is known any more."""
        result = super()._check_may_merge()
        if self.sudo().filtered("erased_at"):  # sudo: erased people are archived
            raise UserError(
                self.env._(
                    "One of these people was erased and cannot be merged. Keep them "
                    "apart."
                )
            )
        return result

    def _with_signposts(self):
        """Return these people and the records that were merged into them."""
        everyone = self.sudo().with_context(active_test=False)
        found, more = everyone, everyone
        while more := everyone.search([("merged_into_id", "in", more.ids)]) - found:
            found |= more
        return found

    def _erasure_blockers(self):
        """Return why people may not be erased now: {candidate id: sentence}.

        Extend it with super(); the first reason counts.
        """
        # sudo: it holds, whoever may see the employee
        people = self.sudo().with_context(active_test=False)
        employed = (
            self.env["hr.employee"]
            .sudo()
            .search([("candidate_id", "in", self.ids)])
            .candidate_id
        )
        blockers = {}
        for person in people:
            if person.erased_at:
                blockers[person.id] = self.env._("Was erased already.")
            elif person.legal_hold:
                blockers[person.id] = self.env._(
                    "On legal hold: %(reason)s", reason=person.legal_hold_reason
                )
            elif person.state == "employee" or person in employed:
                blockers[person.id] = self.env._(
                    "Works here: recruiting belongs to the file of the employee."
                )
        return blockers

    def _erase(self, cause, reason=False):
        """Forget these people, for good, and return the certificates.

        :param str cause: a key of recruit.erasure's ``cause``
        :param reason: the ticket or the policy, kept on the certificate; where it is
            not the same for all, by candidate id
        :raise UserError: where something stands against it
        """
        people = self._survivors().sudo()  # sudo: the caller has the right, or a policy
        people._lock_for_erasure()
        if blockers := people._erasure_blockers():
            raise UserError("\n".join(sorted(set(blockers.values()))))
        people._record_event("erased")
        people._suppress()
        privacy = self.env["recruit.privacy"].sudo()
        everyone = people._with_signposts()
        found = privacy._find(everyone)
        certificates = people._certify(cause, reason, found)
        people._forget_on_the_bus()
        privacy._forget(found)
        everyone._mark_erased()
        return certificates

    def _lock_for_erasure(self):
        """Let nobody write of these people until the commit; who tries is retried."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM recruit_candidate WHERE id = ANY(%s) ORDER BY id "
                "FOR UPDATE",
                self.ids,
            )
        )

    def _mark_erased(self):
        self.env.cr.execute(
            SQL(
                """UPDATE recruit_candidate SET erased_at = %s, write_uid = %s
                    WHERE id = ANY(%s)""",
                self.env["recruit.clock"].now(),
                self.env.uid,
                self.ids,
            )
        )
        self.invalidate_recordset()

    def _certify(self, cause, reason, found):
        """Write the certificates; the counts are those of the batch, shared evenly
        where it is of one person and left out where it is not."""
        counts = self._rows_that_go(found) if len(self) == 1 else {}
        reasons = (
            reason if isinstance(reason, dict) else dict.fromkeys(self.ids, reason)
        )
        return self.env["recruit.erasure"].create(
            [
                {
                    "candidate_id": one.id,
                    "erased_at": self.env["recruit.clock"].now(),
                    "user_id": self.env.uid,
                    "cause": cause,
                    "reason": reasons[one.id],
                    "row_count": sum(counts.values()),
                    "details": counts,
                }
                for one in self
            ]
        )

    @api.model
    def _rows_that_go(self, found):
        """Return how many rows of each model an erasure deletes or clears."""
        holdings = self.env["recruit.privacy"]._holdings()
        return {
            model: len(ids)
            for model, ids in found.items()
            if holdings[model].fate == DELETE
            or (holdings[model].fate != KEEP and holdings[model].clear)
        }

    def _forget_on_the_bus(self):
        """Take what browsers were told of these people out of the bus.

        Odoo forgets it within a day; one person is forgotten now. Size: the bus, a day
        of notifications, read once. It has no index on texts.
        """
        if len(self) > BUS_MOST:
            return
        words = [
            word
            for one in self._with_signposts()
            for word in (one.name, one.email_normalized, one.phone)
            if word
        ]
        self.env.cr.execute(
            SQL(
                "DELETE FROM bus_bus WHERE message ILIKE ANY(%s)",
                [f"%{_escaped(word)}%" for word in words],
            )
        )

    @api.model
    def _sweep_erased(self):
        """Forget what another transaction still wrote of people erased just now, e.g.
        the copy of a message that was on its way.

        Size: the erasures of three days. Index: that of erased_at.
        """
        since = self.env["recruit.clock"].now() - timedelta(days=LATE_DAYS)
        people = (
            self.sudo()  # sudo: erased people are nobody's any more
            .with_context(active_test=False)
            .search([("erased_at", ">=", since)])
        )
        privacy = self.env["recruit.privacy"].sudo()
        found = privacy._find(people)
        holdings = privacy._holdings()
        late = {
            model: ids
            for model, ids in found.items()
            if holdings[model].fate == DELETE or model == CANDIDATE
        }
        if len(late) > 1:
            privacy._forget(late)
        return late


def _escaped(word):
    """Return a word for ILIKE, as JSON spells it."""
    ascii_only = word.encode("ascii", "backslashreplace").decode()
    for sign in "\\%_":
        ascii_only = ascii_only.replace(sign, "\\" + sign)
    return ascii_only
