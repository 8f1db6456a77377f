import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..proof.assign import bucket
from ..timing.words import days
from .statements import look

_logger = logging.getLogger(__name__)

NEWCOMERS = 5000  # for one transaction of the cron: a second or two
EXPIRED = 500  # the same, of people who leave one by one
MOST_HELD_OUT = 50

# Why somebody cannot enter: of each asked for, in one statement. Size: an audience of
# 100,000. Indexes: of candidate_id for the last time inside (`+ 0` keeps the planner
# off that of the campaign, which finds everybody), those of the audience and of what
# keeps mail from a person.
CHECKED = """
SELECT id, reason, round
  FROM (SELECT c.id, COALESCE(%(stop)s, %(other_company)s, %(reentry)s) AS reason,
               COALESCE(l.round + 1, 0) AS round
          FROM recruit_candidate c
          JOIN recruit_campaign k ON k.id = %(campaign)s
     LEFT JOIN LATERAL (SELECT e.round, e.state, e.origin, e.exit_reason,
                               e.finished_at, e.left_audience_at
                          FROM recruit_campaign_enrollment e
                         WHERE e.candidate_id = c.id AND e.campaign_id + 0 = k.id
                      ORDER BY e.round DESC LIMIT 1) l ON TRUE
         WHERE c.id IN (%(people)s)) AS checked
"""


