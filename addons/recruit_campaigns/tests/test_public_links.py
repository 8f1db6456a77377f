from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from odoo.tests import HttpCase, tagged

from .common import CampaignsCommon

IPHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)",
    "Accept-Language": "de",
}


@tagged("post_install", "-at_install")
class TestPublicLinks(HttpCase, CampaignsCommon):
    def setUp(self):
        super().setUp()
        self._send_all()
        self.row = self._delivery(self.ann)
        self._sent_before(hours=1)
        self.tracker = self.env["link.tracker"].search(
            [("campaign_id", "=", self.campaign.utm_campaign_id.id)]
        )

    def _sent_before(self, **delta):
        """People need some time to read; who is faster is a machine."""
        self.row.sudo().write({"sent_at": self._now() - timedelta(**delta)})

    def _judge(self):
        """Let the quarantine of all clicks pass."""
        self.deliveries._judge_due(self._later(minutes=2))
        self.env.invalidate_all()

    @property
    def visits(self):
        return self.row.event_ids.sorted("id")

    def _path(self, purpose):
        return f"/recruit/{purpose}/{self.row._token(purpose)}"

    def _click_path(self, token=None):
        code = self.tracker.code
        token = token or self.row._token(f"click:{code}")
        return f"/recruit/click/{code}/{token}"

    def _get(self, path, method="GET", headers=None):
        response = self.url_open(
            path, method=method, headers=headers or IPHONE, allow_redirects=False
        )
        self.env.invalidate_all()
        return response

    # --------------------------------------------------------------------- click

    def test_link_when_followed_is_recorded_and_leads_on_with_utm(self):
        response = self._get(self._click_path())
        self.assertEqual(response.status_code, 302)
        target = urlsplit(response.headers["Location"])
        self.assertEqual(target._replace(query="").geturl(), "https://example.com/jobs")
        self.assertEqual(
            parse_qs(target.query)["utm_campaign"],
            [self.campaign.utm_campaign_id.name],
        )
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.visits.judgement, "waiting")
        self.assertFalse(self.ann.touch_ids)
        self._judge()
        self.assertEqual(self.visits.judgement, "human")
        self.assertEqual(self.row.trace_id.trace_status, "open")
        self.assertEqual(self.ann.touch_ids.mapped("kind"), ["clicked"])

    def test_link_with_a_token_that_is_not_its_own_when_followed_is_not_found(self):
        others = (
            "x",
            self.row._token("open"),
            self.row._token("click:other"),
            "A" * 32,
        )
        for token in others:
            with self.subTest(token=token):
                self.assertEqual(self._get(self._click_path(token)).status_code, 404)
        self._judge()
        self.assertFalse(self.ann.touch_ids)
        self.assertFalse(self.env["recruit.campaign.event"].search([]))

    def test_link_with_an_unknown_code_when_followed_is_not_found(self):
        token = self.row._token("click:zzz")
        response = self._get(f"/recruit/click/zzz/{token}")
        self.assertEqual(response.status_code, 404)

    def test_link_when_followed_by_a_robot_or_by_head_leads_on_and_moves_nothing(self):
        robot = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
        self.assertEqual(self._get(self._click_path(), headers=robot).status_code, 302)
        self.assertEqual(self._get(self._click_path(), method="HEAD").status_code, 302)
        self._judge()
        self.assertEqual(self.visits.mapped("judgement"), ["machine"] * 2)
        self.assertIn("scanner", self.visits[0].reason)
        self.assertFalse(self.ann.touch_ids)
        self.assertEqual(self.row.trace_id.trace_status, "sent")

    def test_link_followed_within_seconds_is_believed_once_the_person_answers(
        self,
    ):
        self._sent_before(seconds=0)
        self._get(self._click_path())
        self._judge()
        self.assertEqual(self.visits.judgement, "machine")
        self.assertFalse(self.ann.touch_ids)
        self.ann._record_event("replied", document=self.row)
        self.assertEqual(self.visits.judgement, "human")
        self.assertIn("proven_by_replied", self.visits.reason)
        self.assertIn("the person answered", self.visits.because)
        self.assertEqual(self.visits.display_name, "Link followed: Ann Lee")
        self.assertEqual(self.ann.touch_ids.mapped("kind"), ["clicked"])

    def test_scanner_stays_a_scanner_when_the_person_answers(self):
        self._get(self._click_path(), headers={"User-Agent": "BarracudaCentral"})
        self.ann._record_event("replied", document=self.row)
        self.assertEqual(self.visits.judgement, "machine")
        self.assertFalse(self.ann.touch_ids.filtered(lambda one: one.kind == "clicked"))

    def test_visit_keeps_no_address(self):
        self._get(self._click_path())
        self.assertEqual(len(self.visits.network), 16)
        kept = self.visits.read(["network", "signs", "reason", "user_agent", "text"])
        self.assertNotIn("127.0.0", str(kept))

    def test_visits_without_end_are_not_listened_to(self):
        event = self.env["recruit.campaign.event"]
        for _number in range(200):
            event._record("opened", self.ann, self.row)
        self._get(self._click_path())
        self.assertEqual(len(self.visits), 200)

    def test_link_in_the_chatter_when_followed_leads_on_without_a_record(self):
        self.assertEqual(self._get(self._click_path("-")).status_code, 302)
        self.assertFalse(self.ann.touch_ids)

    # ---------------------------------------------------------------------- open

    def test_pixel_when_loaded_records_the_opening(self):
        response = self._get(self._path("open"))
        self.assertEqual(response.headers["Content-Type"], "image/gif")
        self.assertEqual(self.row.trace_id.trace_status, "open")
        self.assertEqual(self._enrollment(self.ann).state, "active")
        self.assertFalse(self.ann.touch_ids, "an opening moves nothing")

    def test_pixel_when_a_mail_program_loads_it_for_all_is_no_opening(self):
        self._get(self._path("open"), headers={"User-Agent": "Mozilla/5.0"})
        self.assertEqual(self.visits.judgement, "machine")
        self.assertEqual(self.row.trace_id.trace_status, "sent")

    def test_pixel_with_a_foreign_token_when_loaded_looks_the_same(self):
        response = self._get(f"/recruit/open/{self.row._token('unsubscribe')}")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.row.trace_id.trace_status, "sent")

    # --------------------------------------------------------------- unsubscribe

    def test_unsubscribe_page_when_opened_asks_and_does_not_act(self):
        for method in ("GET", "HEAD"):
            response = self._get(self._path("unsubscribe"), method=method)
            self.assertEqual(response.status_code, 200)
            self.assertFalse(self.ann.recruiting_opt_out)
        self.assertIn('method="post"', self._get(self._path("unsubscribe")).text)

    def test_one_click_when_posted_in_any_form_unsubscribes_without_redirect(self):
        one_click = {"List-Unsubscribe": "One-Click"}
        for send in (
            {"data": one_click},
            {
                "data": {},
                "files": {name: (None, one_click[name]) for name in one_click},
            },
            {"data": {"confirm": "1"}},
        ):
            with self.subTest(send=send):
                response = self.url_open(
                    self._path("unsubscribe"),
                    method="POST",
                    allow_redirects=False,
                    **send,
                )
                self.env.invalidate_all()
                self.assertEqual(response.status_code, 200)
                self.assertIn("You are unsubscribed", response.text)
                self.assertTrue(self.ann.recruiting_opt_out)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "unsubscribed")
        self.assertEqual(
            self.ann.touch_ids.mapped("kind"), ["unsubscribed"], "twice is as once"
        )
        self.assertFalse(
            self.env["mail.blacklist"].search([("email", "=", "ann@example.com")])
        )

    def test_unsubscribe_with_a_foreign_token_when_posted_changes_nothing(self):
        for token in ("x", self.row._token("open"), "A" * 32):
            path = f"/recruit/unsubscribe/{token}"
            response = self.url_open(path, method="POST", data={"x": "1"})
            self.assertEqual(response.status_code, 404)
        self.env.invalidate_all()
        self.assertFalse(self.people.filtered("recruiting_opt_out"))
