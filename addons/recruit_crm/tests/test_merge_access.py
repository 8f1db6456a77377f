from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import OFFICER
from .common_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestMergeAccess(MergeCommon):
    def test_an_officer_merges_and_undoes_without_more_rights(self):
        ann, copy = self._pair()
        copy._log_touch("call")
        self._apply("Ann", copy.email)
        merge = ann.with_user(self.user_officer)._merge(
            copy.with_user(self.user_officer)
        )
        self.assertEqual(merge.user_id, self.user_officer)
        merge.action_undo()
        self.assertEqual(merge.undone_by_id, self.user_officer)

    def test_who_is_no_officer_neither_merges_nor_undoes(self):
        ann, copy = self._pair()
        merge = ann._merge(self._candidate("Old"))
        for user in (self.user_employee, self.user_interviewer):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    ann.with_user(user)._merge(copy.with_user(user))
                with self.assertRaises(AccessError):
                    merge.with_user(user).action_undo()
        self.assertTrue(copy.active)

    def test_people_of_another_company_are_out_of_reach(self):
        ann = self._candidate("Ann", company_id=self.other_company.id)
        copy = self._candidate(
            "Ann", phone="+32470123456", company_id=self.other_company.id
        )
        twin = self._candidate(
            "Ann", phone="+32470123456", company_id=self.other_company.id
        )
        merge = ann._merge(copy)
        pair = self.env["recruit.duplicate"].search([("other_id", "=", twin.id)])
        self.assertTrue(pair)
        for record in (merge, pair):
            mine = record.with_user(self.user_manager)
            self.assertFalse(mine.search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                mine.read(["state"])
        officer = self.user_officer
        with self.assertRaises(AccessError):
            ann.with_user(officer)._merge(twin.with_user(officer))
        there = new_test_user(
            self.env,
            "crm_there",
            groups=OFFICER,
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        merge.with_user(there).action_undo()
        self.assertTrue(copy.active)


@tagged("post_install", "-at_install")
class TestMergeWizard(MergeCommon):
    def _wizard(self, people):
        officer = people.with_user(self.user_officer)
        action = officer.action_merge()
        return Form(
            self.env[action["res_model"]]
            .with_user(self.user_officer)
            .with_context(**action["context"])
        )

    def test_the_preview_shows_field_by_field_what_will_be_kept(self):
        ann, copy = self._pair(city="Ghent", phone="+32470123456")
        copy._log_touch("call")
        ann._log_touch("call")
        ann._log_touch("note")
        wizard = self._wizard(ann | copy).save()
        self.assertEqual(wizard.primary_id, ann)
        shown = {line.label: line for line in wizard.line_ids}
        self.assertEqual(shown["City"].kept, "Ghent")
        self.assertEqual(shown["City"].origin, f"Ann M. Lee ({copy.id})")
        self.assertEqual(shown["Email"].kept, "ann@example.com")
        self.assertEqual(shown["Email"].hidden, "ann.lee@example.org")
        self.assertIn("Touch (1)", wizard.summary)

    def test_the_preview_tells_what_the_merge_then_does(self):
        ann, copy = self._pair(city="Ghent", state="engaged", headline="Weaver")
        third = self._candidate("Third", city="Bruges", phone="+3247", state="hired")
        wizard = self._wizard(ann | copy | third).save()
        wizard.primary_id = ann
        labels = {
            field._description_string(self.env): name
            for name, field in ann._fields.items()
            if name in ("name", "state") or wizard._is_shown(field)
        }
        told = {labels[line.label]: line.kept for line in wizard.line_ids}
        action = wizard.action_merge()
        self.assertEqual(action["res_id"], ann.id)
        self.assertEqual({name: wizard._words(ann, name) for name in told}, told)
        self.assertEqual((copy | third)._survivors(), ann)

    def test_another_choice_of_whom_to_keep_shows_another_preview(self):
        ann, copy = self._pair()
        with self._wizard(ann | copy) as form:
            form.primary_id = copy
        wizard = form.record
        shown = {line.label: line.kept for line in wizard.line_ids}
        self.assertEqual(shown["Email"], "ann.lee@example.org")
        wizard.action_merge()
        self.assertEqual(ann._survivors(), copy)

    def test_the_wizard_says_why_people_cannot_be_merged(self):
        ann, copy = self._pair()
        copy.company_id = False
        wizard = self._wizard(ann | copy).save()
        self.assertIn("one company", wizard.warning)
        with self.assertRaisesRegex(UserError, "one company"):
            wizard.action_merge()

    def test_one_person_alone_shows_no_preview_and_is_not_merged(self):
        ann, _copy = self._pair()
        wizard = self._wizard(ann).save()
        self.assertFalse(wizard.line_ids or wizard.warning)
        with self.assertRaisesRegex(UserError, "at least two"):
            wizard.action_merge()
