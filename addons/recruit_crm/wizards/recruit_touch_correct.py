from odoo import api, fields, models

# What may turn out wrong about a contact, and be said anew.
CORRECTABLE = (
    "candidate_id",
    "occurred_at",
    "kind",
    "source",
    "medium",
    "campaign",
    "channel_id",
    "job_id",
    "evidence",
)


class RecruitTouchCorrect(models.TransientModel):
    """Ask what was wrong about a touch, and record the one that stands for it."""

    _name = "recruit.touch.correct"
    _description = "Correct Touch"

    touch_id = fields.Many2one("recruit.touch", required=True)
    withdraw = fields.Boolean("It never took place")
    candidate_id = fields.Many2one("recruit.candidate")
    occurred_at = fields.Datetime("When")
    kind = fields.Selection("_selection_kind")
    source = fields.Char()
    medium = fields.Char()
    campaign = fields.Char()
    channel_id = fields.Many2one("recruit.channel")
    job_id = fields.Many2one("hr.job", "Job Position")
    evidence = fields.Text("What happened")
    reason = fields.Char("Why", required=True)

    def _selection_kind(self):
        return self.env["recruit.touch"]._selection_kind()

    @api.model
    def default_get(self, fields):
        """Fill in what the touch says today."""
        values = super().default_get(fields)
        touch = self.env["recruit.touch"].browse(values.get("touch_id"))
        for name in set(CORRECTABLE).intersection(fields) if touch else ():
            values[name] = touch._fields[name].convert_to_write(touch[name], touch)
        return values

    def action_correct(self):
        """Record the correction and open it."""
        self.ensure_one()
        changed = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in CORRECTABLE
            if not self.withdraw and self[name] != self.touch_id[name]
        }
        if changed.keys() & {"source", "medium", "campaign"}:
            changed |= {name: self[name] for name in ("source", "medium", "campaign")}
        correction = self.touch_id._correct(self.reason, self.withdraw, **changed)
        return correction.get_formview_action()
