from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import RecruitCrmCommon
from .common_credit import CreditCommon


@tagged("post_install", "-at_install")
class TestAttributionBoard(CreditCommon, RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Attributed"})
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.linkedin = cls.env.ref("recruit_crm.recruit_channel_linkedin")
        cls.indeed = cls.env.ref("recruit_crm.recruit_channel_indeed")
        cls.unknown = cls.env.ref("recruit_crm.recruit_channel_unknown")
        cls.now = cls.env["recruit.clock"].now()

    def _person(self, number, touches, hired=None, applied=20):
        """Somebody with touches (days ago, source), hired so many days ago."""
        candidate = self._candidate(
            f"Person {number}",
            email=f"person{number}@example.com",
            company_id=self.company.id,
        )
        for ago, source in touches:
            candidate._log_touch(
                "visit", occurred_at=self.now - timedelta(days=ago), source=source
            )
        application = self._apply(
            candidate.name, candidate.email, company_id=self.company.id
        )
        if hired is not None:
            application.stage_id = self.hired_stage
            application.date_closed = self.now - timedelta(days=hired)
        self._conversion(application, "application").happened_at = self.now - timedelta(
            days=applied
        )
        return application

    def _board(self, user=None, **choice):
        board = self.env["recruit.attribution.board"]
        if user:
            user.company_ids |= self.company
            board = board.with_user(user)
        return board.read_board(**choice)

    def _hires(self, board):
        return {row["id"]: row["hires"] for row in board["ranking"]}

    def test_the_ranking_follows_the_model_and_sums_to_the_hires(self):
        self._person(1, [(90, "LinkedIn"), (30, "Indeed")], hired=5)
        self._person(2, [(60, "Indeed")], hired=6)
        self._person(3, [], hired=7)
        for model, expected in {
            "first": {self.linkedin.id: 1, self.indeed.id: 1},
            "last": {self.linkedin.id: 0, self.indeed.id: 2},
            "linear": {self.linkedin.id: 0.5, self.indeed.id: 1.5},
        }.items():
            board = self._board(model=model)
            self.assertEqual(self._hires(board), {**expected, self.unknown.id: 1})
            self.assertEqual(board["totals"]["hires"], 3)
            self.assertEqual(board["totals"]["unknown"], 1)

    def test_cost_per_hire_takes_the_share_of_the_period(self):
        self._person(1, [(90, "LinkedIn")], hired=5)
        today = self.now.date()
        self.env["recruit.channel.cost"].create(
            [
                {
                    "channel_id": channel.id,
                    "company_id": self.company.id,
                    "date_from": today - timedelta(days=ago),
                    "date_to": today,
                    "amount": amount,
                }
                for channel, ago, amount in (
                    (self.linkedin, 9, 800),
                    (self.indeed, 9, 300),
                )
            ]
        )
        board = self._board(period="year")
        rows = {row["id"]: row for row in board["ranking"]}
        self.assertEqual(rows[self.linkedin.id]["cost_per_hire"], 800)
        self.assertEqual(rows[self.indeed.id]["cost"], 300)
        self.assertIsNone(rows[self.indeed.id]["cost_per_hire"])
        self.assertEqual(board["totals"]["cost_per_hire"], 1100)
        half = self.env["recruit.channel.cost"]._spent(today - timedelta(days=4), today)
        self.assertEqual(half[self.linkedin.id], 400)

    def test_the_funnel_counts_applications_by_the_channel_of_the_first_contact(self):
        self._person(1, [(90, "LinkedIn")], hired=10, applied=40)
        self._person(2, [(60, "LinkedIn")], applied=30)
        everybody, linkedin = self._board()["funnel"]
        self.assertEqual(everybody["counts"], [2, 1, 1, 1, 1])
        self.assertEqual(linkedin["id"], self.linkedin.id)
        self.assertEqual(linkedin["days"][-1], 30)

    def test_cohorts_are_by_the_month_of_the_first_contact(self):
        self._person(1, [(70, "LinkedIn")], hired=5, applied=40)
        cohort = self._board()["cohorts"][0]
        month = (self.now - timedelta(days=70)).strftime("%Y-%m")
        self.assertTrue(cohort["month"].startswith(month))
        self.assertEqual((cohort["applications"], cohort["hires"]), (1, 1))
        self.assertEqual(cohort["within"][0], 0)
        self.assertEqual(self._board()["totals"]["median_days"], 65)

    def test_every_hire_has_a_receipt_whose_columns_sum_to_one(self):
        hired = self._person(1, [(90, "LinkedIn"), (30, "Indeed")], hired=5)
        (latest,) = self._board()["latest"]
        receipt = self._conversion(hired, "hire")
        self.assertEqual(hired.action_open_receipt()["res_id"], receipt.id)
        self.assertEqual(latest["id"], receipt.id)
        self.assertEqual(receipt.days_from_first_touch, 85)
        self.assertEqual(receipt.line_ids.mapped("source"), ["LinkedIn", "Indeed"])
        self.assertEqual(sum(receipt.line_ids.mapped("decay")), 1)
        page, _type = self.env["ir.actions.report"]._render_qweb_html(
            "recruit_crm.recruit_conversion_report", receipt.ids
        )
        self.assertIn("LinkedIn", page.decode())

    def test_the_analysis_groups_by_words_of_the_origin_and_by_job(self):
        self._person(1, [(90, "LinkedIn"), (30, "Indeed")], hired=5)
        for group in ("source", "campaign", "job_id", "channel_type_id", "step"):
            rows = self.env["recruit.attribution"]._read_group(
                [("kind", "=", "hire"), ("company_id", "=", self.company.id)],
                [group],
                ["linear:sum"],
            )
            self.assertAlmostEqual(sum(row[-1] for row in rows), 1)

    def test_numbers_of_another_company_are_not_shown(self):
        self._person(1, [(90, "LinkedIn")], hired=5)
        elsewhere = self.env["recruit.attribution.board"].with_context(
            allowed_company_ids=self.other_company.ids
        )
        board = elsewhere.read_board(period="all")
        self.assertEqual(self._hires(board), {})
        self.assertEqual(board["latest"], [])

    def test_another_half_life_computes_all_credit_anew(self):
        hired = self._person(1, [(40, "LinkedIn"), (10, "Indeed")], hired=5)
        settings = self.env["res.config.settings"]
        settings.create({"recruit_attribution_half_life": 15}).execute()
        self.env["recruit.credit.due"]._compute_due()
        lines = self._conversion(hired, "hire").line_ids
        self.assertEqual(lines.mapped("decay"), [0.2, 0.8])
        with self.assertRaises(ValidationError):
            settings.create({"recruit_attribution_half_life": 0})

    def test_sourcers_read_the_board_and_interviewers_do_not(self):
        sourcer = self._new_user("board_sourcer", "recruit_crm.group_recruit_sourcer")
        self.assertTrue(self._board(sourcer)["models"])
        with self.assertRaises(AccessError):
            self._board(self.user_interviewer)

    def test_what_is_no_model_is_refused(self):
        with self.assertRaises(UserError):
            self._board(model="first; DROP TABLE recruit_credit")
        with self.assertRaises(UserError):
            self._board(period="forever")


@tagged("post_install", "-at_install")
class TestAttributionReadonly(HttpCase):
    def test_the_board_is_served_by_a_read_only_cursor(self):
        """As a read replica would serve it: a write would be refused."""
        self.authenticate("admin", "admin")
        self.assertTrue(
            type(self.env["recruit.attribution.board"]).read_board._readonly
        )
        with self.assertNoLogs("odoo.http", "WARNING"):
            answer = self.make_jsonrpc_request(
                "/web/dataset/call_kw/recruit.attribution.board/read_board",
                {
                    "model": "recruit.attribution.board",
                    "method": "read_board",
                    "args": [],
                    "kwargs": {"period": "all"},
                },
            )
        self.assertEqual(len(answer["models"]), 7)
