from odoo import api, models

from ..models.recruit_candidate_export import SHOWN_MOST


class ReportRecruitCandidateExport(models.AbstractModel):
    """The values of the printed export; only a privacy officer gets any."""

    _name = "report.recruit_crm.candidate_export"
    _description = "Export of a Person"

    @api.model
    def _get_report_values(self, docids, data=None):
        people = self.env["recruit.candidate"].browse(docids)
        return {
            "doc_model": people._name,
            "docs": people,
            "exports": {one.id: one._export_person(with_files=False) for one in people},
            "shown": _shown,
        }


def _shown(value):
    """Return a value as it is printed: long texts are in the file in full."""
    text = str(value)
    return text if len(text) <= SHOWN_MOST else f"{text[:SHOWN_MOST]} …"
