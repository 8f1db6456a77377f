from . import applicant_get_refuse_reason
from . import recruit_interview_kit_copy
from . import recruit_job_close
