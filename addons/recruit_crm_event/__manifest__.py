{
    "name": "Recruiting CRM: Events",
    "summary": "Who registers for a recruiting event, or comes, is a candidate",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Recruit CRM",
    "category": "Human Resources/Recruitment",
    "depends": ["recruit_crm", "event"],
    "auto_install": True,
    "data": [
        "data/recruit_channel_rule_data.xml",
        "views/event_event_views.xml",
        "views/recruit_candidate_views.xml",
    ],
    "demo": ["demo/event_demo.xml"],
}
