import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..segment import compiler
from ..segment.fields import REGISTRY, Scope, available
from ..segment.tree import TreeError, parse


class RecruitSegment(models.Model):
    """A saved, typed rule over candidates, always evaluated afresh.

    ``tree`` is the rule, in the language of :mod:`..segment.tree`. What is wrong with
    it is refused at save; what breaks later, because an addon or a record is gone,
    makes the segment match nobody and say why. More by topic:
    recruit_segment_builder.py (what the builder asks for), recruit_segment_uses.py
    (the records that it uses), recruit_segment_snapshot.py (who was in on a day).
    """

    _name = "recruit.segment"
    _description = "Segment"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    tree = fields.Json("Rules", help="All, any or none of conditions, nested.")
    tree_text = fields.Text(
        "Rules as text", compute="_compute_tree_text", inverse="_inverse_tree_text"
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Only candidates of this company and shared ones. Empty: all you see.",
    )
    sentence = fields.Char("In words", compute="_compute_sentence")
    problem = fields.Text(
        "What is broken",
        compute="_compute_sentence",
        help="While this is not mended, nobody is in the segment.",
    )
    candidate_count = fields.Integer("Candidates", compute="_compute_candidate_count")

    @api.depends("tree")
    def _compute_tree_text(self):
        for segment in self:
            tree = segment.tree
            segment.tree_text = json.dumps(tree, indent=2) if tree else ""

    def _inverse_tree_text(self):
        for segment in self:
            segment.tree = segment._read_text()

    @api.onchange("tree_text")
    def _onchange_tree_text(self):
        self.tree = self._read_text()

    def _read_text(self):
        try:
            return json.loads(self.tree_text or "null")
        except ValueError as error:
            raise ValidationError(
                self.env._("The rules are no JSON: %s", str(error))
            ) from error

    @api.depends("tree")
    def _compute_sentence(self):
        for segment in self:
            problems = segment._problems()
            segment.problem = "\n".join(dict(problems).values()) or False
            try:
                segment.sentence = compiler.to_sentence(
                    parse(segment.tree), segment._scope()
                )
            except TreeError:
                segment.sentence = False

    @api.depends("tree", "company_id")
    def _compute_candidate_count(self):
        for segment in self:
            segment.candidate_count = self.env["recruit.candidate"].search_count(
                segment._candidate_domain()
            )

    @api.constrains("tree")
    def _check_tree(self):
        for segment in self:
            if problems := segment._problems():
                raise ValidationError("\n".join(dict(problems).values()))

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

        A segment without rules means nobody, and so does a broken one.
        """
        self.ensure_one()
        if self._problems():
            return Domain.FALSE
        found = compiler.to_search(parse(self.tree), self._scope())
        return found & self._company_domain()

    def _outside_domain(self):
        """Return the ``Domain`` of everybody else; nobody is outside a broken one."""
        self.ensure_one()
        if self._problems():
            return Domain.FALSE
        return compiler.outside(self._members_sql(self._scope()))

    def _outside_all_domain(self):
        """Return the ``Domain`` of who is in none of these segments."""
        return Domain.AND(segment._outside_domain() for segment in self)

    def _scope(self):
        """Return the scope in which this segment is compiled: now, and by this user.
        The segment itself is on the trail, so that asking for itself shows."""
        now = self.env["recruit.clock"].now()
        return Scope(self.env, now, self._segment_fields(), tuple(self._origin.ids))

    def _problems(self):
        """Return what is wrong with this segment: ``[(path, sentence)]``."""
        self.ensure_one()
        return self._problems_of(self.tree, self._scope())

    @api.model
    def _problems_of(self, tree, scope):
        """Return what is wrong with the JSON of a tree: ``[(path, sentence)]``."""
        try:
            return compiler.problems(parse(tree), scope)
        except TreeError as error:
            return [(error.path, self._say_tree_error(error.reason))]

    def _say_tree_error(self, reason):
        return {
            "shape": self.env._("This is neither a group nor a condition."),
            "group": self.env._("A group is one of: all, any, none."),
            "empty": self.env._(
                "A group is empty. Add a condition to it, or remove it."
            ),
            "deep": self.env._("The groups are nested too deep."),
            "many": self.env._("These are too many conditions for one segment."),
        }[reason]

    def _members_sql(self, scope):
        """Return an SQL 'SELECT .. AS id' of who is in this segment.

        :raise UnknownFieldError: where ``_problems`` would have told
        """
        self.ensure_one()
        found = compiler.to_sql(parse(self.tree), scope.inside(self._origin.id))
        if not self.company_id:
            return found
        return SQL(
            """SELECT own.id FROM (%s) own JOIN recruit_candidate c ON c.id = own.id
                WHERE c.company_id = %s OR c.company_id IS NULL""",
            found,
            self.company_id.id,
        )

    def _members_domain(self, scope):
        """Return the same as :meth:`_members_sql`, as a ``Domain`` of plain leaves."""
        self.ensure_one()
        found = compiler.to_domain(parse(self.tree), scope.inside(self._origin.id))
        return found & self._company_domain()

    def _company_domain(self):
        if not self.company_id:
            return Domain.TRUE
        return Domain("company_id", "in", [self.company_id.id, False])

    def _problem_as_part(self, scope):
        """Return why a tree of this scope cannot use this segment, or None."""
        self.ensure_one()
        if not self.env.su and not self._filtered_access("read"):
            return self.env._("It uses a segment that you may not see.")
        if self.id in scope.trail:
            return self.env._(
                "“%s” would ask for itself. Choose another segment.", self.name
            )
        problems = self._problems_of(self.tree, scope.inside(self.id))
        if problems:
            return self.env._(
                "“%(segment)s” does not work: %(problem)s",
                segment=self.name,
                problem=problems[0][1],
            )
        return None
