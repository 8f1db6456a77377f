from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ..attribution.markov import LOST, START, WON, removal_effects

MOST_CHANNELS = 100  # the chain is solved for these; the rare others earn nothing


class RecruitChannelEffect(models.Model):
    """What the data-driven model has learned: how many hires hang on a channel."""

    _name = "recruit.channel.effect"
    _description = "Effect of a Channel"
    _order = "effect desc, id"
    _rec_name = "channel_id"
    _log_access = False

    channel_id = fields.Many2one(
        "recruit.channel", required=True, readonly=True, ondelete="cascade"
    )
    effect = fields.Integer(
        required=True,
        readonly=True,
        help="Of a million hires, how many would be lost without this channel.",
    )
    learned_at = fields.Datetime(required=True, readonly=True)

    _channel_unique = models.UniqueIndex(
        "(channel_id)", "This channel is known already."
    )

    @api.model
    def _learn(self):
        """Learn the effects from the ways to all applications, hired or not."""
        effects = removal_effects(self._steps())
        self.env.cr.execute(SQL("DELETE FROM recruit_channel_effect"))
        self.sudo().create(  # sudo: the system learns, nobody has the right to
            [
                {
                    "channel_id": channel,
                    "effect": effect,
                    "learned_at": self.env["recruit.clock"].now(),
                }
                for channel, effect in effects.items()
            ]
        )
        self.flush_model()

    @api.model
    def _steps(self):
        """Return {(from, to): how many journeys} for the Markov chain.

        Purpose: the steps of all journeys up to their application. Size: the touches
        of all applicants, 1 M, once a night: seconds. Indexes: _kind_idx, and that of
        recruit_touch on candidate_id.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH path AS MATERIALIZED (%(path)s),
                common AS (
                    SELECT channel_id FROM path WHERE touch_id IS NOT NULL
                  GROUP BY channel_id ORDER BY COUNT(*) DESC, channel_id
                     LIMIT %(most)s
                ), way AS (
                    SELECT p.applicant_id, channel_id,
                           LAG(channel_id) OVER w AS previous,
                           LEAD(channel_id) OVER w AS next
                      FROM path p JOIN common USING (channel_id)
                     WHERE p.touch_id IS NOT NULL
                    WINDOW w AS (PARTITION BY p.goal_id ORDER BY p.position)
                )
                SELECT way.previous, channel_id, way.next, h.id IS NOT NULL, COUNT(*)
                  FROM way
             LEFT JOIN recruit_conversion h
                    ON h.applicant_id = way.applicant_id AND h.kind = 'hire'
              GROUP BY 1, 2, 3, 4
                """,
                path=self.env["recruit.credit"]._path(SQL("v.kind = 'application'")),
                most=MOST_CHANNELS,
            )
        )
        steps = Counter()
        for previous, channel, following, hired, count in rows:
            steps[START if previous is None else previous, channel] += count
            if following is None:
                steps[channel, WON if hired else LOST] += count
        return steps
