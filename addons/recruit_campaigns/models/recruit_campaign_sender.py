from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ..engine import states
from ..timing.zones import first_zone
from .statements import change

# When to look again for a sender that is missing, where nothing tells of one before.
LOOK_AGAIN = timedelta(hours=6)
# Held, for there is nobody in whose name to write: a key of `hold` of a delivery.
NO_SENDER = "no_sender"
# What decides who sends.
SENDER_FIELDS = {"sender_policy", "sender_fallback", "user_id", "email_from", "job_id"}


class Sender(NamedTuple):
    """In whose name a letter goes.

    :param partner_id: the author in the chatter
    :param tz: the clock of the sender, if known
    :param problem: why nothing can be sent, as a sentence
    """

    partner_id: int | None
    email_from: str
    tz: str | None
    problem: str | None = None


class RecruitCampaign(models.Model):
    """In whose name a campaign writes.

    `fixed`: one sender for all. `owner`: whoever the candidate belongs to.
    `hiring_manager`: the manager of the job's department. The latter two only with that
    user's permission; without it the fixed sender writes, or the person is held.
    """

    _inherit = "recruit.campaign"

    sender_policy = fields.Selection(
        [
            ("fixed", "One sender for all"),
            ("owner", "The owner of each candidate"),
            ("hiring_manager", "The hiring manager of the job"),
        ],
        "In Whose Name",
        default="fixed",
        required=True,
        tracking=True,
    )
    sender_fallback = fields.Selection(
        [
            ("fixed", "Write in the name of the sender below"),
            ("hold", "Hold the message"),
        ],
        "Where They Have Not Allowed It",
        default="fixed",
        required=True,
        tracking=True,
    )
    job_id = fields.Many2one(
        "hr.job",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
        help="What it is about. When the job is closed, so is the campaign.",
    )

    def write(self, vals):
        """Write; what was held for want of a sender is looked at again."""
        result = super().write(vals)
        if SENDER_FIELDS & vals.keys():
            # sudo: rows of the engine, of a campaign that the user may write
            self.env["recruit.campaign.delivery"].sudo()._look_for_senders_again(
                [("campaign_id", "in", self.ids)]
            )
        return result

    def _senders(self, people):
        """Who writes to these people: {candidate id: Sender}.

        Size: a batch; the users of all of them are asked for once.
        """
        self.ensure_one()
        wanted = self._wanted_senders(people)
        users = self.env["res.users"].union(*wanted.values())
        permitting = self.env["recruit.sender.permission"]._permitting_ids(users)
        fixed = self._fixed_sender()
        chosen = {
            user: self._sender_of(user, user.id in permitting, fixed)
            for user in {*wanted.values()}
        }
        return {
            id_: chosen[wanted[id_]] if id_ in wanted else fixed for id_ in people.ids
        }

    def _wanted_senders(self, people):
        """The user in whose name each person is to be written to, where that is not the
        fixed sender; an empty user where there is none: {candidate id: res.users}."""
        if self.sender_policy == "fixed":
            return {}
        if self.sender_policy == "owner":
            people.fetch(["user_id"])
            return {person.id: person.user_id for person in people}
        return dict.fromkeys(people.ids, self._hiring_manager())

    def _hiring_manager(self):
        # sudo: who manages a department is no secret, employees are HR's
        return self.job_id.sudo().manager_id.user_id.sudo(False)

    def _fixed_sender(self):
        user = self.user_id.sudo()  # sudo: a colleague's name and address
        return Sender(
            user.partner_id.id or None,
            self.email_from,
            user.tz or None,
            self._fixed_sender_problem(),
        )

    def _fixed_sender_problem(self):
        user = self.user_id.sudo()  # sudo: as above
        if user and not user.active:
            return self.env._(
                "The sender %s has left. Choose another sender.", user.name
            )
        if not email_normalize(self.email_from or ""):
            return self.env._("The sender has no valid e-mail address.")
        return None

    def _planner_senders(self, candidate_ids):
        """Limits of a sender count for whoever writes."""
        if self.sender_policy == "fixed":
            return super()._planner_senders(candidate_ids)
        people = self.env["recruit.candidate"].browse(candidate_ids)
        company = self.company_id or self.env.company
        senders = self._senders(people)
        known = {
            sender: (
                email_normalize(sender.email_from or "") or "",
                first_zone([sender.tz, company.partner_id.tz]),
            )
            for sender in {*senders.values()}
        }
        return {id_: known[one] for id_, one in senders.items()}

    def _senderless(self, candidate_ids):
        """The ids of those to whom nobody can write now."""
        if self.sender_policy == "fixed":
            return candidate_ids if self._fixed_sender_problem() else ()
        people = self.env["recruit.candidate"].browse(candidate_ids)
        return [id_ for id_, one in self._senders(people).items() if one.problem]

    def _sender_of(self, user, has_permitted, fixed):
        """The sender for whom a user was wanted."""
        user = user.sudo()  # sudo: a colleague's name and address
        problem = self._sender_problem(user, has_permitted)
        if problem and self.sender_fallback == "fixed":
            return fixed
        return Sender(
            user.partner_id.id or None, user.email_formatted, user.tz or None, problem
        )

    def _sender_problem(self, user, has_permitted):
        """Why nobody writes in the name of a user, as a sentence, or None."""
        if not user:
            return (
                self.env._("Nobody owns the candidate. Choose an owner.")
                if self.sender_policy == "owner"
                else self.env._("The job has no hiring manager with a login.")
            )
        if not user.active:
            return self.env._("%s has left. Choose somebody else.", user.name)
        if not has_permitted:
            return self.env._(
                "%s has not allowed campaigns to write in their name.", user.name
            )
        if not email_normalize(user.email or ""):
            return self.env._("%s has no valid e-mail address.", user.name)
        return None

    def _start_obstacles(self):
        """Say before the start where no letter would have a sender."""
        obstacles = super()._start_obstacles()
        user = self.user_id.sudo()  # sudo: whether a colleague is still there
        if user and not user.active:
            obstacles.append(self._fixed_sender_problem())
        if self.sender_policy == "hiring_manager" and self.sender_fallback == "hold":
            manager = self._hiring_manager()
            permissions = self.env["recruit.sender.permission"]
            problem = self._sender_problem(
                manager, bool(permissions._permitting_ids(manager))
            )
            obstacles += [problem] if problem else []
        return obstacles


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def write(self, vals):
        """Write; a new owner may be the sender who was missing."""
        result = super().write(vals)
        if "user_id" in vals:
            # sudo: rows of the engine, about people whom the user may write
            self.env["recruit.campaign.delivery"].sudo()._look_for_senders_again(
                [("candidate_id", "in", self.ids)]
            )
        return result


