from odoo import api, fields, models
from odoo.tools import SQL

SPARE = 20  # looked at beyond the cap: duplicates of others go
BATCH = 500  # people who changed, between two commits
MANY = 5000  # changed people beyond which all jobs are ranked anew
# Events that change who is offered a job, beside what the triggers see.
MOVING = frozenset(
    ("applied", "reopened", "refused", "closed", "hired", "unsubscribed", "medal")
)


class RecruitMatch(models.Model):
    """Who is ranked anew: jobs that opened or changed, people who changed."""

    _inherit = "recruit.match"

    @api.model
    def _refresh_jobs(self, jobs):
        """Rank everybody for these jobs; closed jobs lose their suggestions."""
        self.env.flush_all()
        shut = jobs.filtered(lambda job: not job._match_is_open())
        shut._match_close()
        recipes = self.env["recruit.match.recipe"]._of(jobs - shut)
        (jobs - shut - recipes.job_id)._match_close()
        for recipe in recipes:
            job = recipe.job_id
            rows = self._best_of(
                recipe, job.match_cap + SPARE, job.match_threshold * 100
            )
            rows = self._without_duplicates(rows)[: job.match_cap]
            kept = self._keep(recipe, rows)
            self.search(
                [
                    ("job_id", "=", job.id),
                    ("state", "=", "suggested"),
                    ("id", "not in", kept.ids),
                ]
            ).unlink()
        jobs.write({"match_due": False})
        recipes.job_id._announce_matches()

    @api.model
    def _without_duplicates(self, rows):
        """Leave out who may be the same person as somebody ranked before them."""
        # sudo: pairs of people, whoever may review them
        pairs = self.env["recruit.duplicate"].sudo()
        ids = [row["id"] for row in rows]
        known = pairs.search(
            [
                ("state", "=", "open"),
                ("candidate_id", "in", ids),
                ("other_id", "in", ids),
            ]
        )
        same = {}
        for pair in known:
            one, other = pair.candidate_id.id, pair.other_id.id
            same.setdefault(one, set()).add(other)
            same.setdefault(other, set()).add(one)
        kept, out = [], set()
        for row in rows:
            if row["id"] not in out:
                kept.append(row)
                out |= same.get(row["id"], set())
        return kept

    @api.model
    def _refresh_people(self, ids):
        """Rank people who changed for all open jobs; who fits no more goes.

        Size: BATCH people, 300 jobs. Indexes: as in _scores_sql, and _skill_idx.
        """
        self.env.flush_all()
        found = {}
        for row in self._score(self._pairs_of(ids)):
            found.setdefault(row["recipe_id"], []).append(row)
        mine = self.search([("candidate_id", "in", ids), ("state", "=", "suggested")])
        kept = self.browse()
        for recipe in self.env["recruit.match.recipe"].browse(found):
            kept |= self._keep_worthy(recipe, found[recipe.id], mine)
        gone = mine - kept
        # a place is free: somebody who was not among the best may have it
        gone.filtered("in_shortlist").job_id.match_due = True
        gone.unlink()

    @api.model
    def _keep_worthy(self, recipe, rows, mine):
        """Store who comes into the shortlist of the job, or is matched with it."""
        job, cap = recipe.job_id, recipe.job_id.match_cap
        floor = job.match_threshold * 100
        listed = self._listed(job)
        least = max(floor, listed[cap - 1 :][:1].points)
        old = mine.filtered(lambda match: match.job_id == job).candidate_id.ids
        worthy = [
            row for row in rows if row["score"] >= (floor if row["first"] else least)
        ]
        chosen = {row["id"] for row in worthy}
        shown = [row for row in rows if row["id"] in old and row["id"] not in chosen]
        kept = self._keep(recipe, worthy) | self._keep(recipe, shown, False)
        self._listed(job)[cap:].unlink()
        return kept.exists()

    @api.model
    def _listed(self, job):
        """Return the shortlist of a job, the best first."""
        return self.search(
            [
                ("job_id", "=", job.id),
                ("in_shortlist", "=", True),
                ("state", "=", "suggested"),
            ]
        )

    @api.model
    def _pairs_of(self, ids):
        """Return the query of these people with every job that asks for a skill of
        theirs."""
        return SQL(
            """
            SELECT DISTINCT w.recipe_id, s.candidate_id
              FROM recruit_candidate_skill s
              JOIN recruit_match_want w ON w.skill_id = s.skill_id
              JOIN recruit_match_recipe r ON r.id = w.recipe_id AND r.is_current
             WHERE s.candidate_id = ANY(%s)
            """,
            list(ids),
        )

    @api.model
    def _best_jobs(self, candidate, limit=10):
        """Return the scores of one person for the open jobs, the best first.

        Size: one person, 300 jobs. Indexes: as in _refresh_people.
        """
        self.env.flush_all()
        rows = [
            row for row in self._score(self._pairs_of(candidate.ids)) if row["score"]
        ]
        rows.sort(key=lambda row: (-row["score"], row["job_id"]))
        return rows[:limit]

    @api.model
    def _cron_refresh(self):
        """Rank for jobs and people that changed, a commit each."""
        cron, jobs = self.env["ir.cron"], self.env["hr.job"]
        due = self.env["recruit.match.due"]
        domain = [("match_due", "=", True), ("active", "in", [True, False])]
        if due.search_count([], limit=MANY + 1) > MANY:
            due._forget()
            jobs._match_open_jobs().match_due = True
        cron._commit_progress(
            remaining=jobs.search_count(domain) + due.search_count([])
        )
        while job := jobs.search(domain, limit=1, order="match_opened_at desc, id"):
            self._refresh_jobs(job)
            if not cron._commit_progress(1):
                return
        while ids := due._take(BATCH):
            self._refresh_people(ids)
            if not cron._commit_progress(len(ids)):
                return

    @api.model
    def _cron_nightly(self):
        """Count how rare skills are; time passed too: all jobs are ranked anew."""
        self.env["recruit.skill.rarity"]._count()
        self.env["recruit.match.log"]._forget_old()
        self.env["hr.job"]._match_open_jobs().match_due = True
        self.env.ref("recruit_crm.ir_cron_refresh_matches")._trigger()


