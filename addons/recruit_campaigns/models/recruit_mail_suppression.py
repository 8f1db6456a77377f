from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from odoo.addons.recruit_crm.models.recruit_candidate_reach import AddressList


class RecruitMailSuppression(models.Model):
    """An address that recruiting mail does not go to any more, and why.

    For recruiting alone: the company's blacklist, which sales uses too, is untouched. A
    new address of the person is a new address; a reply from the old one revives it.
    """

    _name = "recruit.mail.suppression"
    _description = "Dead Address"
    _order = "since desc, id desc"
    _rec_name = "email"

    email = fields.Char("Address", required=True, help="Normalized.")
    reason = fields.Selection(
        [
            ("bounced", "Does not exist"),
            ("kept_failing", "Failed again and again"),
            ("wrong_person", "Belongs to somebody else"),
        ],
        required=True,
    )
    text = fields.Char("In words", help="What the other mail server said.")
    since = fields.Datetime(required=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")

    _email_unique = models.UniqueIndex(
        "(email)", "This address is on the list already."
    )

    @api.model
    def _suppress(self, email, reason, *, text="", company=None):
        """Put an address on the list, and let its people leave their campaigns.

        Once is as good as twice, however many reports come at the same time.
        """
        email = email_normalize(email or "")
        if not email:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_mail_suppression (email, reason, text, since,
                       company_id, create_uid, create_date, write_uid, write_date)
                VALUES (%(email)s, %(reason)s, %(text)s, %(now)s, %(company)s, %(uid)s,
                        %(now)s, %(uid)s, %(now)s)
                ON CONFLICT (email) DO NOTHING
                """,
                email=email,
                reason=reason,
                text=text[:500] or None,
                now=self.env["recruit.clock"].now(),
                company=company.id if company else None,
                uid=self.env.uid,
            )
        )
        self.env.invalidate_all()
        # sudo: an address is dead for the campaigns of every company
        people = self.env["recruit.candidate"].sudo()
        people.search([("email_normalized", "=", email)])._exit_unreachable()

    @api.model
    def _revive(self, email):
        """Take an address off the list: somebody wrote from it."""
        # sudo: the mail gateway has no rights of its own
        self.sudo().search([("email", "=", email_normalize(email or ""))]).unlink()

    def action_revive(self):
        """Write to these addresses again.

        :raises AccessError: without the right to delete from the list
        """
        self.unlink()
        return True


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _unreachable_reason(self):
        """Add the dead address to what keeps mail from a person."""
        reason = super()._unreachable_reason()
        if not reason and self._address_is_dead():
            return self.env._("Mail to this address does not arrive.")
        return reason

    @api.model
    def _address_lists(self, candidate):
        """Add the dead addresses, as `_unreachable_reason` does."""
        dead = SQL(
            """EXISTS (SELECT FROM recruit_mail_suppression s
                        WHERE s.email = %s.email_normalized)""",
            candidate,
        )
        lists = super()._address_lists(candidate)
        return [*lists, AddressList("bounced", "recruit_mail_suppression", dead)]

    def _address_is_dead(self):
        email = self.email_normalized
        # sudo: who sees the person may know that mail does not arrive
        dead = self.env["recruit.mail.suppression"].sudo()
        return bool(email and dead.search_count([("email", "=", email)], limit=1))
