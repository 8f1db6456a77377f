from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000  # people whose credit one statement computes


class RecruitCreditDue(models.Model):
    """People whose credit is not what their touches say, until it is computed again.

    Triggers mark them: whatever adds a touch or gives it to another person, by hand, by
    RPC or by SQL, in a merge or its undo. A row is only ever added, so that fifty forms
    of one person never wait for each other; the same person may be marked many times.
    """

    _name = "recruit.credit.due"
    _description = "Credit to Compute"
    _log_access = False

    # No link: this is no row about a person that a merge would have to move.
    person = fields.Integer(required=True, index=True, help="Id of the candidate.")

    def init(self):
        """Install the triggers; safe to run at every update of the addon.

        Cost: a look into the conversions for the people of a statement. Most people
        have none, and a touch after the hire or the refusal is rare.
        """
        super().init()
        self.env.registry.post_init(self._install_triggers)

    def _install_triggers(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_credit_mark_due()
                RETURNS trigger LANGUAGE plpgsql AS $mark$
                BEGIN
                    IF TG_OP = 'INSERT' THEN
                        INSERT INTO recruit_credit_due (person)
                        SELECT DISTINCT n.candidate_id FROM new_rows n
                         WHERE EXISTS (SELECT FROM recruit_conversion v
                                WHERE v.candidate_id = n.candidate_id);
                    ELSE
                        INSERT INTO recruit_credit_due (person)
                        SELECT DISTINCT p.id
                          FROM (VALUES (OLD.candidate_id), (NEW.candidate_id)) p (id)
                         WHERE EXISTS (SELECT FROM recruit_conversion v
                                WHERE v.candidate_id = p.id);
                    END IF;
                    RETURN NULL;
                END
                $mark$;
                CREATE OR REPLACE TRIGGER recruit_credit_due_insert
                    AFTER INSERT ON recruit_touch REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_credit_mark_due();
                CREATE OR REPLACE TRIGGER recruit_credit_due_move
                    AFTER UPDATE OF candidate_id, channel_id ON recruit_touch
                    FOR EACH ROW
                    WHEN ((OLD.candidate_id, OLD.channel_id)
                          IS DISTINCT FROM (NEW.candidate_id, NEW.channel_id))
                    EXECUTE FUNCTION recruit_credit_mark_due();
                CREATE OR REPLACE TRIGGER recruit_credit_due_move
                    AFTER UPDATE OF candidate_id ON recruit_conversion FOR EACH ROW
                    WHEN (OLD.candidate_id <> NEW.candidate_id)
                    EXECUTE FUNCTION recruit_credit_mark_due();
                """
            )
        )

    @api.model
    def _compute_due(self, people=None):
        """Compute the credit of who is marked, by default of the next BATCH of them.

        :param list people: ids of candidates
        :return: how many were marked
        """
        self.env.flush_all()
        marked = self._take(people)
        if marked:
            steps = self.env["recruit.conversion"].search(
                [("candidate_id", "in", marked)]
            )
            self.env["recruit.credit"]._compute_credit(steps.ids)
        return len(marked)

    @api.model
    def _take(self, people):
        """Take marks away and return the people who had them.

        Size: BATCH of 100,000 in a rebuild. Index: that of ``person``. A mark that
        another worker has taken is passed over.
        """
        chosen = SQL("person = ANY(%s)", people) if people is not None else SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM recruit_credit_due WHERE id IN (
                    SELECT id FROM recruit_credit_due WHERE %s
                     ORDER BY person LIMIT %s FOR UPDATE SKIP LOCKED)
             RETURNING person
                """,
                chosen,
                BATCH,
            )
        )
        return sorted({row[0] for row in rows})

    @api.model
    def _mark_all(self):
        """Mark everybody with a conversion: the next runs of the cron rebuild all.

        Resumable by construction: who is computed is marked no more.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_credit_due (person)
                SELECT DISTINCT candidate_id FROM recruit_conversion v
                 WHERE NOT EXISTS (SELECT FROM recruit_credit_due d
                        WHERE d.person = v.candidate_id)
                """
            )
        )

    @api.model
    def _cron_compute_due(self):
        """Compute the credit of who is marked, a commit a batch."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count([]))
        while done := self._compute_due():
            if not cron._commit_progress(done):
                return

    @api.model
    def _cron_learn(self):
        """Learn the effects of channels anew; all credit follows in the background."""
        self.env["recruit.channel.effect"]._learn()
        self._mark_all()
        self.env.ref("recruit_crm.ir_cron_compute_credit")._trigger()


class RecruitMerge(models.Model):
    """After a merge or its undo the credit of both people is right at once."""

    _inherit = "recruit.merge"

    def _settle(self):
        result = super()._settle()
        people = self.survivor_id | self.merged_id
        self.env["recruit.credit.due"]._compute_due(people.ids)
        return result
