from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Deleting one of these elsewhere clears the link here; the words stay as evidence.
LINKS = ("source_id", "medium_id", "campaign_id", "job_id", "user_id", "pool_id")
# What may be taken out of the row of a person who is forgotten; the rest counts on.
PERSONAL = ("evidence", "reason", "res_model", "res_id", "user_id", "dedupe_key")


class RecruitTouch(models.Model):
    """One dated contact between a person and the company. Written once, for good.

    A correction is a new touch. ``write`` and ``unlink`` refuse, no group has the
    right, and a trigger refuses SQL too. These changes pass: a foreign key set to NULL
    because the linked record was deleted; the person when two are merged; a channel for
    what was 'Unknown' when a rule explains it; and what is personal, when the person is
    forgotten. The last three need :meth:`_unlock`, which holds for one transaction.
    """

    _name = "recruit.touch"
    _description = "Touch"
    _order = "occurred_at desc, id desc"
    _rec_name = "kind"
    _log_access = False  # a row that never changes has no last writer

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="restrict", index=True
    )
    occurred_at = fields.Datetime(
        "When", required=True, help="When the contact took place."
    )
    recorded_at = fields.Datetime(
        "Recorded",
        required=True,
        help="When this row was written; later than the contact.",
    )
    kind = fields.Selection("_selection_kind", required=True)
    direction = fields.Selection(
        [("inbound", "They to us"), ("outbound", "We to them"), ("internal", "Ours")],
        help="Who made the contact. 'Ours' is a step of our own process.",
    )
    verified = fields.Boolean(
        help="This system saw it happen, or a signed link or message proves it. "
        "Otherwise somebody says so.",
    )
    channel_id = fields.Many2one(
        "recruit.channel",
        ondelete="restrict",
        index="btree_not_null",
        help="Where the contact came from, in the words that everybody uses.",
    )
    source = fields.Char(help="Where it came from, in the words of that day.")
    medium = fields.Char()
    campaign = fields.Char()
    source_id = fields.Many2one("utm.source", "Source record", index="btree_not_null")
    medium_id = fields.Many2one("utm.medium", "Medium record", index="btree_not_null")
    campaign_id = fields.Many2one(
        "utm.campaign", "Campaign record", index="btree_not_null"
    )
    job_id = fields.Many2one("hr.job", "Job Position", index="btree_not_null")
    res_model = fields.Char("Document model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    evidence = fields.Text(help="What proves the contact, in words.")
    user_id = fields.Many2one("res.users", "Recorded by", index="btree_not_null")
    company_id = fields.Many2one("res.company", index="btree_not_null")
    dedupe_key = fields.Char(help="Two reports of one contact carry the same key.")

    _dedupe_unique = models.UniqueIndex(
        "(dedupe_key)", "This contact has been recorded already."
    )

    def init(self):
        """Install the append-only guard; safe to run at every update of the addon.

        Cost: one row trigger on UPDATE and DELETE, none on INSERT.
        """
        super().init()
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_touch_append_only()
                RETURNS trigger LANGUAGE plpgsql AS $guard$
                DECLARE
                    links CONSTANT text[] := %(links)s;
                    personal CONSTANT text[] := %(personal)s;
                    old_row CONSTANT jsonb := to_jsonb(OLD);
                    new_row jsonb;
                    fewer boolean;
                BEGIN
                    IF TG_OP = 'UPDATE' THEN
                        new_row := to_jsonb(NEW);
                        fewer := old_row @> jsonb_strip_nulls(new_row);
                        -- a foreign key cleared by the deletion of its record
                        IF fewer AND new_row - links = old_row - links THEN
                            RETURN NEW;
                        END IF;
                        -- in its own transaction, and one purpose at a time
                        CASE current_setting('recruit_crm.unlocked', true)
                        WHEN 'merge' THEN  -- or its undo
                            IF new_row - 'candidate_id' = old_row - 'candidate_id' THEN
                                RETURN NEW;
                            END IF;
                        WHEN 'classify' THEN
                            IF new_row - 'channel_id' = old_row - 'channel_id' THEN
                                RETURN NEW;
                            END IF;
                        WHEN 'forget' THEN
                            IF fewer AND new_row - personal = old_row - personal THEN
                                RETURN NEW;
                            END IF;
                        ELSE
                        END CASE;
                    END IF;
                    RAISE EXCEPTION 'recruit_touch is append-only: %% refused', TG_OP
                        USING HINT = 'Record a correction as a new touch.';
                END
                $guard$;
                DROP TRIGGER IF EXISTS recruit_touch_append_only ON recruit_touch;
                CREATE TRIGGER recruit_touch_append_only
                    BEFORE UPDATE OR DELETE ON recruit_touch
                    FOR EACH ROW EXECUTE FUNCTION recruit_touch_append_only();
                DROP TRIGGER IF EXISTS recruit_touch_keep_all ON recruit_touch;
                CREATE TRIGGER recruit_touch_keep_all
                    BEFORE TRUNCATE ON recruit_touch
                    FOR EACH STATEMENT EXECUTE FUNCTION recruit_touch_append_only();
                """,
                links=list(LINKS),
                personal=list(PERSONAL),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Record touches and move the first and last touch of their candidates."""
        touches = super().create(self._complete_batch(vals_list))
        touches._advance_candidates()
        return touches

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: a touch is evidence."""
        raise UserError(
            self.env._(
                "Touches are never changed. Record a new touch that corrects this one."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Touches are never deleted. Record a new touch that corrects this one."
            )
        )

    @api.depends("kind", "source", "occurred_at")
    def _compute_display_name(self):
        kinds = dict(self._selection_kind())
        for touch in self:
            words = [kinds.get(touch.kind, touch.kind), touch.source]
            touch.display_name = " · ".join(word for word in words if word)

    def action_open_document(self):
        """Open the record that the touch speaks of, if it is still there."""
        self.ensure_one()
        document = self.res_model in self.env and self.env[self.res_model].browse(
            self.res_id
        )
        if not (document and document.exists()):
            raise UserError(self.env._("The document of this touch no longer exists."))
        return document.get_formview_action()

    @api.model
    def _unlock(self, purpose):
        """Let this transaction, and it alone, change what the purpose allows.

        :param str purpose: ``merge``: the person; ``classify``: the channel;
            ``forget``: clear what is personal; ``""``: nothing again
        """
        self.env.cr.execute(
            SQL("SELECT set_config('recruit_crm.unlocked', %s, true)", purpose)
        )

    def _advance_candidates(self):
        """Move first_touch_id back and last_touch_at on where these touches say so.

        Purpose: invariant I4, the first touch is the earliest by event time and only an
        earlier one takes its place; equal moments keep the one recorded first. The last
        contact is kept to the minute: else fifty forms of one person in an instant
        would queue for one row, and Odoo gives up after the fifth try.
        Size: one statement for all new touches (1,000 in an import). Indexes: primary
        keys of both tables.
        """
        if not self:
            return
        candidates = self.candidate_id
        self.flush_recordset()
        candidates.flush_recordset(["first_touch_id", "last_touch_at"])
        moves = self.env.execute_query(
            SQL(
                """
                WITH fresh AS (
                    SELECT candidate_id,
                           MIN(occurred_at) AS first_at,
                           date_trunc('minute', MAX(occurred_at)) AS last_at,
                           (ARRAY_AGG(id ORDER BY occurred_at, id))[1] AS first_id
                      FROM recruit_touch
                     WHERE id = ANY(%(ids)s)
                  GROUP BY candidate_id
                )
                UPDATE recruit_candidate c
                   SET last_touch_at = GREATEST(c.last_touch_at, fresh.last_at),
                       first_touch_id = CASE
                           WHEN (SELECT t.occurred_at FROM recruit_touch t
                                  WHERE t.id = c.first_touch_id) <= fresh.first_at
                           THEN c.first_touch_id ELSE fresh.first_id END
                  FROM fresh JOIN recruit_candidate o ON o.id = fresh.candidate_id
                 WHERE c.id = fresh.candidate_id
                   AND (c.last_touch_at IS NULL
                        OR fresh.last_at > c.last_touch_at
                        OR ((SELECT t.occurred_at FROM recruit_touch t
                              WHERE t.id = c.first_touch_id)
                            <= fresh.first_at) IS NOT TRUE)
             RETURNING c.id, o.first_touch_id, c.first_touch_id
                """,
                ids=self.ids,
            )
        )
        self.env["recruit.touch.move"]._note(moves)
        self._recount_last(candidates)
        candidates.invalidate_recordset(
            [
                "first_touch_id",
                "first_touch_at",
                "first_source",
                "last_touch_at",
                "freshness",
                "touch_ids",
                "touch_count",
            ]
        )
