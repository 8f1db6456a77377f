from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.recruit_crm.segment.fields import (
    REGISTRY,
    Operator,
    SegmentField,
    register,
)
from odoo.addons.recruit_crm.segment.tree import DEEPEST, MOST

from .common import RecruitCrmCommon


@tagged("post_install", "-at_install")
class TestSegmentRefusals(RecruitCrmCommon):
    """What cannot be asked is refused with a reason; what breaks matches nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls._candidate(
            "Ann", skill_ids=[(0, 0, {"skill_id": cls.weaving.id, "level": 80})]
        )

    def _refused(self, item, words):
        with self.subTest(item=item), self.assertRaisesRegex(ValidationError, words):
            self._segment(item)

    def _assert_broken(self, segment, words):
        """Nobody is in it, nobody is outside it, and it says why and opens."""
        segment.invalidate_recordset()
        self.assertRegex(segment.problem, words)
        self.assertRegex(segment.sentence, "broken")
        self.assertEqual(segment.candidate_count, 0)
        search = self.env["recruit.candidate"].search
        self.assertFalse(search(segment._candidate_domain()))
        self.assertFalse(search(Domain("segment_ids", "not in", segment.ids)))
        explained = segment.explain_candidate(self.ann.id)
        self.assertFalse(explained["inside"])
        self.assertRegex(explained["problems"][0], words)
        segment.read(["tree", "tree_text", "sentence", "problem"])

    def test_a_tree_of_another_shape_is_refused(self):
        rule = self._skilled(self.weaving)
        deep = rule
        for _level in range(DEEPEST + 1):
            deep = self._tree(deep)
        for tree, words in (
            ({"group": "most", "items": [rule]}, "all, any, none"),
            ({"group": "all", "items": rule}, "neither a group nor"),
            ({"group": "all", "items": [rule], "more": 1}, "neither a group nor"),
            ({"group": "all", "items": [self._tree()]}, "group is empty"),
            ({"group": "all", "items": ["skill"]}, "neither a group nor"),
            ({"group": "all", "items": [{"field": "skill"}]}, "neither a group nor"),
            ({"group": "all", "items": [{**rule, "sql": "1=1"}]}, "neither a group"),
            ({"group": "all", "items": [{"field": 1, "operator": "is"}]}, "neither"),
            (deep, "nested too deep"),
            (self._tree(*[rule] * (MOST + 1)), "too many conditions"),
            (rule, "neither a group nor"),
            ([rule], "neither a group nor"),
            ("all", "neither a group nor"),
        ):
            with self.subTest(tree=str(tree)[:80]):
                with self.assertRaisesRegex(ValidationError, words):
                    self.env["recruit.segment"].create({"name": "S", "tree": tree})
                preview = self.env["recruit.segment"].preview(tree)
                self.assertRegex(preview["problems"][0]["message"], words)
                self.assertEqual(preview["count"], 0)

    def test_a_value_of_another_kind_is_refused(self):
        skill = self.weaving.id
        for field, operator, value, words in (
            ("skill", "at_least", None, "Fill in"),
            ("skill", "at_least", {"level": 50}, "Choose from: Skill"),
            ("skill", "at_least", {"skill": skill}, "from 0 to 100"),
            ("skill", "at_least", {"skill": skill, "level": 101}, "from 0 to 100"),
            ("skill", "at_least", {"skill": skill, "level": -1}, "from 0 to 100"),
            ("skill", "at_least", {"skill": skill, "level": "60"}, "from 0 to 100"),
            ("skill", "at_least", {"skill": skill, "level": True}, "from 0 to 100"),
            ("skill", "at_least", {"skill": "1 OR 1=1", "level": 1}, "Choose from"),
            ("skill", "at_least", {"skill": skill, "level": 1, "sql": 1}, "means noth"),
            ("skill", "any_of", {"skills": [], "level": 50}, "Choose from: Skill"),
            ("pool", "any_of", self.pool.id, "Choose from"),
            ("pool", "any_of", [2**40], "Choose from"),
            ("tag", "any_of", [], "Choose from"),
            ("tag", "any_of", [10**8], "no longer exists"),
            ("state", "any_of", ["asleep"], "is not one of: New"),
            ("city", "is", "  ", "Write what to look for"),
            ("city", "is", "x" * 201, "too long"),
            ("city", "set", "Ghent", "takes no value"),
            ("last_contact", "within", {"amount": -1, "unit": "days"}, "0 or more"),
            ("last_contact", "within", {"amount": 1, "unit": "eons"}, "is not one of"),
            ("last_contact", "within", 6, "Say how long"),
        ):
            self._refused(self._rule(field, operator, value), words)

    def test_dates_in_the_far_past_are_refused(self):
        for value in ("0001-01-01", "1066-10-14", "9999-12-31"):
            self._refused(self._rule("last_contact", "since", value), "too far away")
        for value in ("yesterday", "2026-02-30", "", 5, None):
            self._refused(self._rule("last_contact", "since", value), "is not a date")
        for amount, unit in ((3000, "years"), (10**9, "days"), (10**30, "weeks")):
            period = {"amount": amount, "unit": unit}
            self._refused(self._rule("last_contact", "within", period), "too long")

    def test_a_domain_with_code_in_it_is_refused_and_not_run(self):
        for text, words in (
            ("__import__('os').system('true')", "no plain domain"),
            ("[('name', '=', open('/etc/passwd').read())]", "no plain domain"),
            ("[('write_date', '>', context_today())]", "no plain domain"),
            ("[('id', 'in', [i for i in range(9)])]", "no plain domain"),
            ("[('user_id', '=', uid)]", "no plain domain"),
            ("lambda: 1", "no plain domain"),
            ("(" * 500, "no plain domain"),
            ("{}", "A domain is a list"),
            ("['|']", "does not take"),
            ("[('name', '=')]", "is no condition"),
            ("[('nothing', '=', 1)]", "no field"),
            ("[('name', '~', 1)]", "is no operator"),
            ("[('name', 'any!', [])]", "is no operator"),
            ("[('id', 'inselect', ('SELECT 1', []))]", "is no operator"),
            ("[('member_ids.pool_id', '=', 1)]", "cannot be used"),
            ("[('pool_ids', '=', 1)]", "cannot be used"),
            ("[('segment_ids', '=', 1)]", "cannot be used"),
            ("[('touch_ids.evidence', 'ilike', 'x')]", "cannot be used"),
            ("[('applicant_ids.salary_expected', '>', 1)]", "cannot be used"),
            ("[('user_id.password', 'ilike', 'a')]", "cannot be used"),
            ("[('skill_ids', 'any', [('candidate_id.touch_ids', '!=', 0)])]", "cannot"),
            ("[('skill_ids.skill_id.create_uid.login', '=', 'a')]", "cannot be used"),
            ("[('name', 'any', [('id', '=', 1)])]", "has no rows"),
            ("x" * 5001, "too long"),
        ):
            self._refused(self._rule("domain", "matches", text), words)

    def test_a_used_record_says_which_segments_ask_for_it_when_it_is_deleted(self):
        other = self._segment(self._skilled(self.weaving), name="Other")
        for record, rule in (
            (self.weaving, self._skilled(self.weaving)),
            (self.tag, self._rule("tag", "none_of", self.tag.ids)),
            (self.other_pool, self._rule("pool", "any_of", self.other_pool.ids)),
            (other, self._rule("segment", "any_of", other.ids)),
        ):
            segment = self._segment(rule, name=f"Uses {record._name}")
            with self.subTest(model=record._name):
                with self.assertRaisesRegex(UserError, f"Uses {record._name}"):
                    record.unlink()
                segment.tree = self._tree(self._rule("city", "set"))
                self.assertFalse(segment.reference_ids)
                if record != self.weaving:
                    record.unlink()

    def test_who_may_not_see_a_segment_learns_only_that_there_is_one(self):
        self._segment(
            self._rule("tag", "any_of", self.tag.ids),
            name="Secret plan",
            company_id=self.other_company.id,
        )
        with self.assertRaises(UserError) as refusal:
            self.tag.with_user(self.user_officer).unlink()
        self.assertIn("1 that you may not see", str(refusal.exception))
        self.assertNotIn("Secret plan", str(refusal.exception))

    def test_a_segment_whose_record_is_gone_matches_nobody_and_says_so(self):
        stage = self.env["hr.recruitment.stage"].create({"name": "Stage"})
        source = self.env["utm.source"].create({"name": "Fair"})
        for record, rule in (
            (source, self._rule("source", "none_of", source.ids)),
            (stage, self._rule("application", "has_not", {"stage": stage.id})),
        ):
            segment = self._segment(rule)
            self.assertGreater(segment.candidate_count, 0)
            record.unlink()
            with self.subTest(model=rule["field"]):
                self._assert_broken(segment, "no longer exists")

    def test_a_field_of_an_uninstalled_addon_matches_nobody_and_opens_for_repair(self):
        @register
        class GoneField(SegmentField):
            name = "test_gone"
            operators = {"is": Operator(lambda env: env._("is"))}

            def label(self, env):
                return env._("Gone")

            def to_domain(self, operator, value, scope):
                return Domain.TRUE

            def explain(self, operator, value, env):
                return env._("is")

        gone = self._segment(self._rule("test_gone", "is"))
        outer = self._segment(self._rule("segment", "none_of", gone.ids))
        del REGISTRY["test_gone"]
        self._assert_broken(gone, "test_gone.*install")
        self._assert_broken(outer, "test_gone")
        with self.assertRaisesRegex(ValidationError, "test_gone"):
            gone.tree = self._tree(
                self._rule("test_gone", "is"), self._skilled(self.weaving)
            )
        gone.name = "Still has a name"
        gone.tree = self._tree(self._skilled(self.weaving))
        self.assertFalse(gone.problem or outer.problem)
        self.assertGreater(gone.candidate_count, 0)

    def test_a_broken_segment_takes_nobody_out_of_its_pool(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        segment = self._segment(
            self._skilled(self.weaving), self._rule("source", "none_of", source.ids)
        )
        pool = self.env["hr.talent.pool"].create(
            {"name": "Weavers", "kind": "rule", "segment_id": segment.id}
        )
        pool._feed(100)
        self.assertIn(self.ann, pool.member_ids.candidate_id)
        source.unlink()
        self.assertEqual(pool._feed(100), 0)
        self.assertIn(self.ann, pool.member_ids.candidate_id)
        with self.assertRaisesRegex(UserError, "nobody comes or goes.*no longer"):
            pool.action_feed()

    def test_no_segment_asks_for_itself_at_whatever_distance(self):
        first = self._segment(self._skilled(self.weaving), name="First")
        second = self._segment(
            self._rule("segment", "any_of", first.ids), name="Second"
        )
        third = self._segment(
            self._rule("segment", "none_of", second.ids), name="Third"
        )
        for segment in (first, second, third):
            with (
                self.subTest(segment=segment.name),
                self.assertRaisesRegex(ValidationError, "would ask for itself"),
            ):
                first.tree = self._tree(self._rule("segment", "any_of", segment.ids))
        draft = self.env["recruit.segment"].preview(
            self._tree(self._rule("segment", "any_of", third.ids)), segment_id=first.id
        )
        self.assertRegex(draft["problems"][0]["message"], "would ask for itself")

    def test_a_rule_pool_is_not_fed_by_itself_through_another_segment(self):
        inner = self._segment(self._skilled(self.weaving))
        outer = self._segment(self._rule("segment", "any_of", inner.ids))
        pool = self.env["hr.talent.pool"].create(
            {"name": "Weavers", "kind": "rule", "segment_id": outer.id}
        )
        with self.assertRaisesRegex(ValidationError, "feed itself"):
            inner.tree = self._tree(self._rule("pool", "none_of", pool.ids))

    def test_a_part_that_turned_secret_is_not_asked_through_another_segment(self):
        insider = self._new_user(
            "crm_insider", "hr_recruitment.group_hr_recruitment_user"
        )
        inner = self._segment(self._rule("pool", "any_of", self.pool.ids))
        outer = self._segment(self._rule("segment", "any_of", inner.ids))
        self.ann._add_to_pool(self.pool)
        mine = outer.with_user(self.user_officer)
        self.assertEqual(mine.candidate_count, 1)
        self.pool.write({"pool_manager": insider.id, "confidential": True})
        self.env.invalidate_all()
        self.assertEqual(mine.candidate_count, 0)
        self.assertIn("may not see", mine.problem)

    def test_an_employee_may_not_ask_at_all(self):
        segments = self.env["recruit.segment"].with_user(self.user_employee)
        segment = self._segment(self._skilled(self.weaving)).with_env(segments.env)
        for call in (
            lambda: segments.preview(self._tree(self._skilled(self.weaving))),
            segments.get_builder_fields,
            lambda: segment.explain_candidate(self.ann.id),
        ):
            with self.assertRaises(AccessError):
                call()
