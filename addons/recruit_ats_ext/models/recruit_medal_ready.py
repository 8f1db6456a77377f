from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

# Who is busy with us is not asked again. The states of recruit.candidate.
BUSY = ("in_process", "hired", "employee")


class RecruitMedal(models.Model):
    """Who of the medallists may be offered a job today, and why the others may not."""

    _inherit = "recruit.medal"

    obstacle = fields.Char(
        "Not Now",
        compute="_compute_obstacle",
        help="Why this person is not to be offered a job today.",
    )
    is_ready = fields.Boolean(
        "Ready to Offer", compute="_compute_obstacle", search="_search_is_ready"
    )

    @api.depends("state", "cool_off_until", "candidate_id.state", "candidate_id.active")
    def _compute_obstacle(self):
        for medal in self:
            medal.obstacle = medal._obstacle()
            medal.is_ready = not medal.obstacle

    def _obstacle(self):
        """What stands against an offer, as a sentence, or False.

        The twin of `_search_is_ready`: a rule stands in both.
        """
        person = self.candidate_id
        if self.state == "closed":
            return self.closed_reason or self.env._("The medal is closed.")
        if not person.active:
            return self.env._("Is archived.")
        if person.state in ("hired", "employee"):
            return self.env._("Works here, or is about to.")
        if person.state == "in_process" or self.state != "open":
            return self.env._("Is in process for a job.")
        if self.is_cooling_off:
            until = format_date(self.env, self.cool_off_until)
            return self.env._("Is left in peace until %s.", until)
        return person.unreachable_reason

    @api.model
    def _search_is_ready(self, operator, value):
        """Find those without an obstacle.

        Purpose: the first look of a recruiter with a new job. Size: the open medals,
        some thousands. Index: of the state of medals, primary keys.
        """
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env.flush_all()  # the conditions read tables of many addons
        ready = SQL(
            """(SELECT m.id FROM recruit_medal m
                  JOIN recruit_candidate c ON c.id = m.candidate_id
                 WHERE m.state = 'open' AND c.active
                   AND COALESCE(c.state, '') <> ALL(%(busy)s)
                   AND (m.cool_off_until IS NULL OR m.cool_off_until <= %(today)s)
                   AND (%(unreachable)s) IS NULL)""",
            busy=list(BUSY),
            today=self.env["recruit.clock"].now().date(),
            unreachable=self.env["recruit.candidate"]._unreachable_sql("c"),
        )
        return Domain("id", "in", ready)
