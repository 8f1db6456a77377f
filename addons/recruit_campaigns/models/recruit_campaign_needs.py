from functools import reduce
from operator import getitem

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.rendering_tools import parse_inline_template

from ..engine.needed import needed_paths


class RecruitCampaignVariant(models.Model):
    _inherit = "recruit.campaign.variant"

    def _needed_paths(self):
        """What this wording cannot do without: placeholders that have no fallback."""
        self.ensure_one()
        mailing = self.sudo().mailing_id  # sudo: the sender reads what it sends
        paths = needed_paths(
            str(mailing.body_html or ""), parse_inline_template(mailing.subject or "")
        )
        # what is not allowed has no value to wait for: it is refused at the writing
        allowed = self.env["recruit.candidate"].mail_allowed_qweb_expressions()
        return frozenset(path for path in paths if f"object.{path}" in allowed)


class RecruitCandidate(models.Model):
    """Values that a message needs of a person."""

    _inherit = "recruit.candidate"

    @api.model
    def _placeholder_label(self, path):
        """What people call a placeholder: "City" for ``city``."""
        field = self._fields[path.partition(".")[0]]
        return field._description_string(self.env)

    @api.model
    def _stored_placeholder(self, path):
        """The stored fields by which a value can be looked for, where there are some.

        An addon that allows a computed placeholder names here what it is made of.

        :return str: a path that a domain may name, or None
        """
        return {"first_name": "name"}.get(path, path if self._is_stored(path) else None)

    def _is_stored(self, path):
        model = self
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None or not field.store:
                return False
            model = self.env[field.comodel_name] if field.relational else model
        return True

    def _missing_values(self, paths):
        """Which of these placeholders have no value for this person, in order."""
        self.ensure_one()
        return [path for path in sorted(paths) if not self._placeholder_value(path)]

    def _placeholder_value(self, path):
        try:
            return reduce(getitem, path.split("."), self)
        except KeyError:
            return None

    def _fetch_values(self, paths):
        """Read what these placeholders are of, for all at once; asked for one by one,
        the ORM reads every column of everybody."""
        self.fetch({path.partition(".")[0] for path in paths})

    def _lacking(self, path, _campaign):
        """The ids of those of these people for whom a placeholder has no value.

        Size: the people of a forecast, 10,000; what is stored is read at once.

        :param _campaign: the recruit.campaign whose message says it
        """
        self._fetch_values([path])
        return frozenset(one.id for one in self if one._missing_values([path]))

    @api.model
    def _missing_domain(self, path):
        """The people for whom a stored placeholder has no value."""
        names = path.split(".")
        steps = [".".join(names[: count + 1]) for count in range(len(names))]
        return Domain.OR(Domain(step, "=", False) for step in steps)
