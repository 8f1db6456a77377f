from . import (
    recruit_campaign_add,
    recruit_campaign_line,
    recruit_campaign_preview,
    recruit_campaign_publish,
    recruit_campaign_trial,
)
