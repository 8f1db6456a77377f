import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..privacy import retention

_logger = logging.getLogger(__name__)

BATCH = 1000  # people a transaction: some seconds, where many of them go


class RecruitRetentionRun(models.Model):
    """One night of retention: who was looked at, told and erased, as numbers.

    A run that was interrupted goes on where it stopped; each batch is committed with
    the numbers that tell of it.
    """

    _name = "recruit.retention.run"
    _description = "Retention Run"
    _order = "started_at desc, id desc"
    _rec_name = "started_at"
    _log_access = False  # written by the job alone

    started_at = fields.Datetime("Started", required=True)
    finished_at = fields.Datetime("Finished")
    last_id = fields.Integer("Reached", help="The last candidate that was looked at.")
    checked_count = fields.Integer("Looked at")
    warned_count = fields.Integer("Told")
    erased_count = fields.Integer("Erased")
    held_count = fields.Integer(
        "Held", help="Their time is over; a legal hold or a job here keeps them."
    )
    failed_count = fields.Integer(
        "Failed", help="Could not be erased; tomorrow's run tries again."
    )

    _open_idx = models.Index("(id) WHERE finished_at IS NULL")

    @api.model
    def _cron_apply_policies(self):
        """Tell and erase whoever's time is over, batch by batch."""
        run = self.search([("finished_at", "=", False)], order="id desc", limit=1)
        run = run or self.create({"started_at": self.env["recruit.clock"].now()})
        policies = self.env["recruit.retention.policy"]._plain()
        cron = self.env["ir.cron"]
        while count := run._apply_batch(policies):
            if not cron._commit_progress(count, remaining=run._remaining()):
                return
        run._finish()
        cron._commit_progress(1, remaining=0)

    def _apply_batch(self, policies, limit=BATCH):
        """Look at the next people; return how many there were."""
        self.ensure_one()
        Candidate = self.env["recruit.candidate"].with_context(active_test=False)
        people = Candidate._retention_people(SQL("c.id > %s", self.last_id), limit)
        if not people:
            return 0
        today = self.env["recruit.clock"].now().date()
        decisions = {
            person_id: retention.decide(person=person, policies=policies, today=today)
            for person_id, person in people.items()
        }
        counts = self._carry_out(decisions, Candidate)
        held = [
            person_id
            for person_id, person in people.items()
            if person.is_held
            and decisions[person_id].due_on
            and decisions[person_id].due_on <= today
        ]
        self.write(
            {
                "last_id": max(people),
                "checked_count": self.checked_count + len(people),
                "held_count": self.held_count + len(held),
                **{name: self[name] + count for name, count in counts.items()},
            }
        )
        return len(people)

    @api.model
    def _carry_out(self, decisions, Candidate):
        """Tell and erase; return the numbers."""
        by_action = {retention.WARN: [], retention.ERASE: []}
        for person_id, decision in decisions.items():
            if decision.action in by_action:
                by_action[decision.action].append(person_id)
        warned = Candidate.browse(by_action[retention.WARN])
        erased = Candidate.browse(by_action[retention.ERASE])
        if warned:
            warned._warn_of_erasure(decisions)
        failed = erased._erase_by_policy(
            {person_id: decisions[person_id].policy.id for person_id in erased.ids}
        )
        return {
            "warned_count": len(warned),
            "erased_count": len(erased) - failed,
            "failed_count": failed,
        }

    def _remaining(self):
        """Return how many people are left, roughly: the planner knows the table."""
        rows = self.env.execute_query(
            SQL(
                """SELECT GREATEST(reltuples, 0)::int FROM pg_class
                    WHERE oid = 'recruit_candidate'::regclass"""
            )
        )
        return max(1, rows[0][0] - self.checked_count)

    def _finish(self):
        """End the run: forget what came late, take out of pools who ceased to agree."""
        self.env["recruit.candidate"]._sweep_erased()
        self.env["recruit.pool.member"]._leave_without_consent()
        self.finished_at = self.env["recruit.clock"].now()
        _logger.info(
            "Retention: %s looked at, %s told, %s erased, %s held, %s failed",
            self.checked_count,
            self.warned_count,
            self.erased_count,
            self.held_count,
            self.failed_count,
        )


class RecruitPoolMember(models.Model):
    _inherit = "recruit.pool.member"

    @api.model
    def _leave_without_consent(self):
        """Let people leave their pools whose consent to them ran out.

        Size: what ran out since yesterday. Index: _expiry_idx of the ledger.
        """
        today = self.env["recruit.clock"].now().date()
        ended = self.env["recruit.consent"].search(
            [
                ("is_current", "=", True),
                ("purpose", "=", "pool"),
                ("withdrawn_at", "=", False),
                ("expires_on", "<", today),
            ]
        )
        members = self.search(
            [
                ("candidate_id", "in", ended.candidate_id.ids),
                ("left_at", "=", False),
            ]
        )
        members._leave(self.env._("Consent ran out"))
