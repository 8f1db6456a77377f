from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .recruit_credit_compute import DAYS, HALF_LIFE, WINDOW


class ResConfigSettings(models.TransientModel):
    """How credit is split; another answer rebuilds it in the background."""

    _inherit = "res.config.settings"

    recruit_attribution_half_life = fields.Integer(
        "Half-life (days)", config_parameter=HALF_LIFE, default=DAYS[HALF_LIFE]
    )
    recruit_attribution_window = fields.Integer(
        "Look back (days)",
        config_parameter=WINDOW,
        default=DAYS[WINDOW],
        help="Older touches earn nothing. 0: every touch counts, however old.",
    )

    @api.constrains("recruit_attribution_half_life", "recruit_attribution_window")
    def _check_attribution_days(self):
        for settings in self:
            if (
                settings.recruit_attribution_half_life < 1
                or settings.recruit_attribution_window < 0
            ):
                raise ValidationError(
                    self.env._(
                        "A half-life is a day at least, and no window is 0 days."
                    )
                )

    def set_values(self):
        """Save, and compute all credit anew where its split changed."""
        parameters = self.env["ir.config_parameter"].sudo()  # as set_values itself
        before = [parameters.get_param(name) for name in DAYS]
        result = super().set_values()
        if before != [parameters.get_param(name) for name in DAYS]:
            self.env["recruit.credit.due"].sudo()._mark_all()
        return result
