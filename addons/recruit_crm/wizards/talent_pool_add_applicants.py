from odoo import fields, models
from odoo.exceptions import UserError


class TalentPoolAddApplicants(models.TransientModel):
    """The native dialog 'Add to pool': people become members, once, with all they have.

    Odoo copies the application: a refused one makes an archived talent or is left out
    without a word, a second try makes a second talent, and the documents stay behind.
    """

    _inherit = "talent.pool.add.applicants"

    # As text it filters what is offered and not what was chosen already; the
    # context keeps the refused ones.
    applicant_ids = fields.Many2many(
        domain="[('candidate_id', '!=', False),"
        " ('candidate_id.pool_ids', 'not in', talent_pool_ids)]",
        context={"active_test": False},
    )

    def _add_applicants_to_pool(self):
        """Add the people behind these applicants to the pools.

        :return: hr.applicant: the talents chosen and those made; who was in a pool
            already through another application has no new talent
        """
        applicants = self.with_context(active_test=False).applicant_ids
        applicants._link_candidates()
        if nameless := applicants.filtered(lambda one: not one.candidate_id):
            raise UserError(
                self.env._(
                    "Among the chosen applicants are some without a name and an "
                    "e-mail address (%(count)s). Fill one in before you add them to a "
                    "pool.",
                    count=len(nameless),
                )
            )
        people = applicants.candidate_id
        known = self.env["hr.applicant"].union(*people._talent_cards().values())
        for pool in self.talent_pool_ids:
            people._add_to_pool(pool)
        cards = people._talent_cards()
        talents = self.env["hr.applicant"]
        for applicant in applicants:
            card = cards.get(applicant.candidate_id, talents)
            self._tag(applicant, card)
            if applicant != card:
                applicant.pool_applicant_id = card
            if applicant == card or card not in known:
                talents |= card
        return talents

    def _tag(self, applicant, card):
        """Give the tags of the application and of the dialog to the person."""
        tags = applicant.categ_ids | self.categ_ids
        applicant.candidate_id.categ_ids |= tags
        card.categ_ids |= tags


class JobAddApplicants(models.TransientModel):
    """The native dialog 'Create applications', by the one way that ours are made."""

    _inherit = "job.add.applicants"

    applicant_ids = fields.Many2many(context={"active_test": False})

    def _add_applicants_to_job(self):
        """Create one application for each person and job; an open one is kept.

        :return: hr.applicant, the people in the outer order, the jobs in the inner one
        """
        applicants = self.with_context(active_test=False).applicant_ids
        return applicants._apply_again(self.job_ids)


class ApplicantGetRefuseReason(models.TransientModel):
    """The native refuse dialog: duplicates are one person, answers find their way."""

    _inherit = "applicant.get.refuse.reason"

    def _compute_duplicate_applicant_ids_domain(self):
        """Offer open applications of the same people; a phone proves nothing."""
        for wizard in self:
            domain = (
                fields.Domain(
                    "candidate_id", "in", wizard.applicant_ids.candidate_id.ids
                )
                & fields.Domain("id", "not in", wizard.applicant_ids.ids)
                & fields.Domain("job_id", "!=", False)
                & fields.Domain("application_status", "=", "ongoing")
            )
            wizard.duplicate_applicant_ids_domain = domain
            wizard.duplicates_count = self.env["hr.applicant"].search_count(domain)

    def _get_related_original_applicants(self):
        originals = super()._get_related_original_applicants()
        mine = {one.candidate_id: one for one in self.applicant_ids}
        for duplicate in self.duplicate_applicant_ids:
            originals.setdefault(duplicate, mine.get(duplicate.candidate_id))
        return originals

    def _prepare_send_refusal_mails(self):
        """Send the refusals as messages of the applications: an answer comes back."""
        mails = []
        # the dialog forgets them otherwise: they are archived by now
        for applicant in self.with_context(active_test=False).applicant_ids:
            values = self._prepare_mail_values(applicant)
            message = applicant.message_post(
                body=values["body_html"], subject=values["subject"]
            )
            values.pop("model", None)  # the document is the one of the message
            values.pop("res_id", None)
            # a notification: the message outlives the mail that was sent
            link = {"mail_message_id": message.id, "is_notification": True}
            mails.append({**values, **link})
        # sudo: as Odoo does; the dialog is open to interviewers
        self.env["mail.mail"].sudo().create(mails)
