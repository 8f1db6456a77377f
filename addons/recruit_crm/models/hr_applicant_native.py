from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

SKILL_COLUMNS = ("current_applicant_skill_ids", "applicant_skill_ids")
STATUSES = {
    "refused": Domain("refuse_reason_id", "!=", False),
    "archived": Domain("active", "=", False) & Domain("refuse_reason_id", "=", False),
    "hired": Domain("active", "=", True)
    & Domain("refuse_reason_id", "=", False)
    & Domain("date_closed", "!=", False),
    "ongoing": Domain("active", "=", True)
    & Domain("refuse_reason_id", "=", False)
    & Domain("date_closed", "=", False),
}


class HrApplicant(models.Model):
    """Where the native applicant answers wrongly, and how it should."""

    _inherit = "hr.applicant"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Search; a status says itself whether archived applications count."""
        domain = Domain(domain)
        if any(
            leaf.field_expr == "application_status" for leaf in domain.iter_conditions()
        ):
            kwargs["active_test"] = False
        return super()._search(domain, *args, **kwargs)

    def _search_application_status(self, operator, value):
        """Find exactly what the computed status shows; a refusal archives in Odoo, and
        its own search looks for refused applications among those that are active."""
        if operator != "in":
            return NotImplemented
        wanted = {"archived" if status is False else status for status in value}
        return Domain.OR(STATUSES[one] for one in wanted if one in STATUSES)

    @api.depends("talent_pool_ids")
    def _compute_is_pool(self):
        """A talent stays one while its pool is archived."""
        for applicant in self:
            pools = applicant.with_context(active_test=False).talent_pool_ids
            applicant.is_pool_applicant = bool(pools)

    @api.depends(
        "talent_pool_ids",
        "pool_applicant_id",
        "email_normalized",
        "partner_phone_sanitized",
        "linkedin_profile",
    )
    def _compute_is_applicant_in_pool(self):
        """Ask the search, so that the two cannot disagree; a record that is not saved
        yet cannot be searched for."""
        saved = self.filtered("id")
        found = saved.with_context(active_test=False).search(
            [("id", "in", saved.ids), ("is_applicant_in_pool", "=", True)]
        )
        found.is_applicant_in_pool = True
        (saved - found).is_applicant_in_pool = False
        return super(HrApplicant, self - saved)._compute_is_applicant_in_pool()

    def _search_is_applicant_in_pool(self, operator, value):
        """Find who is in a pool today: by a link to an active talent, else by an equal
        address, number or profile.

        Purpose: the native answer also counted archived talents, against its own
        compute. Size: hashed lists of the talents' values against the applicants of
        the domain around it. Indexes: pool_applicant_id; native ones of the values.
        """
        if operator != "in":
            return NotImplemented
        self.env["hr.applicant"].flush_model()
        ids = SQL(
            """(
            WITH linked AS (
                SELECT a.id, a.email_normalized, a.partner_phone_sanitized,
                       a.linkedin_profile
                  FROM hr_applicant a
                 WHERE a.active AND EXISTS (
                           SELECT 1 FROM hr_applicant_hr_talent_pool_rel r
                            WHERE r.hr_applicant_id = a.id)
                UNION
                SELECT a.id, a.email_normalized, a.partner_phone_sanitized,
                       a.linkedin_profile
                  FROM hr_applicant a
                  JOIN hr_applicant talent ON talent.id = a.pool_applicant_id
                 WHERE talent.active
            )
            SELECT id FROM linked
            UNION
            SELECT a.id FROM hr_applicant a
              JOIN linked USING (email_normalized)
            UNION
            SELECT a.id FROM hr_applicant a
              JOIN linked USING (partner_phone_sanitized)
            UNION
            SELECT a.id FROM hr_applicant a
              JOIN linked USING (linkedin_profile)
            )"""
        )
        return Domain("id", "in", ids)

    def link_applicant_to_talent(self):
        """Link the talent of the same person, one of them where there are more."""
        for applicant in self:
            card = applicant.candidate_id._talent_cards().get(applicant.candidate_id)
            applicant.pool_applicant_id = card or self.search(
                applicant._get_similar_applicants_domain(only_talent=True),
                order="id",
                limit=1,
            )

    def write(self, vals):
        """Write; each application keeps its own last stage, and every command of a list
        of skills is understood."""
        vals = self._with_plain_skills(vals)
        if "stage_id" not in vals or len(self) < 2:
            return super().write(vals)
        for same in self.grouped("stage_id").values():
            super(HrApplicant, same).write(dict(vals))
        return True

    @api.model_create_multi
    def create(self, vals_list):
        """Create; a skill may be given without its type and level."""
        return super().create([self._with_plain_skills(vals) for vals in vals_list])

    def _with_plain_skills(self, vals):
        """Return the values with the commands for skills that Odoo understands."""
        Skill = self.env["hr.applicant.skill"]
        plain = {
            column: Skill._plain_commands(vals[column], self)
            for column in SKILL_COLUMNS
            if vals.get(column)
        }
        return {**vals, **plain} if plain else vals
