from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..ledger.words import clean_word

# What a correction takes over from the row that it corrects, where it says no better.
CARRIED = (
    "candidate_id",
    "occurred_at",
    "kind",
    "direction",
    "verified",
    "source",
    "medium",
    "campaign",
    "source_id",
    "medium_id",
    "campaign_id",
    "channel_id",
    "job_id",
    "res_model",
    "res_id",
    "pool_id",
    "evidence",
)
ORIGIN = ("source", "medium", "campaign", "source_id", "medium_id", "campaign_id")
REASON_LENGTH = 500


class RecruitTouch(models.Model):
    """Corrections: a new row that stands for an old one, with who and why.

    The old row stays. It counts no more, and neither does a correction that withdraws
    it; what counts is in :meth:`_counting_domain` and :meth:`_counting_sql`.
    """

    _inherit = "recruit.touch"

    corrects_id = fields.Many2one(
        "recruit.touch",
        "Correction of",
        ondelete="restrict",
        help="The touch that this one stands for from now on.",
    )
    correction_ids = fields.One2many("recruit.touch", "corrects_id", "Corrected by")
    withdrawn = fields.Boolean(
        help="This row says that the touch it corrects never took place."
    )
    reason = fields.Char("Why", help="Why the touch was corrected.")
    counts = fields.Boolean(
        compute="_compute_counts",
        search="_search_counts",
        help="Neither corrected nor withdrawn: reports count this touch.",
    )

    # A row is corrected once; who disagrees corrects the correction.
    _corrects_unique = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This touch has been corrected already. Correct its correction.",
    )
    _withdrawn_corrects = models.Constraint(
        "CHECK (withdrawn IS NOT TRUE OR corrects_id IS NOT NULL)",
        "Only a correction can withdraw a touch.",
    )

    @api.depends("withdrawn", "correction_ids")
    def _compute_counts(self):
        for touch in self:
            touch.counts = not touch.withdrawn and not touch.correction_ids

    def _search_counts(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = (operator == "in") == (True in value)
        found = self._counting_domain()
        return found if wanted else ["!", *found]

    @api.model
    def _counting_domain(self):
        """Return the domain of the touches that count: not corrected, not withdrawn."""
        return ["&", ("withdrawn", "!=", True), ("correction_ids", "=", False)]

    @api.model
    def _counting_sql(self, alias):
        """Return the condition that a row of the ledger counts.

        Size: one probe a row. Index: _corrects_unique, of the corrections alone.

        :param str alias: of the table recruit_touch in the statement around it
        """
        return SQL(
            """(%(t)s.withdrawn IS NOT TRUE AND NOT EXISTS (
                    SELECT FROM recruit_touch correction
                     WHERE correction.corrects_id = %(t)s.id))""",
            t=SQL.identifier(alias),
        )

    def _correct(self, reason, withdraw=False, **values):
        """Record a touch that stands for this one from now on, and return it.

        :param str reason: why, for those who read it later
        :param bool withdraw: the contact never took place
        :param values: fields of recruit.touch that were wrong; a new source, medium or
            campaign replaces all three
        :raise UserError: without a reason, or for a touch that is corrected already
        """
        self.ensure_one()
        reason = clean_word(reason, REASON_LENGTH)
        if not reason:
            raise UserError(self.env._("Say why the touch is corrected."))
        if self.correction_ids:
            raise UserError(
                self.env._(
                    "This touch has been corrected already. Open the correction, and "
                    "correct that."
                )
            )
        carried = self.copy_data()[0]
        carried = {name: carried.get(name) for name in CARRIED}
        if set(ORIGIN) & values.keys():
            carried.update(dict.fromkeys((*ORIGIN, "channel_id"), False))
        return self.create(
            {
                **carried,
                **values,
                "corrects_id": self.id,
                "withdrawn": withdraw,
                "reason": reason,
                "dedupe_key": f"correction:{self.id}",
            }
        )

    @api.constrains("corrects_id")
    def _check_correction(self):
        for touch in self.filtered("corrects_id"):
            if not (touch.reason or "").strip():
                raise ValidationError(self.env._("Say why the touch is corrected."))
            touch.corrects_id.check_access("read")  # else it would void what is hidden

    def _advance_candidates(self):
        """Find the ends anew where a correction changes what counts."""
        corrections = self.filtered("corrects_id")
        if corrections:
            people = corrections.candidate_id | corrections.corrects_id.candidate_id
            self.env["recruit.touch.move"]._note(self._recount_ends(people))
            people.invalidate_recordset()
        return super(RecruitTouch, self - corrections)._advance_candidates()
