from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..attribution.split import PARTS
from .recruit_conversion import STEPS
from .recruit_credit import MODELS

MODEL_NAMES = [name for name, _label in MODELS]
PERIODS = {"quarter": 3, "year": 12, "three_years": 36, "all": None}  # months
COHORTS = 12  # months of first contact shown
ELAPSED = (1, 3, 6, 12)  # months after the first contact
LATEST = 8


class RecruitAttributionBoard(models.AbstractModel):
    """What the board shows: where hires came from, at what cost, how far others get.

    Reads alone, so that a read replica can answer; the numbers are those of the
    companies that the user works in.
    """

    _name = "recruit.attribution.board"
    _description = "Attribution Board"

    @api.readonly
    @api.model
    def read_board(self, model="first", period="year"):
        """Return everything on the board.

        :param str model: a code of MODELS: who gets the credit
        :param str period: quarter, year, three_years or all, ending now
        :raise AccessError: for who may not read attribution
        :raise UserError: for a model or a period that there is not
        """
        self.env["recruit.attribution"].check_access("read")
        if model not in MODEL_NAMES or period not in PERIODS:
            raise UserError(self.env._("Choose a model and a period of the list."))
        now = self.env["recruit.clock"].now()
        months = PERIODS[period]
        start = months and now - relativedelta(months=months)
        ranking = self._ranking(model, start, now)
        return {
            "models": self._labels("recruit.attribution", MODEL_NAMES),
            "steps": [list(pair) for pair in self.env["recruit.conversion"]._kinds()],
            "since": start and start.strftime("%Y-%m-%d %H:%M:%S"),
            "currency_id": self.env.company.currency_id.id,
            "ranking": ranking,
            "totals": self._totals(ranking, start),
            "funnel": self.env["recruit.journey"]._funnel(start),
            "cohorts": self.env["recruit.journey"]._cohorts(now),
            "latest": self._latest(start),
            "waiting": self._waiting(),
        }

    @api.model
    def _labels(self, model, names):
        known = self.env[model].fields_get(names, ["string"])
        return [[name, known[name]["string"]] for name in names]

    @api.model
    def _ranking(self, model, start, now):
        """Return the channels, the most hires first: credit, applications, costs."""
        spent = self.env["recruit.channel.cost"]._spent(
            start and start.date(), now.date()
        )
        earned = self.env["recruit.credit"]._earned(model, start)
        channels = self.env["recruit.channel"].browse([*earned, *spent]).exists()
        names = {one.id: one for one in channels}
        rows = []
        for channel in dict.fromkeys([*earned, *spent]):
            steps = earned.get(channel, {})
            hires = steps.get("hire", 0)
            cost = spent.get(channel, 0)
            rows.append(
                {
                    "id": channel,
                    "name": names[channel].name,
                    "type": names[channel].parent_id.complete_name or "",
                    "steps": steps,
                    "hires": hires,
                    "cost": cost,
                    "cost_per_hire": cost / hires if hires >= 0.005 else None,
                }
            )
        return sorted(rows, key=lambda row: (-row["hires"], -row["cost"], row["name"]))

    @api.model
    def _totals(self, ranking, start):
        hires = sum(row["hires"] for row in ranking)
        cost = sum(row["cost"] for row in ranking)
        unknown = self.env["recruit.origin"]._unknown()
        return {
            "hires": round(hires, 2),
            "applications": round(
                sum(row["steps"].get("application", 0) for row in ranking)
            ),
            "cost": cost,
            "cost_per_hire": cost / hires if hires else None,
            "unknown": sum(row["hires"] for row in ranking if row["id"] == unknown),
            "median_days": self.env["recruit.journey"]._median_days(start),
        }

    @api.model
    def _latest(self, start):
        """Return the latest hires, each of which has a receipt."""
        mine = [*self.env.companies.ids, False]
        domain = [("kind", "=", "hire"), ("company_id", "in", mine)]
        if start:
            domain.append(("happened_at", ">=", start))
        hires = self.env["recruit.conversion"].search(domain, limit=LATEST)
        return [
            {
                "id": hire.id,
                "name": hire.candidate_id.name,
                "job": hire.job_id.name or "",
                "date": hire.happened_at.strftime("%Y-%m-%d %H:%M:%S"),
                "days": hire.days_from_first_touch,
                # a line without a touch: nothing is known from before the hire
                "channel": hire.line_ids.touch_id
                and hire.first_touch_at <= hire.happened_at
                and hire.candidate_id.first_touch_id.channel_id.name
                or False,
            }
            for hire in hires
        ]

    @api.model
    def _waiting(self):
        """Return how many people had a touch that is not credited yet."""
        # sudo: a number alone, nobody's data
        return self.env["recruit.credit.due"].sudo().search_count([], limit=10_000)


