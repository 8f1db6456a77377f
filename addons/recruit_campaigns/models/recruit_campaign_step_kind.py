from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..steps import condition, happened
from ..steps.kind import END, MAIL, NO, REGISTRY, YES
from ..timing.wall import to_wall


class RecruitCampaignStep(models.Model):
    """What happens at a step, and where people go from there.

    ``steps/`` holds a class for each kind; what the kinds ask of whoever writes a step
    is here. People go on to the step that is named for their answer, else to the next
    in order. A named step always comes later, so that no sequence runs in a circle.
    """

    _inherit = "recruit.campaign.step"
    _check_company_auto = True

    kind = fields.Selection("_selection_kind", default=MAIL, required=True)
    yes_step_id = fields.Many2one(
        "recruit.campaign.step",
        "Then",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="Where people go from here. Empty: to the next step.",
    )
    no_step_id = fields.Many2one(
        "recruit.campaign.step",
        "If Not",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="Where people go for whom the condition does not hold. Empty: to the "
        "next step.",
    )
    branches = fields.Boolean(compute="_compute_branches")
    wait_days = fields.Integer(
        "Days", default=3, help="How many days people wait here at most."
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity",
        ondelete="set null",
        domain="[('res_model', 'in', (False, 'recruit.candidate'))]",
    )
    summary = fields.Char(help="What is to be done, in a few words.")
    note = fields.Html(help="What the colleague should know or say.")
    assign_to = fields.Selection(
        [
            ("owner", "The candidate's owner"),
            ("sender", "The sender of the campaign"),
            ("user", "One colleague"),
        ],
        "Who",
        default="owner",
        help="A candidate without an owner is the sender's.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        ondelete="set null",
        domain="[('share', '=', False)]",
    )
    wait_for = fields.Selection(
        [("date", "a date"), ("event", "something to happen")],
        default="event",
    )
    wait_until = fields.Date("Day")
    event = fields.Selection("_selection_event", default="clicked")
    test = fields.Selection("_selection_test", "Ask", default="clicked")
    segment_id = fields.Many2one(
        "recruit.segment", ondelete="set null", check_company=True
    )
    skill_id = fields.Many2one("hr.skill", ondelete="set null")
    skill_level = fields.Integer("At Least", default=50, help="In percent.")
    person_state = fields.Selection(
        lambda self: (
            self.env["recruit.candidate"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        "Relationship",
    )
    stage_id = fields.Many2one("recruit.pool.stage", "Pool Stage", ondelete="set null")
    pool_id = fields.Many2one("hr.talent.pool", ondelete="set null", check_company=True)
    tag_id = fields.Many2one("hr.applicant.category", ondelete="set null")

    _wait_days_check = models.Constraint(
        "CHECK (wait_days BETWEEN 0 AND 3650)", "People wait for 0 to 3650 days."
    )
    _skill_level_check = models.Constraint(
        "CHECK (skill_level BETWEEN 0 AND 100)", "A level is between 0 and 100 percent."
    )

    @api.model
    def _selection_kind(self):
        return [(name, kind.label(self.env)) for name, kind in REGISTRY.items()]

    @api.model
    def _selection_event(self):
        return list(happened.labels(self.env).items())

    @api.model
    def _selection_test(self):
        return list(condition.tests(self.env).items())

    @api.depends("kind")
    def _compute_branches(self):
        for step in self:
            step.branches = step._kind().branches

    @api.depends(
        "kind",
        *{name for kind in REGISTRY.values() for name in kind.uses}
        - {"body_html", "note"},
    )
    def _compute_display_name(self):
        for step in self:
            step.display_name = step._kind().say(step)

    @api.constrains("yes_step_id", "no_step_id", "sequence", "campaign_id")
    def _check_goes_on(self):
        """Whoever goes to another step goes forward, within the campaign."""
        if self.env.context.get("recruit_moving_steps"):
            return  # whoever moves several steps asks when all have moved
        for step in self | self._named_by():
            for target in step.yes_step_id | step.no_step_id:
                if target.campaign_id != step.campaign_id:
                    raise ValidationError(
                        self.env._("People cannot go on to a step of another campaign.")
                    )
                if target.version != step.version:
                    raise ValidationError(
                        self.env._("People cannot go on to a step of another version.")
                    )
                if target._position() <= step._position():
                    raise ValidationError(
                        self.env._(
                            "“%(step)s” leads to “%(target)s”, which comes before it: "
                            "people would run in a circle. Lead them to a later step.",
                            step=step.display_name,
                            target=target.display_name,
                        )
                    )

    def write(self, vals):
        """A step stays of its kind: people and figures hang on it."""
        if "kind" in vals and any(step.kind != vals["kind"] for step in self):
            raise UserError(
                self.env._("A step stays what it is. Remove it and add another one.")
            )
        return super().write(vals)

    def _kind(self):
        """The `Kind` of this step; an e-mail where its addon is gone."""
        return REGISTRY.get(self.kind, REGISTRY[MAIL])

    def _position(self):
        return self.sequence, self._origin.id or 0

    def _named_by(self):
        """The steps that lead here by name."""
        return self.with_context(active_test=False).search(
            ["|", ("yes_step_id", "in", self.ids), ("no_step_id", "in", self.ids)]
        )

    def _has_content(self):
        """Only an e-mail has a text."""
        return self.kind != MAIL or super()._has_content()

    def _next_step(self, branch=YES):
        """The step after this one; empty after the last, and after an end.

        :param str branch: which way; "no" has a meaning where the kind branches
        """
        if self.kind == END:
            return self.browse()
        if named := self.no_step_id if branch == NO else self.yes_step_id:
            return named
        steps = self._siblings()
        following = steps.ids.index(self.id) + 1
        return steps[following : following + 1]

    def _next_steps(self):
        """All steps to which people may go from here."""
        ways = (YES, NO) if self.branches else (YES,)
        return self.browse().union(*(self._next_step(way) for way in ways))

    # ------------------------------------------------------- who does something

    def _assignee(self, candidate):
        """The user whom a task or a notification about a person goes to."""
        if self.assign_to == "user":
            return self.user_id
        sender = self.campaign_id.user_id
        return sender if self.assign_to == "sender" else candidate.user_id or sender

    def _assignee_label(self):
        if self.assign_to == "user":
            return self.user_id.name or "…"
        if self.assign_to == "sender":
            return self.env._("the sender")
        return self.env._("the owner")

    def _assignee_problems(self):
        if self.assign_to == "user" and not self.user_id:
            return [self.env._("choose the colleague.")]
        return []

    def _schedule_task(self, candidate, user, until):
        """The activity of a task, to be done before people go on.

        :param datetime until: naive UTC
        """
        fallback = self.env.ref(
            "mail.mail_activity_data_todo", raise_if_not_found=False
        )
        zone = self.campaign_id._zone(user.tz)
        return candidate.activity_schedule(
            activity_type_id=(self.activity_type_id or fallback).id,
            date_deadline=to_wall(until, zone).date(),
            summary=self.summary or "",
            note=self.note or "",
            user_id=user.id,
        )

    @api.model
    def _kind_fields(self):
        """The fields that say what steps of some kind do."""
        return {name for kind in REGISTRY.values() for name in kind.uses}

    def _say_delay(self):
        """The delay in words."""
        units = dict(self._fields["delay_unit"]._description_selection(self.env))
        if self.delay == 1:
            units = {
                "hours": self.env._("hour"),
                "business_days": self.env._("business day"),
                "days": self.env._("day"),
                "weeks": self.env._("week"),
                "months": self.env._("month"),
            }
        return f"{self.delay} {units[self.delay_unit]}"

    def _format_day(self, day):
        return format_date(self.env, day)

    # ------------------------------------------------------------------- conditions

    def _rule(self):
        """What a condition asks of people as they stand, as a segment that is not kept.

        So it means what the same rule means in a segment, and is refused where that is.
        """
        _field, name, operator, value = condition.RULES[self.test]
        rule = {"field": name, "operator": operator, "value": value(self)}
        return self.env["recruit.segment"].new(
            {
                "name": self.campaign_id.name,
                "tree": {"group": "all", "items": [rule]},
                "company_id": False,
            }
        )

    def _who_fits(self, candidates):
        """Those of these people for whom the condition holds now."""
        people = candidates.with_context(active_test=False)
        return people.search(
            Domain("id", "in", candidates.ids) & self._rule()._candidate_domain()
        )
