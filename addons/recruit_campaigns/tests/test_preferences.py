import email
import re
import time
from datetime import timedelta
from email import policy

from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import hash_sign

from odoo.addons.recruit_crm.models.recruit_candidate_retention import TOKEN_SCOPE

from .common import TOKEN, CampaignsCommon

LINK = re.compile(r'(?:href|src)="(https?://[^"]+)"')
STAMP = re.compile(r'csrf_token: "\w+"')  # holds the second
PROGRAMS = (
    "Mozilla/5.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks",
    "curl/8.0",
)


class PreferencesCommon(HttpCase, CampaignsCommon):
    def setUp(self):
        super().setUp()
        self.jobs, self.events = self.env["recruit.topic"].create(
            [{"name": "Fitting jobs"}, {"name": "Open days"}]
        )
        self.campaign.topic_id = self.jobs
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Crafts",
                "skill_ids": [
                    (0, 0, {"name": name}) for name in ("Weaving", "Dyeing", "Felt")
                ],
                "skill_level_ids": [
                    (0, 0, {"name": "L", "level_progress": 50, "default_level": True})
                ],
            }
        )
        self.weaving, self.dyeing, self.felt = kind.skill_ids.sorted("id")
        self.ann._prove(self.weaving, 50, provenance="cv")
        self.letters = {one.address: one for one in self._letters()}
        for letter in self.letters.values():
            row = self.deliveries.browse(letter.delivery_id)
            self.assertTrue(row._fence(TOKEN, letter.address, self._now()))
            row._mark_sent([letter.sequel], self._now(), TOKEN)
        self.env.invalidate_all()
        self.row = self._delivery(self.ann)
        self.path = f"/recruit/preferences/{self.row._token('preferences')}"

    def _post(self, path=None, **form):
        answer = self.url_open(path or self.path, data={"x": "", **form})
        self.env.invalidate_all()
        return answer


