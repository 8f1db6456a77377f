from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..privacy import consent

# Deleting one of these elsewhere clears the link here.
LINKS = ("user_id", "withdrawn_by_id")
WITHDRAWAL = (
    "withdrawn_at",
    "withdrawn_method",
    "withdrawn_evidence",
    "withdrawn_by_id",
)


class RecruitConsent(models.Model):
    """What one person agreed to, for one purpose, and when that ended.

    The ledger of GDPR article 7(1): rows are added and never changed. A withdrawal is a
    dated fact on the row; an extension is a new row; an objection to what was never
    asked is a row that is given and withdrawn at once. Of each person and purpose the
    row that was stated last is the current one, and it alone counts.
    """

    _name = "recruit.consent"
    _description = "Consent"
    _order = "given_at desc, id desc"
    _rec_name = "purpose"
    _log_access = False  # the row itself says who and when

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="restrict", index=True
    )
    purpose = fields.Selection(consent.PURPOSES, required=True)
    basis = fields.Selection(
        consent.BASES, "Legal basis", required=True, default="consent"
    )
    wording_id = fields.Many2one(
        "recruit.consent.wording",
        ondelete="restrict",
        index="btree_not_null",
        help="The words, in the version that the person saw.",
    )
    given_at = fields.Datetime("Given", required=True)
    method = fields.Selection(consent.METHODS, "How", required=True, default="other")
    evidence = fields.Text(help="What proves it: a letter, a call, a form.")
    user_id = fields.Many2one("res.users", "Recorded by", index="btree_not_null")
    expires_on = fields.Date("Valid until", help="The last day. Empty: no end.")
    withdrawn_at = fields.Datetime("Withdrawn")
    withdrawn_method = fields.Selection(consent.METHODS, "Withdrawn how")
    withdrawn_evidence = fields.Text("Proof of the withdrawal")
    withdrawn_by_id = fields.Many2one(
        "res.users", "Withdrawal recorded by", index="btree_not_null"
    )
    is_current = fields.Boolean("Counts", help="The last word on this purpose.")
    state = fields.Selection(
        [one for one in consent.STATES if one[0] != consent.NONE],
        compute="_compute_state",
    )

    # One last word a person and purpose. Serves every question "may we?": reachability,
    # segments, the fence of a campaign.
    _current_unique = models.UniqueIndex(
        "(candidate_id, purpose) INCLUDE (withdrawn_at, expires_on, basis) "
        "WHERE is_current",
        "Another consent of this person was recorded in the same moment. Try again.",
    )
    # Serves what expires next, and the lists by purpose.
    _expiry_idx = models.Index(
        "(expires_on) WHERE is_current AND expires_on IS NOT NULL"
    )
    _order_check = models.Constraint(
        "CHECK (withdrawn_at IS NULL OR withdrawn_at >= given_at)",
        "A consent cannot be withdrawn before it was given.",
    )

    def init(self):
        """Install the append-only guard; safe to run at every update of the addon.

        Cost: one row trigger on UPDATE and DELETE, none on INSERT.
        """
        super().init()
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_consent_append_only()
                RETURNS trigger LANGUAGE plpgsql AS $guard$
                DECLARE
                    o jsonb := to_jsonb(OLD) - 'is_current';
                    n jsonb;
                BEGIN
                    IF TG_OP = 'UPDATE' THEN
                        n := to_jsonb(NEW) - 'is_current';
                        -- the same words, whether they still are the last or not; or a
                        -- foreign key cleared by the deletion of its record
                        IF n - %(links)s::text[] = o - %(links)s::text[]
                           AND o @> jsonb_strip_nulls(n)
                        THEN
                            RETURN NEW;
                        END IF;
                        -- withdrawn, once
                        IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
                           AND n - %(withdrawal)s::text[] = o - %(withdrawal)s::text[]
                        THEN
                            RETURN NEW;
                        END IF;
                        -- a merge or its undo, in its own transaction: the person alone
                        IF current_setting('recruit_crm.unlocked', true) = 'merge'
                           AND n - 'candidate_id' = o - 'candidate_id'
                        THEN
                            RETURN NEW;
                        END IF;
                        -- a person is forgotten, in its own transaction: the proof goes
                        IF current_setting('recruit_crm.unlocked', true) = 'forget'
                           AND o @> jsonb_strip_nulls(n)
                           AND n - %(proofs)s::text[] = o - %(proofs)s::text[]
                        THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'recruit_consent is append-only: %% refused', TG_OP
                        USING HINT = 'Record a withdrawal, or a new consent.';
                END
                $guard$;
                DROP TRIGGER IF EXISTS recruit_consent_append_only ON recruit_consent;
                CREATE TRIGGER recruit_consent_append_only
                    BEFORE UPDATE OR DELETE ON recruit_consent
                    FOR EACH ROW EXECUTE FUNCTION recruit_consent_append_only();
                """,
                links=list(LINKS),
                withdrawal=list(WITHDRAWAL),
                proofs=["evidence", "withdrawn_evidence"],
            )
        )

    @api.depends("withdrawn_at", "expires_on")
    def _compute_state(self):
        today = self.env["recruit.clock"].now().date()
        for row in self:
            row.state = consent.state(
                withdrawn_at=row.withdrawn_at, expires_on=row.expires_on, today=today
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Add rows; of each person and purpose the last word counts from now on.

        :raise UserError: for a day that is still to come
        """
        now = self.env["recruit.clock"].now()
        rows = super().create([self._complete(vals, now) for vals in vals_list])
        rows._settle_current()
        rows._notice_people()
        return rows

    def write(self, vals):
        """Take a withdrawal, and refuse all else: the ledger is evidence."""
        if vals.keys() <= set(WITHDRAWAL):
            return super().write(vals)
        raise UserError(
            self.env._(
                "The ledger of consents is never changed. Record a withdrawal or a new "
                "consent instead."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("The ledger of consents is never shortened. Withdraw instead.")
        )

    @api.depends("purpose", "state")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        states = dict(self._fields["state"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{purposes.get(row.purpose, '')}: {states.get(row.state, '')}"
            )

    def action_ask_withdrawal(self):
        """Ask how the person withdrew, and record it."""
        self.ensure_one()
        return self.candidate_id._open_consent_wizard(
            self.env._("Withdraw Consent"), "withdraw", self.purpose
        )

    def _complete(self, vals, now):
        """Return the values with the moment, the author and the end that the words
        promise."""
        vals = {"user_id": self.env.uid, **vals, "is_current": False}
        given_at = fields.Datetime.to_datetime(vals.get("given_at") or now)
        if given_at > now:
            raise UserError(
                self.env._("A consent cannot be given in the future. Correct the day.")
            )
        if vals.get("wording_id") and "expires_on" not in vals:
            wording = self.env["recruit.consent.wording"].browse(vals["wording_id"])
            vals["expires_on"] = consent.last_day(
                given_on=given_at.date(),
                valid_months=wording.sudo().valid_months,  # sudo: of the words named
            )
        return {**vals, "given_at": given_at}

    def _withdraw(self, method, evidence):
        """Record now as the end of these rows; those that ended already stay.

        :return: the rows that ended now
        """
        ending = self.filtered(lambda row: not row.withdrawn_at)
        ending.write(
            {
                "withdrawn_at": self.env["recruit.clock"].now(),
                "withdrawn_method": method,
                "withdrawn_evidence": evidence,
                "withdrawn_by_id": self.env.uid,
            }
        )
        ending.flush_recordset()
        ending._notice_people()
        return ending

    def _notice_people(self):
        """Change the row of these people, so that a job that decided about them from an
        older snapshot, to erase them say, fails on it and looks again.

        Size: those of the rows. Index: primary key.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE recruit_candidate SET write_date = now() AT TIME ZONE 'UTC'
                    WHERE id = ANY(%s)""",
                self.candidate_id.ids,
            )
        )

    def _settle_current(self):
        self._choose_current(self.candidate_id)

    @api.model
    def _choose_current(self, people):
        """Let the word that was stated last count, for each purpose of these people.

        Purpose: after rows were added or changed hands. Size: an import, 1,000 people
        of 4 rows. Index: that of candidate_id. Two statements, because the unique index
        must never see two current rows.
        """
        last = SQL(
            """id IN (SELECT DISTINCT ON (candidate_id, purpose) id
                        FROM recruit_consent WHERE candidate_id = ANY(%s)
                    ORDER BY candidate_id, purpose,
                             COALESCE(withdrawn_at, given_at) DESC, id DESC)""",
            people.ids,
        )
        self._set_current(people, SQL("FALSE"), SQL("NOT %s", last))
        self._set_current(people, SQL("TRUE"), last)

    @api.model
    def _forget_current(self, people):
        """Let none of the rows of these people count, until they are chosen anew."""
        self._set_current(people, SQL("FALSE"), SQL("TRUE"))

    @api.model
    def _set_current(self, people, counts, condition):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE recruit_consent SET is_current = %(counts)s
                    WHERE candidate_id = ANY(%(ids)s)
                      AND is_current IS DISTINCT FROM %(counts)s AND %(condition)s""",
                counts=counts,
                ids=people.ids,
                condition=condition,
            )
        )
        self.invalidate_model(["is_current"])
        people.invalidate_recordset(["consent_ids"])
