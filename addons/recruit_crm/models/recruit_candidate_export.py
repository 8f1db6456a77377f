import base64
from datetime import date, datetime

from odoo import api, fields, models

from ..privacy.registry import KEEP

# What says nothing about the person, or names somebody else: recruiters are third
# parties, and their names are not given away.
LEFT_OUT = frozenset(("create_uid", "write_uid", "write_date", "db_datas", "raw"))
COLLEAGUES = frozenset(("res.users", "hr.employee"))
SHOWN_MOST = 500  # characters of a text on paper; the file has all of it


class RecruitCandidate(models.Model):
    """Everything that is kept about a person, in one file: GDPR articles 15 and 20.

    The same registry that an erasure walks says what is in it.
    """

    _inherit = "recruit.candidate"

    def action_export_json(self):
        """Download everything that is kept about this person, with the files.

        :raise AccessError: for who is no privacy officer
        """
        self.ensure_one()
        self._check_privacy_officer()
        return {
            "type": "ir.actions.act_url",
            "url": f"/recruit/privacy/export/{self.id}",
            "target": "download",
        }

    def action_export_pdf(self):
        """Print everything that is kept about this person.

        :raise AccessError: for who is no privacy officer
        """
        self.ensure_one()
        self._check_privacy_officer()
        report = self.env.ref("recruit_crm.recruit_candidate_report_export")
        return report.report_action(self)

    def _export_person(self, with_files=True):
        """Return what is kept: ``{"person", "exported_at", "data": [{"model", "label",
        "why", "rows": [{field: value}]}]}``, ready for JSON.

        :param bool with_files: with the content of files, in base 64
        """
        self.ensure_one()
        self._check_privacy_officer()
        self.check_access("read")
        privacy = self.env["recruit.privacy"].sudo()  # sudo: checked just above
        holdings = privacy._holdings()
        found = privacy._find(self._with_signposts())
        return {
            "person": self.name,
            "exported_at": self.env["recruit.clock"].now().isoformat(" "),
            "data": [
                {
                    "model": model,
                    "label": self.env[model]._description,
                    "rows": privacy._export_rows(model, sorted(ids), with_files),
                }
                for model, ids in found.items()
                if holdings[model].fate != KEEP
            ],
        }


class RecruitPrivacy(models.AbstractModel):
    _inherit = "recruit.privacy"

    @api.model
    def _export_rows(self, model, ids, with_files):
        """Return the rows of one model as plain values, without what is empty."""
        records = self.env[model].with_context(active_test=False).browse(ids).exists()
        names = [
            field.name
            for field in records._fields.values()
            if field.store
            and field.column_type
            and field.name not in LEFT_OUT
            and field.comodel_name not in COLLEAGUES
        ]
        rows = []
        for record in records:
            row = {name: _plain(record[name]) for name in names}
            if model == "ir.attachment" and with_files and record.raw:
                row["content"] = base64.b64encode(record.raw).decode()
            rows.append({name: value for name, value in row.items() if _told(value)})
        return rows


def _plain(value):
    """Return a value for JSON: names for records, ISO texts for moments."""
    if isinstance(value, models.BaseModel):
        return value.display_name if value else False
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, str | int | float | bool | dict | list) or value is None:
        return value
    return str(value)


def _told(value):
    return value not in (False, None, "", {}, [])
