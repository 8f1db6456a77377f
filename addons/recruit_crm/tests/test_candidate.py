from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestCandidate(RecruitCrmCommon):
    def _norms(self, candidate):
        return {(line.kind, line.value_norm) for line in candidate.identity_ids}

    def test_a_new_candidate_owns_its_address_number_and_handle(self):
        candidate = self._candidate(
            email="Ann@Example.com",
            phone="+32 470 12 34 56",
            linkedin_profile="https://linkedin.com/in/ann-lee",
        )
        self.assertEqual(
            self._norms(candidate),
            {
                ("email", "ann@example.com"),
                ("phone", "+32470123456"),
                ("linkedin", "ann-lee"),
            },
        )

    def test_a_changed_address_replaces_the_identity_and_keeps_the_others(self):
        candidate = self._candidate(email="ann@example.com")
        self.env["recruit.identity"].create(
            {"candidate_id": candidate.id, "kind": "github", "value": "annlee"}
        )
        candidate.email = "ann.lee@example.com"
        self.assertEqual(
            self._norms(candidate),
            {("email", "ann.lee@example.com"), ("github", "annlee")},
        )

    def test_the_address_of_another_candidate_is_refused_with_their_name(self):
        self._candidate("Ann Lee", email="ann@example.com")
        with self.assertRaisesRegex(ValidationError, "Ann Lee"):
            self._candidate("Somebody", email="ANN@example.com")
        other = self._candidate("Ben", email="ben@example.com")
        with self.assertRaisesRegex(ValidationError, "Ann Lee"):
            other.email = "ann@example.com"

    def test_a_shared_phone_number_is_allowed_and_finds_nobody(self):
        one = self._candidate("One", phone="+32 470 12 34 56")
        two = self._candidate("Two", phone="+32470123456")
        self.assertNotEqual(one, two)
        found = self.env["recruit.candidate"]._find_by_identity("phone", "+32470123456")
        self.assertFalse(found)

    def test_one_address_may_be_known_in_two_companies(self):
        here = self._candidate(email="ann@example.com")
        there = self._candidate(
            email="ann@example.com", company_id=self.other_company.id
        )
        Candidate = self.env["recruit.candidate"]
        self.assertEqual(Candidate._find_by_identity("email", "ann@example.com"), here)
        self.assertEqual(
            Candidate._find_by_identity("email", "ann@example.com", self.other_company),
            there,
        )
        with self.assertRaises(ValidationError):
            there.company_id = here.company_id

    def test_a_shared_candidate_is_found_from_every_company(self):
        shared = self._candidate(email="ann@example.com", company_id=False)
        resolved = self.env["recruit.candidate"]._resolve(
            {
                "name": "Ann",
                "email": "ann@example.com",
                "company_id": self.other_company.id,
            }
        )
        self.assertEqual(resolved, shared)

    def test_the_database_itself_refuses_a_second_owner(self):
        one = self._candidate("One", email="ann@example.com")
        two = self._candidate("Two")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                """
                INSERT INTO recruit_identity
                    (candidate_id, kind, value, value_norm, company_id)
                VALUES (%s, 'email', 'x', 'ann@example.com', %s)
                """,
                [two.id, one.company_id.id],
            )

    def test_an_address_that_is_none_is_refused_with_the_remedy(self):
        with self.assertRaisesRegex(ValidationError, "ann@example.com"):
            self._candidate(email="not an address")

    def test_a_text_that_is_too_long_is_refused_before_it_reaches_the_database(self):
        with self.assertRaisesRegex(ValidationError, "200"):
            self._candidate(name="x" * 10_000_000)
        candidate = self._candidate()
        with self.assertRaisesRegex(ValidationError, "Shorten"):
            candidate.city = "x" * 101

    def test_resolving_finds_by_email_before_linkedin_and_creates_otherwise(self):
        Candidate = self.env["recruit.candidate"]
        by_email = self._candidate("By email", email="ann@example.com")
        by_link = self._candidate("By link", linkedin_profile="linkedin.com/in/ann")
        both = {"email": "ANN@example.com", "linkedin_profile": "in/ann"}
        self.assertEqual(Candidate._resolve({"name": "A", **both}), by_email)
        both["email"] = "unknown@example.com"
        self.assertEqual(Candidate._resolve({"name": "A", **both}), by_link)
        created = Candidate._resolve({"name": "A", "email": "new@example.com"})
        self.assertNotIn(created, by_email | by_link)
        self.assertEqual(created.email, "new@example.com")

    def test_resolving_does_not_overwrite_what_is_known(self):
        candidate = self._candidate("Ann Lee", email="ann@example.com")
        self.env["recruit.candidate"]._resolve(
            {
                "name": "Mallory",
                "email": "ann@example.com",
                "phone": "+32470000000",
                "linkedin_profile": "in/mallory",
            }
        )
        self.assertEqual(candidate.name, "Ann Lee")
        self.assertFalse(candidate.phone)
        self.assertEqual(self._norms(candidate), {("email", "ann@example.com")})

    def test_rows_of_one_batch_that_share_an_identity_become_one_person(self):
        rows = [
            {"name": "Ann", "email": "ann@example.com"},
            {"name": "Ben", "email": "ben@example.com"},
            {"name": "Ann again", "email": "Ann@Example.com"},
            {"name": "Ann", "email": "a@example.org", "linkedin_profile": "in/ann"},
            {"name": "Ann", "linkedin_profile": "linkedin.com/in/ann"},
        ]
        found = self.env["recruit.candidate"]._resolve_batch(rows)
        self.assertEqual(found[0], found[2])
        self.assertEqual(found[3], found[4])
        self.assertEqual(len({one.id for one in found}), 3)

    def test_a_candidate_with_a_history_is_archived_not_deleted(self):
        candidate = self._apply().candidate_id
        with self.assertRaisesRegex(UserError, "Archive"):
            candidate.unlink()
        fresh = self._candidate("Nobody yet", email="nobody@example.com")
        fresh.unlink()
        self.assertFalse(
            self.env["recruit.identity"].search([("value_norm", "like", "nobody@")])
        )

    def test_a_copy_takes_no_identity_along(self):
        candidate = self._candidate(email="ann@example.com", state="engaged")
        copy = candidate.copy()
        self.assertFalse(copy.email)
        self.assertEqual(copy.state, "new")
        self.assertIn("copy", copy.name)

    def test_reachability_says_why_nobody_may_write(self):
        candidate = self._candidate()
        self.assertIn("No e-mail", candidate.unreachable_reason)
        candidate.email = "ann@example.com"
        self.assertFalse(candidate.unreachable_reason)
        candidate.action_do_not_contact()
        self.assertIn("not to be contacted", candidate.unreachable_reason)
        candidate.action_allow_contact()
        self.env["mail.blacklist"]._add("ann@example.com")
        candidate.invalidate_recordset()
        self.assertIn("blacklist", candidate.unreachable_reason)

    def test_mail_goes_to_the_candidates_own_address_not_to_the_contact(self):
        partner = self.env["res.partner"].create(
            {"name": "Ann", "email": "info@employer.example.com"}
        )
        candidate = self._candidate(email="ann@example.com", partner_id=partner.id)
        recipients = candidate._message_get_default_recipients()[candidate.id]
        self.assertEqual(recipients["email_to"], "ann@example.com")
        self.assertFalse(recipients["partner_ids"])

    def test_events_move_the_state_and_unknown_ones_move_nothing(self):
        candidate = self._candidate()
        steps = [
            ("joined_pool", "nurturing"),
            ("replied", "engaged"),
            ("clicked", "engaged"),
            ("never heard of", "engaged"),
            ("applied", "in_process"),
            ("replied", "in_process"),
            ("refused", "nurturing"),
            ("hired", "hired"),
            ("employed", "employee"),
            ("applied", "employee"),
        ]
        for kind, state in steps:
            candidate._record_event(kind)
            self.assertEqual(candidate.state, state, kind)

    def test_an_application_brings_an_archived_candidate_back(self):
        candidate = self._candidate(email="ann@example.com", active=False)
        application = self._apply(email="ann@example.com")
        self.assertEqual(application.candidate_id, candidate)
        self.assertTrue(candidate.active)

    def test_the_clock_tells_whole_seconds_of_utc(self):
        now = self.env["recruit.clock"].now()
        self.assertIsNone(now.tzinfo)
        self.assertEqual(now.microsecond, 0)
