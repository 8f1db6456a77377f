from odoo import api, models
from odoo.tools import SQL

from .recruit_channel import UNKNOWN


class RecruitTouch(models.Model):
    """What was 'Unknown' when it came, and which a rule of today explains."""

    _inherit = "recruit.touch"

    @api.model
    def _classify_unknown(self):
        """Give the touches of 'Unknown' the channel that the rules of today know.

        A known channel never changes: that would rewrite what reports have said. The
        words of the touches stay as they are, so this can be done again at any time.

        Purpose: a new rule explains history. Size: the distinct words of all unknown
        touches, one statement for those of a channel. Index: that of channel_id.

        :return: how many touches are explained now
        """
        unknown = self.env["ir.model.data"]._xmlid_to_res_id(UNKNOWN)
        self.flush_model()
        words = self.env.execute_query(
            SQL(
                """SELECT DISTINCT kind, source, medium FROM recruit_touch
                    WHERE channel_id = %s""",
                unknown,
            )
        )
        channel_of = self.env["recruit.channel.rule"]._channel_of
        found = [(*row, channel_of(*row)) for row in words]
        found = [row for row in found if row[3] != unknown]
        if not found:
            return 0
        kinds, sources, mediums, channels = map(list, zip(*found, strict=True))
        self._unlock("classify")
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_touch t SET channel_id = w.channel_id
                  FROM unnest(%(kinds)s::text[], %(sources)s::text[],
                              %(mediums)s::text[], %(channels)s::int[])
                       AS w (kind, source, medium, channel_id)
                 WHERE t.channel_id = %(unknown)s AND t.kind = w.kind
                   AND t.source IS NOT DISTINCT FROM w.source
                   AND t.medium IS NOT DISTINCT FROM w.medium
                """,
                kinds=kinds,
                sources=sources,
                mediums=mediums,
                channels=channels,
                unknown=unknown,
            )
        )
        count = self.env.cr.rowcount
        self._unlock("")
        self.invalidate_model(["channel_id"])
        return count


class RecruitChannelRule(models.Model):
    _inherit = "recruit.channel.rule"

    def action_explain_unknown(self):
        """Let the rules explain the touches that came through 'Unknown' so far."""
        self.check_access("write")
        # sudo: the ledger lets nobody change a row; this explains what is unknown
        count = self.env["recruit.touch"].sudo()._classify_unknown()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "info",
                "message": self.env._(
                    "Touches that were Unknown and have a channel now: %(count)s.",
                    count=count,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
