"""Every text, file and document of a person is declared, or the build fails."""

from dataclasses import replace

from odoo.tests import TransactionCase, tagged

from odoo.addons.recruit_crm.privacy import registry
from odoo.addons.recruit_crm.privacy.registry import CANDIDATE, DELETE, KEEP

# What may hold words about a person, or a copy of them.
TELLING = frozenset(
    ("char", "text", "html", "binary", "image", "json", "properties", "reference")
)
POINTERS = frozenset(("many2one_reference", "reference"))
# Whoever points at these points at a person; through any other model that was declared
# and is no message, file or contact the way goes on.
HUBS = frozenset(
    (
        "calendar.event",
        "hr.employee",
        "ir.attachment",
        "mail.mail",
        "mail.message",
        "recruit.touch",
        "res.partner",
    )
)


@tagged("post_install", "-at_install")
class TestPrivacyRegistry(TransactionCase):
    maxDiff = None

    def _models(self):
        for name in self.env.registry:
            model = self.env[name]
            if model._auto and not model._abstract and not model._transient:
                yield model

    def _leading_to_people(self):
        """Return the models with a path to a candidate: {name: how}."""
        found, todo = {CANDIDATE: "the person"}, [CANDIDATE]
        while todo:
            owner = todo.pop()
            for model in self._models():
                if model._name in found:
                    continue
                for field in model._fields.values():
                    if (
                        field.store
                        and field.type == "many2one"
                        and field.comodel_name == owner
                    ):
                        found[model._name] = f"{field.name} -> {owner}"
                        if model._name not in HUBS:
                            todo.append(model._name)
                        break
        for model in self._models():
            for field in model._fields.values():
                if field.store and field.type in POINTERS:
                    found.setdefault(model._name, f"{field.name} -> any record")
        return found

    def _holdings(self):
        return self.env["recruit.privacy"]._holdings()

    def test_every_model_that_leads_to_a_person_is_declared(self):
        known = self._holdings().keys() | registry.exceptions().keys()
        self.assertEqual(
            {
                model: how
                for model, how in self._leading_to_people().items()
                if model not in known
            },
            {},
            "declare() each of these, or not_about_people() with the reason",
        )

    def _undeclared(self, holdings):
        return [
            f"{name}.{field.name}"
            for name, holding in holdings.items()
            if holding.fate not in (DELETE, KEEP)
            for field in self.env[name]._fields.values()
            if field.store
            and field.type in TELLING
            and field.column_type
            and field.name not in holding.clear
            and field.name not in holding.plain
        ]

    def test_every_text_of_a_row_that_stays_is_cleared_or_declared_plain(self):
        undeclared = self._undeclared(self._holdings())
        self.assertEqual(
            undeclared, [], "clear these on an erasure, or call them plain"
        )

    def test_a_text_that_nobody_declared_is_found_out(self):
        person = self._holdings()[CANDIDATE]
        kept = {name: one for name, one in person.clear.items() if name != "headline"}
        undeclared = self._undeclared({CANDIDATE: replace(person, clear=kept)})
        self.assertEqual(undeclared, [f"{CANDIDATE}.headline"])

    def test_every_file_of_a_field_is_an_attachment_and_goes_with_its_record(self):
        documents = self._holdings()["ir.attachment"]
        self.assertIn(registry.Document(), documents.links)
        self.assertEqual(documents.fate, DELETE)

    def test_what_is_declared_exists(self):
        addons = self.env.registry._init_modules
        wrong = []
        for name, holding in self._holdings().items():
            fields = self.env[name]._fields
            named = {*holding.clear, *holding.plain}
            for link in holding.links:
                if isinstance(
                    link, registry.Via | registry.Document | registry.Matching
                ):
                    named.add(link.column)
            wrong += [
                f"{name}.{field}" for field in sorted(named) if field not in fields
            ]
            if not holding.fate or (name != CANDIDATE and not holding.links):
                wrong.append(f"{name} has no fate or no link")
        optional = set()
        if "hr_recruitment_skills" in addons:
            optional = {"res.partner.barcode", "res.partner.properties"}
        self.assertEqual(set(wrong) - optional, set())
