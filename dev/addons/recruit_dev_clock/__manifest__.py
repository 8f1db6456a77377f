{
    "name": "Recruit: movable clock (development only)",
    "summary": "Moves the product's clock by a system parameter, for demos and tests",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Recruit CRM",
    "license": "LGPL-3",
    "depends": ["recruit_crm"],
    "auto_install": ["recruit_crm"],
}
