import json
import time
from datetime import timedelta

from odoo.tests import HttpCase, new_test_user, tagged

from ..models.ir_http import COOKIE
from ..models.recruit_visit import NEWCOMERS_MOST, VISITS_MOST
from ..visiting.landing import Origin

UTM = ("utm.source", "utm.medium", "utm.campaign")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@tagged("post_install", "-at_install")
class TestVisit(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create({"name": "Weaver", "is_published": True})
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.cookies_bar = False

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.opener.headers["User-Agent"] = BROWSER

    def _visit(self, query="", path=None, **headers):
        url = path or f"/jobs/{self.env['ir.http']._slug(self.job)}"
        answer = self.url_open(f"{url}{query and '?' + query}", headers=headers)
        self.assertEqual(answer.status_code, 200)
        return answer

    def _visits(self):
        self.env.invalidate_all()
        return self.env["recruit.visit"].search([], order="id")

    def _apply(self, email="ann@example.com", headers=None, **fields):
        answer = self.url_open(
            "/website/form/hr.applicant",
            data={
                "partner_name": "Ann Lee",
                "email_from": email,
                "job_id": str(self.job.id),
                **fields,
            },
            headers=headers or {},
        )
        applicant = self.env["hr.applicant"].browse(json.loads(answer.text)["id"])
        self.env.invalidate_all()
        return applicant

    def _told(self, applicant, kind="visit"):
        touches = applicant.candidate_id.touch_ids.filtered(lambda t: t.kind == kind)
        return [
            (touch.source, touch.medium, touch.campaign)
            for touch in touches.sorted(lambda one: (one.occurred_at, one.id))
        ]

    def _backdate(self, **gap):
        """The visits so far took place earlier: the server's clock cannot wait."""
        for visit in self._visits():
            moment = visit.occurred_at - timedelta(**gap)
            self.env.cr.execute(
                "UPDATE recruit_visit SET occurred_at = %s, last_at = %s WHERE id = %s",
                [moment, moment, visit.id],
            )

    def _count_utm(self):
        return [self.env[model].search_count([]) for model in UTM]

    def test_two_visits_stay_two_origins_and_make_none_that_never_was(self):
        utm = self._count_utm()
        self._visit("utm_campaign=First&utm_source=LinkedIn&utm_medium=social")
        self._backdate(days=3)
        self._visit("utm_source=Indeed")
        applicant = self._apply()
        self.assertEqual(
            self._told(applicant),
            [("LinkedIn", "social", "First"), ("Indeed", False, False)],
        )
        self.assertEqual(
            self._told(applicant, "application"), [("Indeed", False, False)]
        )
        self.assertFalse(applicant.medium_id or applicant.campaign_id)
        first = applicant.candidate_id.first_touch_id
        self.assertEqual((first.kind, first.source), ("visit", "LinkedIn"))
        self.assertTrue(first.verified)
        self.assertEqual(self._count_utm(), utm)

    def test_the_visits_of_who_applied_leave_the_list_of_the_unknown(self):
        self._visit("utm_source=LinkedIn")
        self.assertEqual(len(self._visits()), 1)
        first = self._apply()
        self.assertFalse(self._visits())
        again = self._apply()
        self.assertEqual(again.candidate_id, first.candidate_id)
        self.assertEqual(len(self._told(first)), 1)

    def test_a_tracked_link_of_a_job_links_its_records(self):
        source = self.env["utm.source"].create({"name": "Paper of Ghent"})
        link = self.env["hr.recruitment.source"].create(
            {"job_id": self.job.id, "source_id": source.id}
        )
        self._visit(link.url.partition("?")[2])
        applicant = self._apply()
        self.assertEqual(applicant.source_id, source)
        self.assertEqual(applicant.medium_id.name, "Website")
        touch = applicant.candidate_id.first_touch_id
        self.assertEqual((touch.source_id, touch.job_id), (source, self.job))

    def test_a_page_of_ours_is_no_second_landing(self):
        self._visit("utm_source=LinkedIn")
        self._visit(path="/jobs", Referer=f"{self.base_url()}/jobs/x-1")
        self._visit("utm_source=LinkedIn")
        visit = self._visits()
        self.assertEqual((len(visit), visit.hits), (1, 2))
        self.assertEqual(visit.job_id, self.job)

    def test_who_comes_from_a_search_or_straight_is_told_so(self):
        self._visit(path="/jobs", Referer="https://www.google.com/")
        self._visit("", path="/jobs")
        self.assertEqual(self._visits().mapped("source"), ["google.com"])
        self.opener.cookies.clear()
        self._visit(path="/jobs")
        self.assertEqual(self._visits()[-1].medium, "Direct")
        channel = self._apply().candidate_id.first_touch_id.channel_id
        self.assertEqual(channel.complete_name, "Our own channels / Career site")

    def test_refused_cookies_leave_nothing_and_the_link_still_counts(self):
        self.website.cookies_bar = True
        page = self._visit("utm_source=Fair&utm_campaign=Spring")
        self.assertFalse(self._visits())
        self.assertNotIn(COOKIE, self.opener.cookies)
        form = f"/jobs/apply/{self.env['ir.http']._slug(self.job)}"
        kept = f"{form}?utm_source=Fair&amp;utm_campaign=Spring"
        self.assertIn(kept, page.text)
        referrer = f"{self.base_url()}{form}?utm_source=Fair&utm_campaign=Spring"
        applicant = self._apply(headers={"Referer": referrer})
        self.assertEqual(self._told(applicant), [("Fair", False, "Spring")])
        touch = applicant.candidate_id.first_touch_id
        self.assertEqual((touch.kind, touch.verified), ("visit", False))
        self.assertFalse(self._visits())

    def test_agreed_cookies_keep_the_visit(self):
        self.website.cookies_bar = True
        self.opener.cookies["website_cookies_bar"] = json.dumps({"optional": True})
        page = self._visit("utm_source=Fair")
        self.assertEqual(len(self._visits()), 1)
        self.assertNotIn("?utm_source=Fair", page.text)

    def test_the_cookie_is_signed_and_no_script_reads_it(self):
        answer = self._visit("utm_source=Fair")
        header = answer.headers["Set-Cookie"]
        cookie = next(one for one in self.opener.cookies if one.name == COOKIE)
        self.assertTrue(cookie.has_nonstandard_attr("HttpOnly"))
        self.assertIn("SameSite=Lax", header)
        self.assertEqual(
            self.env["recruit.visit"]._read_cookie(cookie.value),
            self._visits().visitor,
        )

    def test_a_forged_cookie_is_a_new_visitor(self):
        self._visit("utm_source=Fair")
        victim = self._visits().visitor
        kept = next(one for one in self.opener.cookies if one.name == COOKIE)
        good = kept.value
        for forged in (
            victim,
            good[:-2],
            good[:30] + ("b" if good[30] == "a" else "a") + good[31:],
            "x" * 5000,
            "é",
            "=",
            "AQ",
        ):
            with self.subTest(cookie=forged[:20]):
                self.assertIsNone(self.env["recruit.visit"]._read_cookie(forged))
        self.opener.cookies.set(COOKIE, victim, domain=kept.domain, path=kept.path)
        self._visit("utm_source=Other")
        thief = self._apply("thief@example.com")
        self.assertEqual(self._told(thief), [("Other", False, False)])
        self.assertEqual(self._visits().visitor, victim)

    def test_odd_words_are_a_visit_and_never_an_error(self):
        utm = self._count_utm()
        self._visit("utm_source=" + "x" * 2000)
        self._visit("utm_source=%ff%fe%00&utm_medium=%20%20&utm_campaign=ok")
        self._visit("utm_source=%20%20")
        self._visit("utm_source=&utm_medium=")
        visits = self._visits()
        self.assertEqual(len(visits[0].source), 100)
        self.assertEqual((visits[1].source, visits[1].campaign), ("%FF%FE", "ok"))
        self.assertEqual(len(visits), 2)
        self._apply()
        self.assertEqual(self._count_utm(), utm)

    def test_a_blank_word_breaks_no_form(self):
        self._visit("utm_source=%20%20")
        self.assertTrue(self._apply().exists())

    def test_a_program_is_marked_and_credited_nothing(self):
        self.opener.headers["User-Agent"] = "Googlebot/2.1 (+http://google.com/bot)"
        self._visit("utm_source=LinkedIn")
        visit = self._visits()
        self.assertTrue(visit.is_bot)
        self.assertNotIn(COOKIE, self.opener.cookies)
        self.assertFalse(self.env["recruit.visit"]._of_visitor(visit.visitor))

    def test_an_employee_is_no_visitor(self):
        new_test_user(self.env, "visiting_employee", groups="base.group_user")
        self.authenticate("visiting_employee", "visiting_employee")
        self._visit("utm_source=Intranet")
        self.assertFalse(self._visits())

    def test_a_recruiter_gives_nobody_the_source_of_their_own_browser(self):
        self.authenticate("admin", "admin")
        self._visit("utm_source=MyNewsletter&utm_medium=Mine")
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw/hr.applicant/create",
            {
                "model": "hr.applicant",
                "method": "create",
                "args": [[{"partner_name": "Typed In"}]],
                "kwargs": {},
            },
        )
        applicant = self.env["hr.applicant"].browse(answer)
        self.assertFalse(applicant.source_id or applicant.medium_id)
        self.assertFalse(applicant.candidate_id.touch_ids.source)
        self.assertFalse(applicant.candidate_id.touch_ids.verified)
        defaults = self.make_jsonrpc_request(
            "/web/dataset/call_kw/hr.applicant/default_get",
            {
                "model": "hr.applicant",
                "method": "default_get",
                "args": [["source_id", "medium_id", "campaign_id"]],
                "kwargs": {},
            },
        )
        self.assertFalse(any(defaults.values()))

    def test_the_form_asks_how_somebody_heard_of_us_and_takes_offered_answers(self):
        offered = self.env.ref("recruit_crm.recruit_channel_job_fair")
        other = self.env.ref("recruit_crm.recruit_channel_sourced")
        self.assertFalse(other.asked)
        form = f"/jobs/apply/{self.env['ir.http']._slug(self.job)}"
        page = self._visit(path=form).text
        self.assertIn("How did you hear of us?", page)
        self.assertIn(f'<option value="{offered.id}">{offered.name}', page)
        self.assertNotIn(f'<option value="{other.id}">', page)
        for number, (answer, kept) in enumerate(
            (
                (str(offered.id), offered),
                (str(other.id), other.browse()),
                ("", other.browse()),
                ("x", other.browse()),
                ("99999999999999999999", other.browse()),
            )
        ):
            with self.subTest(answer=answer):
                applicant = self._apply(
                    f"heard{number}@example.com", heard_channel_id=answer
                )
                self.assertEqual(applicant.heard_channel_id, kept)
                self.assertEqual(applicant.candidate_id.heard_channel_id, kept)

    def test_a_click_and_the_page_it_opened_are_one_contact(self):
        ann = self.env["recruit.candidate"].create(
            {"name": "Ann Lee", "email": "ann@example.com"}
        )
        ann._log_touch("clicked", source="Spring letter", medium="Email")
        self._visit("utm_source=Spring%20letter&utm_medium=Email&utm_campaign=Letters")
        applicant = self._apply()
        self.assertEqual(applicant.candidate_id, ann)
        self.assertEqual(
            sorted(ann.touch_ids.mapped("kind")), ["application", "clicked"]
        )

    def test_a_million_visits_of_one_visitor_are_bounded(self):
        visits = self.env["recruit.visit"]
        for number in range(VISITS_MOST + 30):
            visits._store("one", Origin(f"Source {number}"), {"path": "/jobs"})
        kept = visits.search([("visitor", "=", "one")], order="id")
        self.assertEqual(len(kept), VISITS_MOST)
        self.assertEqual(kept[0].source, "Source 0")
        self.assertEqual(kept[-1].source, f"Source {VISITS_MOST + 29}")
        self.assertEqual(sum(kept.mapped("hits")), VISITS_MOST + 30)

    def test_a_client_that_keeps_no_cookie_is_bounded_too(self):
        visits = self.env["recruit.visit"]
        for number in range(NEWCOMERS_MOST + 20):
            visits._store(
                f"visitor {number}", Origin("x"), {"client": "flood", "is_new": True}
            )
        self.assertEqual(
            visits.search_count([("client", "=", "flood")]), NEWCOMERS_MOST
        )

    def test_old_visits_are_forgotten(self):
        visits = self.env["recruit.visit"]
        visits._store("old", Origin("x"), {})
        self._backdate(days=181)
        visits._store("new", Origin("x"), {})
        visits._gc_visits()
        self.assertEqual(self._visits().mapped("visitor"), ["new"])

    def test_visits_are_for_officers_of_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["recruit.visit"]._store("a", Origin("x"), {"company_id": other.id})
        self.env["recruit.visit"]._store(
            "b", Origin("x"), {"company_id": self.env.company.id}
        )
        for group, rights in (
            ("base.group_user", ""),
            ("hr_recruitment.group_hr_recruitment_interviewer", ""),
            ("hr_recruitment.group_hr_recruitment_user", "r"),
            ("recruit_crm.group_recruit_privacy_officer", "ru"),
        ):
            user = new_test_user(self.env, f"visit_{group}", groups=group)
            mine = self.env["recruit.visit"].with_user(user)
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(group=group, operation=operation):
                    self.assertEqual(mine.has_access(operation), operation[0] in rights)
            if rights:
                self.assertEqual(mine.search([]).mapped("visitor"), ["b"])

    def test_a_page_waits_no_two_milliseconds_for_its_visit(self):
        """The whole of a landing, of a visitor who is known; the median of 200."""
        visits = self.env["recruit.visit"]
        cookie = visits._make_cookie("someone")
        took = []
        for number in range(200):
            start = time.perf_counter()
            visitor = visits._read_cookie(cookie)
            client = visits._client_of("127.0.0.1", BROWSER)
            origin = Origin(f"Source {number % 7}", "social", "Spring")
            visits._store(visitor, origin, {"path": "/jobs", "client": client})
            visits._make_cookie(visitor)
            took.append(time.perf_counter() - start)
        self.assertLess(sorted(took)[100], 0.002)
