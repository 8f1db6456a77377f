from odoo import api, fields, models
from odoo.tools import SQL

from .recruit_candidate import CRM


class RecruitCandidate(models.Model):
    """The words of the first touch on the row of the person, for lists and groups.

    A touch is written once, so they change only with ``first_touch_id``, and a trigger
    writes both together. A list of 80 people reads them with the people; looked up in
    the ledger, with its record rules, they took three times as long.
    """

    _inherit = "recruit.candidate"

    latest_touch_id = fields.Many2one(
        "recruit.touch", "Latest touch", compute="_compute_latest_touch", groups=CRM
    )

    @api.depends("touch_ids")
    def _compute_latest_touch(self):
        for candidate in self:
            contacts = [
                ("candidate_id", "=", candidate.id),
                ("counts", "=", True),
                ("direction", "!=", "internal"),  # a step of our own is no contact
            ]
            candidate.latest_touch_id = self.env["recruit.touch"].search(
                contacts, limit=1
            )

    def init(self):
        """Install the trigger; safe to run at every update of the addon."""
        super().init()
        self.env.registry.post_init(self._keep_first_words)

    @api.model
    def _keep_first_words(self):
        """Let the database keep the words, and bring all rows up to date.

        Cost: one look-up by primary key for each first touch that moves. Size of the
        update: everybody, in one statement; 2 s a million where nothing is to do.
        """
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_candidate_first_words()
                RETURNS trigger LANGUAGE plpgsql AS $words$
                BEGIN
                    SELECT t.occurred_at, t.source
                      INTO NEW.first_touch_at, NEW.first_source
                      FROM recruit_touch t WHERE t.id = NEW.first_touch_id;
                    RETURN NEW;
                END
                $words$;
                CREATE OR REPLACE TRIGGER recruit_candidate_first_words
                    BEFORE INSERT OR UPDATE OF first_touch_id ON recruit_candidate
                    FOR EACH ROW EXECUTE FUNCTION recruit_candidate_first_words();
                UPDATE recruit_candidate c
                   SET first_touch_at = t.occurred_at, first_source = t.source
                  FROM recruit_touch t
                 WHERE t.id = c.first_touch_id
                   AND (c.first_touch_at, c.first_source)
                       IS DISTINCT FROM (t.occurred_at, t.source);
                """
            )
        )
