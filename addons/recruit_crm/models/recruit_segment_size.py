from odoo import fields, models

COUNTED = 10_000  # people up to whom a list counts, as the web client does


class RecruitSegment(models.Model):
    """How many people segments hold, for a list of them: big ones are not counted to
    the end."""

    _inherit = "recruit.segment"

    size_text = fields.Char("Candidates", compute="_compute_size_text")

    def _compute_size_text(self):
        """Count each segment up to ``COUNTED``.

        Purpose: a list of 80 segments. Size: a segment of 400,000 among a million took
        150 ms to its end, and 4 ms so far.
        """
        people = self.env["recruit.candidate"]
        for segment in self:
            domain = segment._candidate_domain()
            found = people.search_count(domain, limit=COUNTED + 1)
            segment.size_text = self._say_size(found)

    def _say_size(self, found):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        shown = self.env["res.lang"].browse(lang.id)
        if found > COUNTED:
            return self.env._(
                "%(number)s+", number=shown.format("%d", COUNTED, grouping=True)
            )
        return shown.format("%d", found, grouping=True)
