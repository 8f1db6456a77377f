import json

from odoo import api, fields, models
from odoo.tools import SQL

# What a figure can be limited to: columns of the facts.
LIMITS = ("step_id", "variant_id", "user_id", "held_out", "traced")


class RecruitCampaignCount(models.AbstractModel):
    """What came of a campaign, counted by day: for pages and reports.

    Sums over `day` tell what happened in a period, sums over `entered_on` what became
    of those who entered in it. Counted anew from the rows themselves, so that nothing
    can drift apart; days are UTC. A model of such figures has ``_facts(campaign_id)``:
    the CTEs up to ``fact``, each outcome of each row with its moment.
    """

    _name = "recruit.campaign.count"
    _description = "Figures of a Campaign"
    _order = "day desc, campaign_id desc, id"
    _rec_name = "campaign_id"

    # Columns of the facts, which the table has too: what is apart in rows of its own,
    # and what is counted.
    _apart = ()
    _outcomes = ()

    campaign_id = fields.Many2one(
        "recruit.campaign", required=True, readonly=True, ondelete="cascade"
    )
    segment_id = fields.Many2one(related="campaign_id.segment_id")
    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    entered_on = fields.Date("Entered", readonly=True)
    day = fields.Date(readonly=True)

    # Serves the page of a campaign and its counting anew.
    _campaign_idx = models.Index("(campaign_id, day)")

    @api.model
    def _count_anew(self, campaign):
        """Count one campaign. Size: see the facts.

        :param campaign: one recruit.campaign
        """
        self.env.flush_all()
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL("DELETE FROM %s WHERE campaign_id = %s", table, campaign.id)
        )
        self.env.cr.execute(
            SQL(
                """
                %(facts)s
                INSERT INTO %(table)s (%(keys)s, entered_on, day, %(names)s)
                SELECT %(keys)s, enrolled_at::date, at::date, %(counts)s
                  FROM fact
              GROUP BY %(keys)s, enrolled_at::date, at::date
                """,
                facts=self._facts(campaign.id),
                table=table,
                keys=_listed(("campaign_id", "company_id", *self._apart)),
                names=_listed(self._outcomes),
                counts=SQL(", ").join(
                    SQL("COUNT(*) FILTER (WHERE outcome = %s)", outcome)
                    for outcome in self._outcomes
                ),
            )
        )
        self.invalidate_model()


def _listed(names):
    return SQL(", ").join(map(SQL.identifier, names))


def figure_of(campaign_id, outcome, view, since=None, **limits):
    """Describe a figure for the field `figure`, so that it opens its rows.

    :param str view: cohort, where `since` speaks of the enrollment, or activity, where
        it speaks of the outcome
    :param since: a date, or None for all time
    :param limits: values of the columns in LIMITS
    """
    return json.dumps([campaign_id, outcome, view, since and str(since), limits])


def find_figure(facts_of, operator, value):
    """Return the domain of the rows that a figure counts, by the same statement.

    :param facts_of: a campaign id -> the CTEs up to ``fact``
    :param value: JSON, as `figure_of` writes it
    """
    if operator not in ("=", "in"):
        return NotImplemented
    [text] = value if operator == "in" else [value]
    campaign_id, outcome, limits = read_figure(text)
    found = SQL(
        "(%s SELECT id FROM fact WHERE outcome = %s AND %s)",
        facts_of(campaign_id),
        outcome,
        limits,
    )
    return [("id", "in", found)]


def read_figure(text):
    """Read what `figure_of` has written: campaign, outcome and an SQL condition.

    :raises ValueError: for any other text
    """
    campaign_id, outcome, view, since, limits = json.loads(text)
    moment = SQL("enrolled_at" if view == "cohort" else "at")
    conditions = [SQL("%s >= %s::date", moment, since)] if since else []
    conditions += [
        SQL("%s = %s", SQL.identifier(name), limits[name])
        for name in LIMITS
        if name in limits
    ]
    condition = SQL(" AND ").join(conditions) if conditions else SQL("TRUE")
    return int(campaign_id), str(outcome), condition
