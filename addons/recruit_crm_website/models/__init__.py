from . import hr_applicant, ir_http, recruit_visit, res_config_settings
