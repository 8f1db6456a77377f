from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..planner import decide, walk
from .recruit_campaign_forecast import DAYS, local_day_of
from .statements import look

# How old a forecast may be when a form shows it.
FRESH_SECONDS = 900
# By what the rows of a forecast may be asked for.
LIMITS = ("day", "action", "hold", "missing", "stop")
PARTS = ("send", "later", decide.HOLD, decide.SKIP, walk.TAKE)

# What the strip on the form shows. Size: the forecast of one campaign. Index: of
# campaign_id.
BY_DAY = """
SELECT f.day, f.action, f.hold IS NOT NULL, count(*)
  FROM recruit_campaign_forecast f
 WHERE f.campaign_id = %s
 GROUP BY 1, 2, 3
"""
BY_REASON = """
SELECT f.action, f.hold, f.missing, f.stop, count(*), min(f.id)
  FROM recruit_campaign_forecast f
 WHERE f.campaign_id = %s AND (f.hold IS NOT NULL OR f.stop IS NOT NULL)
 GROUP BY 1, 2, 3, 4
 ORDER BY 5 DESC
"""


class RecruitCampaignForecastDay(models.Model):
    """The forecast by day and step, for the calendar."""

    _name = "recruit.campaign.forecast.day"
    _description = "Campaign Forecast by Day"
    _auto = False
    _order = "day, step_id"

    campaign_id = fields.Many2one("recruit.campaign", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    step_id = fields.Many2one("recruit.campaign.step", readonly=True)
    day = fields.Date(readonly=True)
    action = fields.Selection(
        related="sample_id.action", string="What Happens", readonly=True
    )
    count = fields.Integer("People", readonly=True)
    held_count = fields.Integer("Later Than Due", readonly=True)
    sample_id = fields.Many2one("recruit.campaign.forecast", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(f.id) AS id, min(f.id) AS sample_id, f.campaign_id,
                   k.company_id, f.step_id, f.day, count(*) AS count,
                   count(f.hold) AS held_count
              FROM recruit_campaign_forecast f
              JOIN recruit_campaign k ON k.id = f.campaign_id
             GROUP BY f.campaign_id, k.company_id, f.step_id, f.day, f.action
            """
        )

    @api.depends("count", "step_id", "action")
    def _compute_display_name(self):
        labels = {
            decide.SEND: self.env._("%(count)s to get “%(step)s”"),
            decide.HOLD: self.env._("%(count)s to wait for “%(step)s”"),
            decide.SKIP: self.env._("%(count)s not to get “%(step)s”"),
            walk.TAKE: self.env._("%(count)s to come to: %(step)s"),
        }
        for day in self:
            day.display_name = labels[day.action] % {
                "count": day.count,
                "step": day.step_id.display_name,
            }

    def action_view_people(self):
        """Open whom this is about."""
        self.ensure_one()
        action = self.campaign_id._open_forecast()
        action["views"] = [(False, "list")]
        action["domain"] += [
            ("day", "=", self.day),
            ("step_id", "=", self.step_id.id),
            ("action", "=", self.action),
        ]
        return action


class RecruitCampaign(models.Model):
    """The forecast on the form."""

    _inherit = "recruit.campaign"

    def read_forecast(self, again=False):
        """What the strip on the form shows; made anew where it is stale.

        :param bool again: make it anew in any case
        :return: ``{"at": moment, "days": [{"day", "send", "later", "skip", "take",
            "wait"}, ...], "reasons": [{"action", "hold", "missing", "stop", "reason",
            "count"}, ...]}``, or False for a campaign without steps
        :raises AccessError: for who may not read the campaign
        """
        self.ensure_one()
        self.check_access("read")
        if not self._steps() or self.state == "closed":
            return False
        if again or self._is_forecast_stale():
            self._keep_forecast()
        return {
            "at": fields.Datetime.to_string(self.forecast_at),
            "days": self._forecast_days(),
            "reasons": self._forecast_reasons(),
        }

    def action_view_forecast(self):
        """Show the forecast as a calendar."""
        self.ensure_one()
        if self._is_forecast_stale():
            self._keep_forecast()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_campaigns.recruit_campaign_forecast_day_action"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_view_forecast_people(self, **limits):
        """Show the forecast as a list of people.

        :param limits: of LIMITS: only those rows
        """
        self.ensure_one()
        action = self._open_forecast()
        action["domain"] += [
            (name, "=", value) for name, value in limits.items() if name in LIMITS
        ]
        return action

    def _is_forecast_stale(self):
        """Whether it was forgotten, or some time has passed."""
        if not self.forecast_at:
            return True
        age = self.env["recruit.clock"].now() - self.forecast_at
        return abs(age.total_seconds()) > FRESH_SECONDS

    def write(self, vals):
        """What was foreseen of the campaign before the edit does not hold any more."""
        result = super().write(vals)
        self._forget_forecast()
        return result

    def _forget_forecast(self):
        """Look ahead anew when the forecast is looked at next. Size: one campaign or
        two. Index: primary key."""
        self.env.cr.execute(
            SQL(
                """UPDATE recruit_campaign SET forecast_at = NULL
                    WHERE id = ANY(%s) AND forecast_at IS NOT NULL""",
                self.ids,
            )
        )
        self.invalidate_recordset(["forecast_at"], flush=False)

    def _forecast_days(self):
        days = {}
        for day, action, is_held, count in look(self.env, SQL(BY_DAY, self.id)):
            name = "later" if action == decide.SEND and is_held else action
            one = days.setdefault(day, dict.fromkeys(PARTS, 0))
            one[name] += count
        if days:
            today = local_day_of(self.forecast_at, self._zone(False))
            for ahead in range(DAYS):  # empty days have their column, too
                days.setdefault(today + timedelta(days=ahead), dict.fromkeys(PARTS, 0))
        return [
            {"day": fields.Date.to_string(day), **days[day]} for day in sorted(days)
        ]

    def _forecast_reasons(self):
        rows = look(self.env, SQL(BY_REASON, self.id))
        forecast = self.env["recruit.campaign.forecast"]
        return [
            {
                "action": action,
                "hold": hold,
                "missing": missing,
                "stop": stop,
                "count": count,
                "reason": forecast.browse(sample)._say_why_of_many(),
            }
            for action, hold, missing, stop, count, sample in rows
        ]


class RecruitCampaignStep(models.Model):
    """Whatever is done to a step, its campaign is foreseen anew."""

    _inherit = "recruit.campaign.step"

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.campaign_id._forget_forecast()
        return steps

    def write(self, vals):
        result = super().write(vals)
        self.campaign_id._forget_forecast()
        return result

    def unlink(self):
        campaigns = self.campaign_id
        result = super().unlink()
        campaigns._forget_forecast()
        return result


class RecruitCampaignVariant(models.Model):
    """A wording may need what people lack."""

    _inherit = "recruit.campaign.variant"

    def _write_subject(self, subject):
        result = super()._write_subject(subject)
        self.step_id.campaign_id._forget_forecast()
        return result

    def _write_body(self, body):
        result = super()._write_body(body)
        self.step_id.campaign_id._forget_forecast()
        return result
