from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

OFFICER = "hr_recruitment.group_hr_recruitment_user"
INTERVIEWER = "hr_recruitment.group_hr_recruitment_interviewer"


@tagged("post_install", "-at_install")
class TestCandidateEvents(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )

    def _register(self, name):
        now = self.env["recruit.clock"].now()
        event = self.env["event.event"].create(
            {"name": name, "date_begin": now, "date_end": now + timedelta(hours=6)}
        )
        return self.env["event.registration"].create(
            {"event_id": event.id, "name": "Ann Lee", "email": "ann@example.com"}
        )

    def test_the_form_counts_each_event_once_and_opens_what_is_known(self):
        self._register("Fair").action_set_done()
        self._register("Meetup")
        officer = new_test_user(self.env, "event_officer", groups=OFFICER)
        mine = self.ann.with_user(officer)
        self.assertEqual(mine.event_count, 2)
        action = mine.action_view_events()
        touches = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(touches, self.ann.touch_ids)
        self.assertEqual(len(touches), 3)

    def test_who_went_nowhere_has_no_events(self):
        self.ann._log_touch("call")
        self.assertEqual(self.ann.event_count, 0)

    def test_an_interviewer_is_not_told(self):
        user = new_test_user(self.env, "event_interviewer", groups=INTERVIEWER)
        with self.assertRaises(AccessError):
            self.ann.with_user(user).read(["event_count"])
