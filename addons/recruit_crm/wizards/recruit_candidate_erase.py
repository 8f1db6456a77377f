from markupsafe import Markup

from odoo import api, fields, models

from ..privacy.registry import KEEP

LISTED = 12  # people named in the preview


class RecruitCandidateErase(models.TransientModel):
    """Show what an erasure takes and what stays and why, and do it; or leave the person
    in peace and keep their data."""

    _name = "recruit.candidate.erase"
    _description = "Erase or Leave in Peace"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    act = fields.Selection(
        [
            ("silence", "Do not contact; keep the data"),
            ("erase", "Erase everything about the person"),
        ],
        "What to do",
        required=True,
        default="erase",
    )
    cause = fields.Selection(
        [
            ("request", "The person asked for it"),
            ("officer", "A privacy officer decided it"),
        ],
        required=True,
        default="request",
    )
    reason = fields.Char(
        "Reference", help="A ticket number. It stays, so write no name and no address."
    )
    preview = fields.Html(compute="_compute_preview", sanitize=True)
    is_blocked = fields.Boolean(compute="_compute_preview")

    @api.depends("candidate_ids")
    def _compute_preview(self):
        for wizard in self:
            people = wizard.candidate_ids._origin
            blockers = people._erasure_blockers()
            wizard.is_blocked = bool(blockers)
            wizard.preview = wizard._preview_page(people, blockers)

    def _preview_page(self, people, blockers):
        parts = [self._blocked_part(people, blockers)]
        free = people.filtered(lambda one: one.id not in blockers)
        if free:
            privacy = self.env["recruit.privacy"].sudo()  # sudo: counts for the officer
            found = privacy._find(free._with_signposts())
            parts += [self._going_part(found), self._staying_part(found)]
        return Markup("").join(parts)

    def _blocked_part(self, people, blockers):
        if not blockers:
            return Markup("")
        lines = [
            self.env._("%(name)s: %(why)s", name=one.name, why=blockers[one.id])
            for one in people
            if one.id in blockers
        ][:LISTED]
        return self._list(self.env._("Cannot be erased now"), lines)

    def _going_part(self, found):
        counts = self.env["recruit.candidate"]._rows_that_go(found)
        return self._list(
            self.env._("Goes for good"),
            sorted(
                f"{self.env[model]._description}: {count}"
                for model, count in counts.items()
            ),
        )

    def _staying_part(self, found):
        holdings = self.env["recruit.privacy"]._holdings()
        lines = [
            self.env._(
                "%(what)s: %(count)s (%(why)s)",
                what=self.env[model]._description,
                count=len(ids),
                why=holdings[model].why,
            )
            for model, ids in found.items()
            if holdings[model].fate == KEEP
        ]
        if shared := self._shared_contacts(found):
            lines.append(
                self.env._(
                    "Contact: %(count)s (also known to sales, or a user of Odoo)",
                    count=len(shared),
                )
            )
        lines += [
            self.env._("A record without a name, so that figures stay right"),
            self.env._("A fingerprint, so that nobody adds the person again"),
        ]
        return self._list(self.env._("Stays"), lines)

    def _shared_contacts(self, found):
        """Return the contacts of these people that are somebody else's too."""
        rows = self.env["recruit.candidate"].sudo().browse(found["recruit.candidate"])
        applicants = self.env["hr.applicant"].sudo()  # sudo: counts for the officer
        applicants = applicants.browse(found.get("hr.applicant", ()))
        contacts = set((rows.partner_id | applicants.partner_id).ids)
        return contacts - found.get("res.partner", set())

    def _list(self, title, lines):
        items = Markup("").join(Markup("<li>%s</li>") % line for line in lines)
        return Markup("<h4>%s</h4><ul>%s</ul>") % (title, items)

    def action_apply(self):
        """Do what was chosen.

        :raise AccessError: for who is no privacy officer or may not write these people
        :raise UserError: where something stands against an erasure
        """
        self.ensure_one()
        people = self.candidate_ids
        people._check_privacy_officer()
        people.check_access("write")
        if self.act == "silence":
            people.action_do_not_contact(self.reason)
        else:
            for candidate in people:
                candidate._erase(self.cause, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
