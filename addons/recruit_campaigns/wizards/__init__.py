from . import recruit_campaign_add, recruit_campaign_publish
