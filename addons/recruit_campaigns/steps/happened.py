"""What can happen to a person inside a campaign, and whether it did.

The ledger of touches knows: each event is one or more of its kinds. Opening a message
is no event; programs open messages, too.
"""

from datetime import timedelta

from odoo.fields import Domain

EVENTS = {
    "clicked": ("clicked",),
    "replied": ("replied", "email"),
    "applied": ("application", "rediscovered"),
    "joined_pool": ("joined_pool",),
    "attended": ("event",),
    "spoken": ("call", "meeting"),
}
# An event makes what waits for it due at once; a look a day finds what nobody told.
LOOK_AGAIN = timedelta(days=1)


def labels(env):
    """Return what can be waited for: ``{name: words}``."""
    return {
        "clicked": env._("follows a link"),
        "replied": env._("replies"),
        "applied": env._("applies"),
        "joined_pool": env._("joins a pool"),
        "attended": env._("comes to an event"),
        "spoken": env._("is spoken to"),
    }


def label(env, event):
    """Return an event in words, also where none is chosen yet."""
    return labels(env).get(event, "…")


def told(env, event):
    """Return the sentence that an event happened."""
    return env._("It happened: %s.", label(env, event))


def since(event, rows):
    """Return when the event happened to the people of these rows since they are inside.

    A link counts where it was one of this campaign.

    :param rows: recruit.campaign.delivery of one campaign
    :return: ``{row: the latest moment}``, only where it did happen
    """
    domain = Domain("candidate_id", "in", rows.candidate_id.ids) & Domain(
        "kind", "in", EVENTS[event]
    )
    if event == "clicked":
        domain &= Domain("campaign_id", "=", rows.campaign_id.utm_campaign_id.id)
    latest = dict(
        rows.env["recruit.touch"]._read_group(
            domain, ["candidate_id"], ["occurred_at:max"]
        )
    )
    return {
        row: latest[row.candidate_id]
        for row in rows
        if row.candidate_id in latest
        and latest[row.candidate_id] >= row.enrollment_id.enrolled_at
    }


def next_look(now, until):
    """Return when to look again for somebody who may wait until then."""
    return min(until, now + LOOK_AGAIN)
