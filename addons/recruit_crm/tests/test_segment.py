import random

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from odoo.addons.recruit_crm.segment.compiler import (
    UnknownFieldError,
    to_domain,
    to_sentence,
)
from odoo.addons.recruit_crm.segment.fields import REGISTRY, SegmentField, register
from odoo.addons.recruit_crm.segment.tree import (
    EVERYBODY,
    NOBODY,
    All,
    Any,
    Condition,
    Not,
)

from .common import RecruitCrmCommon


def brute_force(node, facts):
    """Say whether a person with these facts is in the segment, without any SQL."""
    match node:
        case All(nodes=nodes):
            return all(brute_force(inner, facts) for inner in nodes)
        case Any(nodes=nodes):
            return any(brute_force(inner, facts) for inner in nodes)
        case Not(node=inner):
            return not brute_force(inner, facts)
        case Condition(field="skill", params=params):
            return facts["skills"].get(params["skill_id"], -1) >= params["level"]
        case Condition(field="pool", params=params):
            return params["pool_id"] in facts["pools"]
        case Condition(field="tag", params=params):
            return params["categ_id"] in facts["tags"]
    raise AssertionError(node)


@tagged("post_install", "-at_install")
class TestSegment(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = cls.tag | cls.env["hr.applicant.category"].create({"name": "Kind"})
        cls.facts = {}
        dice = random.Random(42)
        for number in range(60):
            skills = {
                skill.id: dice.choice((0, 20, 50, 51, 100))
                for skill in cls.skill_type.skill_ids
                if dice.random() < 0.6
            }
            pools = (cls.pool | cls.other_pool).filtered(
                lambda _pool: dice.random() < 0.4
            )
            tags = cls.tags.filtered(lambda _tag: dice.random() < 0.4)
            candidate = cls._candidate(
                f"Person {number}",
                categ_ids=[Command.set(tags.ids)],
                skill_ids=[
                    Command.create({"skill_id": skill, "level": level})
                    for skill, level in skills.items()
                ],
            )
            for pool in cls.pool | cls.other_pool:
                if pool in pools:
                    candidate._add_to_pool(pool)
                elif dice.random() < 0.2:  # was there once, is gone
                    candidate._add_to_pool(pool)._leave()
            cls.facts[candidate.id] = {
                "skills": skills,
                "pools": set(pools.ids),
                "tags": set(tags.ids),
            }
        cls.people = cls.env["recruit.candidate"].browse(cls.facts)

    def _random_condition(self, dice):
        match dice.choice(("skill", "pool", "tag")):
            case "skill":
                params = {
                    "skill_id": dice.choice(self.skill_type.skill_ids.ids),
                    "level": dice.choice((0, 20, 50, 60, 100)),
                }
                return Condition("skill", params)
            case "pool":
                pool = dice.choice((self.pool | self.other_pool).ids)
                return Condition("pool", {"pool_id": pool})
        return Condition("tag", {"categ_id": dice.choice(self.tags.ids)})

    def _random_tree(self, dice, depth):
        roll = dice.random()
        if depth == 0 or roll < 0.25:
            return self._random_condition(dice)
        if roll < 0.45:
            return Not(self._random_tree(dice, depth - 1))
        nodes = tuple(
            self._random_tree(dice, depth - 1) for _node in range(dice.randint(0, 3))
        )
        return All(nodes) if dice.random() < 0.5 else Any(nodes)

    def _search(self, domain):
        here = Domain("id", "in", list(self.facts))
        return set(self.env["recruit.candidate"].search(here & domain).ids)

    def test_the_search_finds_whom_plain_logic_finds_for_random_trees(self):
        dice = random.Random(7)
        for _round in range(200):
            tree = self._random_tree(dice, depth=3)
            wanted = {
                person
                for person, facts in self.facts.items()
                if brute_force(tree, facts)
            }
            with self.subTest(tree=tree):
                domain = to_domain(tree, REGISTRY)
                self.assertEqual(self._search(domain), wanted)

    def test_an_officer_finds_the_same_people_as_the_system(self):
        dice = random.Random(8)
        Candidate = self.env["recruit.candidate"].with_user(self.user_officer)
        for _round in range(20):
            domain = to_domain(self._random_tree(dice, depth=2), REGISTRY)
            here = Domain("id", "in", list(self.facts)) & domain
            self.assertEqual(set(Candidate.search(here).ids), self._search(domain))

    def test_nothing_asked_is_nobody_in_a_segment_and_everybody_in_logic(self):
        self.assertEqual(self._search(to_domain(NOBODY, REGISTRY)), set())
        self.assertEqual(self._search(to_domain(EVERYBODY, REGISTRY)), set(self.facts))
        empty = self.env["recruit.segment"].create({"name": "Empty"})
        self.assertEqual(empty.candidate_count, 0)
        self.assertIn("nobody", empty.sentence)

    def test_a_field_that_is_not_registered_is_an_error_never_an_audience(self):
        tree = Not(Condition("astrology", {}))
        with self.assertRaises(UnknownFieldError):
            to_domain(tree, REGISTRY)
        with self.assertRaises(UnknownFieldError):
            to_sentence(tree, REGISTRY, self.env)
        with self.assertRaisesRegex(ValidationError, "astrology"):
            self._segment([{"field_name": "astrology"}])

    def _segment(self, rules, **values):
        return self.env["recruit.segment"].create(
            {
                "name": "Crafts people",
                "rule_ids": [Command.create(rule) for rule in rules],
                **values,
            }
        )

    def test_rules_are_joined_by_all_or_any_and_negated_one_by_one(self):
        rules = [
            {"field_name": "skill", "skill_id": self.weaving.id, "level": 50},
            {"field_name": "pool", "pool_id": self.pool.id, "negate": True},
        ]
        conditions = (
            Condition("skill", {"skill_id": self.weaving.id, "level": 50}),
            Not(Condition("pool", {"pool_id": self.pool.id})),
        )
        for match, tree in (("all", All(conditions)), ("any", Any(conditions))):
            segment = self._segment(rules, match=match)
            wanted = {
                person
                for person, facts in self.facts.items()
                if brute_force(tree, facts)
            }
            self.assertEqual(self._search(segment._candidate_domain()), wanted)
            self.assertEqual(
                self._search(Domain("segment_ids", "in", segment.ids)), wanted
            )
            self.assertEqual(
                self._search(Domain("segment_ids", "not in", segment.ids)),
                set(self.facts) - wanted,
            )

    def test_a_candidate_knows_the_segments_it_is_in(self):
        segment = self._segment([{"field_name": "tag", "categ_id": self.tag.id}])
        inside = self.people.filtered(lambda one: self.tag in one.categ_ids)
        self.assertEqual(
            self.people.filtered(lambda one: segment in one.segment_ids), inside
        )

    def test_the_segment_says_itself_in_words(self):
        segment = self._segment(
            [
                {"field_name": "skill", "skill_id": self.weaving.id, "level": 60},
                {"field_name": "pool", "pool_id": self.pool.id, "negate": True},
                {"field_name": "tag", "categ_id": self.tag.id, "sequence": 20},
            ]
        )
        self.assertEqual(
            segment.sentence,
            "has Weaving at 60% or more and not (is in the pool Crafts) "
            "and has the tag Fast learner",
        )

    def test_a_rule_that_is_not_filled_in_says_what_is_missing(self):
        for rule, words in (
            ({"field_name": "skill"}, "Choose a skill"),
            ({"field_name": "pool"}, "Choose a talent pool"),
            ({"field_name": "tag"}, "Choose a tag"),
            (
                {"field_name": "skill", "skill_id": self.weaving.id, "level": 101},
                "from 0 to 100",
            ),
        ):
            with (
                self.subTest(rule=rule),
                self.assertRaisesRegex(ValidationError, words),
            ):
                self._segment([rule])

    def test_a_segment_of_a_company_leaves_other_companies_out(self):
        rule = {"field_name": "tag", "categ_id": self.tag.id}
        here = self._segment([rule])
        group = self._segment([rule], company_id=False)
        stranger = self._candidate(
            "Stranger",
            company_id=self.other_company.id,
            categ_ids=[Command.set(self.tag.ids)],
        )
        search = self.env["recruit.candidate"].search
        self.assertNotIn(stranger, search(here._candidate_domain()))
        self.assertIn(stranger, search(group._candidate_domain()))

    def test_the_segment_opens_and_counts_the_same_people(self):
        segment = self._segment([{"field_name": "tag", "categ_id": self.tag.id}])
        found = self.env["recruit.candidate"].search(
            segment.action_view_candidates()["domain"]
        )
        self.assertEqual(segment.candidate_count, len(found))

    def test_one_class_adds_a_field_and_a_second_of_that_name_is_refused(self):
        self.addCleanup(REGISTRY.pop, "test_city")

        @register
        class CityField(SegmentField):
            name = "test_city"

            def label(self, env):
                return env._("City")

            def to_domain(self, params):
                return Domain("city", "=", "Ghent")

            def explain(self, params, env):
                return env._("lives in Ghent")

        self.people[0].city = "Ghent"
        segment = self._segment([{"field_name": "test_city"}])
        self.assertEqual(self._search(segment._candidate_domain()), {self.people[0].id})
        self.assertEqual(segment.sentence, "lives in Ghent")
        with self.assertRaises(ValueError):

            @register
            class OtherField(SegmentField):
                name = "test_city"

    def test_the_form_asks_for_what_the_field_needs(self):
        form = Form(self.env["recruit.segment"])
        form.name = "Weavers"
        with form.rule_ids.new() as rule:
            rule.field_name = "skill"
            self.assertIn("skill_id", rule.needs)
            rule.skill_id = self.weaving
            rule.level = 60
        with form.rule_ids.new() as rule:
            rule.field_name = "pool"
            self.assertNotIn("skill_id", rule.needs)
            rule.pool_id = self.pool
        segment = form.save()
        self.assertEqual(segment.rule_ids.mapped("field_name"), ["skill", "pool"])
