from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..interview import agreement
from ..medal.suggest import EARNED, Finish, verdict


class HrApplicant(models.Model):
    """What the interviewers of an application found, once one may know."""

    _inherit = "hr.applicant"

    scorecard_ids = fields.One2many("recruit.scorecard", "applicant_id")
    scorecard_status = fields.Char(
        "Scorecards", compute="_compute_scorecard_status", compute_sudo=True
    )
    # The roles that screen readers look for must stay.
    scorecard_summary = fields.Html(
        compute="_compute_scorecard_summary", sanitize_attributes=False
    )

    @api.depends("scorecard_ids.state")
    def _compute_scorecard_status(self):
        """How many scorecards are in, without a word of what they say."""
        counts = Counter()
        for applicant, state, count in self.env["recruit.scorecard"]._read_group(
            [("applicant_id", "in", self.ids)], ["applicant_id", "state"], ["__count"]
        ):
            counts[applicant.id, state] = count
        for applicant in self:
            done = counts[applicant.id, "submitted"]
            asked = done + counts[applicant.id, "draft"]
            applicant.scorecard_status = f"{done} / {asked}" if asked else False

    @api.depends("scorecard_ids.state")
    @api.depends_context("uid")
    def _compute_scorecard_summary(self):
        """Agreement, gaps and split votes, of the cards that this user may read."""
        for applicant in self:
            applicant.scorecard_summary = applicant._render_scorecard_summary()

    def _render_scorecard_summary(self):
        # a field that leads here may be computed with sudo: the rules hold all the same
        cards = self.env["recruit.scorecard"].sudo(False)
        if not cards.has_access("read"):
            return False
        cards = cards.search(
            [("applicant_id", "in", self.ids), ("state", "=", "submitted")]
        )
        owes = self._owes_scorecard()
        if not cards and not owes:
            return False
        return self.env["ir.qweb"]._render(
            "recruit_ats_ext.scorecard_summary",
            {
                "owes": owes,
                "cards": cards,
                "words": dict(
                    cards._fields["recommendation"]._description_selection(self.env)
                ),
                "verdict": agreement.verdict(cards.mapped("recommendation")),
                "attributes": agreement.attributes(
                    (
                        rating.name,
                        rating.scorecard_id.interviewer_id,
                        int(rating.rating or 0) or None,
                        rating.is_focus,
                    )
                    for rating in cards.rating_ids
                ),
            },
        )

    def _interview_score(self):
        """What the interviewers recommend, from -2 to 2; None without any."""
        # sudo: a number of all, which decides about a medal; no card is shown
        cards = self.sudo().scorecard_ids.filtered(
            lambda card: card.state == "submitted"
        )
        return agreement.verdict(cards.mapped("recommendation")).score

    def _known_score(self):
        """The same, for this user to see: None while they owe a scorecard."""
        return None if self._owes_scorecard() else self._interview_score()

    def _is_finalist(self):
        """Whether it came far: a finalist stage, or interviewers in favor."""
        return self.stage_id.is_final or (self._interview_score() or 0) > 0

    def _closing_rank(self):
        """What sorts the best finalist first: interviews, stage, stars, first come."""
        return (
            -(self._known_score() or 0),
            -self.stage_id.sequence,
            -int(self.priority or 0),
            self.id,
        )

    def _earns_medal(self, reason):
        """Whether a medal is suggested when it is refused for a reason."""
        score = self._interview_score()
        finish = Finish(self.stage_id.is_final, reason.allows_medal, score)
        return verdict(finish) == EARNED

    def _owes_scorecard(self):
        """Whether this user has a scorecard of the candidate still to submit."""
        # sudo: the user's own cards, to say why those of others are not shown
        return bool(
            self.env["recruit.scorecard"]
            .sudo()
            .search_count(
                [
                    ("candidate_id", "in", self.candidate_id.ids),
                    ("interviewer_id", "=", self.env.uid),
                    ("state", "=", "draft"),
                ],
                limit=1,
            )
        )

    def action_open_scorecard(self):
        """Open the user's own scorecard of this application.

        The draft there is, else that of the present stage, made where there is none.

        :raises UserError: when the user is the candidate
        """
        self.ensure_one()
        drafts = self.env["recruit.scorecard"].search(
            [
                ("applicant_id", "=", self.id),
                ("interviewer_id", "=", self.env.uid),
                ("state", "=", "draft"),
            ],
            order="interview_at",
            limit=1,
        )
        return drafts._form_action() if drafts else self._open_scorecard()

    def _open_scorecard(self, event=None):
        self.check_access("read")
        scorecards = self.env["recruit.scorecard"]
        if self.env.user == scorecards._login_of(self.candidate_id):
            raise UserError(self.env._("You cannot write a scorecard about yourself."))
        card = scorecards._open_for(
            self, self.env.user, event, event and event.sudo().kit_id
        )
        return card._form_action()

    def action_view_scorecards(self):
        """Show the scorecards of this application that the user may read."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_ats_ext.recruit_scorecard_action"
        )
        return action | {"domain": [("applicant_id", "in", self.ids)], "context": {}}
