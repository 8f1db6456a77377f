from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, html2plaintext

from ..timeline.keyset import PAGE, PAGE_MOST, Place, Source, older
from .recruit_touch_kind import APPLICATIONS

OUTCOMES = ("refused", "hired", "medal")  # touches that belong to an application
TOLD_ELSEWHERE = ("joined_pool", *OUTCOMES)
MESSAGES = ("comment", "email", "email_outgoing")
TEXT_LENGTH = 280
TOUCH_ICONS = {
    "call": "fa-phone",
    "sent": "fa-paper-plane",
    "opened": "fa-envelope-open-o",
    "clicked": "fa-mouse-pointer",
    "replied": "fa-reply",
    "unsubscribed": "fa-ban",
    "event": "fa-ticket",
    "meeting": "fa-handshake-o",
    "note": "fa-sticky-note-o",
    "imported": "fa-upload",
}
TONES = {"hired": "success", "medal": "success", "refused": "danger"}


class RecruitCandidate(models.Model):
    """Everything that happened with a person, on one page, newest first."""

    _inherit = "recruit.candidate"

    def timeline(self, limit=PAGE, before=None, kinds=None):
        """Return one page of what happened with this person, newest first.

        What the user may not read is not in it: each source is searched with the
        user's rights.

        :param int limit: entries a page, at most 200
        :param list before: ``next`` of the page before; nothing for the newest page
        :param list kinds: keep these chips alone: touch, application, message,
            meeting, pool, state, consent; nothing for all
        :return: ``{"entries": [...], "next": place or False, "kinds": [...]}``: the
            last are the chips that there can be entries of; an entry has ``key``
            (unique), ``kind``, ``at`` (UTC, ``"2026-01-31 08:00:00"``), ``title``,
            ``text``, ``author``, ``icon``, ``tone``, ``link`` (``[model, id]`` or
            False)
        :raise AccessError: when the user may not read the person
        :raise UserError: for a place that no page gave
        """
        self.ensure_one()
        self.check_access("read")
        limit = max(1, min(int(limit), PAGE_MOST))
        sources = self._timeline_sources()
        wanted = {
            rank: source
            for rank, source in enumerate(sources)
            if not kinds or source.kind in kinds
        }
        places = self._timeline_places(wanted, limit + 1, self._place(before))
        page = places[:limit]
        return {
            "entries": self._timeline_entries(wanted, page),
            "next": page[-1].to_client() if len(places) > limit else False,
            "kinds": sorted({source.kind for source in sources}),
        }

    def _place(self, before):
        if not before:
            return None
        try:
            return Place.from_client(before)
        except ValueError as error:
            raise UserError(
                self.env._("This place in the timeline is unknown. Reload the page.")
            ) from error

    def _timeline_places(self, sources, count, before):
        """Return the newest places after a place.

        Purpose: one page out of all sources, whatever their sizes: each source hands
        over at most ``count`` rows from its index, newest first, and the union sorts
        these. Size: 7 sources x 41 rows. Indexes: (candidate_id, moment, id) of each
        own table; mail_message(model, res_id, id), calendar_event(res_model, res_id).

        :param dict sources: those to tell of, by rank
        """
        branches = [
            self._timeline_branch(source, rank, count, before)
            for rank, source in sources.items()
        ]
        branches = [branch for branch in branches if branch]
        if not branches:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT moment, rank, id FROM (%s) AS entries
              ORDER BY moment DESC, rank DESC, id DESC LIMIT %s
                """,
                SQL(" UNION ALL ").join(branches),
                count,
            )
        )
        return [Place(*row) for row in rows]

    def _timeline_branch(self, source, rank, count, before):
        """Return the SELECT of one source, or nothing where the user has no right."""
        records = source.records.with_context(active_test=False)
        if not records.has_access("read"):
            return None
        query = records._search(source.domain)
        if query.is_empty():
            return None
        moment = records._field_to_sql(query.table, source.moment, query)
        record_id = SQL.identifier(query.table, "id")
        query.add_where(SQL("%s IS NOT NULL", moment))
        if before:
            query.add_where(older(before, rank, moment, record_id))
        query.order = SQL("%s DESC, %s DESC", moment, record_id)
        query.limit = count
        columns = (
            SQL("%s AS moment", moment),
            SQL("%s AS rank", rank),
            SQL("%s AS id", record_id),
        )
        return SQL("(%s)", query.select(*columns))

    def _timeline_entries(self, sources, places):
        """Return the entries of places, in their order; one read a source."""
        ids = {}
        for place in places:
            ids.setdefault(place.rank, []).append(place.id)
        readable = {
            rank: set(
                sources[rank].records.browse(found).sudo(False)._filtered_access("read")
            )
            for rank, found in ids.items()
        }
        entries = []
        for place in places:
            source = sources[place.rank]
            # browse with all ids of the page, so that one read fetches them together
            record = source.records.sudo(False).browse(place.id)
            record = record.with_prefetch(ids[place.rank])
            if record in readable[place.rank]:
                entries.append(self._timeline_entry(place, source, record))
        return entries

    def _timeline_entry(self, place, source, record):
        told = source.describe(record)
        return {
            "key": f"{place.rank}-{place.id}",
            "kind": source.kind,
            "at": place.moment.replace(microsecond=0).isoformat(" "),
            "title": told["title"],
            "text": (told.get("text") or "")[:TEXT_LENGTH],
            "author": told.get("author") or "",
            "icon": told["icon"],
            "tone": told.get("tone") or "",
            "link": told.get("link") or False,
        }

    def _timeline_sources(self):
        """Return the sources of the timeline; extend with super() to add one at the
        end: the position is part of the places that clients hold."""
        env, own = self.env, [("candidate_id", "=", self.id)]
        members = env["recruit.pool.member"]
        messages = env["mail.message"].sudo()  # rights: the documents, then each page
        touches = env["recruit.touch"]
        changes = env["recruit.state.change"]
        applicants = env["hr.applicant"]
        untold = [
            ("kind", "not in", TOLD_ELSEWHERE),
            ("res_model", "!=", "calendar.event"),
            "|",
            ("kind", "not in", APPLICATIONS),
            ("res_model", "!=", "hr.applicant"),
        ]
        outcome = [("kind", "in", OUTCOMES)]
        tries = [*own, ("talent_pool_ids", "=", False)]
        return [
            Source("state", changes, "changed_at", own, _describe_change),
            Source("pool", members, "joined_at", own, _describe_joining),
            Source("pool", members, "left_at", own, _describe_leaving),
            Source("touch", touches, "occurred_at", own + untold, _describe_touch),
            Source("application", applicants, "create_date", tries, _describe_try),
            Source(
                "application", touches, "occurred_at", own + outcome, _describe_touch
            ),
            Source("message", messages, "date", self._message_domain(), _describe_mail),
            Source(
                "meeting",
                env["calendar.event"],
                "start",
                list(self._meeting_domain()),
                _describe_meeting,
            ),
        ]

    def _message_domain(self):
        """The messages on the person and on those applications the user may read."""
        return [
            ("message_type", "in", MESSAGES),
            "|",
            "&",
            ("model", "=", self._name),
            ("res_id", "=", self.id),
            "&",
            ("model", "=", "hr.applicant"),
            ("res_id", "in", list(self._own_applicants())),
        ]


class RecruitTouch(models.Model):
    _inherit = "recruit.touch"

    # Serves the timeline: the touches of one candidate, newest first.
    _candidate_idx = models.Index("(candidate_id, occurred_at DESC, id DESC)")


def _label(record, field):
    """Return the label of a selection's value in the user's language."""
    labels = dict(record._fields[field]._description_selection(record.env))
    return labels.get(record[field], "")


def _name(record):
    # sudo: a name beside an entry that the user may read; other companies' too
    return record.sudo().name or ""


def _describe_change(change):
    return {
        "title": change.env._(
            "%(old)s → %(new)s",
            old=_label(change, "from_state"),
            new=_label(change, "to_state"),
        ),
        "text": change.reason or _label(change, "event"),
        "author": _name(change.user_id),
        "icon": "fa-exchange",
    }


def _describe_joining(member):
    return {
        "title": member.env._("Joined %(pool)s", pool=_name(member.pool_id)),
        "text": member.reason,
        "author": _name(member.user_id),
        "icon": "fa-sign-in",
        "link": [member._name, member.id],
    }


def _describe_leaving(member):
    return {
        "title": member.env._("Left %(pool)s", pool=_name(member.pool_id)),
        "icon": "fa-sign-out",
        "link": [member._name, member.id],
    }


def _describe_touch(touch):
    origin = [touch.source, touch.campaign]
    words = [_label(touch, "kind"), *dict.fromkeys(word for word in origin if word)]
    return {
        "title": " · ".join(words),
        "text": touch.evidence,
        "author": _name(touch.user_id),
        "icon": TOUCH_ICONS.get(touch.kind, "fa-hand-o-right"),
        "tone": TONES.get(touch.kind),
        "link": [touch.res_model, touch.res_id] if touch.res_id else False,
    }


def _describe_try(application):
    job = application.job_id.name
    return {
        "title": (
            application.env._("Applied for %(job)s", job=job)
            if job
            else application.env._("Spontaneous application")
        ),
        "text": application.stage_id.name,
        "author": _name(application.user_id),
        "icon": "fa-pencil",
        "link": [application._name, application.id],
    }


def _describe_mail(message):
    text = html2plaintext(message.body or "", include_references=False)
    return {
        "title": message.subject or message.env._("Message"),
        "text": " ".join(text.split()),
        "author": _name(message.author_id) or message.email_from,
        "icon": "fa-envelope-o",
    }


def _describe_meeting(event):
    return {
        "title": event.display_name,
        "text": event.location,
        "author": _name(event.user_id),
        "icon": "fa-calendar",
        "link": [event._name, event.id],
    }
