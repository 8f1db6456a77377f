"""What the way of an application keeps about candidates."""

from odoo.addons.recruit_crm.privacy.registry import CLEAR, Via, declare

ATS = "recruit_ats_ext"

declare(
    ATS,
    "recruit.disposition",
    Via("candidate_id"),
    Via("applicant_id", "hr.applicant"),
    fate=CLEAR,
    clear=("note",),
)
declare(
    ATS,
    "recruit.medal",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("note", "closed_reason"),
)
