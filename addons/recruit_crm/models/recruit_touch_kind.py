from typing import NamedTuple

from odoo import api, models, tools

# Kinds of the one touch that every application has.
APPLICATIONS = ("application", "rediscovered")


class Kind(NamedTuple):
    """What is known of every touch of one kind."""

    label: str
    direction: str  # inbound: they to us; outbound: we to them; internal: our doing
    told: bool = False  # a person may log it by hand
    seen: bool = False  # this system sees it happen: verified without more
    credited: bool = True  # it can have brought the person; internal steps have not


class RecruitTouch(models.Model):
    """The open registry of kinds: an addon adds its own with super()."""

    _inherit = "recruit.touch"

    @api.model
    def _kinds(self):
        """Return every kind that a touch can be of, {code: :class:`Kind`}.

        Extend it with super() to add one; a touch keeps its code for good, so a code is
        never given another meaning.
        """
        env = self.env
        return {
            "visit": Kind(env._("Website visit"), "inbound", seen=True),
            "application": Kind(env._("Application"), "inbound"),
            "referral": Kind(env._("Referral"), "inbound", told=True),
            "sourced": Kind(env._("Sourced"), "outbound", told=True),
            "rediscovered": Kind(env._("Rediscovered"), "outbound", told=True),
            "imported": Kind(env._("Imported"), "inbound"),
            "event": Kind(env._("Event"), "inbound", told=True),
            "sent": Kind(env._("E-mail sent"), "outbound", seen=True),
            "opened": Kind(env._("E-mail opened"), "inbound"),
            "clicked": Kind(env._("Link clicked"), "inbound"),
            "replied": Kind(env._("Reply"), "inbound", seen=True),
            "email": Kind(env._("E-mail received"), "inbound", seen=True),
            "unsubscribed": Kind(
                env._("Unsubscribed"), "inbound", seen=True, credited=False
            ),
            "call": Kind(env._("Call"), "outbound", told=True),
            "meeting": Kind(env._("Meeting"), "outbound", told=True),
            "joined_pool": Kind(env._("Joined a pool"), "internal", credited=False),
            "refused": Kind(env._("Refused"), "internal", seen=True, credited=False),
            "hired": Kind(env._("Hired"), "internal", seen=True, credited=False),
            "medal": Kind(env._("Silver medal"), "internal", seen=True, credited=False),
            "note": Kind(env._("Note"), "internal", told=True, credited=False),
            "other": Kind(env._("Other"), "inbound", told=True),
        }

    @api.model
    @tools.ormcache("self.env.lang")
    def _known_kinds(self):
        """Return what :meth:`_kinds` does; read for every row of a bulk insertion."""
        return tools.frozendict(self._kinds())

    @api.model
    def _selection_kind(self):
        return [(code, kind.label) for code, kind in self._known_kinds().items()]

    @api.model
    def _credited_kinds(self):
        """Return the codes of the kinds that can have brought a person."""
        return [code for code, kind in self._known_kinds().items() if kind.credited]
