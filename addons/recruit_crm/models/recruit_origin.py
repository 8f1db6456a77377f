from odoo import api, fields, models
from odoo.tools import SQL

from .recruit_channel import UNKNOWN


class RecruitOrigin(models.Model):
    """Where touches come from, each combination of words once.

    Millions of credits point here by a number instead of repeating the words, which is
    what makes a report over them fast. Written by the system alone, when a combination
    earns its first credit.
    """

    _name = "recruit.origin"
    _description = "Origin of Touches"
    _order = "source, campaign, medium, id"
    _rec_name = "source"
    _log_access = False

    key = fields.Char(required=True, help="A digest of the words.")
    channel_id = fields.Many2one("recruit.channel", ondelete="restrict")
    source = fields.Char()
    medium = fields.Char()
    campaign = fields.Char()

    _key_unique = models.UniqueIndex("(key)", "This origin is known already.")

    @api.depends("source", "medium", "campaign", "channel_id.complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for origin in self:
            words = [origin.source, origin.medium, origin.campaign]
            origin.display_name = (
                " / ".join(filter(None, words))
                or origin.channel_id.complete_name
                or self.env._("Unknown")
            )

    @api.model
    def _columns(self):
        """Return the columns that make an origin, the same in recruit.touch."""
        return ["channel_id", "source", "medium", "campaign"]

    @api.model
    def _key_of(self, alias):
        """Return the SQL of the key of a row with these columns."""
        return self._digest(
            SQL("COALESCE(%s::text, '')", SQL.identifier(alias, column))
            for column in self._columns()
        )

    @api.model
    def _nowhere(self):
        """Return the SQL of the key of the origin of nobody's touch: Unknown."""
        words = [SQL("%s", str(self._unknown())), *[SQL("''")] * 3]
        return self._digest(words)

    @api.model
    def _unknown(self):
        """Return the id of the channel for what nobody can explain."""
        return self.env["ir.model.data"]._xmlid_to_res_id(UNKNOWN)

    @api.model
    def _digest(self, words):
        return SQL("md5(concat_ws(chr(31), %s))", SQL(", ").join(words))
