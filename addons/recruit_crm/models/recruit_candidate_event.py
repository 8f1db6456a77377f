from odoo import models

# What an event does to the relationship: {kind: (from these states, to this one)}.
# A person who works here stays an employee; who asked for silence is brought back by
# nothing but an application of their own.
EVENT_MOVES = {
    "applied": (
        ("new", "nurturing", "engaged", "hired", "alumni", "do_not_contact"),
        "in_process",
    ),
    "reopened": (("new", "nurturing", "engaged", "hired"), "in_process"),
    "hired": (
        ("new", "nurturing", "engaged", "in_process", "alumni", "do_not_contact"),
        "hired",
    ),
    "employed": ((), "employee"),
    "replied": (("new", "nurturing"), "engaged"),
    "joined_pool": (("new",), "nurturing"),
    "medal": (("new", "in_process"), "nurturing"),
    "refused": (("in_process",), "nurturing"),
    "closed": (("in_process",), "nurturing"),
}
ENDS_OF_AN_APPLICATION = ("refused", "closed", "medal")


class RecruitCandidate(models.Model):
    """What happens to a candidate: the touches that record it, the events that tell."""

    _inherit = "recruit.candidate"

    def _log_touch(self, kind, **values):
        """Record one contact for each of these candidates.

        :param str kind: a kind of recruit.touch
        :param values: fields of recruit.touch; ``occurred_at`` is naive UTC and is now
            by default; the strings are filled from the links where they are absent; a
            ``dedupe_key`` that exists records nothing
        :return: recruit.touch, also those that the dedupe key found
        """
        # sudo: the ledger grants nobody a right but the one to add, and this adds
        return (
            self.env["recruit.touch"]
            .sudo()
            ._log(
                [
                    {**values, "kind": kind, "candidate_id": candidate.id}
                    for candidate in self
                ]
            )
        )

    def _record_event(self, kind, document=None, **details):
        """Tell everybody that something happened to these candidates.

        The one hook between the addons: extend it with super() and react. Here it
        moves the state of the relationship; it sends and posts nothing.

        :param str kind: applied, reopened, refused, closed, hired, employed, replied,
            clicked, unsubscribed, joined_pool, medal, tag_added, interview_booked; an
            unknown kind moves nothing
        :param document: the record that it is about, e.g. the application
        :param details: facts for those who listen
        """
        states, target = EVENT_MOVES.get(kind, ((), None))
        if not target:
            return
        moving = self.sudo().filtered(  # sudo: the document was the user's to change
            lambda candidate: candidate.state in states or not states
        )
        if kind in ENDS_OF_AN_APPLICATION:
            moving -= moving._open_applications().candidate_id
        moving = moving.with_context(recruit_event=kind)  # for the log of the state
        moving.filtered(lambda candidate: candidate.state != target).state = target
        if kind in ("applied", "reopened"):
            moving.filtered(lambda candidate: not candidate.active).active = True
