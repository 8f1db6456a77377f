"""What campaigns keep about candidates."""

from odoo.addons.recruit_crm.privacy.registry import (
    CANDIDATE,
    CLEAR,
    DELETE,
    Matching,
    PointedAt,
    Via,
    declare,
)

CAMPAIGNS = "recruit_campaigns"

declare(
    CAMPAIGNS,
    CANDIDATE,
    clear=(
        "mail_hold_reason",
        "mail_hold_until",
        "recruiting_opt_out",
        "recruiting_opt_out_at",
    ),
)
declare(CAMPAIGNS, "recruit.campaign.enrollment", Via("candidate_id"), fate=CLEAR)
declare(
    CAMPAIGNS,
    "recruit.campaign.delivery",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("smtp_text", "hold_lane", "personal_line"),
    # sentences of the engine; a hash; names of fields
    plain=("reason", "message_id", "missing"),
)
# A calculation, made anew whenever somebody looks.
declare(
    CAMPAIGNS,
    "recruit.campaign.forecast",
    Via("candidate_id"),
    fate=DELETE,
    plain=("stop",),
)
# When somebody was written to stays: the cap counts it.
declare(
    CAMPAIGNS,
    "recruit.campaign.departure",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("domain",),
    # our own address
    plain=("sender",),
)
# What Odoo itself keeps of a message that was sent; recruit_crm says what is cleared.
declare(CAMPAIGNS, "mailing.trace", PointedAt("recruit.campaign.delivery", "trace_id"))
declare(
    CAMPAIGNS,
    "recruit.campaign.event",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("network", "signs", "text", "user_agent"),
    plain=("method", "reason", "status_code"),
)
declare(
    CAMPAIGNS,
    "recruit.campaign.reply",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("email_from", "message_id", "preview", "subject"),
)
declare(
    CAMPAIGNS,
    "recruit.mail.suppression",
    Matching("email", "recruit.identity", "value_norm"),
    fate=DELETE,
)
declare(CAMPAIGNS, "recruit.optout", Via("candidate_id"), fate=CLEAR)
