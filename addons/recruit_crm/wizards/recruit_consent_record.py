from odoo import api, fields, models

from ..privacy import consent


class RecruitConsentRecord(models.TransientModel):
    """Ask what people agreed to or no longer agree to, and write it in the ledger."""

    _name = "recruit.consent.record"
    _description = "Record Consent"

    candidate_ids = fields.Many2many(
        "recruit.candidate", required=True, context={"active_test": False}
    )
    act = fields.Selection(
        [("give", "Agreed"), ("withdraw", "No longer agrees")],
        required=True,
        default="give",
    )
    purpose = fields.Selection(consent.PURPOSES, required=True, default="marketing")
    basis = fields.Selection(
        consent.BASES, "Legal basis", required=True, default="consent"
    )
    wording_id = fields.Many2one(
        "recruit.consent.wording",
        "Words",
        domain="[('purpose', '=', purpose)]",
        compute="_compute_wording_id",
        store=True,
        readonly=False,
        help="What the person read or was told.",
    )
    method = fields.Selection(consent.METHODS, "How", required=True, default="phone")
    given_at = fields.Datetime(
        "When", required=True, default=lambda self: self.env["recruit.clock"].now()
    )
    expires_on = fields.Date(
        "Valid until",
        compute="_compute_expires_on",
        store=True,
        readonly=False,
        help="The last day. Empty: until it is withdrawn.",
    )
    evidence = fields.Text("Proof")

    @api.depends("purpose", "candidate_ids")
    def _compute_wording_id(self):
        for wizard in self:
            first = wizard.candidate_ids[:1]
            wizard.wording_id = first and first._consent_wording(wizard.purpose)

    @api.depends("wording_id", "given_at")
    def _compute_expires_on(self):
        for wizard in self:
            wizard.expires_on = wizard.given_at and consent.last_day(
                given_on=wizard.given_at.date(),
                valid_months=wizard.wording_id.valid_months,
            )

    def action_record(self):
        """Record.

        :raise AccessError: when the user may not write these people
        """
        self.ensure_one()
        self.candidate_ids.check_access("write")
        if self.act == "withdraw":
            self.candidate_ids._withdraw_consent(
                self.purpose, self.method, self.evidence
            )
        else:
            self.candidate_ids._give_consent(
                self.purpose,
                self.method,
                basis=self.basis,
                wording_id=self.wording_id.id,
                evidence=self.evidence,
                given_at=self.given_at,
                expires_on=self.expires_on,
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
