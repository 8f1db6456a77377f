from . import hr_applicant
from . import hr_applicant_refuse_reason
from . import hr_recruitment_stage
from . import recruit_candidate
from . import recruit_disposition
from . import recruit_medal
