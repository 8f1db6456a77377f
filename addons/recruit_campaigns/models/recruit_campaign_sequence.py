from odoo import models

from ..steps.kind import MAIL


class RecruitCampaign(models.Model):
    """The sequence of steps as a whole."""

    _inherit = "recruit.campaign"

    def copy(self, default=None):
        """The steps of a copy lead to each other as those of the original do."""
        copies = super().copy(default)
        for campaign, copy in zip(self, copies, strict=True):
            campaign._steps()._lead_alike(copy._steps())
        return copies

    def _steps(self, version=None):
        """The steps in the order in which people come to them.

        :param int version: of the sequence; the one in use by default
        """
        if version is None:
            version = self.version
        steps = self._all_steps().filtered(lambda step: step.version == version)
        return steps.sorted(lambda step: (step.sequence, step.id))

    def _all_steps(self):
        """The steps of all versions."""
        return self.with_context(active_test=False).step_ids

    def _start_obstacles(self):
        """Add what the other steps lack, and to which nobody comes."""
        return super()._start_obstacles() + self._steps_obstacles(
            self._steps(), but=MAIL
        )

    def _steps_obstacles(self, steps, but=None):
        """What these steps lack, as sentences.

        :param str but: a kind of which somebody else tells
        """
        reached = steps._reached()
        told = []
        for number, step in enumerate(steps, start=1):
            problems = step._kind().problems(step) if step.kind != but else []
            if step not in reached:
                problems = [*problems, self.env._("nobody comes to it.")]
            told += [
                self.env._("Step %(number)s: %(problem)s", number=number, problem=one)
                for one in problems
            ]
        return told


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

    def _reached(self):
        """Those of these steps to which some way from the first one leads."""
        reached, new = self.browse(), self[:1]
        while new:
            reached |= new
            new = self.browse().union(*(step._next_steps() for step in new)) - reached
        return reached

    def _lead_alike(self, copies):
        """Let the copies of these steps lead to each other as these do.

        :param copies: of the same number and order
        """
        twins = dict(zip(self, copies, strict=True))
        for step, twin in twins.items():
            twin.write(
                {
                    name: twins[step[name]].id
                    for name in ("yes_step_id", "no_step_id")
                    if step[name]
                }
            )
