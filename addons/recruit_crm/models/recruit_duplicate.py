from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..identity import match

BATCH = 500  # people compared between two commits
MOST_LIKE = 20  # others looked at for one person and reason: an agency's number is none
MOST_IN_GROUP = 200


class RecruitDuplicate(models.Model):
    """Two candidates who may be one person, and why. A recruiter decides.

    ``open``: to be looked at; ``dismissed``: not a duplicate, for good: the pair is
    never suggested again; ``merged``: they are one now.
    """

    _name = "recruit.duplicate"
    _description = "Possible Duplicate"
    _order = "group_id, id"
    _rec_name = "candidate_id"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    other_id = fields.Many2one(
        "recruit.candidate",
        "May be the same as",
        required=True,
        ondelete="cascade",
        index=True,
    )
    reason_codes = fields.Char(required=True, readonly=True)
    reasons = fields.Char("Because of", compute="_compute_reasons")
    state = fields.Selection(
        [
            ("open", "To review"),
            ("dismissed", "Not a duplicate"),
            ("merged", "Merged"),
        ],
        default="open",
        required=True,
        readonly=True,
    )
    group_id = fields.Many2one(
        "recruit.candidate",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The first of all the people whom the open suggestions connect.",
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)
    email = fields.Char(related="candidate_id.email")
    other_email = fields.Char("Other e-mail", related="other_id.email")
    headline = fields.Char(related="candidate_id.headline")
    other_headline = fields.Char("Other headline", related="other_id.headline")

    # A pair is stored once, in one order; 'not a duplicate' is remembered by it.
    _pair_unique = models.UniqueIndex(
        "(candidate_id, other_id)", "This pair is known already."
    )
    _open_idx = models.Index("(group_id, id) WHERE state = 'open'")
    _pair_check = models.Constraint(
        "CHECK (candidate_id < other_id)", "A pair names two people, the older first."
    )

    @api.depends("reason_codes")
    @api.depends_context("lang")
    def _compute_reasons(self):
        words = {
            match.SAME_PHONE: self.env._("same phone"),
            match.SAME_CONTACT: self.env._("same contact"),
            match.NAME_AND_EMPLOYER: self.env._("like name, same employer"),
            match.NAME_AND_PLACE: self.env._("like name, same place"),
        }
        for pair in self:
            codes = (pair.reason_codes or "").split(",")
            pair.reasons = "; ".join(words.get(code, code) for code in codes)

    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.candidate_id.name} / {pair.other_id.name}"

    def action_dismiss(self):
        """Remember that these pairs are different people."""
        self.check_access("write")
        pairs = self.filtered(lambda pair: pair.state == "open")
        pairs.write(
            {
                "state": "dismissed",
                "decided_by_id": self.env.uid,
                "decided_at": self.env["recruit.clock"].now(),
            }
        )
        self._regroup((pairs.candidate_id | pairs.other_id).ids)

    def action_reopen(self):
        """Take back 'not a duplicate'."""
        self.check_access("write")
        pairs = self.filtered(lambda pair: pair.state == "dismissed")
        pairs.write({"state": "open", "decided_by_id": False, "decided_at": False})
        self._regroup((pairs.candidate_id | pairs.other_id).ids)

    def action_review(self):
        """Open the preview of a merge of everybody in the groups of these pairs."""
        pairs = self | self.search(
            [("state", "=", "open"), ("group_id", "in", self.group_id.ids)]
        )
        return (pairs.candidate_id | pairs.other_id).action_merge()

    def action_merge(self):
        """Merge each group that these pairs connect, into the one with most history.

        A group that cannot be merged is left as it is; the answer tells why.
        """
        pairs = self.filtered(lambda pair: pair.state == "open")
        if not pairs:
            raise UserError(self.env._("Choose suggestions that are still to review."))
        done, problems = 0, []
        for ids in match.groups((p.candidate_id.id, p.other_id.id) for p in pairs):
            people = self.env["recruit.candidate"].browse(ids)
            try:
                with self.env.cr.savepoint():
                    self._check_none_dismissed(people)
                    primary = people._merge_primary(people)
                    done += len(primary._merge(people - primary))
            except UserError as error:
                problems.append(str(error))
        return self._tell_merged(done, problems)

    def _check_none_dismissed(self, people):
        known = self.search(
            [
                ("candidate_id", "in", people.ids),
                ("other_id", "in", people.ids),
                ("state", "=", "dismissed"),
            ],
            limit=1,
        )
        if known:
            raise UserError(
                self.env._(
                    "%(one)s and %(other)s were marked as different people, so that "
                    "their group is not merged as a whole. Review it pair by pair.",
                    one=known.candidate_id.name,
                    other=known.other_id.name,
                )
            )

    def _tell_merged(self, done, problems):
        if not done:
            raise UserError("\n\n".join(problems))
        told = self.env._(
            "%(count)s merged. Each merge can be undone for 30 days.", count=done
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems else "success",
                "sticky": bool(problems),
                "message": "\n".join([told, *problems]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_suggest(self):
        """Compare whoever is new or changed with everybody, in bounded batches."""
        self.env["recruit.merge"]._catch_up()
        Candidate = self.env["recruit.candidate"].with_context(active_test=False)
        due = [("match_checked_at", "=", False), ("merged_into_id", "=", False)]
        remaining = Candidate.search_count(due)
        while people := Candidate.search(due, order="id", limit=BATCH):
            self._suggest(people)
            self._mark_checked(people)
            remaining = max(0, remaining - len(people))
            if not self.env["ir.cron"]._commit_progress(
                len(people), remaining=remaining
            ):
                break

    @api.model
    def _mark_checked(self, people):
        """Remember that these people were compared; that is no change of theirs."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE recruit_candidate SET match_checked_at = %s WHERE id = ANY(%s)",
                self.env["recruit.clock"].now(),
                people.ids,
            )
        )
        people.invalidate_recordset(["match_checked_at"])

    @api.model
    def _suggest(self, people):
        """Suggest whom these people may be; who is known to be another is left out.

        :param people: recruit.candidate, a batch
        """
        rows = self._find_pairs(people)
        if not rows:
            return
        ids = {one for pair in rows for one in pair}
        persons = people.browse(ids)._match_people()
        found = []
        for one, other in rows:
            if codes := match.reasons(persons[one], persons[other]):
                found.append((one, other, ",".join(codes)))
        self._insert_pairs(found)
        self._regroup(list({one for pair in found for one in pair[:2]}))

    @api.model
    def _find_pairs(self, people):
        """Return the pairs (lower id, higher id) worth a comparison.

        Purpose: of all pairs only those with an equal key, within one company and at
        most MOST_LIKE a person and key. Size: a batch of 500 among 1,000,000 people.
        Indexes: recruit_identity._phone_idx, _name_key_idx, that of partner_id.
        """
        people.flush_recordset()
        self.env["recruit.identity"].flush_model()
        same = SQL(
            """o.id != b.id AND o.merged_into_id IS NULL
               AND o.company_id IS NOT DISTINCT FROM b.company_id"""
        )
        return self.env.execute_query(
            SQL(
                """
                WITH batch AS MATERIALIZED (
                    SELECT id, company_id, name_key, employer_key, place_key, partner_id
                      FROM recruit_candidate
                     WHERE id = ANY(%(ids)s) AND merged_into_id IS NULL
                )
                SELECT DISTINCT LEAST(b.id, o.id), GREATEST(b.id, o.id)
                  FROM batch b CROSS JOIN LATERAL (
                    (SELECT o.id FROM recruit_identity mine
                       JOIN recruit_identity i ON i.kind = 'phone'
                            AND i.value_norm = mine.value_norm
                       JOIN recruit_candidate o ON o.id = i.candidate_id
                      WHERE mine.candidate_id = b.id AND mine.kind = 'phone'
                        AND %(same)s
                      LIMIT %(most)s)
                    UNION ALL
                    (SELECT o.id FROM recruit_candidate o
                      WHERE o.name_key = b.name_key AND %(same)s
                        AND (o.employer_key = b.employer_key
                             OR o.place_key = b.place_key)
                      LIMIT %(most)s)
                    UNION ALL
                    (SELECT o.id FROM recruit_candidate o
                      WHERE o.partner_id = b.partner_id AND %(same)s
                      LIMIT %(most)s)
                ) o
                """,
                ids=people.ids,
                same=same,
                most=MOST_LIKE,
            )
        )

    @api.model
    def _insert_pairs(self, pairs):
        """Store pairs; a known one that is still open gets today's reasons.

        Size: some for each person of a batch. Index: _pair_unique.

        :param list pairs: (lower id, higher id, reason codes)
        """
        if not pairs:
            return
        ones, others, codes = zip(*pairs, strict=True)
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO recruit_duplicate (candidate_id, other_id, reason_codes,
                       state, create_uid, create_date, write_uid, write_date)
                SELECT one, other, codes, 'open', %(uid)s, now() AT TIME ZONE 'UTC',
                       %(uid)s, now() AT TIME ZONE 'UTC'
                  FROM unnest(%(ones)s::int[], %(others)s::int[], %(codes)s::text[])
                       AS pair (one, other, codes)
                ON CONFLICT (candidate_id, other_id) DO UPDATE
                   SET reason_codes = EXCLUDED.reason_codes
                 WHERE recruit_duplicate.state = 'open'
                   AND recruit_duplicate.reason_codes != EXCLUDED.reason_codes
                """,
                uid=self.env.uid,
                ones=list(ones),
                others=list(others),
                codes=list(codes),
            )
        )
        self.invalidate_model()

    @api.model
    def _regroup(self, ids):
        """Find the groups anew that the open pairs around these people make.

        Purpose: A like B and B like C are shown as one group. Walks from the people to
        whoever an open pair connects, MOST_IN_GROUP steps at most. Indexes: those of
        candidate_id and other_id.
        """
        self.flush_model()
        seen, edge = set(), set(ids)
        pairs = {}
        while edge and len(seen) < MOST_IN_GROUP + len(ids):
            seen |= edge
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT id, candidate_id, other_id FROM recruit_duplicate
                     WHERE state = 'open' AND (candidate_id = ANY(%(edge)s)
                                               OR other_id = ANY(%(edge)s))
                    """,
                    edge=list(edge),
                )
            )
            pairs.update({row[0]: row[1:] for row in rows})
            edge = {one for row in rows for one in row[1:]} - seen
        leads = {
            one: group[0] for group in match.groups(pairs.values()) for one in group
        }
        self._write_groups({pair: leads[row[0]] for pair, row in pairs.items()})

    @api.model
    def _write_groups(self, leads):
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_duplicate d SET group_id = g.lead
                  FROM unnest(%(pairs)s::int[], %(leads)s::int[]) AS g (id, lead)
                 WHERE d.id = g.id AND d.group_id IS DISTINCT FROM g.lead
                """,
                pairs=list(leads),
                leads=list(leads.values()),
            )
        )
        self.invalidate_model(["group_id"])
