from odoo import fields, models

from ..engine import states
from .recruit_campaign_version import FINISH


class RecruitCampaign(models.Model):
    """Moving the people inside from one version of the steps to the next."""

    _inherit = "recruit.campaign"

    def _move_people(self, old, new):
        """Send everybody who waits at the old steps to the new ones.

        :return int: how many that ends, because nothing is left for them
        """
        targets = {step: step._replacement(new) for step in old}
        replaced = self._all_steps().filtered("is_replaced")
        for step in replaced:  # who was sent here before is sent on
            if step.replaced_by_id in targets:
                step.sudo().replaced_by_id = targets[step.replaced_by_id]
        ended = 0
        for step, target in targets.items():
            # sudo: the right is checked by the caller
            step.sudo().write({"is_replaced": True, "replaced_by_id": target.id})
            ended += self._move_waiting(step, target)
        return ended

    def _move_waiting(self, step, target):
        """Move who waits at one step, and was not written to yet.

        Who waits at a step that stays goes on waiting; where its delay changed it
        counts anew from when the step before was taken.

        :return int: how many that ends
        """
        deliveries = self.env["recruit.campaign.delivery"].sudo()
        waiting = deliveries.search(
            [
                ("step_id", "=", step.id),
                ("state", "=", states.PLANNED),
                ("trace_id", "=", False),
                ("enrollment_id.state", "=", "active"),
            ]
        )
        if not target:
            return waiting._finish_here(
                self.env._("The step was removed, and no other follows it.")
            )
        if step != target.origin_id:
            waiting._leave_task()
        waiting._set_step(target)
        if (step.delay, step.delay_unit) != (target.delay, target.delay_unit):
            waiting.filtered(lambda row: not row.began_at)._due_anew()
        return 0

    def _version_effect(self, choice):
        """What publishing does to the people inside, as sentences."""
        old, new = self._steps(), self._draft_steps()
        inside = sum(old.mapped("waiting_count"))
        if not inside:
            return [self.env._("Nobody is inside: only newcomers get the new steps.")]
        if choice == FINISH:
            return [
                self.env._(
                    "“%(step)s” (%(count)s waiting): they go on with the steps of "
                    "version %(version)s.",
                    count=step.waiting_count,
                    step=step.display_name,
                    version=self.version,
                )
                for step in old
                if step.waiting_count
            ]
        return [self._say_move(step, new) for step in old if step.waiting_count]

    def _say_move(self, step, new):
        target, words = (
            step._replacement(new),
            {"count": step.waiting_count, "step": step.display_name},
        )
        if not target:
            return self.env._(
                "“%(step)s” (%(count)s waiting) is gone: they get nothing more.",
                **words,
            )
        words["target"] = target.display_name
        if target.origin_id != step:
            return self.env._(
                "“%(step)s” (%(count)s waiting) is gone: they go on with “%(target)s”.",
                **words,
            )
        if (step.delay, step.delay_unit) != (target.delay, target.delay_unit):
            return self.env._(
                "“%(target)s” (%(count)s waiting): they wait for it, and now for "
                "%(delay)s.",
                delay=target._say_delay(),
                **words,
            )
        return self.env._(
            "“%(target)s” (%(count)s waiting): they wait for it as before.", **words
        )


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    def _replacement(self, new):
        """The step among `new` to which people go who wait at this one.

        The same step; where it was removed, the next one that was not.
        """
        step = self
        while step:
            if twin := new.filtered(lambda one, step=step: one.origin_id == step):
                return twin[:1]
            step = step._next_step()
        return new.browse()


class RecruitCampaignDelivery(models.Model):
    """What happens to open deliveries when the steps change."""

    _inherit = "recruit.campaign.delivery"

    version = fields.Integer(related="step_id.version", aggregator=None)

    def _set_step(self, step):
        """Let these people wait for another step instead."""
        self.write({"step_id": step.id})
        self.enrollment_id.step_id = step

    def _leave_task(self):
        """Who waited at a step that is gone goes on at once."""
        began = self.filtered("began_at")
        began.activity_id.filtered("active").unlink()
        began.write(
            {
                "began_at": False,
                "activity_id": False,
                "reason": False,
                "due_at": self.env["recruit.clock"].now(),
            }
        )

    def _due_anew(self):
        """Count the delay of their step from when they came to it."""
        due = {}
        for row in self:
            key = (row.step_id, row.create_date, row.candidate_id.tz)
            if key not in due:
                due[key] = row.step_id._due_after(row.create_date, key[2])
            row.due_at = due[key]

    def _finish_here(self, reason):
        """Nothing follows for these people.

        :return int: how many they are
        """
        self._leave_task()
        now = self.env["recruit.clock"].now()
        self.write({"state": states.SKIPPED, "reason": reason, "finished_at": now})
        self.enrollment_id.write({"state": "finished", "finished_at": now})
        return len(self)
