"""What the way of an application keeps about candidates."""

from odoo.addons.recruit_crm.privacy.registry import CLEAR, DELETE, Via, declare

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
declare(
    ATS,
    "recruit.scorecard",
    Via("candidate_id"),
    Via("applicant_id", "hr.applicant"),
    fate=CLEAR,
    clear=("next_notes", "notes"),
    plain=("purpose",),  # of the interview kit, the same for everybody
)
CARD = Via("scorecard_id", "recruit.scorecard")
declare(
    ATS,
    "recruit.scorecard.rating",
    CARD,
    fate=CLEAR,
    clear=("note",),
    plain=("anchors", "description", "name"),
)
declare(
    ATS,
    "recruit.scorecard.answer",
    CARD,
    fate=CLEAR,
    clear=("answer",),
    plain=("hint", "name"),
)
declare(ATS, "recruit.promise", Via("candidate_id"), fate=DELETE)
declare(ATS, "recruit.promise.skill", Via("promise_id", "recruit.promise"), fate=DELETE)