class RecruitCampaignDelivery(models.Model):
    """Letters in the name of several senders; what has none waits."""

    _inherit = "recruit.campaign.delivery"

    hold = fields.Selection(
        selection_add=[(NO_SENDER, "There is nobody in whose name to write")]
    )

    # Serves the second look: what waits for a sender.
    _no_sender_idx = models.Index("(campaign_id) WHERE hold = 'no_sender'")

    def _senders(self):
        """Who writes these letters: {delivery id: Sender}."""
        senders = {}
        for campaign, rows in self.grouped("campaign_id").items():
            by_person = campaign._senders(rows.candidate_id)
            senders.update({row.id: by_person[row.candidate_id.id] for row in rows})
        return senders

    def _take_out_stopped(self, token, now):
        """Hold those that have nobody in whose name to write."""
        free = super()._take_out_stopped(token, now)
        problems = {
            id_: sender.problem
            for id_, sender in free._senders().items()
            if sender.problem
        }
        free.browse(problems)._hold_for_sender(token, now, list(problems.values()))
        return free.filtered(lambda row: row.id not in problems)

    def _hold_for_sender(self, token, now, sentences):
        """Put claimed rows back until there is a sender, with the reason.

        Size: a batch. Index: primary key.
        """
        if not self:
            return
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery d
                   SET state = 'planned', claim_token = NULL, due_at = %(again)s,
                       hold = %(hold)s, hold_lane = NULL, reason = g.reason,
                       attempt_count = GREATEST(d.attempt_count - 1, 0)
                  FROM unnest(%(ids)s::int[], %(reasons)s::text[]) AS g (id, reason)
                 WHERE d.id = g.id AND d.state || '' = 'claimed'
                   AND d.claim_token = %(token)s
                RETURNING d.id
                """,
                again=now + LOOK_AGAIN,
                hold=NO_SENDER,
                ids=self.ids,
                reasons=sentences,
                token=token,
            ),
        )

    @api.model
    def _look_for_senders_again(self, domain=()):
        """Let what waits for a sender be looked at now.

        Size: what is held for that. Index: _no_sender_idx.
        """
        held = self.search(
            [("hold", "=", NO_SENDER), ("state", "in", states.DUE), *domain]
        )
        if held:
            held.write(
                {
                    "hold": False,
                    "reason": False,
                    "state": states.PLANNED,
                    "due_at": self.env["recruit.clock"].now(),
                }
            )
            self._wake_senders()

    @api.model
    def _unclaim_for_senders(self):
        """Let nothing leave that was written in the name of a colleague: it is looked
        at anew. No fence passes what is not claimed.

        Size: the claimed rows of the running campaigns that write so, a batch for each
        worker. Index: _held_idx.
        """
        campaigns = self.env["recruit.campaign"].search(
            [("sender_policy", "!=", "fixed"), ("state", "=", "running")]
        )
        campaigns._lock_dots()
        change(
            self.env,
            SQL(
                """UPDATE recruit_campaign_delivery
                      SET state = 'planned', claim_token = NULL,
                          attempt_count = GREATEST(attempt_count - 1, 0)
                    WHERE state = 'claimed' AND campaign_id = ANY(%s) RETURNING id""",
                campaigns.ids,
            ),
        )
