from odoo import api, models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Odoo's merge of contacts: candidates stay who they are."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge contacts; the candidates behind them are not merged, but suggested.

        Candidates and applications keep their own addresses and only follow the link
        to the contact that stays.
        """
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        kept = self.env["res.partner"].browse(partner_ids).exists()
        gone = set(partner_ids) - set(kept.ids)
        if gone and len(kept) == 1:
            self._follow_in_journals(gone, kept)
            # sudo: whoever may merge contacts need not be a recruiter
            people = self.env["recruit.candidate"].sudo()
            people = people.with_context(active_test=False).search(
                [("partner_id", "=", kept.id), ("merged_into_id", "=", False)]
            )
            self.env["recruit.duplicate"].sudo()._suggest(people)
        return result

    @api.model
    def _follow_in_journals(self, gone, kept):
        """Let the undo of a merge of candidates find the contact that stayed.

        Size: the journal of 30 days, the few lines about contacts in it.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_merge_line
                   SET old_value = CASE WHEN old_value = ANY(%(gone)s::jsonb[])
                                        THEN %(kept)s::jsonb ELSE old_value END,
                       new_value = CASE WHEN new_value = ANY(%(gone)s::jsonb[])
                                        THEN %(kept)s::jsonb ELSE new_value END
                 WHERE kind = 'changed' AND table_name = 'recruit_candidate'
                   AND column_name = 'partner_id'
                   AND (old_value = ANY(%(gone)s::jsonb[])
                        OR new_value = ANY(%(gone)s::jsonb[]))
                """,
                gone=[str(one) for one in gone],
                kept=str(kept.id),
            )
        )
