from odoo import models
from odoo.tools import SQL


class RecruitPoolTally(models.Model):
    _inherit = "recruit.pool.tally"

    def _reachable(self):
        """Who unsubscribed from recruiting mail is not reachable."""
        return SQL("%s AND c.recruiting_opt_out IS NOT TRUE", super()._reachable())
