"""What this addon adds to the fields that a segment can be made of."""

from abc import abstractmethod

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.recruit_crm.segment.fields import Operator, SegmentField, register
from odoo.addons.recruit_crm.segment.values import (
    Choices,
    Number,
    Part,
    Parts,
    Records,
)


@register
class MedalField(SegmentField):
    """Somebody with a silver medal that is still open."""

    name = "medal"
    section = "history"
    operators = {
        "open": Operator(lambda env: env._("has one")),
        "none": Operator(lambda env: env._("has none"), negates="open"),
    }

    def label(self, env):
        return env._("Silver medal")

    def to_domain(self, operator, value, scope):
        return Domain("medal_ids", "any!", Domain("state", "=", "open"))

    def to_sql(self, operator, value, scope):
        return scope.rows("recruit.medal", Domain("state", "=", "open"))

    def explain(self, operator, value, env):
        return env._("is a silver medallist")


class InterviewField(SegmentField):
    """What interviewers said; of the scorecards alone that whoever asks may read.

    Other fields ask without the rules on rows. Here they hold: who still owes a
    scorecard of a person must not learn from a segment what the others wrote.
    """

    section = "history"

    def to_domain(self, operator, value, scope):
        return Domain("id", "in", self.to_sql(operator, value, scope))

    def to_sql(self, operator, value, scope):
        cards = scope.env["recruit.scorecard"].with_context(active_test=False)
        submitted = Domain("state", "=", "submitted")
        query = cards._search(submitted & self.of_cards(operator, value))
        return query.select(
            SQL("%s AS id", SQL.identifier(query.table, "candidate_id"))
        )

    @abstractmethod
    def of_cards(self, operator, value):
        """Return the ``Domain`` on submitted scorecards."""


@register
class RecommendationField(InterviewField):
    """The overall recommendation of an interviewer."""

    name = "recommendation"
    _words = Choices(lambda env: _options(env, "recruit.scorecard", "recommendation"))
    operators = {
        "any_of": Operator(lambda env: env._("is one of"), _words),
        "none_of": Operator(lambda env: env._("is none of"), _words, negates="any_of"),
    }

    def label(self, env):
        return env._("Interview recommendation")

    def of_cards(self, operator, value):
        return Domain("recommendation", "in", value)

    def explain(self, operator, value, env):
        words = self.operators[operator].kind.words(value, env)
        return env._("got an interviewer's %s", words)


@register
class AttributeField(InterviewField):
    """How an attribute was rated in an interview."""

    name = "attribute_rating"
    operators = {
        "at_least": Operator(
            lambda env: env._("is rated"),
            Parts(
                {
                    "attribute": Part(
                        Records("recruit.interview.attribute", many=False),
                        lambda env: env._("Attribute"),
                        required=True,
                    ),
                    "rating": Part(
                        Number(1, 5), lambda env: env._("From"), True, default=4
                    ),
                }
            ),
        )
    }

    def label(self, env):
        return env._("Interview rating")

    def of_cards(self, operator, value):
        ratings = [str(rating) for rating in range(value["rating"], 6)]
        rated = Domain("attribute_id", "=", value["attribute"])
        return Domain("rating_ids", "any", rated & Domain("rating", "in", ratings))

    def explain(self, operator, value, env):
        parts = self.operators[operator].kind
        return env._(
            "was rated %(rating)s or better in %(attribute)s",
            rating=value["rating"],
            attribute=parts.given(value, "attribute", env),
        )


def _options(env, model, field):
    return env[model]._fields[field]._description_selection(env)
