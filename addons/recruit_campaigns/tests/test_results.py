from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.recruit_crm.tests.test_roles import SOURCER

from .common import CampaignsCommon


class ResultsCommon(CampaignsCommon):
    def _results(self, view="cohort", period="all"):
        return self.campaign.read_results(view, period)

    def _people(self, **options):
        lines = self._results(**options)["people"]
        return {line["name"]: line["count"] for line in lines if line["count"]}

    def _step(self, position=0, **options):
        return self._results(**options)["steps"][position]

    def _came(self, figures):
        return {name: count for name, count in figures.items() if count}

    def _apply(self, person, **values):
        job = self.env["hr.job"].create({"name": "Weaver"})
        return self.env["hr.applicant"].create(
            {"candidate_id": person.id, "job_id": job.id, "partner_name": person.name}
            | values
        )

    def _enter(self, count, *, held_out, applied, at=None):
        """Put people into the campaign as the engine would, some of whom applied."""
        at = at or self._now() - timedelta(days=5)
        people = self.env["recruit.candidate"].create(
            [{"name": f"{held_out} {number}"} for number in range(count)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO recruit_campaign_enrollment (campaign_id, candidate_id,
                          round, origin, state, enrolled_at, finished_at)
                   SELECT %s, c, 0, 'hand', %s, %s, %s FROM unnest(%s) AS c""",
                self.campaign.id,
                "held_out" if held_out else "finished",
                at,
                at,
                people.ids,
            )
        )
        for person in people[:applied]:
            self._apply(person)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestResults(ResultsCommon):
    def test_campaign_before_its_start_has_nothing_to_show(self):
        results = self._results()
        self.assertTrue(results["is_draft"])
        self.assertEqual(self._came(results["total"]["figures"]), {})
        self.assertIn("Nobody was held out", results["uplift"][0]["sentence"])

    def test_messages_when_sent_count_by_step_for_what_came_of_them(self):
        rows = self._send_all()
        ann, ben, clara = (
            rows.filtered(lambda row, one=one: row.candidate_id == one)
            for one in self.people
        )
        ann.trace_id.set_replied()
        ann._keep_event("replied")
        ben._on_click(ben._trackers()[:1])
        ben._keep_event("clicked", judgement="machine")
        ben._keep_event("opened", judgement="machine")
        clara.trace_id.set_bounced(bounce_message="no such user")
        step = self._step()
        self.assertEqual(
            self._came(step["figures"]),
            {
                "sent": 3,
                "bounced": 1,
                "opened": 1,
                "machine_opened": 1,
                "clicked": 1,
                "machine_clicked": 1,
                "replied": 1,
            },
        )
        self.assertEqual(step["arrived"], 2)
        self.assertEqual(
            self._people(), {"entered": 3, "reached": 3, "clicked": 1, "replied": 1}
        )

    def test_answer_of_a_machine_is_no_reply(self):
        rows = self._send_all()
        rows[:1].trace_id.with_context(recruit_automatic_message=True).set_replied()
        rows[:1]._keep_event("out_of_office")
        self.assertNotIn("replied", self._came(self._step()["figures"]))

    def test_every_figure_opens_its_rows(self):
        rows = self._send_all()
        rows[0].trace_id.set_replied()
        rows[1]._on_click(rows[1]._trackers()[:1])
        self._apply(rows[0].candidate_id)
        for view in ("cohort", "activity"):
            for period in ("month", "all"):
                results = self._results(view, period)
                step = results["steps"][0]
                for name, count in step["figures"].items():
                    with self.subTest(view=view, period=period, figure=name):
                        found = self.deliveries.search(
                            [("figure", "=", step["rows"][name])]
                        )
                        self.assertEqual(len(found), count)
                for line in results["people"]:
                    with self.subTest(view=view, period=period, people=line["name"]):
                        found = self.env["recruit.campaign.enrollment"].search(
                            [("figure", "=", line["rows"])]
                        )
                        self.assertEqual(len(found), line["count"])
                        traced = found.search([("figure", "=", line["traced_rows"])])
                        self.assertEqual(len(traced), line["traced"])

    def test_cohort_and_activity_of_a_month_differ_for_who_entered_long_ago(self):
        rows = self._send_all()
        long_ago = self._now() - timedelta(days=100)
        rows.enrollment_id.write({"enrolled_at": long_ago})
        rows.write({"sent_at": long_ago})
        rows[0].trace_id.set_replied()
        cohort = self._step(view="cohort", period="month")
        activity = self._step(view="activity", period="month")
        self.assertEqual(self._came(cohort["figures"]), {})
        self.assertEqual(self._came(activity["figures"]), {"replied": 1})
        everything = self._came(self._step()["figures"])
        self.assertEqual((everything["sent"], everything["replied"]), (3, 1))

    def test_application_counts_from_the_campaign_to_the_hire(self):
        rows = self._send_all()
        ann, ben = rows[0].candidate_id, rows[1].candidate_id
        rows[0]._on_click(rows[0]._trackers()[:1])
        stage = self.env["hr.recruitment.stage"].search(
            [("hired_stage", "=", True)], limit=1
        )
        self._apply(ann).stage_id = stage
        self._apply(ben)
        self.env.flush_all()
        lines = {line["name"]: line for line in self._results()["people"]}
        self.assertEqual(
            (lines["application"]["count"], lines["hire"]["count"]), (2, 1)
        )
        self.assertEqual(
            (lines["application"]["traced"], lines["hire"]["traced"]), (1, 1)
        )
        self.assertEqual(self._step()["figures"]["applied"], 2)

    def test_application_after_a_click_came_by_the_message(self):
        rows = self._send_all()
        mailing = rows[0].trace_id.mass_mailing_id
        words = {"source": mailing.source_id.name, "medium": "Email"}
        touch = rows[0].candidate_id._log_touch("application", **words)
        self.assertEqual(
            touch.channel_id, self.env.ref("recruit_crm.recruit_channel_campaigns")
        )

    def test_application_from_before_the_campaign_is_none_of_it(self):
        self._apply(self.ann)
        conversions = self.env["recruit.conversion"].search(
            [("candidate_id", "=", self.ann.id)]
        )
        conversions.write({"happened_at": self._now() - timedelta(days=1)})
        self._send_all()
        self.assertNotIn("application", self._people())

    def test_test_run_stays_out_of_the_figures(self):
        rows = self._send_all()
        rows[0].trace_id.is_test_trace = True
        self.assertEqual(self._step()["figures"]["sent"], 2)
        self.assertEqual(self._people()["entered"], 2)

    def test_messages_count_for_who_wrote_them(self):
        self._send_all()
        other = new_test_user(self.env, "other_sender", groups=SOURCER, email="o@x.de")
        self.campaign.user_id = other
        [sender] = self._results()["senders"]
        self.assertEqual(sender["name"], self.officer.name)
        rows = self.deliveries.search([("figure", "=", sender["rows"]["sent"])])
        self.assertEqual(len(rows), 3)

    def test_figures_when_counted_twice_are_the_same(self):
        self._send_all()
        first = self._results()
        again = self._results()
        self.assertEqual(first["total"], again["total"])
        self.assertEqual(first["people"], again["people"])

    def test_step_is_named_without_its_placeholders(self):
        names = [step["name"] for step in self._results()["steps"]]
        self.assertEqual(names, ["Hello …", "Still there?"])

    def test_view_or_period_that_there_is_not_is_refused(self):
        with self.assertRaises(UserError):
            self._results("weather", "all")
        with self.assertRaises(UserError):
            self._results("cohort", "century")

    def test_sourcer_reads_results_and_an_employee_does_not(self):
        self._send_all()
        sourcer = new_test_user(self.env, "results_sourcer", groups=SOURCER)
        employee = new_test_user(self.env, "results_employee", groups="base.group_user")
        seen = self.campaign.with_user(sourcer).read_results()
        self.assertEqual(seen["total"]["figures"]["sent"], 3)
        with self.assertRaises(AccessError):
            self.campaign.with_user(employee).read_results()

    def test_page_when_counted_asks_the_database_a_few_times(self):
        self._send_all()
        self.campaign._count_results()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self._results()


@tagged("post_install", "-at_install")
class TestUplift(ResultsCommon):
    def _uplift(self):
        return self._results()["uplift"][0]

    def test_large_difference_to_who_was_held_out_is_said_plainly(self):
        self._enter(60, held_out=False, applied=30)
        self._enter(40, held_out=True, applied=2)
        found = self._uplift()
        self.assertTrue(found["is_clear"])
        self.assertEqual(found["value"], 45.0)
        self.assertTrue(0 < found["low"] < 45 < found["high"])
        self.assertIn("45.0 more applied than would have anyway", found["sentence"])
        self.assertIn("In all that is about 27.", found["sentence"])
        for group, count in zip(found["groups"], (30, 2), strict=True):
            rows = self.env["recruit.campaign.enrollment"].search(
                [("figure", "=", group["rows"])]
            )
            self.assertEqual((len(rows), group["count"]), (count, count))

    def test_small_difference_is_not_claimed(self):
        self._enter(30, held_out=False, applied=3)
        self._enter(10, held_out=True, applied=0)
        found = self._uplift()
        self.assertFalse(found["is_clear"])
        self.assertIn("cannot be told yet", found["sentence"])
        self.assertIn("people in all would show it", found["sentence"])

    def test_harm_is_said_too(self):
        self._enter(60, held_out=False, applied=1)
        self._enter(30, held_out=True, applied=12)
        self.assertIn("fewer applied", self._uplift()["sentence"])

    def test_who_entered_before_anybody_was_held_out_is_not_compared(self):
        before = self._now() - timedelta(days=30)
        self._enter(25, held_out=False, applied=25, at=before)
        self._enter(20, held_out=False, applied=2)
        self._enter(20, held_out=True, applied=2)
        self.assertEqual(self._uplift()["value"], 0)

    def test_held_out_people_are_no_part_of_the_funnel(self):
        self._enter(5, held_out=True, applied=1)
        self._enter(4, held_out=False, applied=1)
        self.assertEqual(self._people(), {"entered": 4, "application": 1})


@tagged("post_install", "-at_install")
class TestWinner(ResultsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first_step.action_add_variant()
        cls.one, cls.two = cls.first_step.variant_ids
        cls.campaign.state = "running"

    def _tally(self, variant, sent, replied, applied=0):
        self.env["recruit.campaign.tally"].create(
            {
                "campaign_id": self.campaign.id,
                "step_id": self.first_step.id,
                "variant_id": variant.id,
                "sent": sent,
                "replied": replied,
                "applied": applied,
            }
        )
        self.env.invalidate_all()

    def test_few_messages_prove_nothing(self):
        self._tally(self.one, 100, 1)
        self._tally(self.two, 60, 20)
        self.assertIn("one is 40 short", self.first_step.winner_verdict)

    def test_better_wording_when_sure_is_named_with_its_probability(self):
        self._tally(self.one, 1000, 50)
        self._tally(self.two, 1000, 90)
        verdict = self.first_step.winner_verdict
        self.assertIn("B is the best with a probability of 99.9 %", verdict)
        self.assertIn("90 of 1000 answered", verdict)
        self.assertEqual(self.two.best_probability, 99)
        self.assertEqual((self.two.replied_rate, self.one.replied_rate), (9, 5))

    def test_close_wordings_are_not_told_apart(self):
        self._tally(self.one, 1000, 50)
        self._tally(self.two, 1000, 60)
        self.assertIn("cannot be told yet", self.first_step.winner_verdict)

    def test_winner_by_applications_is_another_question(self):
        self._tally(self.one, 1000, 90, applied=1)
        self._tally(self.two, 1000, 50, applied=20)
        self.assertIn("A is the best", self.first_step.winner_verdict)
        self.first_step.winner_by = "applied"
        self.assertIn("B is the best", self.first_step.winner_verdict)

    def test_better_wording_is_used_for_the_rest_only_where_that_was_asked_for(self):
        self._tally(self.one, 1000, 50)
        self._tally(self.two, 1000, 90)
        self.campaign.step_ids._choose_winners()
        self.assertFalse(self.first_step.winner_id)
        self.first_step.winner_auto = True
        self.campaign.step_ids._choose_winners()
        self.assertEqual(self.first_step.winner_id, self.two)
        self.assertIn("everybody gets wording B", self.campaign.message_ids[:1].body)

    def test_wording_that_is_only_likely_better_is_not_used_by_itself(self):
        self.first_step.winner_auto = True
        self._tally(self.one, 1000, 50)
        self._tally(self.two, 1000, 70)  # 97 %
        self.campaign.step_ids._choose_winners()
        self.assertFalse(self.first_step.winner_id)
        self.first_step.winner_probability = 95
        self.campaign.step_ids._choose_winners()
        self.assertEqual(self.first_step.winner_id, self.two)

    def test_openings_never_decide(self):
        self._tally(self.one, 1000, 50)
        self._tally(self.two, 1000, 50)
        self.env["recruit.campaign.tally"].search(
            [("variant_id", "=", self.two.id)]
        ).opened = 900
        self.assertIn("probability of 50 %", self.first_step.winner_verdict)

    def test_job_counts_what_is_old_and_leaves_the_rest(self):
        campaigns = self.env["recruit.campaign"]
        now = self._now()
        self.assertIn(self.campaign, campaigns._to_count(now))
        self.campaign._count_results()
        self.assertNotIn(self.campaign, campaigns._to_count(now))
        self.assertIn(self.campaign, campaigns._to_count(now + timedelta(minutes=11)))
        self.campaign.state = "closed"
        self.assertNotIn(
            self.campaign, campaigns._to_count(now + timedelta(minutes=11))
        )
        self.assertIn(self.campaign, campaigns._to_count(now + timedelta(days=2)))
