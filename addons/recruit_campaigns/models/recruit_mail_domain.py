from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .statements import change

# Each refusal doubles the pause, up to a day; a day of silence starts anew.
FIRST_PAUSE = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=1)


class RecruitMailDomain(models.Model):
    """What the mail servers of a domain think of our mail: ask us to slow down, or not.

    A refusal for policy (5.7.x) says something about us and nothing about the person:
    everybody of that domain waits, nobody leaves.
    """

    _name = "recruit.mail.domain"
    _description = "Mail Domain"
    _order = "last_refused_at desc, id desc"

    name = fields.Char("Domain", required=True)
    refused_count = fields.Integer("Refusals", aggregator="sum")
    last_refused_at = fields.Datetime("Last Refusal")
    paused_until = fields.Datetime(help="Nothing is planned for this domain before.")
    text = fields.Char("In words", help="What its server said last.")
    is_paused = fields.Boolean(compute="_compute_is_paused")

    _name_unique = models.UniqueIndex("(name)", "This domain is on the list already.")

    @api.depends("paused_until")
    def _compute_is_paused(self):
        now = self.env["recruit.clock"].now()
        for domain in self:
            domain.is_paused = bool(domain.paused_until and domain.paused_until > now)

    @api.model
    def _slow_down(self, email, text):
        """Count a refusal and let what is due for the domain wait, longer each time.

        Size: what is planned for the length of the pause, one statement. Index:
        _due_idx of the deliveries.
        """
        name = (email or "").rpartition("@")[2].lower()
        if not name:
            return
        now = self.env["recruit.clock"].now()
        domain = self.sudo().search([("name", "=", name)])  # sudo: the engine's rows
        recent = domain.last_refused_at and now - domain.last_refused_at < LONGEST_PAUSE
        number = domain.refused_count if recent else 0
        pause = min(FIRST_PAUSE * 2 ** min(number, 10), LONGEST_PAUSE)
        values = {
            "refused_count": number + 1,
            "last_refused_at": now,
            "paused_until": now + pause,
            "text": text[:500],
        }
        if domain:
            domain.write(values)
        else:
            domain = domain.create({"name": name, **values})
        domain._push()

    def action_resume(self):
        """Send to these domains again: what waits for them is due now.

        :raises AccessError: without the right to write the list
        """
        self.check_access("write")
        now = self.env["recruit.clock"].now()
        for domain in self:
            domain._move_due(SQL("d.reason = %s", domain._reason()), now, None)
        self.paused_until = False
        return True

    def _push(self):
        soon = SQL("d.due_at < %s", self.paused_until)
        self._move_due(soon, self.paused_until, self._reason())

    def _move_due(self, condition, due_at, reason):
        change(
            self.env,
            SQL(
                """
                UPDATE recruit_campaign_delivery d
                   SET due_at = %(due_at)s, reason = %(reason)s, hold_lane = NULL,
                       hold = CASE WHEN %(reason)s IS NOT NULL THEN 'refused' END
                  FROM recruit_candidate p
                 WHERE d.state = 'planned' AND %(condition)s
                   AND p.id = d.candidate_id
                   AND split_part(p.email_normalized, '@', 2) = %(name)s
                RETURNING d.id
                """,
                due_at=due_at,
                reason=reason,
                condition=condition,
                name=self.name,
            ),
        )

    def _reason(self):
        return self.env._("The mail servers of %s refuse our mail for now.", self.name)
