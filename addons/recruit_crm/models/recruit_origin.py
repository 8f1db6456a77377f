from odoo import api, fields, models
from odoo.tools import SQL


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
    source = fields.Char()
    medium = fields.Char()
    campaign = fields.Char()

    _key_unique = models.UniqueIndex("(key)", "This origin is known already.")

    @api.depends("source", "medium", "campaign")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for origin in self:
            words = [origin.source, origin.medium, origin.campaign]
            origin.display_name = " / ".join(filter(None, words)) or self.env._(
                "Unknown"
            )

    @api.model
    def _columns(self):
        """Return the columns that make an origin, the same in recruit.touch."""
        return ["source", "medium", "campaign"]

    @api.model
    def _key_of(self, alias):
        """Return the SQL of the key of a row with these columns."""
        return self._digest(
            SQL("COALESCE(%s::text, '')", SQL.identifier(alias, column))
            for column in self._columns()
        )

    @api.model
    def _nowhere(self):
        """Return the SQL of the key of the origin that says nothing."""
        return self._digest(SQL("''") for _column in self._columns())

    @api.model
    def _digest(self, words):
        return SQL("md5(concat_ws(chr(31), %s))", SQL(", ").join(words))

    @api.model
    def _channel_of(self, alias):
        """Return the SQL of what the data-driven model takes for a channel."""
        return SQL("COALESCE(%s, '')", SQL.identifier(alias, "source"))
