from odoo import api, fields, models

from ..proof.rates import Count
from ..proof.winner import judge

COUNTED = ("sent", "bounced", "replied", "applied")


class RecruitCampaignVariant(models.Model):
    """How a wording does, as counted last."""

    _inherit = "recruit.campaign.variant"

    sent_count = fields.Integer("Sent", compute="_compute_counts")
    arrived_count = fields.Integer("Arrived", compute="_compute_counts")
    replied_count = fields.Integer("Replied", compute="_compute_counts")
    applied_count = fields.Integer("Applied", compute="_compute_counts")
    replied_rate = fields.Float("Replied (%)", compute="_compute_counts", digits=(5, 1))
    applied_rate = fields.Float("Applied (%)", compute="_compute_counts", digits=(5, 1))
    best_probability = fields.Integer(
        "Best With (%)", compute="_compute_best_probability"
    )

    @api.depends("step_id.campaign_id.counted_at")
    def _compute_counts(self):
        rows = self.env["recruit.campaign.tally"]._read_group(
            [("variant_id", "in", self.ids)],
            ["variant_id"],
            [f"{name}:sum" for name in COUNTED],
        )
        counts = {variant.id: values for variant, *values in rows}
        for variant in self:
            sent, bounced, replied, applied = counts.get(variant.id, (0, 0, 0, 0))
            arrived = sent - bounced
            variant.sent_count = sent
            variant.arrived_count = arrived
            variant.replied_count = replied
            variant.applied_count = applied
            variant.replied_rate = 100 * replied / arrived if arrived else 0
            variant.applied_rate = 100 * applied / arrived if arrived else 0

    @api.depends("arrived_count", "step_id.winner_by")
    def _compute_best_probability(self):
        self.best_probability = 0
        for step in self.step_id:
            if verdict := step._verdict():
                for one, chance in zip(
                    step.variant_ids, verdict.probabilities, strict=True
                ):
                    one.best_probability = int(100 * chance)  # 99.9 is not certain

    def _title(self):
        return f"{self.letter}: {self.display_name}"

    def _count(self, outcome):
        """Successes of the messages that arrived."""
        arrived = max(self.arrived_count, 0)
        return Count(min(self[f"{outcome}_count"], arrived), arrived)


class RecruitCampaignStep(models.Model):
    """Which wording is the better one, and whether the rest may get it."""

    _inherit = "recruit.campaign.step"

    winner_verdict = fields.Char("So Far", compute="_compute_winner_verdict")

    @api.depends(
        "variant_ids.arrived_count",
        "winner_id",
        "winner_by",
        "winner_minimum",
        "winner_probability",
    )
    def _compute_winner_verdict(self):
        for step in self:
            verdict = step._verdict()
            step.winner_verdict = verdict and step._verdict_sentence(verdict)

    def _verdict(self):
        """What the figures say; None for a step with one wording."""
        variants = self.variant_ids
        if len(variants) < 2:
            return None
        counts = [one._count(self.winner_by) for one in variants]
        return judge(counts, self.winner_minimum, self.winner_probability / 100)

    def _verdict_sentence(self, verdict):
        best = self.variant_ids[verdict.best]
        count = best._count(self.winner_by)
        words = {
            "letter": best.letter,
            "chance": f"{int(1000 * verdict.probabilities[verdict.best]) / 10:g}",
            "successes": count.successes,
            "trials": count.trials,
            "did": {
                "replied": self.env._("answered"),
                "applied": self.env._("applied"),
            }[self.winner_by],
        }
        if verdict.missing:
            return self.env._(
                "Too early to say: of each wording %(minimum)s must arrive, and one "
                "is %(missing)s short of it.",
                minimum=self.winner_minimum,
                missing=verdict.missing,
            )
        if verdict.is_decided:
            return self.env._(
                "%(letter)s is the best with a probability of %(chance)s %%: "
                "%(successes)s of %(trials)s %(did)s. That is enough to use it for the "
                "rest.",
                **words,
            )
        return self.env._(
            "It cannot be told yet. %(letter)s is ahead, and the best with a "
            "probability of %(chance)s %%: %(successes)s of %(trials)s %(did)s.",
            **words,
        )

    def _choose_winners(self):
        """Use the better wording for the rest where a recruiter has asked for that."""
        for step in self.filtered(lambda step: step.winner_auto and not step.winner_id):
            verdict = step._verdict()
            if verdict and verdict.is_decided:
                step.winner_id = step.variant_ids[verdict.best]
                step.campaign_id.message_post(
                    body=self.env._(
                        "“%(step)s”: from now on everybody gets wording %(letter)s. "
                        "%(verdict)s",
                        step=step.display_name,
                        letter=step.winner_id.letter,
                        verdict=step._verdict_sentence(verdict),
                    )
                )
