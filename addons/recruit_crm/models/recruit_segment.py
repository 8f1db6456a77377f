from odoo import api, fields, models
from odoo.fields import Domain

from ..segment import compiler
from ..segment.fields import REGISTRY, available
from ..segment.tree import NOBODY, All, Any


class RecruitSegment(models.Model):
    """A saved, typed rule over candidates, always evaluated afresh."""

    _name = "recruit.segment"
    _description = "Segment"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    match = fields.Selection(
        [("all", "All of the rules"), ("any", "Any of the rules")],
        default="all",
        required=True,
    )
    rule_ids = fields.One2many("recruit.segment.rule", "segment_id", "Rules", copy=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Only candidates of this company and shared ones. Empty: all you see.",
    )
    sentence = fields.Char("In words", compute="_compute_sentence")
    candidate_count = fields.Integer("Candidates", compute="_compute_candidate_count")

    @api.depends("match", "rule_ids")
    def _compute_sentence(self):
        fields_by_name = self._segment_fields()
        for segment in self:
            tree = segment._tree(valid_only=True)
            segment.sentence = compiler.to_sentence(tree, fields_by_name, self.env)

    def _compute_candidate_count(self):
        for segment in self:
            segment.candidate_count = self.env["recruit.candidate"].search_count(
                segment._candidate_domain()
            )

    @api.model
    def _segment_fields(self):
        """Return what a segment can ask in this database: {name: SegmentField}.

        While the registry is loading, the addon whose data is being installed is not
        counted as loaded yet: then every field that Python knows counts.
        """
        registry = self.env.registry
        return available(registry._init_modules) if registry.ready else REGISTRY

    def action_view_candidates(self):
        """Open the candidates of this segment."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_candidate_action"
        )
        action["name"] = self.name
        action["domain"] = [("segment_ids", "in", self.ids)]
        return action

    def _candidate_domain(self):
        """Return the ``Domain`` on recruit.candidate that this segment means today.

        A segment without rules means nobody.

        :raise UnknownFieldError: when the addon of a rule was uninstalled
        """
        self.ensure_one()
        rules = compiler.to_domain(self._tree(valid_only=False), self._segment_fields())
        if not self.company_id:
            return rules
        return rules & Domain("company_id", "in", [self.company_id.id, False])

    def _tree(self, *, valid_only):
        """Return the rules as a tree of :mod:`..segment.tree`.

        :param bool valid_only: leave out rules that are not filled in yet, for display
        """
        rules = self.rule_ids.filtered(
            lambda rule: not (valid_only and rule._problem())
        )
        nodes = tuple(rule._condition() for rule in rules)
        if not nodes:
            return NOBODY
        return Any(nodes) if self.match == "any" else All(nodes)
