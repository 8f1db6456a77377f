import inspect

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import INTERVIEWER, MANAGER, OFFICER, RecruitCrmCommon

SOURCER = "recruit_crm.group_recruit_sourcer"
PRIVACY = "recruit_crm.group_recruit_privacy_officer"
OPERATIONS = ("read", "write", "create", "unlink")
# The letters of the operations that each role may do: (employee, interviewer, sourcer,
# officer, manager, privacy officer). A new model of this addon needs a row.
ROLES = ("base.group_user", INTERVIEWER, SOURCER, OFFICER, MANAGER, PRIVACY)
WIZARD = ("", "", "rwcu", "rwcu", "rwcu", "")
OFFICERS_WIZARD = ("", "", "", "rwcu", "rwcu", "")
MATRIX = {
    "recruit.candidate": ("", "r", "rwc", "rwcu", "rwcu", "rwu"),
    "recruit.candidate.skill": ("", "r", "rwcu", "rwcu", "rwcu", "ru"),
    "recruit.identity": ("", "", "rwcu", "rwcu", "rwcu", "rwu"),
    "recruit.touch": ("", "", "rc", "rc", "rc", "r"),
    "recruit.pool.member": ("", "", "rwc", "rwc", "rwcu", "r"),
    "recruit.segment": ("", "", "rwcu", "rwcu", "rwcu", "r"),
    "recruit.segment.reference": ("", "", "r", "r", "r", "r"),
    "recruit.segment.snapshot": ("", "", "r", "ru", "ru", "ru"),
    "recruit.candidate.apply": WIZARD,
    "recruit.candidate.pool.add": WIZARD,
    "recruit.candidate.touch": WIZARD,
    "recruit.candidate.snooze": WIZARD,
    "recruit.candidate.silence": WIZARD,
    "recruit.state.change": ("", "", "r", "r", "r", "r"),
    "recruit.pool.stage": ("", "", "rwcu", "rwcu", "rwcu", ""),
    "recruit.pool.newcomer": ("", "", "r", "r", "r", ""),
    "recruit.pool.removal": ("", "", "ru", "ru", "ru", ""),
    "recruit.pool.tally": ("", "", "", "", "", ""),
    "recruit.pool.leave": WIZARD,
    "recruit.pool.dissolve": WIZARD,
    "recruit.pool.stage.copy": WIZARD,
    "recruit.candidate.merge": OFFICERS_WIZARD,
    "recruit.candidate.merge.line": OFFICERS_WIZARD,
    "recruit.duplicate": ("", "", "", "rw", "rw", ""),
    "recruit.merge": ("", "", "", "r", "r", ""),
    "recruit.merge.line": ("", "", "", "", "", ""),
    "recruit.hygiene": ("", "", "r", "r", "r", ""),
    "recruit.candidate.assign": WIZARD,
    "recruit.import.report": ("", "", "ru", "ru", "ru", ""),
    "recruit.import.line": ("", "", "r", "r", "r", ""),
    "recruit.skill.evidence": ("", "r", "r", "r", "r", "r"),
    "recruit.channel": ("", "r", "r", "r", "rwcu", "r"),
    "recruit.channel.rule": ("", "", "r", "r", "rwcu", ""),
    "recruit.touch.correct": WIZARD,
    "recruit.touch.move": ("", "", "r", "r", "r", "r"),
    "recruit.heard": ("", "", "", "r", "r", ""),
    "recruit.introduction": ("", "", "rwc", "rwc", "rwcu", "ru"),
    "recruit.consent": ("", "", "r", "r", "r", "r"),
    "recruit.consent.wording": ("", "", "r", "r", "r", "rwcu"),
    "recruit.erasure": ("", "", "", "", "", "r"),
    "recruit.retention.policy": ("", "", "r", "r", "r", "rwcu"),
    "recruit.retention.run": ("", "", "", "", "", "r"),
    "recruit.suppression": ("", "", "", "", "", ""),
    "recruit.candidate.erase": ("", "", "", "", "", "rwcu"),
    "recruit.consent.record": ("", "", "rwcu", "rwcu", "rwcu", "rwcu"),
    "recruit.conversion": ("", "", "r", "r", "rw", ""),
    "recruit.attribution": ("", "", "r", "r", "r", ""),
    "recruit.journey": ("", "", "r", "r", "r", ""),
    "recruit.channel.cost": ("", "", "r", "rwcu", "rwcu", ""),
    "recruit.credit": ("", "", "r", "r", "r", ""),
    "recruit.credit.due": ("", "", "", "", "", ""),
    "recruit.origin": ("", "", "r", "r", "r", ""),
    "recruit.channel.effect": ("", "", "r", "r", "r", ""),
    "recruit.match": ("", "", "r", "r", "r", "r"),
    "recruit.match.log": ("", "", "r", "r", "r", "r"),
    "recruit.match.recipe": ("", "", "r", "r", "r", "r"),
    "recruit.match.want": ("", "", "r", "r", "r", ""),
    "recruit.match.due": ("", "", "", "", "", ""),
    "recruit.match.dismiss": WIZARD,
    "recruit.skill.rarity": ("", "", "", "", "", ""),
    "hr.talent.pool": ("", "r", "rwc", "rwcu", "rwcu", "r"),
    "hr.applicant": ("", "rw", "rwc", "rwcu", "rwcu", "r"),
}
# What RPC and JSON-2 may call, beyond what every model of Odoo offers. A method that is
# not meant for that begins with an underscore or is marked @api.private.
PUBLIC = {
    "recruit.candidate": {
        "action_add_to_pool",
        "action_allow_contact",
        "action_assign_owner",
        "action_find_address",
        "action_find_jobs",
        "action_find_location",
        "action_plan_check",
        "action_read_skills",
        "action_ask_silence",
        "action_ask_snooze",
        "action_confirm_data",
        "action_create_application",
        "action_do_not_contact",
        "action_erase",
        "action_export_json",
        "action_export_pdf",
        "action_log_touch",
        "action_merge",
        "action_open_survivor",
        "action_record_consent",
        "action_record_objection",
        "action_review",
        "action_snooze",
        "action_undo_merge",
        "action_view_applications",
        "action_view_documents",
        "action_view_meetings",
        "action_view_merges",
        "action_view_pools",
        "action_view_touches",
        "action_wake",
        "find_person",
        "list_segments",
        "record_consent",
        "record_withdrawal",
        "resolve_ids",
        "timeline",
    },
    "recruit.candidate.apply": {"action_apply"},
    "recruit.candidate.merge": {"action_merge"},
    "recruit.candidate.pool.add": {"action_add"},
    "recruit.candidate.silence": {"action_apply"},
    "recruit.candidate.snooze": {"action_apply"},
    "recruit.candidate.touch": {"action_log"},
    "recruit.candidate.erase": {"action_apply"},
    "recruit.consent": {"action_ask_withdrawal"},
    "recruit.consent.record": {"action_record"},
    "recruit.consent.wording": {"action_new_version"},
    "recruit.attribution": {"action_open_receipt", "action_open_touch"},
    "recruit.attribution.board": {"read_board"},
    "recruit.conversion": {"action_open_receipt"},
    "recruit.journey": {"action_open_application"},
    "recruit.duplicate": {
        "action_dismiss",
        "action_merge",
        "action_reopen",
        "action_review",
    },
    "recruit.merge": {"action_open_merged", "action_open_survivor", "action_undo"},
    "recruit.pool.dissolve": {"action_dissolve"},
    "recruit.pool.leave": {"action_leave"},
    "recruit.pool.member": {
        "action_advance",
        "action_ask_leave",
        "action_leave",
        "action_open_candidate",
    },
    "recruit.pool.newcomer": {"action_accept", "action_keep_out"},
    "recruit.pool.removal": {"action_lift"},
    "recruit.pool.stage": {"action_dissolve", "action_review"},
    "recruit.pool.stage.copy": {"action_copy"},
    "recruit.segment": {
        "action_save_filter",
        "action_take_snapshot",
        "action_view_candidates",
        "action_view_snapshots",
        "explain_candidate",
        "get_builder_fields",
        "preview",
    },
    "recruit.segment.snapshot": {
        "action_view_candidates",
        "action_view_joined",
        "action_view_left",
    },
    "recruit.hygiene": {"board", "open_check", "recount"},
    "recruit.candidate.assign": {"action_assign"},
    "recruit.import.report": {
        "action_download",
        "action_view_lines",
        "action_view_people",
        "open_of_import",
    },
    "recruit.skill.evidence": {"action_open_document", "action_withdraw"},
    "recruit.touch": {"action_open_document", "record"},
    "recruit.channel.rule": {"action_explain_unknown"},
    "recruit.heard": {"action_open_candidate"},
    "recruit.introduction": {"action_view_applications"},
    "recruit.touch.correct": {"action_correct"},
    "recruit.channel": {"action_view_touches"},
    "hr.applicant": {
        "action_add_to_job",
        "action_open_candidate",
        "action_open_receipt",
        "create_employee_from_applicant",
        "link_applicant_to_talent",
        "timeline",
    },
    "hr.talent.pool": {
        "action_copy_stages",
        "action_dissolve",
        "action_feed",
        "action_open_board",
        "action_review",
        "action_review_newcomers",
        "action_view_candidates",
        "action_view_newcomers",
        "action_view_removals",
    },
    "recruit.match": {
        "action_add_to_job",
        "action_ask_dismiss",
        "action_open_candidate",
        "action_replay",
        "action_suggest_again",
    },
    "recruit.match.dismiss": {"action_dismiss"},
    "recruit.review": {"act", "card", "start"},
}


