from datetime import timedelta

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import hash_sign

from odoo.addons.recruit_crm.models.recruit_candidate_retention import TOKEN_SCOPE

PRIVACY = "recruit_crm.group_recruit_privacy_officer"


@tagged("post_install", "-at_install")
class TestPrivacyPage(HttpCase):
    def setUp(self):
        super().setUp()
        self.ann = self.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )
        self.path = self.ann._privacy_url().partition("/recruit/")[2]
        self.path = f"/recruit/{self.path}"

    def _post(self, **form):
        answer = self.url_open(self.path, data=form)
        self.env.invalidate_all()
        return answer

    def test_the_page_shows_what_is_held_and_acts_on_nothing(self):
        before = len(self.ann.consent_ids)
        answer = self.url_open(f"{self.path}?act=stay")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Ann Lee", answer.text)
        self.assertIn("a…@example.com", answer.text)
        self.assertNotIn("ann@example.com", answer.text)
        self.assertNotIn(
            "<script", answer.text.partition("<main")[2].split("</main")[0]
        )
        self.env.invalidate_all()
        self.assertEqual(len(self.ann.consent_ids), before)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_only_a_post_acts(self):
        for method in ("GET", "HEAD", "OPTIONS"):
            self.url_open(f"{self.path}?act=delete", method=method)
        self.env.invalidate_all()
        self.assertFalse(self.ann.activity_ids)

    def test_a_person_stays_agrees_and_takes_it_back(self):
        self._post(act="stay")
        self.assertEqual(self.ann.pool_consent, "given")
        self._post(act="agree", purpose="marketing")
        self.assertEqual(self.ann.marketing_consent, "given")
        answer = self._post(act="withdraw", purpose="marketing")
        self.assertIn("It holds from now on", answer.text)
        self.assertEqual(self.ann.marketing_consent, "withdrawn")
        self.assertEqual(self.ann.consent_ids.mapped("method"), ["page", "page"])

    def test_delete_me_is_planned_for_the_privacy_officer_once(self):
        officer = new_test_user(self.env, "page_privacy", groups=PRIVACY)
        for _time in range(2):
            self.assertIn("within a month", self._post(act="delete").text)
        activity = self.ann.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertTrue(activity.user_id.has_group(PRIVACY))
        self.assertTrue(officer)
        self.assertFalse(self.ann.erased_at)

    def test_an_unknown_button_or_purpose_does_nothing(self):
        for form in (
            {"act": "agree", "purpose": "everything"},
            {"act": "explode"},
            {"act": "agree"},
            {},
        ):
            self.assertEqual(self._post(**form).status_code, 200)
        self.assertFalse(self.ann.consent_ids or self.ann.activity_ids)

    def test_forged_old_foreign_and_erased_links_get_one_answer(self):
        now = self.env["recruit.clock"].now().date()
        tomorrow = (now + timedelta(days=1)).isoformat()
        gone = self.env["recruit.candidate"].create({"name": "Gone"})
        gone_path = f"/recruit/{gone._privacy_url().partition('/recruit/')[2]}"
        gone._erase("officer")
        values = {
            "old": [self.ann.id, (now - timedelta(days=1)).isoformat()],
            "nobody": [10**9, tomorrow],
            "wrong": ["x", tomorrow],
        }
        paths = [
            f"/recruit/privacy/{hash_sign(self.env, TOKEN_SCOPE, value)}"
            for value in values.values()
        ]
        other = hash_sign(self.env, "another page", [self.ann.id, tomorrow])
        forged = self.path[:-6] + ("AAAAAA" if self.path[-6:] != "AAAAAA" else "BBBBBB")
        paths += [f"/recruit/privacy/{other}", forged, gone_path, "/recruit/privacy/x"]
        pages = set()
        for path in paths:
            for data in (None, {"act": "delete"}):
                answer = self.url_open(path, data=data)
                self.assertEqual(answer.status_code, 404, path)
                pages.add(answer.text.replace(path, ""))
        self.assertEqual(len({len(page) for page in pages}), 1)
        self.env.invalidate_all()
        self.assertFalse(self.ann.activity_ids)

    def test_the_link_of_a_merged_record_leads_to_who_was_kept(self):
        anna = self.env["recruit.candidate"].create({"name": "Anna Li"})
        self.env["recruit.merge"]._perform(anna, self.ann, [])
        self._post(act="withdraw", purpose="marketing")
        self.assertEqual(anna.marketing_consent, "withdrawn")
