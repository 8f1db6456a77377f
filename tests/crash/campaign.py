"""What the killed workers work on: a campaign of two steps, due at once."""

from odoo import api

from bench import dataset

from . import judge

TAG = "Crash"
PEOPLE_AT_ONCE = 400  # mails for some twenty kills
STEPS = 2


class Campaign:
    """A running campaign whose audience can grow; reads what became of its mails."""

    def __init__(self, env: api.Environment):
        """Create the campaign and its first people; the caller commits."""
        tag = env["hr.applicant.category"].create({"name": TAG})
        rule = {"field": "tag", "operator": "any_of", "value": tag.ids}
        segment = env["recruit.segment"].create(
            {"name": TAG, "tree": {"group": "all", "items": [rule]}}
        )
        campaign = env["recruit.campaign"].create(
            {
                "name": TAG,
                "segment_id": segment.id,
                "user_id": env.ref("base.user_admin").id,
                "email_from": '"Recruiting" <recruiting@example.com>',
                "step_ids": [
                    (0, 0, {"sequence": number, "subject": f"Step {number}"} | _BODY)
                    for number in range(STEPS)
                ],
            }
        )
        self._id, self._tag, self._people = campaign.id, tag.id, 0
        self._add_people(env)
        campaign.action_start()

    def enroll_more(self, env: api.Environment):
        """Add people and enroll them."""
        self._add_people(env)
        env["recruit.campaign"].browse(self._id).action_enroll_segment()

    def _add_people(self, env):
        dataset.add_people(env, self._people + 1, PEOPLE_AT_ONCE)
        new = range(self._people + 1, self._people + PEOPLE_AT_ONCE + 1)
        env.invalidate_all()
        env["recruit.candidate"].browse(new).categ_ids = [(4, self._tag)]
        self._people += PEOPLE_AT_ONCE

    def count(self, env: api.Environment, *states: str) -> int:
        """How many deliveries are in one of the states."""
        domain = [("campaign_id", "=", self._id), ("state", "in", states)]
        return env["recruit.campaign.delivery"].search_count(domain)

    def in_flight(self, env: api.Environment) -> set[int]:
        """The ids of the deliveries between fence and record."""
        domain = [("campaign_id", "=", self._id), ("state", "=", "in_flight")]
        return set(env["recruit.campaign.delivery"].search(domain).ids)

    def half_recorded(self, env: api.Environment) -> list[str]:
        """Sent mails that native statistics or the candidate's page know nothing of."""
        sent = env["recruit.campaign.delivery"].search(
            [("campaign_id", "=", self._id), ("state", "=", "sent")]
        )
        half = sent.filtered(
            lambda row: row.trace_id.trace_status != "sent" or not row.mail_message_id
        )
        return [f"sent, but half recorded: {row.message_id}" for row in half]

    def rows(self, env: api.Environment) -> list[judge.Row]:
        """Every delivery, for the judge."""
        campaign = env["recruit.campaign"].browse(self._id)
        positions = {step.id: at for at, step in enumerate(campaign.step_ids)}
        deliveries = env["recruit.campaign.delivery"].search(
            [("campaign_id", "=", self._id)]
        )
        return [
            judge.Row(
                row.message_id or "",
                row.state,
                row.claim_token or None,
                row.enrollment_id.id,
                positions[row.step_id.id],
            )
            for row in deliveries
        ]


_BODY = {
    "delay": 0,
    "delay_unit": "hours",
    "body_html": '<p>Hello <t t-out="object.name"/>, '
    '<a href="https://example.com/jobs">see our jobs</a>.</p>',
}
