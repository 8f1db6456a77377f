from odoo import api, models
from odoo.fields import Domain


class RecruitCandidateSkill(models.Model):
    """What an interview proved is told to nobody who owes a scorecard of the person,
    and not to the person: as security/recruit_skill_rules.xml, for segments."""

    _inherit = "recruit.candidate.skill"

    @api.model
    def _told_domain(self):
        told = super()._told_domain()
        blind = not self.env.su and self.env["recruit.scorecard"]._blind_to()
        if not blind:
            return told
        by_others = Domain("provenance", "!=", "interview")
        return told & (by_others | Domain("candidate_id", "not in", blind))
