from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .statements import change

FINISH, MOVE = "finish", "move"
# What makes a step do something else; of a running campaign only a new version may.
GUARDED = {
    "active",
    "body_html",
    "campaign_id",
    "delay",
    "delay_unit",
    "is_reply",
    "needs_line",
    "no_step_id",
    "sequence",
    "subject",
    "version",
    "yes_step_id",
}


class RecruitCampaignVersion(models.Model):
    """One state of a sequence: who changed it when, and what became of who was inside.

    The steps of a version never change once people come to them: to edit is to copy
    them, and to publish is to send the newcomers to the copies. `publish` says whether
    those inside finish the steps they began, or go on with the new ones.
    """

    _name = "recruit.campaign.version"
    _description = "Campaign Version"
    _order = "campaign_id, number desc"
    _rec_name = "number"

    campaign_id = fields.Many2one(
        "recruit.campaign", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)
    number = fields.Integer("Version", required=True, aggregator=None)
    published_at = fields.Datetime("In Use Since", help="Empty while it is edited.")
    user_id = fields.Many2one("res.users", "By", ondelete="set null")
    choice = fields.Selection(
        [
            (FINISH, "They finish the steps they began"),
            (MOVE, "They go on with the new steps"),
        ],
        "Who Was Inside",
    )
    moved_count = fields.Integer("Moved")
    stayed_count = fields.Integer("Stayed")
    ended_count = fields.Integer("Finished by It")

    _number_unique = models.UniqueIndex(
        "(campaign_id, number)", "A campaign has each version once."
    )


