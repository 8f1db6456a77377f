from odoo import fields, models


class RecruitErasure(models.Model):
    """The certificate of one erasure: that it took place, when, why and how much went.

    It names nobody. The candidate that it points at is the row without a name.
    """

    _name = "recruit.erasure"
    _description = "Erasure"
    _order = "erased_at desc, id desc"
    _rec_name = "candidate_id"
    _log_access = False  # the row itself says who and when

    candidate_id = fields.Many2one(
        "recruit.candidate",
        "Record",
        required=True,
        ondelete="restrict",
        index=True,
        context={"active_test": False},
    )
    erased_at = fields.Datetime("When", required=True, index=True)
    user_id = fields.Many2one("res.users", "By", index="btree_not_null")
    cause = fields.Selection(
        [
            ("request", "The person asked for it"),
            ("officer", "A privacy officer decided it"),
            ("policy", "Retention policy"),
        ],
        required=True,
    )
    reason = fields.Char(
        "Reference", help="The ticket or the policy; no name and no address."
    )
    row_count = fields.Integer("Rows", help="Deleted or cleared.")
    details = fields.Json(help="Rows by model.")
    details_text = fields.Text("What went", compute="_compute_details_text")

    def _compute_details_text(self):
        for erasure in self:
            names = {
                self.env[model]._description if model in self.env else model: count
                for model, count in (erasure.details or {}).items()
            }
            erasure.details_text = "\n".join(
                f"{name}: {count}" for name, count in sorted(names.items())
            )
