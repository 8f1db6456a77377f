from odoo import fields, models


class RecruitPoolPerson(models.AbstractModel):
    """A person of whom a pool knows something though they are no member.

    Rows are written by decisions alone and are gone with the pool or the person.
    """

    _name = "recruit.pool.person"
    _description = "Person Beside a Pool"
    _rec_name = "candidate_id"

    pool_id = fields.Many2one(
        "hr.talent.pool", required=True, ondelete="cascade", readonly=True
    )
    candidate_id = fields.Many2one(
        "recruit.candidate",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    headline = fields.Char(related="candidate_id.headline")
    email = fields.Char(related="candidate_id.email")
    city = fields.Char(related="candidate_id.city")
    last_touch_at = fields.Datetime(related="candidate_id.last_touch_at")
