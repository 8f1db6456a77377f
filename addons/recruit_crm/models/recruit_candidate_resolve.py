from odoo import api, models
from odoo.tools.misc import clean_context

from ..identity.normalize import (
    normalize,
    normalize_linkedin,
    normalize_phone,
    usable_emails,
)


class RecruitCandidate(models.Model):
    """The one way from what is known about a person to their candidate."""

    _inherit = "recruit.candidate"

    @api.model
    def _find_by_identity(self, kind, value, company=None):
        """Return the candidate to whom an identity points, or none.

        :param str kind: a kind of recruit.identity
        :param str value: in any spelling
        :param company: res.company, its own candidates first, then shared ones;
            the current company by default
        """
        norm = normalize(kind, value)
        if not norm or kind == "phone":  # a phone number identifies nobody
            return self.browse()
        owners = self.env["recruit.identity"]._owners([(kind, norm)])
        company_id = (self.env.company if company is None else company).id
        return self.browse(self._owner_in_scope(owners, kind, norm, company_id))

    @api.model
    def _resolve(self, values):
        """Return the candidate for one person, created when nobody fits.

        :param dict values: see :meth:`_resolve_batch`
        """
        return self._resolve_batch([values])[0]

    @api.model
    def _resolve_batch(self, values_list):
        """Return the candidates for many people, in the same order.

        Exact e-mail first, then LinkedIn; a name or a phone number alone never finds
        anybody. Rows of one batch that share an identity get the same candidate.
        What is known of a candidate is not overwritten: whoever fills in a form could
        otherwise take over the person.

        :param list values_list: dicts with ``name`` and, where known, ``email``,
            ``phone``, ``linkedin_profile``, ``company_id`` (an id, or False for people
            shared by all companies; the current company by default) and other fields
            of a candidate, which count when it has to be created
        :return: list of recruit.candidate, one record each
        """
        keys_list = [self._identity_keys(values) for values in values_list]
        owners = self.env["recruit.identity"]._owners(
            {key for keys in keys_list for key in keys}
        )
        # a slot is the id of a candidate, or -1, -2 ... for the first, second to create
        slots, to_create, pending = [], [], {}
        for values, keys in zip(values_list, keys_list, strict=True):
            company_id = self._scope(values)
            slot = self._first_owner(owners, keys, company_id)
            if not slot:
                scoped = [(company_id, *key) for key in keys]
                slot = next((pending[key] for key in scoped if key in pending), None)
                if slot is None:
                    slot = -1 - len(to_create)
                    to_create.append(self._prepare_resolved_values(values))
                pending.update(dict.fromkeys(scoped, slot))
            slots.append(slot)
        created = self._create_resolved(to_create)
        return [self.browse(slot) if slot > 0 else created[-1 - slot] for slot in slots]

    @api.model
    def _create_resolved(self, values_list):
        if not values_list:
            return self.browse()
        return self._quietly().create(values_list).with_env(self.env)

    @api.model
    def _quietly(self):
        """Return the model for people whom nobody typed in: no defaults that were meant
        for the application, no follower, no note of creation."""
        context = dict(clean_context(self.env.context), tracking_disable=True)
        context["import_file"] = False  # a sheet of applications is no sheet of people
        # su: whoever may bring in an application brings in the person with it
        return self.with_env(self.env(su=True, context=context))

    @api.model
    def _scope(self, values):
        """Return the company id in which a person is looked for; False: shared ones."""
        return values.get("company_id", self.env.company.id) or False

    @api.model
    def _identity_keys(self, values):
        """Return the (kind, normal form) pairs that may find a person, best first."""
        keys = [("email", email) for email in usable_emails(values.get("email"))]
        keys.append(("linkedin", normalize_linkedin(values.get("linkedin_profile"))))
        return [key for key in keys if key[1]]

    @api.model
    def _owner_in_scope(self, owners, kind, norm, company_id):
        """Return an owner's id: of the company itself, else shared by all companies."""
        own = owners.get((kind, norm, company_id))
        return own or owners.get((kind, norm, False))

    @api.model
    def _first_person(self, values):
        """Return the candidate whom these values find, or none; creates nobody."""
        keys = self._identity_keys(values)
        owners = self.env["recruit.identity"]._owners(keys)
        company_id = self._scope(values)
        return self.browse(self._first_owner(owners, keys, company_id))

    @api.model
    def _first_owner(self, owners, keys, company_id):
        found = (
            self._owner_in_scope(owners, kind, norm, company_id) for kind, norm in keys
        )
        return next((owner for owner in found if owner), None)

    @api.model
    def _prepare_resolved_values(self, values):
        """Return the values of a new candidate; what is not usable is left out."""
        emails = usable_emails(values.get("email"))
        name = (values.get("name") or "").strip() or "".join(emails[:1])
        name = name or self.env._("Unknown person")
        kept = {
            key: value
            for key, value in values.items()
            if key in self._fields and not (isinstance(value, str) and len(value) > 300)
        }
        return {
            **kept,
            "name": name[:200],
            "email": ", ".join(emails) or False,  # each becomes an identity
            "phone": self._usable_phone(values.get("phone")),
            "company_id": self._scope(values),
        }

    @api.model
    def _usable_phone(self, phone):
        phone = (phone or "").strip()[:40]
        return phone if normalize_phone(phone) else False
