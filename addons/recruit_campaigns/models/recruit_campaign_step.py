from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..steps.kind import MAIL
from ..timing.delay import due_at
from .recruit_campaign_content import CONTENT


class RecruitCampaignStep(models.Model):
    """One stop of a campaign, some time after the stop before it: an e-mail, unless
    its kind says otherwise (recruit_campaign_step_kind.py)."""

    _name = "recruit.campaign.step"
    _inherit = ["recruit.campaign.content"]
    _description = "Campaign Step"
    _order = "campaign_id, sequence, id"
    _mailing_path = "variant_ids.mailing_id"

    campaign_id = fields.Many2one(
        "recruit.campaign", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    delay = fields.Integer(
        default=0, help="How long after the step before, or after the enrollment."
    )
    delay_unit = fields.Selection(
        [
            ("hours", "hours"),
            ("business_days", "business days"),
            ("days", "days"),
            ("weeks", "weeks"),
            ("months", "months"),
        ],
        default="days",
        required=True,
        help="Business days are those on which the campaign sends; a day that is none "
        "moves to the next.",
    )
    variant_ids = fields.One2many("recruit.campaign.variant", "step_id", "Variants")
    variant_id = fields.Many2one(
        "recruit.campaign.variant", compute="_compute_variant_id"
    )
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting_count")
    sent_count = fields.Integer("Sent", compute="_compute_statistics")
    opened_count = fields.Integer("Opened", compute="_compute_statistics")
    clicked_count = fields.Integer("Clicked", compute="_compute_statistics")
    replied_count = fields.Integer("Replied", compute="_compute_statistics")

    _delay_check = models.Constraint(
        "CHECK (delay >= 0)", "A step cannot be due before the one that it follows."
    )

    @api.depends("variant_ids")
    def _compute_variant_id(self):
        for step in self:
            step.variant_id = step._wording()

    def _wording(self):
        return self.variant_ids[:1]

    def _compute_waiting_count(self):
        waiting = {
            step.id: count
            for step, count in self.env["recruit.campaign.enrollment"]._read_group(
                [("step_id", "in", self.ids), ("state", "=", "active")],
                ["step_id"],
                ["__count"],
            )
        }
        for step in self:
            step.waiting_count = waiting.get(step.id, 0)

    def _compute_statistics(self):
        for step in self:
            # sudo: the native statistics of the messages of a readable campaign
            mailings = step.sudo().variant_ids.mailing_id
            step.sent_count = sum(mailings.mapped("sent"))
            step.opened_count = sum(mailings.mapped("opened"))
            step.clicked_count = sum(mailings.mapped("clicked"))
            step.replied_count = sum(mailings.mapped("replied"))

    @api.model_create_multi
    def create(self, vals_list):
        """Create each message with its one variant, which takes the content."""
        contents = [{name: vals.get(name) for name in CONTENT} for vals in vals_list]
        steps = super().create(
            [
                {name: value for name, value in vals.items() if name not in CONTENT}
                for vals in vals_list
            ]
        )
        for step, content in zip(steps, contents, strict=True):
            if step.kind != MAIL:
                continue
            step.variant_ids.create({"step_id": step.id, **content})
        return steps

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for step, vals in zip(self, vals_list, strict=True):
            vals.update({name: step[name] for name in CONTENT})
        return vals_list

    def unlink(self):
        """The mailing of a step that nobody got goes with it."""
        mailings = self.sudo().variant_ids.mailing_id  # sudo: made with the step
        result = super().unlink()
        mailings.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never_used(self):
        # sudo: deliveries of other companies count too
        if (
            self.env["recruit.campaign.delivery"]
            .sudo()
            .search_count([("step_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "People have got this message or wait for it. Choose Edit Steps in "
                    "the campaign to go on without it; where it is a draft, add the "
                    "step first that they are to wait for instead."
                )
            )

    def _has_content(self):
        return bool(self.subject) and not is_html_empty(self.body_html)

    def _due_after(self, after, tz):
        """When this step is due for somebody who got the last one, or enrolled, then.

        :param datetime after: naive UTC
        :param str tz: the time zone of the person, if known
        :return: naive UTC, within the campaign's window; None for no step
        :raise NeverOpenError: where the window stays shut for two years
        """
        if not self:
            return None
        campaign = self.campaign_id
        return due_at(
            after,
            self.delay,
            self.delay_unit,
            campaign._send_window(),
            campaign._zone(tz),
        )
