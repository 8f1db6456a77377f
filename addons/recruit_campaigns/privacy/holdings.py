"""What campaigns keep about candidates."""

from odoo.addons.recruit_crm.privacy.registry import (
    CANDIDATE,
    CLEAR,
    PointedAt,
    Via,
    declare,
)

CAMPAIGNS = "recruit_campaigns"

declare(CAMPAIGNS, CANDIDATE, clear=("recruiting_opt_out", "recruiting_opt_out_at"))
declare(CAMPAIGNS, "recruit.campaign.enrollment", Via("candidate_id"), fate=CLEAR)
declare(
    CAMPAIGNS,
    "recruit.campaign.delivery",
    Via("candidate_id"),
    fate=CLEAR,
    clear=("smtp_text",),
    # sentences of the engine; a hash
    plain=("reason", "message_id"),
)
# What Odoo itself keeps of a message that was sent; recruit_crm says what is cleared.
declare(CAMPAIGNS, "mailing.trace", PointedAt("recruit.campaign.delivery", "trace_id"))
