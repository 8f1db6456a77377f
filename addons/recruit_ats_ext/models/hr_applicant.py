from odoo import api, fields, models


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    disposition_ids = fields.One2many(
        "recruit.disposition",
        "applicant_id",
        "Dispositions",
    )
    medal_ids = fields.One2many(
        "recruit.medal",
        "applicant_id",
        "Medal Won",
    )
    origin_medal_ids = fields.One2many(
        "recruit.medal",
        "rehired_applicant_id",
        "Medals It Came From",
    )
    medal_count = fields.Integer(
        compute="_compute_medal_count",
    )

    @api.depends("medal_ids", "origin_medal_ids")
    def _compute_medal_count(self):
        for applicant in self:
            applicant.medal_count = len(applicant._medals())

    def action_open_medals(self):
        """Show the medal that this application won or came from."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_ats_ext.recruit_medal_action"
        )
        medals = self._medals()
        if len(medals) == 1:
            action |= {"res_id": medals.id, "views": [(False, "form")]}
        return action | {"domain": [("id", "in", medals.ids)], "context": {}}

    def _medals(self):
        return self.medal_ids | self.origin_medal_ids

    def _forget_refusal(self):
        """Refused by mistake: neither the disposition nor the medal stands."""
        self.env["recruit.disposition"]._revoke(self)
        self._won_medals()._close(self.env._("Application restored"))

    def _won_medals(self):
        """Return the medals of these applications, whoever may see them."""
        # sudo: a rule hides a score from who owes a scorecard; what is restored is so
        # for all. A search: medal_ids may be in the cache as that user sees it.
        medals = self.env["recruit.medal"].sudo()
        return medals.search([("applicant_id", "in", self.ids)])

    def _decision_values(self):
        """What a disposition and a medal of this application have in common."""
        return {
            "applicant_id": self.id,
            "candidate_id": self.candidate_id.id,
            "job_id": self.job_id.id,
            "stage_id": self.stage_id.id,
            "reason_id": self.refuse_reason_id.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
        }

    def _disposition_values(self, now):
        """Values of the disposition of this application, decided now by the user."""
        return self._decision_values() | {"disposed_at": now}

    def _medal_values(self, today):
        """Values of the medal of this application, awarded today by the user."""
        return self._decision_values() | {
            "medal_on": today,
            "score": self._interview_score() or 0.0,
        }
