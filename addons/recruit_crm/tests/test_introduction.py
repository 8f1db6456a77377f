from datetime import timedelta

from odoo.tests import tagged

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestIntroduction(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env["recruit.clock"].now()
        cls.eve = cls.env["res.partner"].create({"name": "Eve"})
        cls.agency = cls.env["res.partner"].create({"name": "Good People Ltd"})
        cls.ann = cls._candidate(email="ann@example.com")

    def _introduce(self, partner, role="referrer", days_ago=0):
        return self.env["recruit.introduction"].create(
            {
                "candidate_id": self.ann.id,
                "partner_id": partner.id,
                "role": role,
                "introduced_at": self.now - timedelta(days=days_ago),
            }
        )

    def test_an_application_in_time_is_theirs_whatever_its_source(self):
        introduction = self._introduce(self.eve, days_ago=30)
        paper = self.env["utm.source"].create({"name": "Paper"})
        application = self._apply(source_id=paper.id)
        self.assertEqual(application.introduction_id, introduction)
        self.assertEqual(application.source_id, paper)
        self.assertEqual(introduction.application_count, 1)

    def test_an_application_after_the_window_is_nobodys(self):
        self._introduce(self.agency, "agency", days_ago=200)
        self.assertFalse(self._apply().introduction_id)

    def test_of_several_that_hold_the_earliest_counts(self):
        late = self._introduce(self.agency, "agency", days_ago=10)
        application = self._apply()
        self.assertEqual(application.introduction_id, late)
        early = self._introduce(self.eve, days_ago=20)
        application.invalidate_recordset()
        self.assertEqual(application.introduction_id, early)
        early.until = early.introduced_at + timedelta(days=1)
        application.invalidate_recordset()
        self.assertEqual(application.introduction_id, late)

    def test_the_window_is_that_of_the_settings_on_its_day(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("recruit_crm.agency_days", "90")
        introduction = self._introduce(self.agency, "agency")
        self.assertEqual(
            introduction.until - introduction.introduced_at, timedelta(days=90)
        )
        parameters.set_param("recruit_crm.agency_days", "10")
        introduction.invalidate_recordset()
        self.assertEqual(
            introduction.until - introduction.introduced_at, timedelta(days=90)
        )

    def test_an_introduction_is_a_touch_of_its_day(self):
        introduction = self._introduce(self.agency, "agency", days_ago=30)
        touch = self.ann.first_touch_id
        self.assertEqual(touch.kind, "referral")
        self.assertEqual(touch.occurred_at, introduction.introduced_at)
        self.assertEqual(touch.source, "Good People Ltd")
        self.assertEqual(
            touch.channel_id.complete_name, "Agencies / Recruitment agencies"
        )
        self._introduce(self.eve)
        own = self.ann.touch_ids - touch
        self.assertEqual(own.channel_id.complete_name, "Referrals / Employee referrals")

    def test_a_merge_brings_the_introductions_along(self):
        copy = self._candidate("Ann L.")
        introduction = self.env["recruit.introduction"].create(
            {"candidate_id": copy.id, "partner_id": self.eve.id}
        )
        self.ann._merge(copy)
        self.assertEqual(introduction.candidate_id, self.ann)

    def test_an_introduction_stays_in_its_company(self):
        hidden = self._candidate("Hidden", company_id=self.other_company.id)
        introduction = self.env["recruit.introduction"].create(
            {"candidate_id": hidden.id, "partner_id": self.eve.id}
        )
        mine = introduction.with_user(self.user_officer)
        for operation in ("read", "write"):
            self.assertFalse(mine.has_access(operation))
