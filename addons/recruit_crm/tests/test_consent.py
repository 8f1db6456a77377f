import random
from datetime import date, datetime, timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.recruit_crm.privacy.consent import last_day, state

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestConsent(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls._candidate(email="ann@example.com")
        cls.now = cls.env["recruit.clock"].now()

    def _today(self, days=0):
        return self.now.date() + timedelta(days=days)

    def _consent_for_everybody(self):
        self.env.company.recruit_consent_rule = "all"

    # ------------------------------------------------------------------- ledger

    def test_a_consent_keeps_its_words_its_day_and_its_end(self):
        row = self.ann._give_consent("marketing", "form", evidence="Sheet 4")
        wording = self.env.ref("recruit_crm.recruit_consent_wording_marketing")
        self.assertEqual(row.wording_id, wording)
        self.assertEqual(row.basis, "consent")
        self.assertEqual(
            row.expires_on, last_day(given_on=self._today(), valid_months=24)
        )
        self.assertTrue(row.is_current)
        self.assertEqual(self.ann.marketing_consent, "given")

    def test_a_withdrawal_is_a_dated_fact_and_the_row_stays(self):
        row = self.ann._give_consent("marketing", "form")
        self.ann._withdraw_consent("marketing", "phone", evidence="Called")
        self.assertEqual(self.ann.consent_ids, row)
        self.assertEqual(row.state, "withdrawn")
        self.assertEqual(row.withdrawn_method, "phone")
        self.assertEqual(row.withdrawn_by_id, self.env.user)
        self.assertEqual(self.ann.marketing_consent, "withdrawn")

    def test_withdrawing_twice_changes_nothing_more(self):
        self.ann._give_consent("marketing", "form")
        self.ann._withdraw_consent("marketing", "phone")
        first = self.ann.consent_ids.withdrawn_at
        self.assertFalse(self.ann._withdraw_consent("marketing", "mail"))
        self.assertEqual(self.ann.consent_ids.withdrawn_at, first)
        self.assertEqual(len(self.ann.consent_ids), 1)

    def test_an_objection_to_what_was_never_asked_is_kept_too(self):
        self.ann._withdraw_consent("marketing", "mail", evidence="Wrote to us")
        self.assertEqual(self.ann.marketing_consent, "withdrawn")
        self.assertEqual(self.ann.consent_ids.basis, "legitimate_interest")
        self.assertIn("Objected", self.ann.unreachable_reason)

    def test_the_last_word_counts_in_whatever_order_it_is_written(self):
        self.ann._give_consent("marketing", "form")
        self.ann._withdraw_consent("marketing", "phone")
        old = self.ann._give_consent(
            "marketing", "paper", given_at=self.now - timedelta(days=400)
        )
        self.assertFalse(old.is_current)
        self.assertEqual(self.ann.marketing_consent, "withdrawn")

    def test_a_new_consent_after_a_withdrawal_counts(self):
        self.ann._give_consent(
            "marketing", "form", given_at=self.now - timedelta(days=9)
        )
        self.ann._withdraw_consent("marketing", "phone")
        self.ann._give_consent("marketing", "meeting")
        self.assertEqual(self.ann.marketing_consent, "given")
        self.assertEqual(len(self.ann.consent_ids), 2)

    def test_purposes_do_not_mix(self):
        self.ann._give_consent("pool", "form")
        self.ann._withdraw_consent("marketing", "form")
        self.assertEqual(self.ann.pool_consent, "given")
        self.assertEqual(self.ann.marketing_consent, "withdrawn")

    def test_nobody_rewrites_or_shortens_the_ledger(self):
        row = self.ann._give_consent("marketing", "form", evidence="Sheet 4")
        with self.assertRaises(UserError):
            row.evidence = "Sheet 5"
        with self.assertRaises(UserError):
            row.unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_the_code_would_not_do(self):
        row = self.ann._give_consent("marketing", "form", evidence="Sheet 4")
        other = self._candidate("Ben")
        self.ann._withdraw_consent("marketing", "form")
        self.env.flush_all()
        for statement in (
            SQL("DELETE FROM recruit_consent WHERE id = %s", row.id),
            SQL("UPDATE recruit_consent SET evidence = 'x' WHERE id = %s", row.id),
            SQL("UPDATE recruit_consent SET withdrawn_at = NULL WHERE id = %s", row.id),
            SQL(
                "UPDATE recruit_consent SET candidate_id = %s WHERE id = %s",
                other.id,
                row.id,
            ),
        ):
            with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_a_consent_of_tomorrow_is_refused(self):
        with self.assertRaises(UserError):
            self.ann._give_consent(
                "marketing", "form", given_at=self.now + timedelta(days=1)
            )

    def test_an_unknown_purpose_or_an_endless_proof_is_refused(self):
        for purpose, method, evidence in (
            ("fun", "form", ""),
            ("marketing", "telepathy", ""),
            ("marketing", "form", "x" * 2001),
        ):
            with self.assertRaises(UserError):
                self.ann.record_consent(purpose, method, evidence)

    def test_words_that_somebody_agreed_to_stay_and_a_new_version_follows(self):
        wording = self.env.ref("recruit_crm.recruit_consent_wording_marketing")
        self.ann._give_consent("marketing", "form")
        with self.assertRaises(UserError):
            wording.text = "<p>Everything is allowed</p>"
        wording.action_new_version()
        ben = self._candidate("Ben")
        self.assertEqual(ben._give_consent("marketing", "form").wording_id.version, 2)
        self.assertEqual(self.ann.consent_ids.wording_id.version, 1)

    # ------------------------------------------------------------ effective state

    def test_a_consent_holds_through_its_last_day(self):
        for days, word in ((1, "given"), (0, "given"), (-1, "expired")):
            person = self._candidate(f"Person {days}")
            person._give_consent("marketing", "form", expires_on=self._today(days))
            self.assertEqual(person.marketing_consent, word)

    def test_search_and_field_agree_for_random_histories(self):
        rng = random.Random(4)
        people = self.env["recruit.candidate"].create(
            [{"name": f"Person {number}"} for number in range(60)]
        )
        for person in people:
            for _step in range(rng.randrange(4)):
                purpose = rng.choice(("marketing", "pool"))
                if rng.random() < 0.4:
                    person._withdraw_consent(purpose, "phone")
                else:
                    person._give_consent(
                        purpose,
                        "form",
                        given_at=self.now - timedelta(days=rng.randrange(900)),
                        expires_on=rng.choice(
                            (False, self._today(-1), self._today(), self._today(300))
                        ),
                    )
        for field in ("marketing_consent", "pool_consent"):
            for word in ("given", "withdrawn", "expired", "none"):
                found = people.search([(field, "=", word), ("id", "in", people.ids)])
                mine = [one.id for one in people if one[field] == word]
                self.assertEqual(sorted(found.ids), mine)

    def test_state_is_a_plain_function_of_its_dates(self):
        today = date(2026, 5, 1)
        self.assertEqual(
            state(withdrawn_at=None, expires_on=None, today=today), "given"
        )
        self.assertEqual(
            state(withdrawn_at=datetime(2026, 4, 1), expires_on=None, today=today),
            "withdrawn",
        )
        self.assertEqual(
            last_day(given_on=date(2024, 2, 29), valid_months=12), date(2025, 2, 28)
        )
        self.assertIsNone(last_day(given_on=today, valid_months=0))

    # -------------------------------------------------------------- reachability

    def test_by_default_a_person_is_written_to_until_they_object(self):
        self.assertFalse(self.ann.unreachable_reason)
        self.ann._withdraw_consent("marketing", "mail")
        self.assertTrue(self.ann.unreachable_reason)

    def test_a_consent_that_ran_out_stops_messages_under_every_rule(self):
        self.ann._give_consent("marketing", "form", expires_on=self._today(-1))
        self.assertIn("ran out", self.ann.unreachable_reason)

    def test_a_company_that_asks_everybody_writes_to_nobody_else(self):
        self._consent_for_everybody()
        self.assertIn("Has not agreed", self.ann.unreachable_reason)
        self.ann._give_consent("marketing", "form")
        self.assertFalse(self.ann.unreachable_reason)

    def test_another_basis_is_no_consent_where_consent_is_needed(self):
        self.ann._give_consent("marketing", "other", basis="legitimate_interest")
        self.assertFalse(self.ann.unreachable_reason)
        self._consent_for_everybody()
        self.ann.invalidate_recordset()
        self.assertTrue(self.ann.unreachable_reason)

    def test_a_rule_for_some_countries_holds_for_people_there(self):
        germany, france = self.env.ref("base.de"), self.env.ref("base.fr")
        self.env.company.recruit_consent_rule = "countries"
        self.env.company.recruit_consent_country_ids = germany
        self.ann.country_id = germany
        self.assertTrue(self.ann.unreachable_reason)
        self.ann.country_id = france
        self.assertFalse(self.ann.unreachable_reason)

    def test_people_shared_by_all_companies_follow_the_strictest(self):
        self.other_company.recruit_consent_rule = "all"
        self.assertFalse(self.ann.unreachable_reason)
        self.ann.company_id = False
        self.assertTrue(self.ann.unreachable_reason)

    def test_the_statement_for_audiences_agrees_with_the_sentence_for_one(self):
        rng = random.Random(5)
        countries = self.env.ref("base.de"), self.env.ref("base.fr"), False
        self.other_company.recruit_consent_rule = "all"
        self.env.company.recruit_consent_rule = "countries"
        self.env.company.recruit_consent_country_ids = countries[0]
        for number in range(80):
            country = rng.choice(countries)
            person = self._candidate(
                f"Person {number}",
                country_id=country and country.id,
                company_id=rng.choice(
                    (False, self.env.company.id, self.other_company.id)
                ),
            )
            for _step in range(rng.randrange(3)):
                if rng.random() < 0.3:
                    person._withdraw_consent("marketing", "phone")
                else:
                    person._give_consent(
                        "marketing",
                        "form",
                        basis=rng.choice(("consent", "legitimate_interest")),
                        expires_on=rng.choice((False, self._today(-1), self._today())),
                    )
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s FROM recruit_candidate c WHERE id = %s",
                    SQL(" OR ").join(
                        person._consent_missing_cases(SQL.identifier("c"))
                    ),
                    person.id,
                )
            )
            self.assertEqual(rows[0][0], bool(person._consent_missing()))

    def test_without_consent_to_pools_the_person_leaves_them(self):
        self.ann._add_to_pool(self.pool)
        self.ann._withdraw_consent("marketing", "mail")
        self.assertTrue(self.ann.pool_ids)
        self.ann._withdraw_consent("pool", "mail")
        self.assertFalse(self.ann.pool_ids)
        self.assertEqual(self.ann.member_ids.left_reason, "Consent withdrawn")

    # --------------------------------------------------------------------- merge

    def test_a_merge_keeps_all_rows_and_its_undo_gives_them_back(self):
        ben = self._candidate("Ben")
        days = timedelta(days=1)
        hers = self.ann._give_consent("marketing", "form", given_at=self.now - 9 * days)
        his = ben._withdraw_consent("marketing", "phone")
        merge = self.env["recruit.merge"]._perform(self.ann, ben, [])
        self.assertEqual(self.ann.consent_ids, hers | his)
        self.assertEqual(self.ann.marketing_consent, "withdrawn")
        merge.action_undo()
        self.assertEqual(ben.consent_ids, his)
        self.assertEqual(self.ann.marketing_consent, "given")
        self.assertEqual(ben.marketing_consent, "withdrawn")

    # ------------------------------------------------------------------- segments

    def test_a_segment_asks_for_the_last_word(self):
        ben, clara = self._candidate("Ben"), self._candidate("Clara")
        self.ann._give_consent("marketing", "form")
        ben._withdraw_consent("marketing", "mail")
        everyone = self.ann | ben | clara
        for words, people in (
            (["given"], self.ann),
            (["withdrawn", "expired"], ben),
            (["none"], clara),
            (["given", "none"], self.ann | clara),
        ):
            segment = self.env["recruit.segment"].create(
                {
                    "name": "Agreed",
                    "tree": {
                        "group": "all",
                        "items": [
                            {"field": "consent", "operator": "any_of", "value": words}
                        ],
                    },
                }
            )
            found = everyone.search(
                segment._candidate_domain() & Domain("id", "in", everyone.ids)
            )
            self.assertEqual(set(found), set(people))

    # -------------------------------------------------------------------- screens

    def test_a_sourcer_records_a_consent_through_the_dialog(self):
        action = self.ann.with_user(self.user_officer).action_record_consent()
        wizard = Form(
            self.env["recruit.consent.record"]
            .with_user(self.user_officer)
            .with_context(**action["context"])
        )
        self.assertTrue(wizard.wording_id)
        wizard.method = "meeting"
        wizard.save().action_record()
        self.assertEqual(self.ann.consent_ids.method, "meeting")
        self.assertEqual(self.ann.consent_ids.user_id, self.user_officer)

    def test_who_may_not_write_a_person_records_no_consent(self):
        self.ann.company_id = self.other_company
        for record in (
            self.ann.with_user(self.user_officer),
            self.ann.with_user(self.user_interviewer),
        ):
            with self.assertRaises(AccessError):
                record.record_consent("marketing")
            with self.assertRaises(AccessError):
                record.record_withdrawal("marketing")

    def test_an_officer_of_another_company_sees_no_consent(self):
        self.ann._give_consent("marketing", "form")
        self.ann.company_id = self.other_company
        seen = self.env["recruit.consent"].with_user(self.user_officer).search([])
        self.assertFalse(seen.filtered(lambda one: one.candidate_id == self.ann))
