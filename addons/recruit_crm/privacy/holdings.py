"""What this addon, and Odoo itself, keep about candidates."""

from .registry import (
    CANDIDATE,
    CLEAR,
    DELETE,
    KEEP,
    Document,
    PointedAt,
    Related,
    Via,
    declare,
    not_about_people,
)

CRM = "recruit_crm"
APPLICANT = "hr.applicant"
NOBODY = "Erased person"

# ------------------------------------------------------------------------- the person

declare(
    CRM,
    CANDIDATE,
    fate=CLEAR,
    clear={
        **dict.fromkeys(
            (
                "available_from",
                "availability",
                "categ_ids",
                "city",
                "do_not_contact_reason",
                "email",
                "email_normalized",
                "employer",
                "employer_key",
                "github_profile",
                "headline",
                "interests",
                "lang",
                "legal_hold_reason",
                "linkedin_profile",
                "name_key",
                "partner_id",
                "phone",
                "phone_sanitized",
                "place_key",
                "retention_warned_at",
                "snooze_reason",
                "snoozed_until",
                "tz",
            )
        ),
        "name": NOBODY + " #{id}",
        "active": False,
    },
    plain=("first_source",),  # the words of a channel, as on the touch
)
declare(CRM, "recruit.identity", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.skill.evidence", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.candidate.skill", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.match", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.match.log", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.import.line", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.pool.member", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.pool.newcomer", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.pool.removal", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.duplicate", Via("candidate_id"), Via("other_id"), fate=DELETE)
declare(CRM, "recruit.merge", Via("survivor_id"), Via("merged_id"), fate=CLEAR)
declare(CRM, "recruit.merge.line", Via("merge_id", "recruit.merge"), fate=DELETE)
declare(CRM, "recruit.state.change", Via("candidate_id"), fate=CLEAR, clear=("reason",))
declare(
    CRM,
    "recruit.consent",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("evidence", "withdrawn_evidence"),
)
declare(
    CRM,
    "recruit.touch",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("evidence", "reason", "dedupe_key", "res_model", "res_id"),
    # the words of a channel: where hires come from is counted on without the person
    plain=("source", "medium", "campaign"),
)
declare(
    CRM, "recruit.erasure", Via("candidate_id"), fate=CLEAR, plain=("reason", "details")
)

declare(CRM, "recruit.touch.move", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.introduction", Via("candidate_id"), fate=DELETE)
declare(CRM, "recruit.conversion", Via("candidate_id"), fate=CLEAR)
declare(CRM, "recruit.credit", Via("conversion_id", "recruit.conversion"), fate=CLEAR)

# ------------------------------------------------------- applications, and around them

declare(
    CRM,
    APPLICANT,
    Via("candidate_id"),
    fate=CLEAR,
    clear={
        **dict.fromkeys(
            (
                "applicant_notes",
                "applicant_properties",
                "availability",
                "categ_ids",
                "email_cc",
                "email_from",
                "email_normalized",
                "linkedin_profile",
                "partner_id",
                "partner_phone",
                "partner_phone_sanitized",
                "phone_sanitized",
                "salary_expected",
                "salary_expected_extra",
                "salary_proposed",
                "salary_proposed_extra",
                "type_id",
            )
        ),
        "partner_name": NOBODY,
        "active": False,
    },
)
declare(CRM, "hr.applicant.skill", Via("applicant_id", APPLICANT), fate=DELETE)
declare(CRM, "survey.user_input", Via("applicant_id", APPLICANT), fate=DELETE)
declare(
    CRM,
    "survey.user_input.line",
    Via("user_input_id", "survey.user_input"),
    fate=DELETE,
)
declare(
    CRM,
    "hr.employee",
    Via("candidate_id"),
    fate=KEEP,
    clear=("candidate_id",),
    why="the file of an employee follows the rules of employment",
)
declare(
    CRM,
    "res.partner",
    PointedAt(CANDIDATE, "partner_id"),
    PointedAt(APPLICANT, "partner_id"),
    fate=CLEAR,
    guard="_partners_of_nobody_else",
    clear={
        **dict.fromkeys(
            (
                "barcode",
                "category_id",
                "city",
                "comment",
                "commercial_company_name",
                "company_name",
                "company_registry",
                "email",
                "email_normalized",
                "function",
                "phone",
                "phone_sanitized",
                "properties",
                "ref",
                "signup_type",
                "state_id",
                "street",
                "street2",
                "vat",
                "website",
                "zip",
            )
        ),
        "name": NOBODY,
        "complete_name": NOBODY,
        "active": False,
    },
)

# ------------------------------------------------------------------ meetings, messages

declare(
    CRM,
    "calendar.event",
    Via("applicant_id", APPLICANT),
    Document(),
    fate=CLEAR,
    clear={
        "name": "Meeting with an erased person",
        "description": None,
        "location": None,
        "notes": None,
        "videocall_location": None,
    },
    plain=("access_token", "res_model"),
)
declare(CRM, "calendar.attendee", Via("partner_id", "res.partner"), fate=DELETE)
declare(CRM, "mail.activity", Document(), fate=DELETE)
declare(CRM, "mail.followers", Document(), fate=DELETE)
declare(CRM, "mail.scheduled.message", Document(model_column="model"), fate=DELETE)
declare(CRM, "mail.message", Document(model_column="model"), fate=DELETE)
MESSAGE = Via("mail_message_id", "mail.message")
declare(CRM, "mail.mail", MESSAGE, fate=DELETE)
declare(CRM, "mail.tracking.value", MESSAGE, fate=DELETE)
declare(CRM, "mail.notification", MESSAGE, fate=DELETE)
declare(CRM, "mail.message.schedule", MESSAGE, fate=DELETE)
MESSAGE = Via("message_id", "mail.message")
declare(CRM, "mail.message.reaction", MESSAGE, fate=DELETE)
declare(CRM, "mail.message.translation", MESSAGE, fate=DELETE)
declare(CRM, "mail.message.link.preview", MESSAGE, fate=DELETE)
declare(
    CRM,
    "mail.link.preview",
    PointedAt("mail.message.link.preview", "link_preview_id"),
    fate=DELETE,
)
declare(
    CRM,
    "ir.attachment",
    Document(),
    Related("mail.message", "message_attachment_rel", "message_id", "attachment_id"),
    fate=DELETE,
    guard="_files_of_nobody_else",
)
declare(
    CRM,
    "mailing.trace",
    Document(model_column="model"),
    fate=CLEAR,
    clear=("email", "failure_reason"),
    plain=("message_id", "model"),
)
declare(
    CRM,
    "link.tracker.click",
    Via("mailing_trace_id", "mailing.trace"),
    fate=CLEAR,
    clear=("ip",),
)
declare(CRM, "ir.model.data", Document(model_column="model"), fate=DELETE)

for name, reason in {
    "event.mail": "points at templates",
    "event.type.mail": "points at templates",
    "gamification.karma.tracking": "points at what users of the forum did",
    "ir.actions.server": "points at settings",
    "ir.ui.menu": "points at actions",
    "theme.ir.ui.view": "points at views",
    "recruit.segment.reference": "names what a segment asks for",
}.items():
    not_about_people(name, reason)