class RecruitCampaign(models.Model):
    """How people enter: once, again, while it runs, or into the group that gets
    nothing, so that there is something to compare with."""

    _inherit = "recruit.campaign"

    enroll_newcomers = fields.Boolean(
        "Newcomers Enter",
        tracking=True,
        help="While it runs, whoever comes into the segment or the pool enters by "
        "themselves, within minutes.",
    )
    reentry = fields.Selection(
        [
            ("never", "Never"),
            ("after", "After some days"),
            ("each_time", "Each time"),
        ],
        "Enter Again",
        default="never",
        required=True,
        tracking=True,
        help="Each time: when the event happens again, or when somebody who had left "
        "the segment or the pool comes back.",
    )
    reentry_days = fields.Integer("Days Between", default=180)
    holdout_percent = fields.Integer(
        "Hold-Out Share",
        default=0,
        tracking=True,
        help="So many of a hundred get nothing, drawn for good, so that the campaign "
        "can be compared with doing nothing.",
    )

    # Serves the events, of which there are many.
    _event_idx = models.Index("(entry_event) WHERE state = 'running'")
    _reentry_days_check = models.Constraint(
        "CHECK (reentry_days > 0)",
        "Somebody enters again after one day at the earliest.",
    )
    _holdout_check = models.Constraint(
        f"CHECK (holdout_percent BETWEEN 0 AND {MOST_HELD_OUT})",
        "At most half of the people can be held out.",
    )

    def _enroll(self, candidates, origin="hand"):
        """Enroll many at once and plan their first step.

        :param str origin: a key of the field of that name: what brings them
        :return: the newly enrolled candidates, and for every other one the reason
            why not: ``{candidate id: sentence}``
        """
        enrolled_ids, codes = self._admit(
            SQL("SELECT unnest(%s)", candidates.ids), origin
        )
        reasons = {id_: self._entry_text(code) for id_, code in codes.items()}
        return candidates.browse(enrolled_ids), reasons

    def _enroll_audience(self):
        """Enroll everybody of the audience.

        :return int: how many are enrolled, and ``{sentence: how many}`` of the others
        """
        self.ensure_one()
        audience = self.env["recruit.candidate"]._search(self._audience_domain())
        enrolled_ids, codes = self._admit(audience.select(), "audience")
        counts = {}
        for code in codes.values():
            counts[code] = counts.get(code, 0) + 1
        return len(enrolled_ids), {
            self._entry_text(code): count for code, count in counts.items()
        }

    def _admit(self, people, origin, limit=None):
        """Let in who may enter.

        :param SQL people: a query of candidate ids
        :param int limit: only so many of those who may enter, and nobody's reason
        :return: the ids of the enrolled, and ``{candidate id: code}`` of the others
        """
        self.ensure_one()
        checked = self._check_entry(people, origin, limit)
        free = {id_: times for id_, (reason, times) in checked.items() if not reason}
        held_out = self._draw_held_out(free)
        # sudo: only the engine makes these rows; callers have checked the right to
        # use the campaign
        enrollments = self.env["recruit.campaign.enrollment"].sudo()
        enrolled = enrollments._insert(self, free, origin, held_out)
        if enrolled:
            self._wake_sender()
        reasons = {id_: reason for id_, (reason, _times) in checked.items() if reason}
        reasons |= dict.fromkeys(held_out, "held_out")
        lost = set(free) - set(enrolled) - held_out  # another transaction was first
        return enrolled, reasons | dict.fromkeys(lost, "been_inside")

    def _check_entry(self, people, origin, limit=None):
        """Why these may not enter, and how many times they were inside before:
        {candidate id: (code, or None for who may enter, times)}.

        Size and indexes: see `CHECKED`. To have it compiled takes 270 ms, five times
        as long as 5,000 people without.
        """
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        query = SQL(
            CHECKED,
            stop=self.env["recruit.candidate"]._stop_reason_sql("c", "k"),
            other_company=SQL(
                "CASE WHEN c.company_id <> %s THEN 'other_company' END",
                self.company_id.id or None,
            ),
            reentry=self._reentry_sql(origin),
            campaign=self.id,
            people=people,
        )
        if limit is not None:
            query = SQL("%s WHERE reason IS NULL LIMIT %s", query, limit)
        return {id_: (code, times) for id_, code, times in look(self.env, query)}

    def _reentry_sql(self, origin):
        """Why somebody who was inside before does not enter again, or NULL, as `SQL`.

        Whom a recruiter has taken out is let in by nobody but a recruiter.
        """
        cases = [(SQL("l.state IN ('active', 'paused')"), "been_inside")]
        if origin != "hand":
            cases.append((SQL("l.exit_reason = 'by_hand'"), "been_inside"))
        if self.reentry == "never":
            cases.append((SQL("l.round IS NOT NULL"), "been_inside"))
        elif self.reentry == "after":
            days = SQL("make_interval(days => %s)", self.reentry_days)
            now = self.env["recruit.clock"].now()
            early = SQL("l.finished_at + %s > %s", days, now)
            cases.append((early, "too_early"))
        elif origin == "audience":  # they have to leave it before they can come again
            cases.append(
                (SQL("l.left_audience_at IS NULL AND l.round >= 0"), "been_inside")
            )
        whens = [SQL("WHEN %s THEN %s", condition, code) for condition, code in cases]
        return SQL("CASE %s END", SQL(" ").join(whens))

    def _draw_held_out(self, candidate_ids):
        """Who of these gets nothing: the same people at each draw of this campaign."""
        share = self.holdout_percent / 100
        if not share:
            return set()
        # sudo: a secret to draw with; it is not shown
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        salt = f"holdout:{self.id}"
        return {id_ for id_ in candidate_ids if bucket(secret, salt, id_) < share}

    def _entry_text(self, code):
        """Why somebody did not enter, as a sentence."""
        own = {
            "been_inside": self.env._("Enrolled in this campaign before."),
            "too_early": self.env._(
                "Was in this campaign less than %s ago.",
                days(self.env, self.reentry_days),
            ),
            "held_out": self.env._("Held out, to compare with."),
        }
        return own.get(code) or self.env["recruit.campaign.enrollment"]._reason_text(
            code
        )

    # ------------------------------------------------------------ while it runs

    @api.model
    def _cron_enroll_newcomers(self):
        """Let newcomers in, and let go who has left the audience or whose consent ran
        out; in batches, each committed. A campaign in which that fails stops no other.
        """
        commit_progress = self.env["ir.cron"]._commit_progress
        while self.env["recruit.candidate"]._exit_expired(EXPIRED):
            if not commit_progress():
                return
        running = self.search([("state", "=", "running")], order="id")
        commit_progress(remaining=len(running))
        for campaign in running:
            while campaign._safely_follow_audience():
                if not commit_progress():
                    return
            if not commit_progress(1):
                return

    def _safely_follow_audience(self):
        try:
            with self.env.cr.savepoint():
                return self._follow_audience()
        except UserError as error:
            _logger.warning("The audience of %s cannot be read: %s", self, error)
            return False
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # somebody else lets the same people in: look again at what is left
            self.env.cr.rollback()
            return True

    def _follow_audience(self):
        """Bring one campaign in step with its audience, as far as one batch goes.

        :return bool: whether there is more to do
        """
        if self.segment_id.problem:
            return False
        left = self.env["recruit.campaign.enrollment"]._leave_audience(self, NEWCOMERS)
        entered = self._enroll_newcomers(NEWCOMERS)
        return left or entered >= NEWCOMERS

    def _enroll_newcomers(self, limit):
        """Let people in who came into the audience; returns how many entered or were
        held out. Size: an audience of 100,000, of whom all but some are inside."""
        if not self.enroll_newcomers or self.audience not in ("segment", "pool"):
            return 0
        audience = self.env["recruit.candidate"]._search(self._audience_domain())
        enrolled, others = self._admit(audience.select(), "audience", limit)
        return len(enrolled) + len(others)

    # --------------------------------------------------------------- with an event

    @api.model
    def _enroll_after(self, kind, document, people):
        """Enroll people into the campaigns that begin with an event.

        Size: the running campaigns with that event, some dozens. Index: _event_idx.
        """
        campaigns = self.search(
            [
                ("audience", "=", "event"),
                ("entry_event", "=", kind),
                ("state", "=", "running"),
            ]
        )
        for campaign in campaigns.filtered(lambda one: one._is_about(document)):
            own = Domain("id", "in", people.ids)
            if matching := people.search(campaign._segment_domain() & own):
                campaign._enroll(matching, "event")

    def _begins_with(self, event):
        """Whether people enter by this event."""
        return self.audience == "event" and self.entry_event == event

    def _is_about(self, document):
        """Whether an event with this document is one that the campaign waits for."""
        wanted = (
            (self.pool_id, "pool_id"),
            (self.entry_job_id, "job_id"),
            (self.entry_tag_id, "id"),
        )
        return all(
            not record or record.id in _links(document, name) for record, name in wanted
        )


def _links(document, name):
    """The ids that a document names in a field; none where it has no such field."""
    if document is None or name not in document._fields:
        return []
    linked = document.sudo()  # sudo: what happened is compared, and not shown
    return linked.ids if name == "id" else linked[name].ids
