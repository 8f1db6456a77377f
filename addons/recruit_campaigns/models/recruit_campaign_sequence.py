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

    def _steps(self):
        """The steps in the order in which people come to them."""
        return self.step_ids.sorted(lambda step: (step.sequence, step.id))

    def _start_obstacles(self):
        """Add what the steps lack that are no messages."""
        return (
            super()._start_obstacles()
            + [
                self.env._(
                    "Step %(number)s: %(problem)s", number=number, problem=problem
                )
                for number, step in enumerate(self._steps(), start=1)
                if step.kind != MAIL
                for problem in step._kind().problems(step)
            ]
            + [
                self.env._("Step %s: nobody comes to it. Lead somebody there.", number)
                for number, step in enumerate(self._steps(), start=1)
                if step not in self._reached_steps()
            ]
        )

    def _reached_steps(self):
        """The steps to which some way from the first one leads."""
        reached, new = self.env["recruit.campaign.step"], self._steps()[:1]
        while new:
            reached |= new
            new = new.browse().union(*(step._next_steps() for step in new)) - reached
        return reached


class RecruitCampaignStep(models.Model):
    _inherit = "recruit.campaign.step"

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