@tagged("post_install", "-at_install")
class TestPreferences(PreferencesCommon):
    def _save(self, *topics, **form):
        shown = ",".join(map(str, (self.jobs + self.events).ids))
        return self._post(
            act="save", shown=shown, topic=[topic.id for topic in topics], **form
        )

    def _state(self):
        """Everything that a link of a message could change about the person."""
        self.env.invalidate_all()
        return {
            "person": self.ann.read(
                [
                    "active",
                    "availability",
                    "available_from",
                    "data_confirmed_at",
                    "recruiting_opt_out",
                    "snoozed_until",
                    "state",
                ]
            ),
            "skills": self.ann.skill_ids.read(["skill_id", "level", "provenance"]),
            "optouts": self.ann.optout_ids.read(["scope", "topic_id", "ended_at"]),
            "consents": self.ann.consent_ids.ids,
            "runs": self._enrollment(self.ann).read(["state", "exit_reason"]),
            "messages": self.ann.enrollment_ids.delivery_ids.read(["state", "due_at"]),
            "touches": self.ann.touch_ids.ids,
            "activities": self.ann.activity_ids.ids,
            "log": self.ann.message_ids.ids,
        }

    def test_the_page_shows_what_is_chosen_and_needs_no_script(self):
        answer = self.url_open(self.path)
        self.assertEqual(answer.status_code, 200)
        main = answer.text.partition('id="wrap"')[2].partition("o_shared_blocks")[0]
        for words in ("Hello Ann", "Fitting jobs", "Open days", "Weaving", "Delete me"):
            self.assertIn(words, main)
        self.assertNotIn("<script", main)
        self.assertNotIn("ann@example.com", main)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_the_page_is_made_in_a_fifth_of_a_second_for_who_has_many_skills(self):
        names = [f"Craft {number}" for number in range(40)]
        kind = self.weaving.skill_type_id
        for skill in self.env["hr.skill"].create(
            [{"name": name, "skill_type_id": kind.id} for name in names]
        ):
            self.ann._prove(skill, 50, provenance="cv")
        times = []
        for _visit in range(40):
            start = time.process_time()
            self.assertEqual(self.url_open(self.path).status_code, 200)
            times.append(time.process_time() - start)
        self.assertLess(sorted(times)[37], 0.2)

    def test_a_topic_that_is_not_ticked_is_declined_and_ticked_again_accepted(self):
        answer = self._save(self.events)
        self.assertIn("No more about “Fitting jobs”", answer.text)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "topic_declined")
        self.assertFalse(self.ann.recruiting_opt_out)
        self._save(self.jobs, self.events)
        self.assertTrue(self.ann.optout_ids.ended_at)

    def test_availability_and_silence_are_taken_over(self):
        until = (self._now() + relativedelta(months=6)).date()
        self._save(
            self.jobs,
            self.events,
            availability="from_date",
            available_from="2030-05-01",
            quiet="6",
        )
        self.assertEqual(self.ann.availability, "from_date")
        self.assertEqual(str(self.ann.available_from), "2030-05-01")
        self.assertEqual(self.ann.snoozed_until, until)
        self.assertEqual(self.ann.snoozed_by_id, self.officer)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "snoozed")
        self._save(self.jobs, self.events, availability="now", quiet="0")
        self.assertFalse(self.ann.snoozed_until or self.ann.available_from)

    def test_skills_are_stated_by_the_person_and_proven_ones_are_not_lowered(self):
        self.ann._prove(self.felt, 100, provenance="tested")
        self._save(
            self.jobs,
            self.events,
            new_skill="dyeing",
            new_level="75",
            **{f"skill_{self.weaving.id}": "gone", f"skill_{self.felt.id}": "gone"},
        )
        levels = {line.skill_id: line for line in self.ann.skill_ids}
        self.assertEqual(levels.keys(), {self.dyeing, self.felt})
        self.assertEqual(levels[self.dyeing].provenance, "self_declared")
        self.assertEqual(levels[self.dyeing].level, 75)
        self.assertEqual(levels[self.felt].level, 100)
        self._save(self.jobs, self.events, new_skill="100% unknown_craft")
        self.assertEqual(len(self.ann.skill_ids), 2)

    def test_a_form_that_is_posted_twice_is_as_good_as_once(self):
        form = {
            "availability": "listening",
            "quiet": "3",
            f"skill_{self.weaving.id}": "100",
            "new_skill": "Dyeing",
        }
        self._save(self.events, **form)
        once = self._state()
        self.assertIn("Everything is as you wish", self._save(self.events, **form).text)
        self.assertEqual(self._state(), once)

    def test_what_a_robot_posts_changes_nothing(self):
        before = self._state()
        shown = str(self.jobs.id)
        for form in (
            {},
            {"List-Unsubscribe": "One-Click"},
            {"act": "save"},
            {"act": "explode", "shown": shown},
            {"act": "save", "website": "http://spam", "shown": shown, "quiet": "12"},
            {"act": "delete", "website": "http://spam"},
            {"act": "save", "availability": "from_date", "available_from": "soon"},
        ):
            with self.subTest(form):
                self.assertEqual(self._post(**form).status_code, 200)
                self.assertEqual(self._state(), before)

    def test_delete_me_is_planned_once_and_stop_and_resume_take_turns(self):
        for _time in range(2):
            self.assertIn("within a month", self._post(act="delete").text)
        self.assertEqual(len(self.ann.activity_ids), 1)
        self._post(act="stop")
        self.assertTrue(self.ann.recruiting_opt_out)
        self.assertEqual(self.ann.optout_ids.how, "page")
        self._post(act="resume")
        self.assertFalse(self.ann.recruiting_opt_out)
        self.assertFalse(self.ann.unreachable_reason)

    def test_unsubscribe_has_three_scopes_and_one_click_means_all(self):
        path = f"/recruit/unsubscribe/{self.row._token('unsubscribe')}"
        self.assertIn("Fitting jobs", self.url_open(path).text)
        self.assertIn("this series", self._post(path, scope="campaign").text)
        self.assertEqual(self._enrollment(self.ann).exit_reason, "campaign_declined")
        self.assertIn("Fitting jobs", self._post(path, scope="topic").text)
        self.assertEqual(
            self.ann.optout_ids.sorted("id").mapped("scope"), ["campaign", "topic"]
        )
        self.assertFalse(self.ann.recruiting_opt_out)
        self._post(path, **{"List-Unsubscribe": "One-Click"})
        self.assertTrue(self.ann.recruiting_opt_out)

    def test_a_scanner_that_follows_every_link_changes_nothing(self):
        raw = b"From: a@example.com\r\n" + self.letters["ann@example.com"].lines
        letter = email.message_from_bytes(raw, policy=policy.default)
        html = letter.get_body(("html",)).get_content()
        links = set(LINK.findall(html.replace("&amp;", "&")))
        links.add(letter["List-Unsubscribe"].strip("<>"))
        kinds = {link.split("/recruit/")[1].split("/")[0] for link in links}
        self.assertEqual(kinds, {"click", "open", "preferences", "unsubscribe"})
        before = self._state()
        for link in links:
            path = "/recruit/" + link.split("/recruit/")[1]
            for program in PROGRAMS:
                for method in ("HEAD", "GET", "OPTIONS"):
                    self.url_open(
                        path,
                        method=method,
                        headers={"User-Agent": program},
                        allow_redirects=False,
                    )
        self.deliveries._judge_due(self._later(minutes=5))
        self.assertEqual(self._state(), before)

    def test_the_link_of_a_merged_person_leads_to_who_was_kept(self):
        self.ben._merge(self.ann)
        self._post(act="stop")
        self.assertTrue(self.ben.recruiting_opt_out)


