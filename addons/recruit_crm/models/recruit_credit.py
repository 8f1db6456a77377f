from odoo import api, fields, models
from odoo.tools import SQL

from ..attribution.split import PARTS
from .recruit_conversion import KINDS

# In the order shown; each is a column of recruit.credit. See attribution/models.py.
MODELS = [
    ("first", "First touch"),
    ("last", "Last touch"),
    ("linear", "Linear"),
    ("u_shaped", "U-shaped"),
    ("w_shaped", "W-shaped"),
    ("decay", "Time decay"),
    ("data", "Data-driven"),
]


def parts(label):
    """A column of credit: millionths of the conversion."""
    return fields.Integer(label, readonly=True, help=f"Of {PARTS:,} parts.")


class RecruitCredit(models.Model):
    """How much of a conversion a touch earned, under every model.

    Narrow on purpose, and written by SQL alone (``recruit_credit_compute.py``). What a
    report filters and groups by stands in the row. No touch: nothing is known of where
    the person came from, and that gets the whole credit. The credits of a conversion
    sum to exactly PARTS in every column.
    """

    _name = "recruit.credit"
    _description = "Attribution Credit"
    _order = "conversion_id desc, occurred_at, touch_id"
    _rec_name = "origin_id"
    _log_access = False

    conversion_id = fields.Many2one("recruit.conversion", required=True, readonly=True)
    touch_id = fields.Many2one("recruit.touch", readonly=True)
    origin_id = fields.Many2one("recruit.origin", readonly=True)
    channel_id = fields.Many2one("recruit.channel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    happened_at = fields.Datetime("Converted on", required=True, readonly=True)
    occurred_at = fields.Datetime("When", readonly=True)
    first = parts("First touch")
    last = parts("Last touch")
    linear = parts("Linear")
    u_shaped = parts("U-shaped")
    w_shaped = parts("W-shaped")
    decay = parts("Time decay")
    data = parts("Data-driven")

    _conversion_fkey = models.Constraint(
        "FOREIGN KEY (conversion_id) REFERENCES recruit_conversion ON DELETE CASCADE",
        "Credit belongs to a conversion.",
    )
    # Serves the receipt, and whatever is computed anew.
    _conversion_idx = models.Index("(conversion_id)")
    # Serves every report of one kind, from the index alone: 200,000 of millions.
    _report_idx = models.Index(
        "(kind, happened_at) INCLUDE (company_id, channel_id, origin_id, first, last, "
        "linear, u_shaped, w_shaped, decay, data)"
    )

    @api.model
    def _is_an_ordinary_table(self):
        """Have no foreign keys made: each would look up and lock a row of the ledger
        for every row here, and the rows are written by one statement that reads them
        from there. The one to the conversion is declared above."""
        return False

    def init(self):
        """Have autovacuum keep up: reports read the index alone only where it did."""
        super().init()
        self.env.cr.execute(
            SQL(
                """ALTER TABLE recruit_credit SET (
                       autovacuum_vacuum_insert_scale_factor = 0.05,
                       autovacuum_vacuum_scale_factor = 0.05)"""
            )
        )
