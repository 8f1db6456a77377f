from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import RecruitCrmCommon
from .common_credit import CreditCommon


@tagged("post_install", "-at_install")
class TestConversion(CreditCommon, RecruitCrmCommon):
    def test_an_application_is_a_conversion_from_the_first_moment(self):
        application = self._apply()
        self.assertEqual(self._kinds(application), ["application"])
        conversion = self._conversion(application, "application")
        self.assertEqual(conversion.candidate_id, application.candidate_id)
        self.assertEqual(conversion.company_id, application.company_id)

    def test_a_talent_card_is_none(self):
        candidate = self._candidate(email="ann@example.com")
        candidate._add_to_pool(self.pool)
        card = candidate._talent_cards()[candidate]
        self.assertEqual(self._kinds(card), [])
        conversions = self.env["recruit.conversion"]
        self.assertNotIn(card.id, conversions._next_applications(0, everybody=False))

    def test_each_stage_counts_as_what_it_says_and_what_lies_before(self):
        application = self._apply()
        application.stage_id = self.stages["interview"]
        self.assertEqual(
            self._kinds(application), ["application", "qualified", "interview"]
        )

    def test_a_stage_without_a_meaning_has_that_of_the_one_before(self):
        application = self._apply()
        application.stage_id = self.stages["second"]
        self.assertEqual(
            self._kinds(application), ["application", "qualified", "interview"]
        )

    def test_a_card_moved_back_takes_its_steps_back(self):
        application = self._apply()
        application.stage_id = self.stages["offer"]
        application.stage_id = self.stages["qualified"]
        self.assertEqual(self._kinds(application), ["application", "qualified"])

    def test_a_hire_is_all_that_lies_before_it_and_is_taken_back_whole(self):
        application = self._apply()
        application.stage_id = self.hired_stage
        self.assertEqual(
            self._kinds(application),
            ["application", "qualified", "interview", "offer", "hire"],
        )
        hire = self._conversion(application, "hire")
        self.assertEqual(hire.happened_at, application.date_closed)
        application.stage_id = self.stages["qualified"]
        self.assertEqual(self._kinds(application), ["application", "qualified"])

    def test_a_refusal_leaves_the_steps_and_takes_the_hire(self):
        application = self._apply()
        application.stage_id = self.hired_stage
        self._refuse(application)
        self.assertNotIn("hire", self._kinds(application))
        self.assertIn("offer", self._kinds(application))

    def test_a_corrected_hire_date_moves_the_hire(self):
        application = self._apply()
        application.stage_id = self.hired_stage
        earlier = application.date_closed - timedelta(days=40)
        application.date_closed = earlier
        self.assertEqual(self._conversion(application, "hire").happened_at, earlier)

    def test_an_application_that_is_somebody_elses_takes_its_conversions_along(self):
        application = self._apply()
        other = self._candidate("Bo", email="bo@example.com")
        application.email_from = "bo@example.com"
        self.assertEqual(application.candidate_id, other)
        self.assertEqual(
            self._conversion(application, "application").candidate_id, other
        )

    def test_old_applications_get_their_steps_with_the_dates_of_their_chatter(self):
        application = self._apply()
        application.stage_id = self.stages["interview"]
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM recruit_conversion")
        conversions = self.env["recruit.conversion"]
        batch = conversions._next_applications(0, everybody=False)
        self.assertIn(application.id, batch)
        conversions._update(batch)
        self.assertEqual(
            self._kinds(application), ["application", "qualified", "interview"]
        )
        self.assertNotIn(
            application.id, conversions._next_applications(0, everybody=False)
        )

    def test_who_is_still_here_after_half_a_year_counts_until_they_left(self):
        application = self._hired_days_ago(200)
        employee = application.employee_id
        conversions = self.env["recruit.conversion"]
        conversions._update_stays()
        self.assertIn("stayed_6", self._kinds(application))
        self.assertNotIn("stayed_12", self._kinds(application))
        stay = self._conversion(application, "stayed_6")
        self.assertEqual(stay.touches_until, application.date_closed)
        employee.version_id.departure_date = (
            application.date_closed + timedelta(days=100)
        ).date()
        conversions._update_stays()
        self.assertNotIn("stayed_6", self._kinds(application))

    def test_who_left_later_was_still_here(self):
        application = self._hired_days_ago(400)
        application.employee_id.version_id.departure_date = (
            application.date_closed + timedelta(days=200)
        ).date()
        application.employee_id.active = False
        self.env["recruit.conversion"]._update_stays()
        self.assertIn("stayed_6", self._kinds(application))
        self.assertNotIn("stayed_12", self._kinds(application))

    def test_a_manager_corrects_a_moment_and_nobody_the_future(self):
        application = self._apply()
        conversion = self._conversion(application, "application")
        mine = conversion.with_user(self.user_manager)
        earlier = conversion.happened_at - timedelta(days=3)
        mine.happened_at = earlier
        self.assertEqual(conversion.touches_until, earlier)
        with self.assertRaises(ValidationError):
            mine.happened_at = self.env["recruit.clock"].now() + timedelta(days=1)
        with self.assertRaises(AccessError):
            conversion.with_user(self.user_officer).happened_at = earlier

    def test_another_meaning_of_a_stage_reaches_old_applications(self):
        application = self._apply()
        application.stage_id = self.stages["qualified"]
        self.stages["qualified"].milestone = "interview"
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(parameters.get_param("recruit_crm.conversions_swept"), "0")
        conversions = self.env["recruit.conversion"]
        conversions._update(conversions._next_applications(0, everybody=True))
        self.assertIn("interview", self._kinds(application))
