{
    "name": "Recruiting CRM: Website",
    "summary": "Visits become touches; the public form tells nobody who applied",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Recruit CRM",
    "category": "Human Resources/Recruitment",
    "depends": ["recruit_crm", "website_hr_recruitment"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/recruit_visit_rules.xml",
        "data/website_form_data.xml",
        "views/recruit_visit_views.xml",
        "views/res_config_settings_views.xml",
        "views/website_hr_recruitment_templates.xml",
    ],
    "demo": ["demo/recruit_visit_demo.xml"],
}
