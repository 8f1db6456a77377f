from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import TOKEN, CampaignsCommon


@tagged("post_install", "-at_install")
class TestConsent(CampaignsCommon):
    def _start(self):
        self.campaign.action_start()
        self.env.flush_all()

    def _left(self, person):
        self.env.invalidate_all()
        return self._enrollment(person).exit_reason

    def test_who_withdraws_leaves_every_campaign_in_the_same_transaction(self):
        self._start()
        self.ann._withdraw_consent("marketing", "phone")
        self.assertEqual(self._left(self.ann), "no_consent")
        self.assertEqual(self._delivery(self.ann).state, "skipped")
        self.assertFalse(self._left(self.ben))

    def test_who_withdraws_another_consent_stays(self):
        self._start()
        self.ann._withdraw_consent("tracking", "phone")
        self.assertFalse(self._left(self.ann))

    def test_who_objected_is_not_enrolled(self):
        self.ann._withdraw_consent("marketing", "mail")
        self._start()
        self.assertNotIn(self.ann, self.campaign.enrollment_ids.candidate_id)

    def test_a_company_that_needs_consent_enrolls_who_gave_it(self):
        self.env.company.recruit_consent_rule = "all"
        self.ben._give_consent("marketing", "form")
        self._start()
        self.assertEqual(self.campaign.enrollment_ids.candidate_id, self.ben)

    def test_a_consent_that_ran_out_stops_what_is_due(self):
        self._start()
        yesterday = self._now().date() - timedelta(days=1)
        self.ann._give_consent("marketing", "form", expires_on=yesterday)
        self.env.flush_all()
        stopped = self._delivery(self.ann)._stopped()
        self.assertEqual(list(stopped.values()), ["no_consent"])
        self.assertFalse(self._delivery(self.ben)._stopped())

    def test_a_consent_that_runs_out_ends_campaigns_though_nobody_writes_anything(self):
        self._start()
        today = self._now().date()
        self.ann._give_consent("marketing", "form", expires_on=today)
        self.ben._give_consent("marketing", "form", expires_on=today)
        self.ben._give_consent("pool", "form", expires_on=today)
        self.clara._give_consent("pool", "form", expires_on=today)
        cron = self.env.ref("recruit_campaigns.ir_cron_enroll_newcomers")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self._left(self.ann))
        with (
            freeze_time(self._now() + timedelta(days=1)),
            self.enter_registry_test_mode(),
        ):
            self.assertTrue(self.env["recruit.candidate"]._exit_expired(1))
            cron.method_direct_trigger()
        self.assertEqual(self._left(self.ann), "no_consent")
        self.assertEqual(self._left(self.ben), "no_consent")
        self.assertEqual(self._delivery(self.ann).reason, "Has given no valid consent")
        self.assertFalse(self._left(self.clara))

    def test_the_fence_knows_that_a_new_day_has_begun(self):
        self._start()
        today = self._now().date()
        self.ann._give_consent("marketing", "form", expires_on=today)
        letters = self._letters()
        tomorrow = self._now() + timedelta(days=1)
        with freeze_time(tomorrow):
            self.deliveries._prepare_statements()
        self.addCleanup(self.env.cr.execute, "DEALLOCATE ALL")
        passed = self.deliveries._fence_letters(TOKEN, tomorrow, letters)
        people = self.deliveries.browse(passed).candidate_id
        self.assertEqual(people, self.ben | self.clara)

    def test_the_unsubscribe_link_is_a_withdrawal_in_the_ledger(self):
        self._start()
        self.ann._give_consent("marketing", "form")
        self.ann._opt_out(self._delivery(self.ann))
        self.assertEqual(self.ann.marketing_consent, "withdrawn")
        self.assertEqual(self.ann.consent_ids.withdrawn_method, "link")

    def test_a_newer_consent_takes_back_the_opt_out(self):
        self._start()
        self.ann._opt_out(self._delivery(self.ann))
        self.ann._give_consent("marketing", "meeting")
        self.assertFalse(self.ann.recruiting_opt_out)
        self.assertFalse(self.ann.unreachable_reason)
