from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..segment import compiler
from ..segment.fields import sections
from ..segment.tree import Condition, parse

SHOWN = ("display_name", "headline", "city", "state")
MOST_SHOWN = 80


class RecruitSegment(models.Model):
    """What the builder of a segment asks for: fields, a preview, reasons."""

    _inherit = "recruit.segment"

    @api.model
    def get_builder_fields(self):
        """Return what a condition can ask, in the order of the builder.

        :return: ``[{"name", "label", "section", "section_label", "operators"}]``, each
            operator ``{"name", "label", "kind", ...}``; what else it holds depends on
            the kind, see docs/segments.md
        """
        self.check_access("read")
        titles = sections(self.env)
        order = list(titles)
        known = sorted(
            self._segment_fields().values(),
            key=lambda field: order.index(field.section),
        )
        return [
            {
                "name": field.name,
                "label": field.label(self.env),
                "section": field.section,
                "section_label": titles[field.section],
                "operators": [
                    {
                        "name": name,
                        "label": operator.label(self.env),
                        "kind": operator.kind.name,
                        **operator.kind.spec(self.env),
                    }
                    for name, operator in field.operators.items()
                ],
            }
            for field in known
        ]

    @api.model
    def preview(self, tree, limit=8, company_id=None, segment_id=None):
        """Say who a tree finds, before it is saved.

        :param int company_id: only people of this company and shared ones
        :param int segment_id: the segment that is being edited, which it cannot use
        :return: ``{"count", "sample", "sentence", "problems"}``; problems are
            ``{"path", "message"}``, and with any the count is 0
        """
        self.check_access("read")
        draft = self.new(
            {"tree": tree, "company_id": company_id},
            origin=self.browse(segment_id).exists() if segment_id else None,
        )
        problems = draft._problems()
        domain = draft._candidate_domain()
        people = self.env["recruit.candidate"]
        sample = people.search(domain, limit=min(limit, MOST_SHOWN))
        return {
            "count": people.search_count(domain),
            "sample": sample.read(SHOWN),
            "sentence": draft.sentence or "",
            "problems": [
                {"path": list(path), "message": message} for path, message in problems
            ],
        }

    def action_save_filter(self):
        """Keep the segment among the user's favorites of the list of candidates."""
        self.ensure_one()
        filters = self.env["ir.filters"]
        domain = str([("segment_ids", "in", self.ids)])
        mine = [
            ("model_id", "=", "recruit.candidate"),
            ("domain", "=", domain),
            ("user_ids", "in", self.env.uid),
        ]
        if not filters.search_count(mine, limit=1):
            filters.create(
                {
                    "name": self.name,
                    "model_id": "recruit.candidate",
                    "domain": domain,
                    "user_ids": [Command.link(self.env.uid)],
                }
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "“%s” is among your favorites in the list of candidates.", self.name
                ),
            },
        }

    def explain_candidate(self, candidate_id):
        """Say why a candidate is in this segment or not, condition by condition.

        :return: ``{"inside", "name", "reason", "problems", "rules"}``: ``reason`` is
            what keeps out whoever fits the rules (another company, the archive), or
            False; a rule is ``{"path", "sentence", "holds", "facts", "group",
            "items"}``, the last two for groups alone
        """
        self.ensure_one()
        self.check_access("read")
        candidate = self.env["recruit.candidate"].browse(candidate_id).exists()
        if not candidate:
            raise UserError(self.env._("This candidate no longer exists."))
        candidate.check_access("read")
        problems = [message for _path, message in self._problems()]
        answer = {"name": candidate.display_name, "problems": problems, "rules": False}
        if problems:
            return {**answer, "inside": False, "reason": False}
        rules = self._explain(candidate)
        reason = self._kept_out_by(candidate)
        inside = rules["holds"] and not reason
        return {**answer, "inside": inside, "reason": reason, "rules": rules}

    def _kept_out_by(self, candidate):
        """Return what keeps a candidate out whatever the rules say, or False."""
        if not candidate.active:
            return self.env._("%s is in the archive.", candidate.display_name)
        if not candidate.filtered_domain(self._company_domain()):
            return self.env._("%s belongs to another company.", candidate.display_name)
        return False

    def _explain(self, candidate):
        """Return the rules with whether each holds for a candidate.

        Purpose: one statement asks every condition of one person. Size: as many index
        probes as there are conditions.
        """
        scope = self._scope()
        node = parse(self.tree)
        nodes = list(_walk(node))
        tests = [
            SQL(
                "EXISTS (SELECT FROM (%s) rule WHERE rule.id = %s)",
                compiler.to_sql(one, scope),
                candidate.id,
            )
            for one in nodes
        ]
        [holds] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(tests)))
        paths = [one.path for one in nodes]
        holds_at = dict(zip(paths, holds, strict=True))
        return self._tell(node, holds_at, candidate, scope)

    def _tell(self, node, holds, candidate, scope):
        told = {
            "path": list(node.path),
            "sentence": compiler.to_sentence(node, scope),
            "holds": holds[node.path],
            "facts": "",
        }
        if isinstance(node, Condition):
            field = scope.fields[node.field]
            operator = field.operators[node.operator].negates or node.operator
            return {**told, "facts": field.facts(operator, node.value, candidate)}
        items = [self._tell(item, holds, candidate, scope) for item in node.items]
        return {**told, "group": node.kind, "items": items}


def _walk(node):
    yield node
    for item in getattr(node, "items", ()):
        yield from _walk(item)
