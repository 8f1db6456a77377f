from . import recruit_candidate_export
