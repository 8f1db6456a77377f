from odoo import api, models
from odoo.tools import SQL


class RecruitMatch(models.Model):
    """A medallist who is to be left in peace is offered no job until then."""

    _inherit = "recruit.match"

    @api.model
    def _obstacles(self, person):
        """Add the cool-off of medals."""
        return [
            *super()._obstacles(person),
            SQL(
                """EXISTS (SELECT FROM recruit_medal d WHERE d.candidate_id = %s.id
                              AND d.state = 'open' AND d.cool_off_until > %s)""",
                person,
                self.env["recruit.clock"].now().date(),
            ),
        ]
