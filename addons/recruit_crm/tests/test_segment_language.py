import random
from datetime import timedelta
from types import SimpleNamespace

from odoo import Command
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.recruit_crm.segment import compiler
from odoo.addons.recruit_crm.segment.tree import parse

from .common import RecruitCrmCommon
from .segment_oracle import ORACLE, facts_of, holds

PEOPLE = 60
TREES = 300
TEXTS = ("Ghent", "ghent", "Gh%", "100_%", "Ghent\\", "en")
DOMAINS = {
    "[('city', '=ilike', 'ghent')]": lambda facts: (
        (facts["city"] or "").lower() == "ghent"
    ),
    "['|', ('country_id', '=', False), ('skill_ids.level', '>=', 60)]": lambda facts: (
        not facts["country"] or any(line[0] >= 60 for line in facts["skill"].values())
    ),
    "['!', ('skill_ids', 'any', [('level', '>', 20)])]": lambda facts: (
        not any(line[0] > 20 for line in facts["skill"].values())
    ),
}


@tagged("post_install", "-at_install")
class TestSegmentLanguage(RecruitCrmCommon):
    """Random trees over random people: SQL, domain and plain Python agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = random.Random(42)
        cls.now = cls.env["recruit.clock"].now()
        cls.departments = cls.env["hr.department"].create(
            [{"name": "Looms"}, {"name": "Ovens"}]
        )
        cls.job.department_id, cls.other_job.department_id = cls.departments
        cls.stages = cls.env["hr.recruitment.stage"].search([])
        cls.sources = cls.env["utm.source"].create([{"name": "Fair"}, {"name": "Wall"}])
        cls.tags = cls.tag | cls.env["hr.applicant.category"].create({"name": "Kind"})
        cls.countries = cls.env["res.country"].search([], limit=3)
        cls.people = cls.env["recruit.candidate"].union(
            *(cls._random_person(number) for number in range(PEOPLE))
        )
        cls.env.flush_all()
        # a vacuum of what earlier tests left sets these tables down as empty; a tree of
        # depth n was a loop in a loop n times then, and took minutes. This also keeps
        # the next vacuum waiting
        cls.env.cr.execute(
            "ANALYZE recruit_candidate, recruit_candidate_skill, hr_applicant"
        )
        cls.env.invalidate_all()
        cls.facts = [facts_of(candidate) for candidate in cls.people]
        cls.parts = cls._segment(cls._skilled(cls.weaving)) | cls._segment(
            cls._rule("tag", "none_of", cls.tag.ids)
        )
        cls.world = SimpleNamespace(
            now=cls.now,
            sequence={stage.id: stage.sequence for stage in cls.stages},
            domains=DOMAINS,
            members={},
        )
        for part in cls.parts:
            cls.world.members[part.id] = {
                facts["id"] for facts in cls.facts if holds(part.tree, facts, cls.world)
            }

    @classmethod
    def _maybe(cls, value, chance=0.7):
        return value if cls.dice.random() < chance else False

    @classmethod
    def _moment(cls):
        """A moment in the last three years, never on the edge of a whole day."""
        return cls.now - timedelta(days=cls.dice.randint(0, 1100), hours=12, minutes=7)

    @classmethod
    def _random_person(cls, number):
        dice = cls.dice
        availability = cls._maybe(dice.choice(("now", "from_date", "closed")))
        person = cls._candidate(
            f"Person {number}",
            email=cls._maybe(f"person{number}@example.com"),
            city=cls._maybe(dice.choice((*TEXTS, ""))),
            employer=cls._maybe(dice.choice(TEXTS)),
            headline=cls._maybe(dice.choice(TEXTS)),
            country_id=cls._maybe(dice.choice(cls.countries.ids)),
            lang=cls._maybe("en_US"),
            user_id=cls._maybe(dice.choice((cls.user_officer, cls.user_manager)).id),
            state=dice.choice(("new", "engaged", "do_not_contact")),
            availability=availability,
            available_from=cls.now + timedelta(days=dice.choice((-400, 10, 300))),
            categ_ids=[
                Command.set(cls.tags.filtered(lambda _t: cls._maybe(1, 0.4)).ids)
            ],
            skill_ids=[
                Command.create(
                    {
                        "skill_id": skill.id,
                        "level": dice.choice((0, 20, 50, 51, 100)),
                        "provenance": dice.choice(("cv", "tested", "interview")),
                        "proven_on": cls._maybe(cls._moment().date()),
                    }
                )
                for skill in cls.skill_type.skill_ids
                if cls._maybe(1, 0.6)
            ],
            data_confirmed_at=cls._maybe(cls._moment(), 0.3),
        )
        cls._random_history(person)
        return person

    @classmethod
    def _random_history(cls, person):
        for pool in cls.pool | cls.other_pool:
            if cls._maybe(1, 0.4):
                member = person._add_to_pool(pool)
                member.stage_id = cls._maybe(cls.dice.choice(pool.stage_ids.ids), 0.5)
                if cls._maybe(1, 0.3):  # was there once, is gone
                    member._leave()
        for _touch in range(cls.dice.randint(0, 2)):
            person._log_touch(
                cls.dice.choice(("call", "event", "sourced")),
                occurred_at=cls._moment(),
                source_id=cls._maybe(cls.dice.choice(cls.sources.ids)),
            )
        for _application in range(cls.dice.randint(0, 2)):
            cls._random_application(person)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE recruit_candidate SET create_date = %s WHERE id = %s",
            [cls._moment(), person.id],
        )

    @classmethod
    def _random_application(cls, person):
        application = cls.env["hr.applicant"].create(
            {
                "partner_name": person.name,
                "candidate_id": person.id,
                "job_id": cls.dice.choice((cls.job, cls.other_job)).id,
                "stage_id": cls.dice.choice(cls.stages.ids),
            }
        )
        match cls.dice.choice(("open", "refused", "archived")):
            case "refused":
                application.write(
                    {"refuse_reason_id": cls.refuse_reason.id, "active": False}
                )
            case "archived":
                application.active = False
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE hr_applicant SET create_date = %s WHERE id = %s",
            [cls._moment(), application.id],
        )

    def _random_value(self, spec, dice):
        """A value that the spec of an operator, as the builder gets it, asks for."""
        simple = {
            "none": lambda: None,
            "flag": lambda: dice.random() < 0.5,
            "number": lambda: dice.choice((0, 20, 50, 60, 100)),
            "text": lambda: dice.choice(TEXTS),
            "date": lambda: str(self._moment().date()),
            "domain": lambda: dice.choice(list(DOMAINS)),
            "record": lambda: dice.choice(self._records(spec["model"])),
            "records": lambda: self._some(self._records(spec["model"]), dice),
            "choices": lambda: self._some([one for one, _l in spec["options"]], dice),
            "period": lambda: {
                "amount": dice.randint(0, 14),
                "unit": dice.choice(spec["units"])[0],
            },
        }
        if spec["kind"] in simple:
            return simple[spec["kind"]]()
        return {
            part["name"]: self._random_value(part, dice)
            for part in spec["parts"]
            if part["required"] or dice.random() < 0.3
        }

    def _some(self, options, dice):
        return dice.sample(options, dice.randint(1, min(3, len(options))))

    def _records(self, model):
        return {
            "hr.skill": self.skill_type.skill_ids,
            "hr.applicant.category": self.tags,
            "hr.talent.pool": self.pool | self.other_pool,
            "recruit.pool.stage": (self.pool | self.other_pool).stage_ids,
            "recruit.segment": self.parts,
            "res.users": self.user_officer | self.user_manager,
            "res.country": self.countries,
            "utm.source": self.sources,
            "hr.job": self.job | self.other_job,
            "hr.department": self.departments,
            "hr.recruitment.stage": self.stages,
        }[model].ids

    def _random_tree(self, dice, depth):
        if depth == 0 or dice.random() < 0.3:
            field = dice.choice(self.fields)
            operator = dice.choice(field["operators"])
            value = self._random_value(operator, dice)
            return self._rule(field["name"], operator["name"], value)
        group = dice.choice(("all", "any", "none"))
        items = (self._random_tree(dice, depth - 1) for _i in range(dice.randint(1, 3)))
        return self._tree(*items, group=group)

    def _found(self, domain, user=None):
        people = self.env["recruit.candidate"].with_user(user or self.env.user)
        return set(people.search(Domain("id", "in", self.people.ids) & domain).ids)

    def test_sql_domain_search_and_plain_logic_find_the_same_for_random_trees(self):
        segments = self.env["recruit.segment"]
        told = segments.get_builder_fields()
        own = {
            name
            for name, field in segments._segment_fields().items()
            if field.addon == "recruit_crm"
        }
        self.assertLessEqual(ORACLE.keys(), own)
        self.fields = [field for field in told if field["name"] in ORACLE]
        scope = segments._scope()
        everybody = set(self.people.ids)
        dice = random.Random(7)
        for _round in range(TREES):
            tree = self._tree(self._random_tree(dice, depth=3))
            wanted = {
                facts["id"] for facts in self.facts if holds(tree, facts, self.world)
            }
            node = parse(tree)
            with self.subTest(tree=tree):
                self.assertFalse(compiler.problems(node, scope))
                self.assertTrue(compiler.to_sentence(node, scope))
                domain = compiler.to_domain(node, scope)
                self.assertEqual(self._found(domain), wanted)
                sql = Domain("id", "any!", compiler.to_sql(node, scope))
                self.assertEqual(self._found(sql), wanted)
                search = compiler.to_search(node, scope)
                self.assertEqual(self._found(search), wanted)
                self.assertEqual(self._found(~search), everybody - wanted)

    def test_an_officer_finds_the_same_people_as_the_system(self):
        self.fields = [
            field
            for field in self.env["recruit.segment"].get_builder_fields()
            if field["name"] in ORACLE
        ]
        dice = random.Random(8)
        for _round in range(30):
            tree = self._tree(self._random_tree(dice, depth=2))
            segment = self.env["recruit.segment"].create({"name": "S", "tree": tree})
            mine = segment.with_user(self.user_officer)._candidate_domain()
            with self.subTest(tree=tree):
                self.assertEqual(
                    self._found(mine, self.user_officer),
                    self._found(segment._candidate_domain()),
                )
