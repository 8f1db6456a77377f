from odoo import api, models
from odoo.exceptions import UserError

from ..engine import states
from ..steps.kind import END, MAIL, NO, REGISTRY, YES

# Between two steps, so that a program may put one there.
STRIDE = 10


class RecruitCampaign(models.Model):
    """What the builder of the sequence shows, and what it does to it."""

    _inherit = "recruit.campaign"

    def get_builder(self):
        """Return all that the builder shows of this campaign.

        The steps are those of the new version while one is being written.

        :return: ``{"steps": [..], "kinds": [..], "units": [..], "may_edit",
            "may_begin", "is_draft", "version", "older_count"}``
        """
        self.ensure_one()
        self.check_access("read")
        draft = self.draft_version_id
        steps = self._draft_steps() if draft else self._steps()
        may_write = self.has_access("write") and steps.has_access("write")
        return {
            "version": steps[:1].version or self.version,
            "is_draft": bool(draft),
            "may_edit": may_write and (bool(draft) or self.state == "draft"),
            "may_begin": may_write
            and not draft
            and self.state in ("running", "paused"),
            "older_count": self._count_in_other_versions(),
            "kinds": self.get_builder_kinds(),
            "units": steps._fields["delay_unit"]._description_selection(self.env),
            "steps": steps._cards(),
        }

    @api.model
    def get_builder_kinds(self):
        """Return the kinds of steps: ``[{"name", "label", "icon"}]``."""
        return [
            {"name": name, "label": kind.label(self.env), "icon": kind.icon}
            for name, kind in REGISTRY.items()
        ]

    def builder_add(self, kind, before_id=False, unless_id=False):
        """Add a step: at the end, before another one, or where a condition says no.

        :param str kind: of recruit.campaign.step
        :param int before_id: whoever came to this step comes to the new one first
        :param int unless_id: a step that branches
        :return int: id of the new step
        """
        self._check_may_build()
        steps = self._built_steps()
        condition = steps.browse(unless_id or ()) & steps
        followed_by = condition and condition._next_step(YES)
        step = steps.create(
            {
                "campaign_id": self.id,
                "kind": kind,
                "delay": 3 if kind == MAIL and steps else 0,
                **self._built_version(),
            }
        )
        if condition:
            self._add_no_branch(condition, step, followed_by)
        else:
            before = steps.browse(before_id or ()) & steps
            self._put_before(before or self._end_of(steps), step)
        return step.id

    def builder_move(self, step_ids):
        """Put the steps into this order.

        :param list step_ids: ids of all steps
        :raise ValidationError: where somebody would be led backward
        """
        self._check_may_build()
        steps = self._built_steps()
        if set(step_ids) != set(steps.ids):
            raise UserError(self.env._("The steps have changed. Load the page again."))
        self._put_in_order(steps.browse(step_ids))
        return True

    def _check_may_build(self):
        self.ensure_one()
        self._check_may_edit_steps()
        if self.state != "draft" and not self.draft_version_id:
            self._steps()._check_editable(["sequence"])

    def _built_version(self):
        """The values of a new step: of the version that is being written."""
        draft = self.draft_version_id
        return {"version": draft.number, "active": False} if draft else {}

    def _built_steps(self):
        draft = self.draft_version_id
        return self._draft_steps() if draft else self._steps()

    def _end_of(self, steps):
        """The end of the main line, where it stands last: others go before it."""
        last = steps[-1:]
        return last if last.kind == END and last in steps._main_line() else last[:0]

    def _put_before(self, before, step):
        """Put a step before another one, on every way that led there; else last."""
        self._insert_step(before, step)
        if not before:
            return
        for other in self._built_steps() - step:
            for name in ("yes_step_id", "no_step_id"):
                if other[name] == before:
                    other[name] = step

    def _insert_step(self, before, step):
        steps = self._built_steps() - step
        position = steps.ids.index(before.id) if before else len(steps)
        self._put_in_order(steps[:position] | step | steps[position:])

    def _add_no_branch(self, condition, step, followed_by):
        """Put a step on the no-branch: behind the condition, where the yes-branch no
        longer comes by; it goes on to where 'no' went."""
        others = self._built_steps() - step
        behind = others[others.ids.index(condition.id) + 1 :][:1]
        self._insert_step(behind, step)
        if followed_by:
            step.yes_step_id = condition.no_step_id
        else:
            followed_by = step.create(
                {"campaign_id": self.id, "kind": END, **self._built_version()}
            )
            self._insert_step(step, followed_by)
        condition.write({"yes_step_id": followed_by.id, "no_step_id": step.id})

    def _put_in_order(self, steps):
        moving = steps.with_context(recruit_moving_steps=True)
        for number, step in enumerate(moving, start=1):
            step.sequence = number * STRIDE
        steps._check_goes_on()

    def _count_in_other_versions(self):
        """How many people finish the steps of a version before."""
        return self.env["recruit.campaign.enrollment"].search_count(
            [
                ("campaign_id", "=", self.id),
                ("state", "=", "active"),
                ("step_id", "in", (self._all_steps() - self.step_ids).ids),
            ]
        )


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    def _cards(self):
        """Return what the builder shows of each of these steps, in their order."""
        figures = self._figures()
        main, reached = self._main_line(), self._reached()
        coming = {}
        for step in self:
            for way in step._ways():
                coming.setdefault(step._next_step(way), []).append((step, way))
        numbers = {step: number for number, step in enumerate(self, start=1)}
        return [
            {
                **step._card(),
                **figures[step],
                "number": number,
                "people_at": step._people_at().ids,
                "beside": step not in main,
                "ways": {way: step._card_way(way, numbers) for way in step._ways()},
                "from": [
                    {"number": numbers[other], "way": way, "branches": other.branches}
                    for other, way in coming.get(step, ())
                ],
                "is_reached": step in reached,
            }
            for step, number in numbers.items()
        ]

    def _card(self):
        kind = self._kind()
        return {
            "id": self.id,
            "kind": kind.name,
            "icon": kind.icon,
            "label": kind.label(self.env),
            "says": kind.say(self),
            "subject": self.subject if kind.name == "mail" else False,
            "delay": self.delay,
            "delay_unit": self.delay_unit,
            "branches": self.branches,
            "problems": kind.problems(self),
        }

    def _card_way(self, way, numbers):
        named = self.no_step_id if way == NO else self.yes_step_id
        target = self._next_step(way)
        return {"named_id": named.id, "number": numbers.get(target, 0)}

    def _ways(self):
        if self.kind == END:
            return ()
        return (YES, NO) if self.branches else (YES,)

    def _main_line(self):
        """The steps to which those come for whom every condition holds."""
        line, step = self.browse(), self[:1]
        while step and step not in line:
            line |= step
            step = step._next_step()
        return line

    def _people_at(self):
        """The step at which the people are: of a copy not yet in use, its original."""
        return self if self.active else self.origin_id

    def _figures(self):
        """Return how many people are at each step and what became of the others."""
        counts = {
            (step, state): count
            for step, state, count in self.env["recruit.campaign.delivery"]._read_group(
                [("step_id", "in", self.ids), ("state", "in", states.FINAL)],
                ["step_id", "state"],
                ["__count"],
            )
        }
        return {
            step: {
                "waiting": step._people_at().waiting_count,
                **{state: counts.get((step, state), 0) for state in states.FINAL},
                "replied": step.replied_count,
                "clicked": step.clicked_count,
            }
            for step in self
        }
