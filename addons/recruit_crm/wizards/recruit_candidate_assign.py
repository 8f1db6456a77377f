from odoo import fields, models


class RecruitCandidateAssign(models.TransientModel):
    """Who looks after the people selected; several recruiters share them."""

    _name = "recruit.candidate.assign"
    _description = "Assign Owner"

    candidate_ids = fields.Many2many("recruit.candidate", string="Candidates")
    user_ids = fields.Many2many(
        "res.users",
        string="Owners",
        required=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Several share the people in turn, the same number each.",
    )

    def action_assign(self):
        """Assign, and show the list anew."""
        self.candidate_ids._assign_owners(self.user_ids)
        return self.candidate_ids._tell_mended(self.candidate_ids)
