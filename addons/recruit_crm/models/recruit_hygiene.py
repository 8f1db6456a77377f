from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..hygiene.checks import REGISTRY, available

TOTAL = "total"  # of all candidates, kept as a check is
TREND_DAYS = 30
KEPT_DAYS = 400


class RecruitHygiene(models.Model):
    """How many people each check of the data finds, counted every hour.

    A row is what one check found in one company on one day; the last count of a day
    stays, so that the board shows where it is going. The board reads some dozen rows,
    whatever the number of people.
    """

    _name = "recruit.hygiene"
    _description = "Data Quality"
    _order = "day desc, check_code"
    _rec_name = "check_code"
    _log_access = False  # counted_at says it

    check_code = fields.Char("Check", required=True)
    company_id = fields.Many2one("res.company", ondelete="cascade")
    day = fields.Date(required=True)
    people = fields.Integer(required=True)
    counted_at = fields.Datetime("Counted", required=True)

    # Serves the board, and the one row of a check, company and day.
    _day_unique = models.UniqueIndex("(day, check_code, COALESCE(company_id, 0))")

    @api.model
    def board(self):
        """Return the board of the user's companies.

        :return dict: ``total`` people; ``counted_at`` a naive UTC text or False;
            ``minutes`` since then; ``days`` that the trend covers; ``cards``: dicts
            with ``code``, ``label``,
            ``words``, ``icon``, ``severity``, ``count``, ``share`` (percent, one
            decimal), ``trend``: counts of the last days, oldest first
        """
        now = self.env["recruit.clock"].now()
        days = self._days(now.date() - timedelta(days=TREND_DAYS), now.date())
        latest = days[max(days)] if days else {}
        total = latest.get(TOTAL, (0, False))[0]
        counted_at = min((moment for _n, moment in latest.values()), default=False)
        return {
            "total": total,
            "counted_at": counted_at and fields.Datetime.to_string(counted_at),
            "minutes": counted_at and int((now - counted_at).total_seconds() // 60),
            "days": (max(days) - min(days)).days if days else 0,
            "cards": [self._card(check, days, total) for check in self._checks()],
        }

    @api.model
    def _checks(self):
        # this addon is there, also while it is being installed
        return available({*self.env.registry._init_modules, self._module})

    @api.model
    def _days(self, since, until):
        """Return {day: {check: (people, counted at)}} of the companies one may see.

        Size: 30 days of some checks and companies. Index: _day_unique.
        """
        groups = self._read_group(
            [
                ("day", ">=", since),
                ("day", "<=", until),
                ("company_id", "in", [*self.env.companies.ids, False]),
            ],
            ["day:day", "check_code"],
            ["people:sum", "counted_at:min"],
        )
        days = {}
        for day, code, people, counted_at in groups:
            days.setdefault(day, {})[code] = (people, counted_at)
        return days

    @api.model
    def _card(self, check, days, total):
        trend = [found.get(check.code, (0,))[0] for _day, found in sorted(days.items())]
        count = trend[-1] if trend else 0
        return {
            "code": check.code,
            "label": check.label(self.env),
            "words": check.words(self.env),
            "icon": check.icon,
            "severity": check.severity,
            "count": count,
            "share": round(100 * count / total, 1) if total else 0,
            "trend": trend,
        }

    @api.model
    def open_check(self, code):
        """Return the action with the people whom a check finds, and its remedies.

        :raise UserError: for a check that there is not
        """
        check = {one.code: one for one in self._checks()}.get(code)
        if not check:
            raise UserError(self.env._("There is no check “%s”.", str(code)[:50]))
        if check.action and self.env["recruit.duplicate"].has_access("read"):
            return self.env["ir.actions.act_window"]._for_xml_id(check.action)
        lists = self.env.ref("recruit_crm.recruit_candidate_view_list_hygiene")
        return {
            "type": "ir.actions.act_window",
            "name": check.label(self.env),
            "res_model": "recruit.candidate",
            "views": [(lists.id, "list"), (False, "form")],
            "domain": [("quality_issue", "in", [code])],
            "context": {name: True for name in check.remedies},
        }

    @api.model
    def recount(self):
        """Count now and return the board; the hourly job does the same."""
        self.check_access("read")
        self.sudo()._count()  # sudo: the figures are the same whoever asks for them
        return self.board()

    @api.model
    def _cron_count(self):
        self._count()
        limit = self.env["recruit.clock"].now().date() - timedelta(days=KEPT_DAYS)
        self.search([("day", "<", limit)]).unlink()

    @api.model
    def _count(self):
        """Count every check in every company, in place of today's figures.

        Purpose: the board answers without looking at the people. Size: one pass over
        them for each check. Indexes: those that the domains find; most read the table.
        """
        now = self.env["recruit.clock"].now()
        candidates = self.env["recruit.candidate"]
        domains = {check.code: check.domain(candidates) for check in self._checks()}
        rows = [
            {
                "check_code": code,
                "company_id": company.id,
                "people": people,
                "day": now.date(),
                "counted_at": now,
            }
            for code, domain in {TOTAL: Domain.TRUE, **domains}.items()
            for company, people in candidates._read_group(
                domain, ["company_id"], ["__count"]
            )
        ]
        self.search([("day", "=", now.date())]).unlink()
        self.create(rows)


class RecruitCandidate(models.Model):
    """The checks of the board as a filter of people."""

    _inherit = "recruit.candidate"

    quality_issue = fields.Selection(
        selection="_selection_quality_issue",
        string="Data quality",
        compute="_compute_quality_issue",
        search="_search_quality_issue",
        groups="recruit_crm.group_recruit_sourcer",
        exportable=False,
        help="Search for people of whom a check of Data Quality is true.",
    )

    @api.model
    def _selection_quality_issue(self):
        checks = self.env["recruit.hygiene"]._checks()
        return [(check.code, check.label(self.env)) for check in checks]

    def _compute_quality_issue(self):
        issues = {}
        for check in reversed(self.env["recruit.hygiene"]._checks()):
            here = check.domain(self) & Domain("id", "in", self.ids)
            issues.update(dict.fromkeys(self.search(here).ids, check.code))
        for candidate in self:
            candidate.quality_issue = issues.get(candidate.id, False)

    def _search_quality_issue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            REGISTRY[code].domain(self) for code in value if code in REGISTRY
        )
