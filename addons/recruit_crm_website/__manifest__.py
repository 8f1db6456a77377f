{
    "name": "Recruiting CRM: Website",
    "summary": "The public application form tells nobody who applied",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Recruit CRM",
    "category": "Human Resources/Recruitment",
    "depends": ["recruit_crm", "website_hr_recruitment"],
    "auto_install": True,
}
