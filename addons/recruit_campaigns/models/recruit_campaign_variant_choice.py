from string import ascii_uppercase

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..proof.assign import choose
from .recruit_campaign_content import CONTENT

MOST_VARIANTS = 5


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    variant_id = fields.Many2one(
        "recruit.campaign.variant",
        ondelete="restrict",
        index="btree_not_null",
        help="The wording that the person gets or got; it never changes.",
    )

    def _wording(self):
        """The variant that this message was, or is, written by."""
        return self.variant_id or self.step_id.variant_id

    def _choose_variants(self):
        """The wording for each of these: {delivery id: recruit.campaign.variant}.

        Whoever has one keeps it. The others are drawn by a hash of the person, so that
        each worker on each host comes to the same answer.
        """
        secret = self._secrets("database.secret")[0]
        return {
            row.id: row.variant_id or row.step_id._variant_for(row.candidate_id, secret)
            for row in self
        }


class RecruitCampaignStep(models.Model):
    """Several wordings of one step, of which each person gets one."""

    _inherit = "recruit.campaign.step"

    winner_id = fields.Many2one(
        "recruit.campaign.variant",
        "Wording For The Rest",
        domain="[('step_id', '=', id)]",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Whoever comes to this step from now on gets this one.",
    )
    winner_by = fields.Selection(
        [("replied", "Replies"), ("applied", "Applications")],
        "Better Means More",
        default="replied",
        required=True,
        help="Openings prove nothing: machines open mail, and many people unseen.",
    )
    winner_auto = fields.Boolean(
        "Use The Better One By Itself",
        help="As soon as the probability and the sample below are reached, the rest "
        "gets the better wording, and the chatter says so.",
    )
    winner_probability = fields.Float(
        "When It Is Better With (%)", default=99, digits=(4, 1)
    )
    winner_minimum = fields.Integer(
        "Least Messages Of Each",
        default=100,
        help="Messages of each wording that arrived. Fewer prove nothing, however "
        "large the difference looks.",
    )
    variant_count = fields.Integer(compute="_compute_variant_count")

    _winner_probability_check = models.Constraint(
        "CHECK (winner_probability >= 80 AND winner_probability < 100)",
        "Ask for a probability from 80 to 99.9 percent.",
    )
    _winner_minimum_check = models.Constraint(
        "CHECK (winner_minimum >= 20)",
        "Let each wording go to 20 people at least before one of them can win.",
    )

    @api.depends("variant_ids")
    def _compute_variant_count(self):
        for step in self:
            step.variant_count = len(step.variant_ids)

    @api.constrains("winner_id")
    def _check_winner(self):
        for step in self:
            if step.winner_id and step.winner_id.step_id != step:
                raise ValidationError(
                    self.env._("The wording for the rest belongs to another step.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """The wording of the step itself comes first, then those given beside it."""
        others = [vals.get("variant_ids") for vals in vals_list]
        steps = super().create([{**vals, "variant_ids": []} for vals in vals_list])
        for step, commands in zip(steps, others, strict=True):
            if commands:
                step.variant_ids = commands
        return steps

    def copy(self, default=None):
        """A step of a new version goes on with the wording chosen for the rest."""
        copies = super().copy(default)
        for step, copy in zip(self, copies, strict=True):
            if step.winner_id:
                place = step.variant_ids.ids.index(step.winner_id.id)
                copy.winner_id = copy.variant_ids[place]
        return copies

    def copy_data(self, default=None):
        """A copy takes every wording along."""
        vals_list = super().copy_data(default)
        for step, vals in zip(self, vals_list, strict=True):
            vals["variant_ids"] = [
                Command.create({name: one[name] for name in CONTENT})
                for one in step.variant_ids[1:]
            ]
        return vals_list

    def _variant_for(self, candidate, secret):
        """The wording for somebody who comes to this step now."""
        self.ensure_one()
        variants = self.winner_id or self.variant_ids
        if len(variants) < 2:
            return variants
        place = choose(secret, f"variant:{self.id}", candidate.id, (1,) * len(variants))
        return variants[place]

    def action_add_variant(self):
        """Add another wording, which begins as a copy of the first, and open it.

        :raises UserError: where there are too many to tell them apart
        """
        self.ensure_one()
        self._check_editable(CONTENT)
        if self.variant_count >= MOST_VARIANTS:
            raise UserError(
                self.env._(
                    "%s wordings are the most: each more needs more people to tell "
                    "them apart.",
                    MOST_VARIANTS,
                )
            )
        added = self.variant_ids.create(
            {
                "step_id": self.id,
                "subject": self.subject,
                "body_html": self.body_html,
            }
        )
        self.winner_id = False
        return added.action_edit()

    def action_test_all(self):
        """Let all wordings go out again: what was chosen for the rest is taken back."""
        self.winner_id = False
        return True


class RecruitCampaignVariant(models.Model):
    """A wording as a recruiter reads and writes it."""

    _inherit = "recruit.campaign.variant"

    letter = fields.Char(compute="_compute_letter")
    is_winner = fields.Boolean(compute="_compute_is_winner")

    @api.depends("step_id.variant_ids")
    def _compute_letter(self):
        for variant in self:
            ids = variant.step_id.variant_ids.ids
            place = ids.index(variant.id) if variant.id in ids else len(ids)
            variant.letter = ascii_uppercase[place % len(ascii_uppercase)]

    @api.depends("step_id.winner_id")
    def _compute_is_winner(self):
        for variant in self:
            variant.is_winner = variant.step_id.winner_id == variant

    def write(self, vals):
        """What people come to stays as it is."""
        self.check_access("write")
        self.step_id._check_editable(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_used(self):
        # sudo: deliveries of other companies count too
        deliveries = self.env["recruit.campaign.delivery"].sudo()
        if deliveries.search_count([("variant_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "People have got this wording. Choose another one for the rest "
                    "instead; what was sent is kept."
                )
            )

    def action_edit(self):
        """Open the wording."""
        self.ensure_one()
        return {
            **self.get_formview_action(),
            "name": self.env._("Wording %s", self.letter),
            "target": "new",
        }

    def action_use_for_rest(self):
        """Give this wording to everybody who comes to the step from now on."""
        self.ensure_one()
        self.step_id.winner_id = self
        return True

    def action_delete(self):
        """Delete a wording that nobody got."""
        self.step_id._check_editable(CONTENT)
        mailings = self.sudo().mailing_id  # sudo: made with the wording
        self.unlink()
        mailings.unlink()
        return True
