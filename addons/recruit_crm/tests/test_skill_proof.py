from datetime import date, timedelta
from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.recruit_crm.skills.proof import (
    HALF_LIVES,
    RANKS,
    Statement,
    best,
    level_on,
)

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestSkillProof(RecruitCrmCommon):
    def setUp(self):
        super().setUp()
        self.today = self.env["recruit.clock"].now().date()

    def _known(self, candidate):
        return {
            line.skill_id: (line.level, line.provenance) for line in candidate.skill_ids
        }

    def _evidence(self, candidate, skill):
        return self.env["recruit.skill.evidence"].search(
            [("candidate_id", "=", candidate.id), ("skill_id", "=", skill.id)]
        )

    def _applied(self, level=60, **values):
        line = [self._skill_line(self.weaving, level)]
        return self._apply(current_applicant_skill_ids=line, **values)

    def test_an_interview_outweighs_what_was_claimed_before_and_after(self):
        application = self._applied(60)
        person = application.candidate_id
        person._prove(self.weaving, 40, document=application, words="Round 2")
        self.assertEqual(self._known(person), {self.weaving: (40, "interview")})
        self._applied(100, job=self.other_job)
        self.assertEqual(self._known(person), {self.weaving: (40, "interview")})
        self.assertEqual(len(self._evidence(person, self.weaving)), 3)

    def test_of_two_proofs_of_one_kind_the_later_one_counts(self):
        person = self._candidate()
        long_ago = self.today - timedelta(days=400)
        person._prove(self.weaving, 30)
        person._prove(self.weaving, 90, proven_on=long_ago)
        self.assertEqual(self._known(person), {self.weaving: (30, "interview")})

    def test_a_changed_application_says_one_thing_and_its_history_stays(self):
        application = self._applied(60)
        person = application.candidate_id
        line = application.current_applicant_skill_ids
        line.skill_level_id = self.skill_type.skill_level_ids[-1]
        self.assertEqual(self._known(person), {self.weaving: (100, "self_declared")})
        evidence = self._evidence(person, self.weaving)
        self.assertEqual(
            [(one.level, one.withdrawn_because, one.counts) for one in evidence],
            [(100, False, True), (60, "replaced", False)],
        )
        self.assertEqual(evidence[0].words, "Weaver")
        self.assertEqual(evidence.mapped("res_id"), [application.id] * 2)

    def test_a_skill_taken_out_of_an_application_is_known_no_longer(self):
        application = self._applied(60)
        person = application.candidate_id
        application.current_applicant_skill_ids.unlink()
        self.assertFalse(person.skill_ids)
        [evidence] = self._evidence(person, self.weaving)
        self.assertEqual(evidence.withdrawn_because, "gone")

    def test_a_skill_taken_out_of_one_application_stays_known_from_the_other(self):
        first = self._applied(60)
        second = self._applied(100, job=self.other_job)
        second.current_applicant_skill_ids.unlink()
        self.assertEqual(
            self._known(first.candidate_id), {self.weaving: (60, "self_declared")}
        )

    def test_a_deleted_application_takes_no_knowledge_with_it(self):
        application = self._applied(60)
        person = application.candidate_id
        application.unlink()
        self.assertEqual(self._known(person), {self.weaving: (60, "self_declared")})
        with self.assertRaisesRegex(UserError, "is gone"):
            self._evidence(person, self.weaving).action_open_document()

    def test_an_application_that_moves_to_another_person_takes_its_claims_along(self):
        application = self._applied(60)
        ann, ben = (
            application.candidate_id,
            self._candidate("Ben", email="b@example.com"),
        )
        application.candidate_id = ben
        self.assertFalse(ann.skill_ids)
        self.assertEqual(self._known(ben), {self.weaving: (60, "self_declared")})

    def test_a_level_typed_by_hand_corrects_the_statement_that_counted(self):
        application = self._applied(60)
        person = application.candidate_id
        person.skill_ids.level = 20
        self.assertEqual(self._known(person), {self.weaving: (20, "self_declared")})
        self.assertEqual(
            set(self._evidence(person, self.weaving).mapped("withdrawn_because")),
            {False, "corrected"},
        )
        application._teach_candidates()  # says nothing new
        self.assertEqual(self._known(person), {self.weaving: (20, "self_declared")})

    def test_a_skill_deleted_by_hand_does_not_come_back_by_itself(self):
        application = self._applied(60)
        person = application.candidate_id
        person.skill_ids.unlink()
        application._teach_candidates()
        self.assertFalse(person.skill_ids)
        line = application.current_applicant_skill_ids
        line.skill_level_id = self.skill_type.skill_level_ids[-1]
        self.assertEqual(self._known(person), {self.weaving: (100, "self_declared")})

    def test_a_copied_application_claims_nothing_new(self):
        person = self._candidate(
            skill_ids=[Command.create({"skill_id": self.weaving.id, "level": 75})]
        )
        person._add_to_pool(self.pool)
        person._create_application(self.job)
        self.assertEqual(self._known(person), {self.weaving: (75, "self_declared")})
        self.assertEqual(len(self._evidence(person, self.weaving)), 1)

    def test_a_document_that_proves_again_replaces_what_it_said(self):
        person = self._candidate()
        meeting = self._apply()
        for level in (50, 70, 70):
            person._prove(self.weaving, level, provenance="tested", document=meeting)
        self.assertEqual(self._known(person), {self.weaving: (70, "tested")})
        self.assertEqual(len(self._evidence(person, self.weaving)), 2)
        proofs = self.env["recruit.skill.evidence"]._of_documents(meeting)
        proofs._withdraw("gone")
        self.assertFalse(person.skill_ids)

    def test_a_line_from_before_evidence_was_kept_is_its_own_first_evidence(self):
        person = self._candidate()
        self.env.cr.execute(
            SQL(
                "INSERT INTO recruit_candidate_skill (candidate_id, skill_id, level, "
                "provenance) VALUES (%s, %s, 80, 'interview')",
                person.id,
                self.weaving.id,
            )
        )
        person.invalidate_recordset()
        person._prove(self.weaving, 10, provenance="cv")
        self.assertEqual(self._known(person), {self.weaving: (80, "interview")})
        self.assertEqual(len(self._evidence(person, self.weaving)), 2)

    def test_a_withdrawn_statement_counts_no_longer(self):
        person = self._applied(60).candidate_id
        person._prove(self.weaving, 90)
        interview = self._evidence(person, self.weaving).filtered("counts")
        officer = interview.with_user(self.user_officer)
        officer.action_withdraw()
        self.assertEqual(self._known(person), {self.weaving: (60, "self_declared")})
        with self.assertRaises(AccessError):
            interview.with_user(self.user_interviewer).action_withdraw()

    def test_levels_and_days_that_cannot_be_are_refused_in_words(self):
        person = self._candidate()
        for values, words in (
            ({"level": 101}, "from 0 to 100"),
            ({"level": 50, "provenance": "rumor"}, "rumor"),
            ({"level": 50, "proven_on": date(1024, 1, 1)}, "from 1950-01-01"),
            ({"level": 50, "proven_on": date(2999, 1, 1)}, "to today"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                person._prove(self.weaving, **values)

    def test_half_of_a_level_is_left_after_its_half_life(self):
        day = date(2020, 1, 1)
        for provenance, days in HALF_LIVES.items():
            then = day + timedelta(days=days)
            self.assertEqual(level_on(80, provenance, day, then), 40)
            self.assertEqual(level_on(80, provenance, day, day), 80)
        self.assertEqual(level_on(80, "cv", None, date(2999, 1, 1)), 80)

    def test_the_database_fades_levels_as_the_pure_function_does(self):
        random = Random(4)
        days = [
            None,
            *(self.today - timedelta(days=random.randrange(9000)) for _ in "1234567"),
        ]
        person = self._candidate()
        lines = self.env["recruit.candidate.skill"].create(
            [
                {
                    "candidate_id": self._candidate(f"P{number}").id,
                    "skill_id": self.weaving.id,
                    "level": random.randint(0, 100),
                    "provenance": random.choice(RANKS),
                    "proven_on": random.choice(days),
                }
                for number in range(60)
            ]
        )
        self.env.flush_all()
        level = lines._level_now_sql(SQL("s"), self.today)
        rows = dict(
            self.env.execute_query(
                SQL(
                    "SELECT s.id, %s FROM recruit_candidate_skill s WHERE id = ANY(%s)",
                    level,
                    lines.ids,
                )
            )
        )
        self.assertEqual(rows, {line.id: line.level_now for line in lines})
        self.assertFalse(person.skill_ids)

    def test_after_any_history_the_line_is_the_best_of_what_still_holds(self):
        """Random claims, changes, deletions and proofs against a list in Python."""
        levels = self.skill_type.skill_level_ids
        for seed in range(6):
            random = Random(seed)
            person = self._candidate(f"Person {seed}", email=f"p{seed}@example.com")
            jobs = [self.job, self.other_job]
            applications = [
                self._apply(email=person.email, job=job, name=person.name)
                for job in jobs
            ]
            said = {}  # (document, skill): Statement
            for _step in range(25):
                skill = random.choice([self.weaving, self.forging])
                self._one_step(random, person, applications, levels, skill, said)
                self.assertEqual(
                    {
                        line.skill_id: (line.level, line.provenance, line.proven_on)
                        for line in person.skill_ids
                    },
                    self._expected(said),
                    (seed, _step),
                )

    def _one_step(self, random, person, applications, levels, skill, said):
        what = random.choice(("claim", "drop", "prove", "prove", "withdraw"))
        application = random.choice(applications)
        document = (what in ("claim", "drop"), application.id, skill)
        lines = application.applicant_skill_ids.filtered(
            lambda line: line.skill_id == skill
        )
        if what == "claim":
            level = random.choice(levels)
            if lines:
                lines.skill_level_id = level
            else:
                application.applicant_skill_ids = [
                    self._skill_line(skill, level.level_progress)
                ]
            said[document] = Statement(
                level.level_progress, "self_declared", self.today
            )
        elif what == "drop":
            lines.unlink()
            said.pop(document, None)
        elif what == "prove":
            provenance = random.choice(RANKS)
            day = self.today - timedelta(days=random.randrange(3))
            level = random.randint(0, 100)
            card = person.message_ids[:1] or person
            number = random.randrange(2)
            document = (False, number, skill)
            said[document] = Statement(level, provenance, day)
            self.env["recruit.skill.evidence"]._record(
                [
                    {
                        "candidate_id": person.id,
                        "skill_id": skill.id,
                        "level": level,
                        "provenance": provenance,
                        "proven_on": day,
                        "res_model": card._name,
                        "res_id": number + 1,
                    }
                ]
            )
        else:
            number = random.randrange(2)
            said.pop((False, number, skill), None)
            self.env["recruit.skill.evidence"].search(
                [
                    ("candidate_id", "=", person.id),
                    ("skill_id", "=", skill.id),
                    ("res_model", "!=", "hr.applicant"),
                    ("res_id", "=", number + 1),
                ]
            )._withdraw("gone")

    def _expected(self, said):
        skills = {skill for _claim, _number, skill in said}
        return {
            skill: tuple(
                best(one for (*_rest, about), one in said.items() if about == skill)
            )
            for skill in skills
        }

    def test_a_merge_brings_the_history_together_and_its_undo_apart(self):
        ann = self._candidate("Ann", email="ann@example.com")
        bea = self._candidate("Bea", email="bea@example.com")
        ann._prove(self.weaving, 90, provenance="cv")
        bea._prove(self.weaving, 30)
        bea._prove(self.forging, 50)
        before = [self._known(ann), self._known(bea)]
        merge = self.env["recruit.merge"]._perform(ann, bea, [])
        self.assertEqual(
            self._known(ann),
            {self.weaving: (30, "interview"), self.forging: (50, "interview")},
        )
        self.assertEqual(len(self._evidence(ann, self.weaving)), 2)
        ann._prove(self.weaving, 70, provenance="recruiter")
        merge._undo()
        self.assertEqual(
            [self._known(ann), self._known(bea)],
            [{self.weaving: (70, "recruiter")}, before[1]],
        )
