from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..skills.proof import EARLIEST, LEVELS, RANKS
from .recruit_candidate_skill import PROVENANCES

# column of an evidence: its type in SQL
COLUMNS = {
    "candidate_id": "int",
    "skill_id": "int",
    "level": "int",
    "provenance": "text",
    "proven_on": "date",
    "res_model": "text",
    "res_id": "int",
    "words": "text",
}


class RecruitSkillEvidence(models.Model):
    """One statement about a skill of a person: a claim or a proof, and where it stands.

    The line of the person (recruit.candidate.skill) shows the statement that counts;
    here is everything it was chosen from. A statement that no longer holds is
    withdrawn, not deleted: the history stays.
    """

    _name = "recruit.skill.evidence"
    _description = "Skill Evidence"
    _order = "withdrawn_at DESC NULLS FIRST, proven_on desc, id desc"
    _rec_name = "skill_id"
    _log_access = False  # recorded_at and user_id say it

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade"
    )
    skill_id = fields.Many2one("hr.skill", required=True, ondelete="cascade")
    level = fields.Integer(required=True)
    provenance = fields.Selection(PROVENANCES, "Known from", required=True)
    proven_on = fields.Date("Said or shown on")
    recorded_at = fields.Datetime("Recorded", required=True)
    user_id = fields.Many2one("res.users", "Recorded by", index="btree_not_null")
    res_model = fields.Char("Document model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    words = fields.Char("Evidence", help="What says so, in words.")
    withdrawn_at = fields.Datetime("Withdrawn", readonly=True)
    withdrawn_because = fields.Selection(
        [
            ("replaced", "The document says something else now"),
            ("gone", "Taken out of the document"),
            ("corrected", "Corrected by hand"),
        ],
        "Why withdrawn",
        readonly=True,
    )
    counts = fields.Boolean(
        compute="_compute_counts",
        help="The level of the person is the one of this evidence.",
    )

    # Serves every question: all that is known of one skill of one person.
    _candidate_skill_idx = models.Index("(candidate_id, skill_id)")
    # Serves a document that changes, moves to another person or is withdrawn.
    _document_idx = models.Index("(res_id, res_model) WHERE res_id IS NOT NULL")
    _level_check = models.Constraint(
        "CHECK (level BETWEEN 0 AND 100)",
        "The level of a skill is a number from 0 to 100.",
    )

    @api.depends("candidate_id", "skill_id", "withdrawn_at")
    def _compute_counts(self):
        lines = self.env["recruit.candidate.skill"].search(
            [
                ("candidate_id", "in", self.candidate_id.ids),
                ("skill_id", "in", self.skill_id.ids),
            ]
        )
        standing = {
            (one.candidate_id, one.skill_id): (one.provenance, one.proven_on, one.level)
            for one in lines
        }
        for one in self:
            mine = (one.provenance, one.proven_on, one.level)
            key = (one.candidate_id, one.skill_id)
            one.counts = not one.withdrawn_at and standing.get(key) == mine

    def action_open_document(self):
        """Open the record that says so, if it is still there."""
        self.ensure_one()
        document = self.res_model in self.env and self.env[self.res_model].browse(
            self.res_id
        )
        if not (document and document.exists()):
            raise UserError(self.env._("The document of this evidence is gone."))
        return document.get_formview_action()

    def action_withdraw(self):
        """Take these statements back: they count no longer."""
        self.candidate_id.skill_ids.check_access("write")
        # sudo: who may write the lines may take back what they were chosen from
        self.sudo()._withdraw("corrected")

    @api.model
    def _record(self, statements):
        """Add statements and let the lines of the people show the ones that count.

        A document says one thing of a skill: what it said before is withdrawn. What
        was said already, or was corrected by hand since, is not said again.

        Purpose: skills of one application, of a scorecard, of 10,000 lines of a batch.
        Size: three statements whatever their number. Index: _candidate_skill_idx.

        :param list statements: dicts with ``candidate_id``, ``skill_id``, ``level``
            (0-100), ``provenance``, and where known ``proven_on`` (date), ``res_model``
            and ``res_id`` of the document, ``words``
        :raise ValidationError: for a level, a provenance or a day that cannot be
        """
        keys = {(one["candidate_id"], one["skill_id"]) for one in statements}
        self._keep_what_was_known(keys)
        self._add(statements)

    @api.model
    def _add(self, statements):
        """Do :meth:`_record` where every line has its evidence, or is new."""
        if not statements:
            return
        self._check_statements(statements)
        self.env.flush_all()
        rows = self._as_table(statements)
        now = self.env["recruit.clock"].now()
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_skill_evidence e
                   SET withdrawn_at = %(now)s, withdrawn_because = 'replaced'
                  FROM %(rows)s
                 WHERE e.candidate_id = r.candidate_id AND e.skill_id = r.skill_id
                   AND e.res_model = r.res_model AND e.res_id = r.res_id
                   AND e.withdrawn_at IS NULL
                   AND (e.level, e.provenance, e.proven_on)
                       IS DISTINCT FROM (r.level, r.provenance, r.proven_on)
                """,
                rows=rows,
                now=now,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_skill_evidence (candidate_id, skill_id, level,
                    provenance, proven_on, res_model, res_id, words, recorded_at,
                    user_id)
                SELECT r.*, %(now)s, %(uid)s
                  FROM %(rows)s
                 WHERE NOT EXISTS (
                       SELECT FROM recruit_skill_evidence e
                        WHERE e.candidate_id = r.candidate_id
                          AND e.skill_id = r.skill_id
                          AND (e.level, e.provenance, e.proven_on,
                               e.res_model, e.res_id)
                              IS NOT DISTINCT FROM
                              (r.level, r.provenance, r.proven_on,
                               r.res_model, r.res_id)
                          AND (e.withdrawn_at IS NULL
                               OR e.withdrawn_because = 'corrected'
                                  AND e.res_id IS NOT NULL))
                """,
                rows=rows,
                now=now,
                uid=self.env.uid,
            )
        )
        self.env["recruit.candidate.skill"]._restate(
            {(one["candidate_id"], one["skill_id"]) for one in statements}
        )
        self.invalidate_model()

    @api.model
    def _keep_what_was_known(self, keys):
        """Let lines that have no evidence be the first evidence of themselves.

        Purpose: lines from before evidence was kept. Size: the keys. Indexes:
        _candidate_skill_idx, _candidate_skill_unique.

        :param keys: iterable of (candidate id, skill id)
        """
        if not keys:
            return
        self.env.flush_all()
        candidates, skills = zip(*keys, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_skill_evidence (candidate_id, skill_id, level,
                    provenance, proven_on, words, recorded_at, user_id)
                SELECT DISTINCT s.candidate_id, s.skill_id, s.level, s.provenance,
                       s.proven_on, %(words)s, COALESCE(s.write_date, %(now)s),
                       s.create_uid
                  FROM unnest(%(candidates)s::int[], %(skills)s::int[])
                       AS k (candidate_id, skill_id)
                  JOIN recruit_candidate_skill s USING (candidate_id, skill_id)
                 WHERE NOT EXISTS (
                       SELECT FROM recruit_skill_evidence e
                        WHERE e.candidate_id = s.candidate_id
                          AND e.skill_id = s.skill_id)
                """,
                candidates=list(candidates),
                skills=list(skills),
                now=self.env["recruit.clock"].now(),
                words=self.env._("Known before"),
            )
        )

    @api.model
    def _as_table(self, statements):
        """Return the statements as rows ``r`` of a FROM clause."""
        return SQL(
            "unnest(%s) AS r (%s)",
            SQL(", ").join(
                SQL(
                    "%s::%s[]", [one.get(name) or None for one in statements], SQL(kind)
                )
                if name != "level"
                else SQL("%s::int[]", [one["level"] for one in statements])
                for name, kind in COLUMNS.items()
            ),
            SQL(", ").join(map(SQL.identifier, COLUMNS)),
        )

    @api.model
    def _check_statements(self, statements):
        today = self.env["recruit.clock"].now().date()
        for one in statements:
            level, day = one["level"], one.get("proven_on")
            if not LEVELS[0] <= level <= LEVELS[1]:
                raise ValidationError(
                    self.env._("The level of a skill is a number from 0 to 100.")
                )
            if one["provenance"] not in RANKS:
                raise ValidationError(
                    self.env._("“%s” is not a way to know a skill.", one["provenance"])
                )
            if day and not EARLIEST <= day <= today:
                raise ValidationError(
                    self.env._(
                        "A skill cannot have been shown on %(day)s. Enter a day from "
                        "%(earliest)s to today.",
                        day=day,
                        earliest=EARLIEST,
                    )
                )

    def _withdraw(self, because):
        """Take these statements back; the lines show what counts without them."""
        self._mark_withdrawn(because)
        self.env["recruit.candidate.skill"]._restate(
            {(one.candidate_id.id, one.skill_id.id) for one in self}
        )

    def _mark_withdrawn(self, because):
        """Take these statements back; the caller sees to the lines.

        :param str because: a value of ``withdrawn_because``
        """
        now = self.env["recruit.clock"].now()
        live = self.filtered(lambda one: not one.withdrawn_at)
        live.write({"withdrawn_at": now, "withdrawn_because": because})

    @api.model
    def _of_documents(self, documents):
        """Return the live statements of these documents, one model."""
        # sudo: a document's own statements, whoever changes the document
        return self.sudo().search(
            [
                ("res_model", "=", documents._name),
                ("res_id", "in", documents.ids),
                ("withdrawn_at", "=", False),
            ]
        )


class RecruitCandidateSkill(models.Model):
    """Where a level comes from, and how old it is, in words."""

    _inherit = "recruit.candidate.skill"

    evidence_ids = fields.Many2many(
        "recruit.skill.evidence", compute="_compute_evidence_ids"
    )
    age = fields.Char(compute="_compute_age", help="How long ago it was shown or told.")

    @api.depends("candidate_id", "skill_id", "level", "provenance", "proven_on")
    def _compute_evidence_ids(self):
        found = self.env["recruit.skill.evidence"].search(
            [
                ("candidate_id", "in", self.candidate_id.ids),
                ("skill_id", "in", self.skill_id.ids),
            ]
        )
        found = found.grouped(lambda one: (one.candidate_id, one.skill_id))
        for line in self:
            line.evidence_ids = found.get((line.candidate_id._origin, line.skill_id))

    @api.depends("proven_on")
    def _compute_age(self):
        today = self.env["recruit.clock"].now().date()
        for line in self:
            line.age = line.proven_on and line._age_words(
                relativedelta(today, line.proven_on)
            )

    def _age_words(self, gap):
        if gap.years >= 1:
            return self.env._("%s y ago", gap.years)
        if gap.months >= 1:
            return self.env._("%s mo ago", gap.months)
        return self.env._("this month")


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def _prove(
        self,
        skill,
        level,
        *,
        provenance="interview",
        proven_on=None,
        document=None,
        words=None,
    ):
        """Record that these people have a skill at a level: THE way for scorecards,
        tests and sourcing tools to add what they know.

        The line of the person changes when this outweighs what was known
        (``skills/proof.py``). The same document says one thing of a skill: called again
        with it, the earlier statement is withdrawn. A document that is canceled takes
        back all it said: ``evidence._of_documents(document)._withdraw("gone")``.

        :param skill: hr.skill, one
        :param int level: 0 to 100
        :param str provenance: a key of ``skills.proof.HALF_LIVES``
        :param proven_on: date, today by default
        :param document: the record that says so
        :param str words: what says so, in words, e.g. "Scorecard of the second round"
        """
        skill.ensure_one()
        day = proven_on or self.env["recruit.clock"].now().date()
        statement = {
            "skill_id": skill.id,
            "level": level,
            "provenance": provenance,
            "proven_on": day,
            "res_model": document and document._name,
            "res_id": document and document.id,
            "words": words or (document and document.display_name),
        }
        self.check_access("read")
        # sudo: evidence is written through here alone
        self.env["recruit.skill.evidence"].sudo()._record(
            [{**statement, "candidate_id": candidate.id} for candidate in self]
        )
