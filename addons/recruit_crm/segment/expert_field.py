"""The way out for experts: a domain, where no field of the registry will do."""

from odoo.tools import SQL

from . import expert
from .fields import Operator, SegmentField, register
from .values import Kind


class DomainText(Kind):
    """A domain on candidates, as text: "[('city', '=', 'Ghent')]"."""

    name = "domain"

    def spec(self, env):
        return {"model": "recruit.candidate"}

    def problem(self, value, env):
        if not isinstance(value, str) or not value.strip():
            return env._("Write a domain: [('city', '=', 'Ghent')].")
        if len(value) > expert.LONGEST:
            return env._(
                "That is too long: %s characters are the most.", expert.LONGEST
            )
        try:
            expert.read(value, env)
        except expert.DomainError as error:
            return str(error)
        return None


@register
class ExpertDomainField(SegmentField):
    """Fits a domain on columns that everybody who sees a candidate sees."""

    name = "domain"
    section = "advanced"
    on_row = True
    operators = {"matches": Operator(lambda env: env._("fits"), DomainText())}

    def label(self, env):
        return env._("Domain (for experts)")

    def to_domain(self, operator, value, scope):
        return expert.read(value, scope.env)

    def to_sql(self, operator, value, scope):
        """Ask with the rules on rows: a domain may look at rows that not everybody who
        sees the candidate may see."""
        people = scope.env["recruit.candidate"].with_context(active_test=False)
        query = people._search(self.to_domain(operator, value, scope))
        return query.select(SQL("%s AS id", SQL.identifier(query.table, "id")))

    def explain(self, operator, value, env):
        return env._("fits the domain %s", value.strip())
