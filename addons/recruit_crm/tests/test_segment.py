import json

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from odoo.addons.recruit_crm.segment import compiler
from odoo.addons.recruit_crm.segment.fields import (
    REGISTRY,
    Operator,
    SegmentField,
    register,
)
from odoo.addons.recruit_crm.segment.tree import EVERYBODY, NOBODY, Condition, Group

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestSegment(RecruitCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.ben = (
            cls._candidate(
                name, skill_ids=[(0, 0, {"skill_id": cls.weaving.id, "level": level})]
            )
            for name, level in (("Ann", 80), ("Ben", 20))
        )
        cls.people = cls.ann | cls.ben
        cls.ann.categ_ids = cls.tag

    def _found(self, domain):
        here = Domain("id", "in", self.people.ids)
        return self.env["recruit.candidate"].search(here & domain)

    def test_nothing_asked_is_nobody_in_a_segment_and_everybody_in_logic(self):
        empty = self.env["recruit.segment"].create({"name": "Empty"})
        self.assertFalse(self._found(empty._candidate_domain()))
        self.assertEqual(empty.candidate_count, 0)
        self.assertIn("nobody", empty.sentence)
        empty.tree = self._tree(group="none")
        self.assertEqual(empty.candidate_count, 0)
        scope = empty._scope()
        for node, wanted in ((NOBODY, self.people[:0]), (EVERYBODY, self.people)):
            sql = Domain("id", "any!", compiler.to_sql(node, scope))
            self.assertEqual(self._found(sql), wanted)
            self.assertEqual(self._found(compiler.to_domain(node, scope)), wanted)

    def test_a_field_or_operator_that_is_not_registered_is_never_an_audience(self):
        scope = self.env["recruit.segment"]._scope()
        for condition in (Condition("astrology", "is"), Condition("tag", "smells_of")):
            node = Group("none", (condition,))
            for compiled in (compiler.to_domain, compiler.to_sql):
                with self.assertRaises(compiler.UnknownFieldError):
                    compiled(node, scope)
            with self.assertRaisesRegex(ValidationError, "astrology|smells_of"):
                self._segment(self._rule(condition.field, condition.operator))

    def test_groups_are_all_any_and_none_and_may_be_nested(self):
        weaves = self._skilled(self.weaving)
        tagged_ = self._rule("tag", "any_of", self.tag.ids)
        untagged = self._rule("tag", "none_of", self.tag.ids)
        for tree, wanted in (
            (self._tree(weaves, tagged_), self.ann),
            (self._tree(weaves, untagged), self.people[:0]),
            (self._tree(weaves, untagged, group="any"), self.people),
            (self._tree(weaves, group="none"), self.ben),
            (self._tree(weaves, self._tree(untagged, group="none")), self.ann),
        ):
            segment = self.env["recruit.segment"].create({"name": "S", "tree": tree})
            with self.subTest(tree=tree):
                self.assertEqual(self._found(segment._candidate_domain()), wanted)
                inside = Domain("segment_ids", "in", segment.ids)
                self.assertEqual(self._found(inside), wanted)
                self.assertEqual(self._found(~inside), self.people - wanted)

    def test_a_candidate_knows_the_segments_it_is_in(self):
        segment = self._segment(self._rule("tag", "any_of", self.tag.ids))
        self.assertIn(segment, self.ann.segment_ids)
        self.assertNotIn(segment, self.ben.segment_ids)

    def test_the_segment_says_itself_in_words(self):
        segment = self._segment(
            self._skilled(
                self.weaving, 60, within={"amount": 6, "unit": "months"},
                provenance=["tested", "interview"],
            ),
            self._tree(
                self._rule("pool", "any_of", (self.pool | self.other_pool).ids),
                self._rule("tag", "none_of", self.tag.ids),
                group="any",
            ),
        )  # fmt: skip
        self.assertEqual(
            segment.sentence,
            "has Weaving at 60% or more, shown within 6 months, known from Test or "
            "Interview and (is in the pool Crafts or Nearly hired or not (has the tag "
            "Fast learner))",
        )

    def test_a_segment_of_a_company_leaves_other_companies_out(self):
        rule = self._rule("tag", "any_of", self.tag.ids)
        here = self._segment(rule)
        group = self._segment(rule, company_id=False)
        stranger = self._candidate(
            "Stranger", company_id=self.other_company.id, categ_ids=self.tag.ids
        )
        search = self.env["recruit.candidate"].search
        self.assertNotIn(stranger, search(here._candidate_domain()))
        self.assertIn(stranger, search(group._candidate_domain()))
        part = self._segment(
            self._rule("segment", "any_of", here.ids), company_id=False
        )
        self.assertNotIn(stranger, search(part._candidate_domain()))

    def test_the_segment_opens_and_counts_the_same_people(self):
        segment = self._segment(self._rule("tag", "any_of", self.tag.ids))
        found = self.env["recruit.candidate"].search(
            segment.action_view_candidates()["domain"]
        )
        self.assertEqual(segment.candidate_count, len(found))

    def test_one_class_adds_a_field_and_a_second_of_that_name_is_refused(self):
        self.addCleanup(REGISTRY.pop, "test_city")

        @register
        class GhentField(SegmentField):
            name = "test_city"
            operators = {"lives": Operator(lambda env: env._("lives"))}

            def label(self, env):
                return env._("City")

            def to_domain(self, operator, value, scope):
                return Domain("city", "=", "Ghent")

            def explain(self, operator, value, env):
                return env._("lives in Ghent")

        self.ben.city = "Ghent"
        segment = self._segment(self._rule("test_city", "lives"))
        self.assertEqual(self._found(segment._candidate_domain()), self.ben)
        self.assertEqual(segment.sentence, "lives in Ghent")
        names = [field["name"] for field in segment.get_builder_fields()]
        self.assertIn("test_city", names)
        with self.assertRaises(ValueError):

            @register
            class OtherField(SegmentField):
                name = "test_city"

    def test_the_builder_is_told_everything_it_needs(self):
        segments = self.env["recruit.segment"].with_user(self.user_officer)
        told = {field["name"]: field for field in segments.get_builder_fields()}
        self.assertGreaterEqual(
            told.keys(),
            {
                "skill", "tag", "pool", "pool_stage", "state", "owner", "country",
                "city", "language", "availability", "source", "first_source",
                "first_touch", "application", "last_contact", "freshness", "employer",
                "domain", "segment", "reachable",
            },
        )  # fmt: skip
        at_least = told["skill"]["operators"][0]
        self.assertEqual((at_least["name"], at_least["kind"]), ("at_least", "parts"))
        parts = {part["name"]: part for part in at_least["parts"]}
        self.assertEqual(parts["skill"]["model"], "hr.skill")
        self.assertEqual(
            (parts["level"]["minimum"], parts["level"]["maximum"]), (0, 100)
        )
        for field in told.values():
            self.assertTrue(field["label"] and field["section_label"])
            for operator in field["operators"]:
                with self.subTest(field=field["name"], operator=operator["name"]):
                    self.assertTrue(operator["label"])
                    if operator["kind"] in ("record", "records"):
                        self.assertIn(operator["model"], self.env)

    def test_a_preview_counts_shows_some_and_says_what_is_wrong(self):
        segments = self.env["recruit.segment"].with_user(self.user_officer)
        tree = self._tree(self._skilled(self.weaving))
        answer = segments.preview(tree, limit=1)
        self.assertEqual(answer["count"], 1)
        self.assertEqual([one["id"] for one in answer["sample"]], self.ann.ids)
        self.assertEqual(answer["sentence"], "has Weaving at 50% or more")
        self.assertFalse(answer["problems"])
        wrong = self._tree(tree, self._skilled(self.weaving, 101))
        answer = segments.preview(wrong)
        self.assertEqual((answer["count"], answer["sample"]), (0, []))
        self.assertEqual(answer["problems"][0]["path"], [1])
        self.assertIn("from 0 to 100", answer["problems"][0]["message"])
        self.assertEqual(segments.preview(None)["count"], 0)
        self.assertTrue(segments.preview({"group": "most"})["problems"])

    def test_it_is_explained_why_somebody_is_in_or_out(self):
        segment = self._segment(
            self._skilled(self.weaving),
            self._tree(
                self._rule("tag", "any_of", self.tag.ids),
                self._rule("pool", "any_of", self.pool.ids),
                group="any",
            ),
        ).with_user(self.user_officer)
        ann = segment.explain_candidate(self.ann.id)
        self.assertTrue(ann["inside"])
        weaves, group = ann["rules"]["items"]
        self.assertTrue(weaves["holds"])
        self.assertIn("Weaving 80%", weaves["facts"])
        self.assertEqual([one["holds"] for one in group["items"]], [True, False])
        ben = segment.explain_candidate(self.ben.id)
        self.assertFalse(ben["inside"])
        self.assertEqual(
            [one["holds"] for one in ben["rules"]["items"]], [False, False]
        )
        self.assertIn("Weaving 20%", ben["rules"]["items"][0]["facts"])
        self.ann.active = False
        ann = segment.explain_candidate(self.ann.id)
        self.assertFalse(ann["inside"])
        self.assertTrue(ann["rules"]["holds"])
        self.assertIn("archive", ann["reason"])
        with self.assertRaises(UserError):
            segment.explain_candidate(10**8)

    def test_the_form_says_the_rules_at_once(self):
        form = Form(self.env["recruit.segment"].with_user(self.user_officer))
        form.name = "Weavers"
        form.tree = self._tree(self._rule("tag", "any_of", self.tag.ids))
        self.assertEqual(form.sentence, "has the tag Fast learner")
        segment = form.save()
        self.assertEqual(self._found(segment._candidate_domain()), self.ann)

    def test_rules_may_be_given_as_text(self):
        tree = self._tree(self._rule("tag", "any_of", self.tag.ids))
        segment = self.env["recruit.segment"].create(
            {"name": "Weavers", "tree_text": json.dumps(tree)}
        )
        self.assertEqual(self._found(segment._candidate_domain()), self.ann)
        self.assertEqual(json.loads(segment.tree_text), tree)
        with self.assertRaisesRegex(ValidationError, "no JSON"):
            segment.tree_text = "{"