class RecruitCredit(models.Model):
    _inherit = "recruit.credit"

    @api.model
    def _earned(self, model, start):
        """Return {channel id: {step: conversions}} that the channels earned.

        Purpose: the ranking under any model. Size: 200,000 credits of 20,000 hires
        among millions. Index: _report_idx, from the index alone.

        :param str model: a code of MODELS
        :param start: the first moment, naive UTC, or None for all time
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT channel_id, kind, SUM(%(model)s)
                  FROM recruit_credit
                 WHERE kind = ANY(%(kinds)s) AND %(since)s
                   AND (company_id = ANY(%(companies)s) OR company_id IS NULL)
              GROUP BY channel_id, kind
                """,
                model=SQL.identifier(model),
                kinds=STEPS,
                since=SQL("happened_at >= %s", start) if start else SQL("TRUE"),
                companies=self.env.companies.ids,
            )
        )
        earned = {}
        for channel, kind, parts in rows:
            earned.setdefault(channel, {})[kind] = parts / PARTS
        return earned


class RecruitJourney(models.Model):
    _inherit = "recruit.journey"

    @api.model
    def _mine(self, start=None):
        """Return the ways of the user's companies that began to be an application in
        the period, as SQL."""
        return SQL(
            """(SELECT * FROM (%s) j WHERE %s
                 AND (company_id = ANY(%s) OR company_id IS NULL)) w""",
            self._table_query,
            SQL("applied_at >= %s", start) if start else SQL("TRUE"),
            self.env.companies.ids,
        )

    @api.model
    def _funnel(self, start):
        """Return how far the applications of the period came, all and by first channel.

        Each row: ``{"id", "name", "counts": [of each step], "days": [median days from
        the application to each step]}``; the first row is everybody.
        Size: see _table_query.
        """
        moments = ("qualified_at", "interview_at", "offer_at", "hired_at")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT channel_id, COUNT(*), %(counts)s, %(days)s
                  FROM %(mine)s
              GROUP BY GROUPING SETS ((), (channel_id))
              ORDER BY GROUPING(channel_id) DESC, COUNT(*) DESC
                """,
                counts=SQL(", ").join(
                    SQL("COUNT(%s)", SQL.identifier(moment)) for moment in moments
                ),
                days=SQL(", ").join(
                    SQL(
                        """PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY
                               EXTRACT(EPOCH FROM %s - applied_at) / 86400)""",
                        SQL.identifier(moment),
                    )
                    for moment in moments
                ),
                mine=self._mine(start),
            )
        )
        channels = self.env["recruit.channel"].browse(
            [row[0] for row in rows if row[0]]
        )
        names = {one.id: one.name for one in channels}
        size = 1 + len(moments)
        return [
            {
                "id": channel or False,
                "name": names.get(channel) or self.env._("All channels"),
                "counts": list(figures[:size]),
                "days": [0, *(day and round(day) for day in figures[size:])],
            }
            for channel, *figures in rows
        ]

    @api.model
    def _median_days(self, start):
        """Return the median days from the first contact to the hire, or None."""
        since = SQL("hired_at >= %s", start) if start else SQL("TRUE")
        ((median,),) = self.env.execute_query(
            SQL(
                """SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_to_hire)
                     FROM %s WHERE hired_at IS NOT NULL AND %s""",
                self._mine(),
                since,
            )
        )
        return median and round(median)

    @api.model
    def _cohorts(self, now):
        """Return the applicants by the month of their first contact, latest last.

        Each row: ``{"month", "applications", "hires", "within": [share hired so many
        months after the first contact, None where that is still to come]}``.
        """
        first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        first -= relativedelta(months=COHORTS - 1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT date_trunc('month', first_touch_at) AS month, COUNT(*),
                       COUNT(hired_at), %(within)s
                  FROM %(mine)s WHERE first_touch_at >= %(first)s
              GROUP BY 1 ORDER BY 1
                """,
                within=SQL(", ").join(
                    SQL(
                        """COUNT(*) FILTER (
                            WHERE hired_at < first_touch_at + %s * INTERVAL '1 month')
                        """,
                        months,
                    )
                    for months in ELAPSED
                ),
                mine=self._mine(),
                first=first,
            )
        )
        return [
            {
                "month": month.strftime("%Y-%m-%d"),
                "until": (month + relativedelta(months=1)).strftime("%Y-%m-%d"),
                "applications": count,
                "hires": hires,
                "within": [
                    hired / count
                    if month + relativedelta(months=months) <= now
                    else None
                    for months, hired in zip(ELAPSED, within, strict=True)
                ],
            }
            for month, count, hires, *within in rows
        ]
