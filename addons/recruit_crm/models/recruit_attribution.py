from odoo import fields, models
from odoo.tools import SQL

from ..attribution.split import PARTS
from .recruit_conversion import KINDS
from .recruit_credit import MODELS


def share(label):
    """A column of credit as a share of a conversion: half a hire is 0.5."""
    return fields.Float(label, readonly=True, digits=(16, 2))


class RecruitAttribution(models.Model):
    """The credits as an analysis: conversions by where the people came from.

    The words of the origin and what is known of the application are joined only where
    a report asks for them.
    """

    _name = "recruit.attribution"
    _description = "Attribution"
    _auto = False
    _order = "happened_at desc, conversion_id desc, occurred_at"
    _rec_name = "conversion_id"

    conversion_id = fields.Many2one("recruit.conversion", readonly=True)
    kind = fields.Selection(KINDS, "Kind of step", readonly=True)
    step = fields.Selection(
        [(str(at), label) for at, (_kind, label) in enumerate(KINDS, start=1)],
        readonly=True,
        help="The kinds in the order of the way, for tables that sort by it.",
    )
    happened_at = fields.Datetime("Date of the step", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    touch_id = fields.Many2one("recruit.touch", readonly=True)
    occurred_at = fields.Datetime("Touched on", readonly=True)
    channel_id = fields.Many2one("recruit.channel", readonly=True)
    channel_type_id = fields.Many2one(related="channel_id.type_id", string="Type")
    origin_id = fields.Many2one("recruit.origin", readonly=True)
    source = fields.Char(related="origin_id.source")
    medium = fields.Char(related="origin_id.medium")
    campaign = fields.Char(related="origin_id.campaign")
    candidate_id = fields.Many2one(related="conversion_id.candidate_id")
    applicant_id = fields.Many2one(related="conversion_id.applicant_id")
    job_id = fields.Many2one(related="conversion_id.applicant_id.job_id")
    touch_kind = fields.Selection(related="touch_id.kind", string="Kind of touch")
    evidence = fields.Text(related="touch_id.evidence")
    first = share("First touch")
    last = share("Last touch")
    linear = share("Linear")
    u_shaped = share("U-shaped")
    w_shaped = share("W-shaped")
    decay = share("Time decay")
    data = share("Data-driven")

    @property
    def _table_query(self):
        """Purpose: credit in the unit people think in. Size: see recruit.credit."""
        shares = SQL(", ").join(
            SQL(
                "%(model)s / %(parts)s::float8 AS %(model)s",
                model=SQL.identifier(model),
                parts=PARTS,
            )
            for model, _label in MODELS
        )
        return SQL(
            """SELECT id, conversion_id, kind, happened_at, company_id, touch_id,
                      occurred_at, channel_id, origin_id, %s,
                      array_position(%s, kind::text)::text AS step
                 FROM recruit_credit""",
            shares,
            [kind for kind, _label in KINDS],
        )

    def action_open_receipt(self):
        """Open the receipt of the conversion."""
        self.ensure_one()
        return self.conversion_id.action_open_receipt()

    def action_open_touch(self):
        """Open the touch."""
        self.ensure_one()
        return self.touch_id.get_formview_action()


class RecruitConversion(models.Model):
    """The receipt of a conversion: the chain of touches, and what each earned."""

    _inherit = "recruit.conversion"

    line_ids = fields.One2many("recruit.attribution", "conversion_id", "Touches")
    first_touch_at = fields.Datetime(
        related="candidate_id.first_touch_id.occurred_at", string="First contact"
    )
    days_from_first_touch = fields.Integer(
        "Days since the first contact", compute="_compute_days_from_first_touch"
    )

    def _compute_days_from_first_touch(self):
        for conversion in self:
            began = conversion.first_touch_at
            conversion.days_from_first_touch = (
                max((conversion.happened_at - began).days, 0) if began else 0
            )

    def action_open_receipt(self):
        """Open the receipt of this conversion."""
        self.ensure_one()
        return {**self.get_formview_action(), "name": self.env._("Receipt")}
