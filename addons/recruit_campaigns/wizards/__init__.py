from . import recruit_campaign_add