class RecruitCampaign(models.Model):
    """Editing a sequence in which people are."""

    _inherit = "recruit.campaign"

    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    version_ids = fields.One2many("recruit.campaign.version", "campaign_id", "Versions")
    draft_version_id = fields.Many2one(
        "recruit.campaign.version", "Being Edited", compute="_compute_draft_version_id"
    )

    @api.depends("version_ids.published_at")
    def _compute_draft_version_id(self):
        for campaign in self:
            drafts = campaign.version_ids.filtered(lambda one: not one.published_at)
            campaign.draft_version_id = drafts[:1]

    def action_start(self):
        """Who was enrolled before the steps were final begins with the first one."""
        for campaign in self.filtered(lambda one: one.state == "draft"):
            campaign._begin_with(campaign._steps()[:1])
        return super().action_start()

    def action_edit_steps(self):
        """Begin a new version: a copy of the steps that nobody comes to yet.

        :raise UserError: where the steps can be edited as they stand
        """
        self.ensure_one()
        self._check_may_edit_steps()
        if self.state not in ("running", "paused"):
            raise UserError(self.env._("Its steps can be edited without a version."))
        if not self.draft_version_id:
            self._begin_version()
        return True

    def action_discard_steps(self):
        """Throw the new version away; nobody has come to it."""
        self._check_may_edit_steps()
        self._draft_steps().unlink()
        self.draft_version_id.sudo().unlink()  # sudo: the right is checked above
        return True

    def action_ask_publish(self):
        """Show what the new version does to the people inside, and ask."""
        self.ensure_one()
        self._check_publishable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Use the New Steps"),
            "res_model": "recruit.campaign.publish",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_campaign_id": self.id},
        }

    def action_view_versions(self):
        """Open the history of the steps."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Versions of %s", self.name),
            "res_model": "recruit.campaign.version",
            "view_mode": "list",
            "domain": [("campaign_id", "=", self.id), ("published_at", "!=", False)],
        }

    def _check_may_edit_steps(self):
        self.check_access("write")
        if not self.env["recruit.campaign.step"].has_access("write"):
            raise AccessError(self.env._("Steps are written by officers."))

    def _check_publishable(self):
        self._check_may_edit_steps()
        if not self.draft_version_id:
            raise UserError(self.env._("There is no new version. Edit the steps."))
        if problems := self._steps_obstacles(self._draft_steps()):
            raise UserError(
                self.env._("The new steps are not complete:\n%s", "\n".join(problems))
            )

    def _draft_steps(self):
        return self._steps(self.draft_version_id.number)

    def _begin_version(self):
        number = self.version + 1
        versions = self.env["recruit.campaign.version"].sudo()  # checked by callers
        if not self.version_ids:
            versions.create(
                {
                    "campaign_id": self.id,
                    "number": self.version,
                    "published_at": self.create_date,
                    "user_id": self.create_uid.id,
                }
            )
        versions.create(
            {"campaign_id": self.id, "number": number, "user_id": self.env.uid}
        )
        originals = self._steps()
        copies = originals.browse()
        for step in originals:
            copies |= step.copy(
                {"version": number, "active": False, "origin_id": step.id}
            )
        originals._lead_alike(copies)

    # ------------------------------------------------------------------- publishing

    def _publish(self, choice):
        """Put the new version into use, for newcomers and for whom `choice` says.

        Takes the lock of the campaign first: nobody is between the fence and the dot.
        Who has a message on its way gets it as it was; where they are to move they go
        on with the new steps after it.

        :param str choice: finish or move
        :return: the recruit.campaign.version
        """
        self.ensure_one()
        self._check_publishable()
        self._lock_dots()
        old, new = self._steps(), self._draft_steps()
        inside = sum(old.mapped("waiting_count"))
        ended = 0
        if choice == MOVE:
            ended = self._move_people(old, new)
        version = self.draft_version_id.sudo()  # the right is checked above
        steps = (old | new).sudo()
        (steps & old).active = False
        (steps & new).active = True
        self.version = version.number
        version.write(
            {
                "published_at": self.env["recruit.clock"].now(),
                "user_id": self.env.uid,
                "choice": choice,
                "moved_count": inside - ended if choice == MOVE else 0,
                "stayed_count": inside if choice == FINISH else 0,
                "ended_count": ended,
            }
        )
        self.invalidate_recordset(["step_ids", "version_ids", "draft_version_id"])
        self._wake_sender()
        return version

    # ------------------------------------------------------------------------ drafts

    def _begin_with(self, step):
        """Let everybody who waits in a draft wait for this step: nothing has left.

        Size: who was enrolled before the start. Index: of campaign_id.
        """
        self.ensure_one()
        if not step:
            return
        change(
            self.env,
            SQL(
                """
                WITH waiting AS (
                    UPDATE recruit_campaign_delivery
                       SET step_id = %(step)s, kind = %(kind)s
                     WHERE campaign_id = %(campaign)s AND state = 'planned'
                       AND step_id <> %(step)s AND trace_id IS NULL
                 RETURNING enrollment_id
                )
                UPDATE recruit_campaign_enrollment e
                   SET step_id = %(step)s
                  FROM waiting
                 WHERE e.id = waiting.enrollment_id
                RETURNING e.id
                """,
                step=step.id,
                kind=step.kind,
                campaign=self.id,
            ),
        )


class RecruitCampaignStep(models.Model):
    """The version that a step belongs to."""

    _inherit = "recruit.campaign.step"

    active = fields.Boolean(
        default=True, help="Whether newcomers come to it: it is of the version in use."
    )
    version = fields.Integer(
        default=1, required=True, readonly=True, copy=False, aggregator=None
    )
    origin_id = fields.Many2one(
        "recruit.campaign.step",
        "Copy of",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="The same step in the version before.",
    )
    is_replaced = fields.Boolean(
        copy=False, help="Who would come here goes to another step, or has finished."
    )
    replaced_by_id = fields.Many2one(
        "recruit.campaign.step", ondelete="set null", index="btree_not_null", copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A step is of the version in use, unless a new one is written."""
        campaigns = self.env["recruit.campaign"]
        for vals in vals_list:
            campaign = campaigns.browse(vals.get("campaign_id"))
            vals.setdefault("version", campaign.version or 1)
        steps = super().create(vals_list)
        steps._check_editable(steps._fields)
        return steps

    def write(self, vals):
        """What people come to stays as it is; a new version may differ."""
        self.check_access("write")
        self._check_editable(vals)
        return super().write(vals)

    def unlink(self):
        """Who waits in a draft for a step waits for the first one that is left."""
        self.check_access("unlink")
        self._check_editable(self._fields)
        for campaign in self.campaign_id.filtered(lambda one: one.state == "draft"):
            campaign._begin_with((campaign._steps() - self)[:1])
        return super().unlink()

    def _check_editable(self, names):
        """:raise UserError: for steps in use of a campaign in which people are"""
        asked = set(names) & (GUARDED | set(self._kind_fields()))
        if self.env.su or not asked:
            return
        for campaign in self.filtered("active").campaign_id:
            if campaign.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” has been started: people are at its steps. Choose Edit "
                        "Steps to write a new version of them.",
                        campaign.name,
                    )
                )

    def _siblings(self):
        """All steps of the version, in its order."""
        return self.campaign_id._steps(self.version)
