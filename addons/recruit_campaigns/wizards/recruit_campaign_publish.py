from markupsafe import Markup

from odoo import api, fields, models

from ..models.recruit_campaign_version import FINISH, MOVE


class RecruitCampaignPublish(models.TransientModel):
    """Show what new steps do to the people inside, and ask what is to happen."""

    _name = "recruit.campaign.publish"
    _description = "Use New Steps"

    campaign_id = fields.Many2one("recruit.campaign", required=True, readonly=True)
    choice = fields.Selection(
        [
            (MOVE, "They go on with the new steps"),
            (FINISH, "They finish the steps they began"),
        ],
        "People Inside",
        default=MOVE,
        required=True,
    )
    effect = fields.Html("Then", compute="_compute_effect")

    @api.depends("campaign_id", "choice")
    def _compute_effect(self):
        for wizard in self:
            lines = wizard.campaign_id._version_effect(wizard.choice)
            wizard.effect = Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % line for line in lines
            )

    def action_publish(self):
        """Use the new steps from now on."""
        self.ensure_one()
        self.campaign_id._publish(self.choice)
        return {
            "type": "ir.actions.act_window_close",
            "infos": {"published": True},
        }
