from odoo import models
from odoo.tools import SQL


class RecruitTouch(models.Model):
    """What stays of a person who is forgotten: when, how and where from; not who."""

    _inherit = "recruit.touch"

    def _pseudonymize(self):
        """Clear what is personal in these touches; the rows go on counting.

        For the erasure of a person alone, which answers for who may call it and for
        the candidate that the rows point at. Kind, moment, words of origin, channel and
        job stay: they say nothing of the person without the candidate.

        Purpose: erasure. Size: the touches of one person. Index: primary key.
        """
        self.flush_recordset()
        self._unlock("forget")
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_touch
                   SET evidence = NULL, reason = NULL, res_model = NULL, res_id = NULL,
                       user_id = NULL, dedupe_key = NULL
                 WHERE id = ANY(%s)
                """,
                self.ids,
            )
        )
        self._unlock("")
        self.invalidate_recordset()