class RecruitMatchDue(models.Model):
    """People who changed since they were ranked; triggers mark them, whatever changes
    them. A row is only added, so that nobody waits for somebody else's."""

    _name = "recruit.match.due"
    _description = "Person to Match"
    _log_access = False

    # No link: this is no row about a person that a merge would have to move.
    person = fields.Integer(required=True, index=True, help="Id of the candidate.")

    def init(self):
        """Install the triggers; safe to run at every update of the addon.

        Cost: one statement for the people of a statement, where any job is open.
        """
        super().init()
        self.env.registry.post_init(self._install_triggers)

    def _install_triggers(self):
        for statement in _TRIGGERS:
            self.env.cr.execute(SQL(statement))

    @api.model
    def _mark(self, ids):
        """Mark people to be ranked anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO recruit_match_due (person) SELECT unnest(%s::int[])",
                list(ids),
            )
        )

    @api.model
    def _take(self, limit):
        """Take marks away and return the people who had them, each once.

        Size: ``limit`` of what changed. Index: that of ``person``.
        """
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM recruit_match_due WHERE person IN (
                    SELECT DISTINCT person FROM recruit_match_due
                     ORDER BY person LIMIT %s)
             RETURNING person
                """,
                limit,
            )
        )
        return sorted({row[0] for row in rows})

    @api.model
    def _forget(self):
        self.env.cr.execute(SQL("DELETE FROM recruit_match_due"))


class RecruitCandidate(models.Model):
    """What happens to a person may change who is offered to a job."""

    _inherit = "recruit.candidate"

    def _record_event(self, kind, document=None, **details):
        result = super()._record_event(kind, document, **details)
        if kind in MOVING:
            # sudo: a mark for the refresh, whoever makes it happen
            self.env["recruit.match.due"].sudo()._mark(self.ids)
        return result


_TRIGGERS = (
    """
    CREATE OR REPLACE FUNCTION recruit_match_mark_due()
    RETURNS trigger LANGUAGE plpgsql AS $mark$
    BEGIN
        IF NOT EXISTS (SELECT FROM recruit_match_recipe WHERE is_current) THEN
            RETURN NULL;
        ELSIF TG_TABLE_NAME = 'recruit_candidate' THEN
            INSERT INTO recruit_match_due (person) VALUES (NEW.id);
        ELSE
            INSERT INTO recruit_match_due (person)
            SELECT DISTINCT candidate_id FROM rows_changed;
        END IF;
        RETURN NULL;
    END
    $mark$""",
    """
    CREATE OR REPLACE TRIGGER recruit_match_due_skill_insert
        AFTER INSERT ON recruit_candidate_skill
        REFERENCING NEW TABLE AS rows_changed
        FOR EACH STATEMENT EXECUTE FUNCTION recruit_match_mark_due()""",
    """
    CREATE OR REPLACE TRIGGER recruit_match_due_skill_update
        AFTER UPDATE ON recruit_candidate_skill
        REFERENCING NEW TABLE AS rows_changed
        FOR EACH STATEMENT EXECUTE FUNCTION recruit_match_mark_due()""",
    """
    CREATE OR REPLACE TRIGGER recruit_match_due_skill_delete
        AFTER DELETE ON recruit_candidate_skill
        REFERENCING OLD TABLE AS rows_changed
        FOR EACH STATEMENT EXECUTE FUNCTION recruit_match_mark_due()""",
    """
    CREATE OR REPLACE TRIGGER recruit_match_due_person
        AFTER UPDATE OF active, state, company_id, place_key, country_id,
              availability, available_from, snoozed_until, email_normalized
        ON recruit_candidate FOR EACH ROW
        WHEN ((OLD.active, OLD.state, OLD.company_id, OLD.place_key, OLD.country_id,
               OLD.availability, OLD.available_from, OLD.snoozed_until,
               OLD.email_normalized)
              IS DISTINCT FROM
              (NEW.active, NEW.state, NEW.company_id, NEW.place_key, NEW.country_id,
               NEW.availability, NEW.available_from, NEW.snoozed_until,
               NEW.email_normalized))
        EXECUTE FUNCTION recruit_match_mark_due()""",
)