@tagged("post_install", "-at_install")
class TestForgedTokens(PreferencesCommon):
    def _bad_tokens(self, purpose):
        """Tokens that open nothing: forged, stale, foreign."""
        good = self.row._token(purpose)
        other = "unsubscribe" if purpose != "unsubscribe" else "preferences"
        gone = self.deliveries.browse(self.row.id + 10**6)
        return {
            "forged": good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
            "foreign": self.row._token(other),
            "stale": gone._token(purpose),
            "short": "x",
            "long": "A" * 2000,
        }

    def _paths(self):
        """Bad paths of every public route that takes a token of ours."""
        code = self.env["link.tracker"].search([], limit=1).code
        for purpose, method in (
            ("open", "GET"),
            ("unsubscribe", "GET"),
            ("unsubscribe", "POST"),
            ("preferences", "GET"),
            ("preferences", "POST"),
            (f"click:{code}", "GET"),
        ):
            bad = self._bad_tokens(purpose)
            where = purpose.replace(":", "/")
            yield (
                f"{method} {purpose}",
                method,
                {kind: f"/recruit/{where}/{token}" for kind, token in bad.items()},
            )

    def _ask(self, method, path):
        data = {"act": "stop"} if method == "POST" else None
        return self.url_open(path, method=method, data=data, allow_redirects=False)

    def test_every_bad_token_gets_the_same_answer_after_the_same_work(self):
        for name, method, paths in self._paths():
            answers, work = set(), {}
            for kind, path in paths.items():
                self._ask(method, path)
                before = self.cr.sql_log_count
                answer = self._ask(method, path)
                work[kind] = self.cr.sql_log_count - before
                page = STAMP.sub("", answer.text.replace(path, ""))
                answers.add((answer.status_code, page))
            with self.subTest(name):
                self.assertEqual(len(answers), 1, work)
                self.assertEqual(len(set(work.values())), 1, work)
        self.env.invalidate_all()
        self.assertFalse(self.people.filtered("recruiting_opt_out"))
        self.assertFalse(self.people.optout_ids)

    def test_the_time_of_the_answer_does_not_tell_what_was_wrong(self):
        for name, method, paths in self._paths():
            paths.pop("long")  # more bytes to send
            times = {kind: [] for kind in paths}
            for _round in range(25):
                for kind, path in paths.items():
                    # of the processor: other work on the machine is not the code's
                    start = time.process_time()
                    self._ask(method, path)
                    times[kind].append(time.process_time() - start)
            best = {kind: min(some) for kind, some in times.items()}
            with self.subTest(name):
                spread = max(best.values()) - min(best.values())
                self.assertLess(spread, max(0.004, 0.5 * min(best.values())), best)

    def test_an_old_link_to_the_preferences_opens_no_more(self):
        self.row.sudo().sent_at = self._now() - timedelta(days=366)
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path).status_code, 404)
        self.assertEqual(self._post(act="stop").status_code, 404)
        self.assertFalse(self.ann.recruiting_opt_out)

    def test_a_token_of_the_privacy_page_opens_no_preferences_nor_the_reverse(self):
        values = [self.ann.id, "2099-01-01"]
        token = hash_sign(self.env, TOKEN_SCOPE, values)
        self.assertEqual(
            self.url_open(f"/recruit/preferences/{token}").status_code, 404
        )
        mine = self.row._token("preferences")
        self.assertEqual(self.url_open(f"/recruit/privacy/{mine}").status_code, 404)
