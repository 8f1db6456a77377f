from . import calendar_event
from . import hr_applicant
from . import hr_applicant_interview
from . import hr_applicant_refusal
from . import hr_applicant_refuse_reason
from . import hr_job
from . import hr_job_promise
from . import hr_recruitment_stage
from . import mail_mail
from . import recruit_candidate
from . import recruit_candidate_skill
from . import recruit_disposition
from . import recruit_interview_attribute
from . import recruit_interview_kit
from . import recruit_interview_kit_line
from . import recruit_match
from . import recruit_medal
from . import recruit_medal_ready
from . import recruit_promise
from . import recruit_scorecard
from . import recruit_scorecard_line
from . import recruit_scorecard_reminder
from . import recruit_scorecard_status
from . import res_config_settings

# A view over the tables of the others: they come first.
from . import recruit_medal_loop  # isort: skip
