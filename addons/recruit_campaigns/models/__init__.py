from . import (
    mail_thread,
    mailing_trace,
    recruit_campaign,
    recruit_campaign_delivery,
    recruit_campaign_delivery_letter,
    recruit_campaign_delivery_protocol,
    recruit_campaign_delivery_response,
    recruit_campaign_delivery_send,
    recruit_campaign_enrollment,
    recruit_campaign_step,
    recruit_campaign_variant,
    recruit_candidate,
)
