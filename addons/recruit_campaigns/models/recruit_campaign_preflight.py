from odoo import api, fields, models

STOP, WARNING, OK = "stop", "warning", "ok"


class RecruitCampaign(models.Model):
    """What is looked at before a campaign starts, and said in sentences."""

    _inherit = "recruit.campaign"

    preflight_rows = fields.Json("Preflight", readonly=True, copy=False)
    preflight_at = fields.Datetime("Checked", readonly=True, copy=False)
    # The roles that screen readers look for must stay.
    preflight_html = fields.Html(
        compute="_compute_preflight_html", sanitize_attributes=False, string="Findings"
    )

    @api.depends("preflight_rows")
    def _compute_preflight_html(self):
        for campaign in self:
            campaign.preflight_html = self.env["ir.qweb"]._render(
                "recruit_campaigns.preflight_list",
                {"rows": campaign.preflight_rows or []},
            )

    def action_preflight(self):
        """Look at everything that could go wrong, and show it.

        :raises AccessError: without the right to write campaigns
        """
        self.check_access("write")
        for campaign in self:
            campaign._note_preflight(campaign._preflight())
        return True

    def _preflight(self):
        """What was looked at before the start, the worst first.

        Extend it with ``super()`` and add rows made by `_finding`. A row of the level
        ``stop`` keeps the campaign from starting.

        :return list: ``{"level": "stop" | "warning" | "ok", "sentence": str,
            "remedy": str}``
        """
        self.ensure_one()
        return [self._finding(STOP, reason) for reason in self._start_obstacles()]

    @api.model
    def _finding(self, level, sentence, remedy=""):
        """A row of `_preflight`.

        :param str level: stop, warning or ok
        :param str remedy: what to do about it, in a sentence
        """
        return {"level": level, "sentence": sentence, "remedy": remedy}

    def _preflight_stops(self):
        """Check, keep what was found, and return what stands against the start."""
        rows = self._preflight()
        self._note_preflight(rows)
        return [row["sentence"] for row in rows if row["level"] == STOP]

    def _note_preflight(self, rows):
        order = (STOP, WARNING, OK)
        self.write(
            {
                "preflight_rows": sorted(
                    rows, key=lambda row: order.index(row["level"])
                ),
                "preflight_at": self.env["recruit.clock"].now(),
            }
        )