def public_methods(model):
    """The public methods that this addon gives to a model, those of the ORM aside."""
    own = [cls for cls in type(model).__mro__ if ".recruit_crm." in cls.__module__]
    names = {name for cls in own for name in vars(cls) if not name.startswith("_")}
    return {
        name
        for name in names
        if inspect.isfunction(function := getattr(type(model), name, None))
        and not hasattr(model.env.registry["base"], name)
        and not getattr(function, "_api_private", False)
    }


@tagged("post_install", "-at_install")
class TestRoles(RecruitCrmCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"role_{number}", groups=role)
            for number, role in enumerate(ROLES)
        }

    def _own_models(self):
        return {
            model.model
            for model in self.env["ir.model"].search([("model", "=like", "recruit.%")])
            if "recruit_crm" in model.modules.split(", ")
            and not model.abstract
            and not self.env[model.model]._abstract
            and model.model in self.env
            and self.env[model.model]._module == "recruit_crm"
        }

    def test_every_model_of_this_addon_has_a_row_in_the_matrix(self):
        self.assertEqual(self._own_models() - MATRIX.keys(), set())

    def test_each_role_may_do_what_the_matrix_says_and_no_more(self):
        for model, rights in MATRIX.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                mine = self.env[model].with_user(self.users[role])
                for operation in OPERATIONS:
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            mine.has_access(operation), operation[0] in allowed
                        )

    def _one_of_each(self, company):
        """A record of each model that is kept, in this company, with an interview of
        the interviewer."""
        application = self._apply(
            company_id=company.id,
            current_applicant_skill_ids=[self._skill_line(self.weaving, 60)],
        )
        candidate = application.candidate_id
        pool = self.env["hr.talent.pool"].create(
            {"name": "Crafts there", "company_id": company.id}
        )
        segment = self._segment(self._skilled(self.weaving), company_id=company.id)
        members = candidate._add_to_pool(pool)
        conversion = self.env["recruit.conversion"].search(
            [("applicant_id", "=", application.id)]
        )
        application.interviewer_ids = self.users[INTERVIEWER]
        return [
            application,
            candidate,
            candidate.skill_ids,
            candidate.skill_ids.evidence_ids,
            candidate.identity_ids,
            candidate._log_touch("note"),
            members,
            pool,
            segment,
            segment.reference_ids,
            self.env["recruit.segment.snapshot"]._take(segment)[0],
            conversion,
            conversion.line_ids,
            self.env["recruit.journey"].search([("id", "=", conversion.id)]),
            self.env["recruit.channel.cost"].create(
                {
                    "channel_id": self.env.ref("recruit_crm.recruit_channel_social").id,
                    "date_from": "2025-01-01",
                    "date_to": "2025-01-31",
                    "amount": 5,
                    "company_id": company.id,
                }
            ),
            self.env["recruit.credit"].search([("kind", "=", "application")], limit=1),
        ]

    def test_no_role_does_anything_to_a_record_of_another_company(self):
        for record in self._one_of_each(self.other_company):
            for role in ROLES:
                mine = record.with_user(self.users[role])
                for operation in OPERATIONS:
                    with self.subTest(
                        model=record._name, role=role, operation=operation
                    ):
                        self.assertFalse(mine.has_access(operation))
                        self.assertFalse(mine._filtered_access("read"))

    def test_each_role_reaches_the_records_of_its_company_that_the_matrix_allows(self):
        for record in self._one_of_each(self.env.company):
            for role, allowed in zip(ROLES, MATRIX[record._name], strict=True):
                for operation in OPERATIONS:
                    with self.subTest(
                        model=record._name, role=role, operation=operation
                    ):
                        mine = record.with_user(self.users[role])
                        self.assertEqual(
                            mine.has_access(operation), operation[0] in allowed
                        )

    def test_a_sourcer_works_from_the_search_to_the_application(self):
        env = self.env(user=self.users[SOURCER])
        candidate = env["recruit.candidate"].create(
            {"name": "Ann", "email": "ann@example.com"}
        )
        candidate._add_to_pool(self.pool.with_env(env), "Good")
        candidate._log_touch("call")
        application = candidate._create_application(self.job.with_env(env))
        talent = candidate._talent_cards()[candidate]
        wizard = env["job.add.applicants"].create(
            {
                "applicant_ids": [Command.set(talent.ids)],
                "job_ids": [Command.set(self.other_job.ids)],
            }
        )
        self.assertEqual(len(wizard._add_applicants_to_job()), 1)
        self.assertEqual(candidate.application_count, 2)
        self.assertTrue(application.candidate_id.why_now)

    def test_a_sourcer_sees_no_salary_and_hires_nobody(self):
        application = self._apply(salary_expected=1000)
        mine = application.with_user(self.users[SOURCER])
        self.assertEqual(mine.partner_name, "Ann Lee")
        for field in ("salary_expected", "salary_proposed", "salary_expected_extra"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                mine.read([field])
        with self.assertRaises(Exception) as refusal:
            mine.create_employee_from_applicant()
        self.assertIn("not allowed", str(refusal.exception))

    def test_a_privacy_officer_reads_all_of_a_person_and_may_delete_them(self):
        env = self.env(user=self.users[PRIVACY])
        candidate = self._candidate(email="ann@example.com")
        mine = candidate.with_env(env)
        mine.read(["name", "email", "first_source", "pool_ids", "touch_ids"])
        mine.unlink()
        self.assertFalse(candidate.exists())

    def test_an_officer_is_a_sourcer_on_the_privilege_of_odoo(self):
        officer = self.env.ref(OFFICER)
        sourcer = self.env.ref(SOURCER)
        self.assertIn(sourcer, officer.all_implied_ids)
        self.assertEqual(sourcer.privilege_id, officer.privilege_id)
        self.assertIn(self.env.ref(INTERVIEWER), sourcer.all_implied_ids)

    def test_every_public_method_is_meant_to_be_public(self):
        models = self._own_models() | PUBLIC.keys()
        found = {name: public_methods(self.env[name]) for name in models}
        self.assertEqual({name: own for name, own in found.items() if own}, PUBLIC)
