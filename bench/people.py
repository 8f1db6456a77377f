"""Finding people, pool cards, counters, the timeline: what every screen asks first."""

from psycopg2.errors import QueryCanceled

from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from odoo.addons.hr_recruitment.models.hr_applicant import HrApplicant as Native
from odoo.addons.mail.tools.discuss import Store

from .dataset import BUSY, ENTRIES
from .figures import Figure, Target
from .screens import specification
from .turns import Turns

PAGE = 80
PATIENCE = 20_000  # ms for one native statement
GAVE_UP = "gave up"


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    return [
        *_finding(turns, size),
        turns.compare(
            "pool cards opened",
            Target("at most", 60),
            _native_pool_cards,
            _our_pool_cards,
        ),
        *_counters(turns, size),
        _not_in_a_pool(turns),
        turns.compare(
            "kanban of a job with all applications",
            Target("at most", 50),
            _native_kanban,
            lambda env: len(_kanban(env)),
        ),
        _open_form(turns),
    ]


def _finding(turns, size):
    """A person by what points at them; natively a search in the same column."""
    number = size // 2
    texts = {
        "e-mail": ("email_normalized", f"ada{number}@example.com"),
        "phone": ("partner_phone_sanitized", f"+1555{number:07}"),
        "handle": ("linkedin_profile", f"https://www.linkedin.com/in/ada-{number}/"),
    }
    for name, (column, text) in texts.items():
        yield turns.compare(
            f"find a person by {name}",
            Target("at most", 2),
            lambda env, column=column, text=text: (
                env["hr.applicant"]
                .search([(column, "=", text)])
                .filtered("talent_pool_ids")
                .mapped("partner_name")
            ),
            lambda env, text=text: (
                env["recruit.candidate"].find_person(text).mapped("name")
            ),
        )


def _counters(turns, size):
    people = [10 * number for number in range(1, PAGE + 1)]
    applications = range(size + 1, size + 1 + PAGE)
    yield turns.compare(
        "application counter of 80 people",
        Target("at most", 10),
        lambda env: _native_counts(env, people),
        lambda env: env["recruit.candidate"].browse(people).mapped("application_count"),
    )
    yield turns.compare(
        "application counter of 80 applications",
        Target("at most", 10),
        lambda env: _native_counts(env, applications),
        lambda env: (
            env["hr.applicant"].browse(applications).mapped("application_count")
        ),
    )


def _native_counts(env, ids):
    """What Odoo computes, without our override."""
    applicants = env["hr.applicant"].browse(ids)
    Native._compute_application_count(applicants)
    return applicants.mapped("application_count")


def _not_in_a_pool(turns):
    """The search of the native wizard 'Add to pool', which may take minutes."""
    by_native, by_ours = turns.measure(_native_outsiders, _outsiders)
    gave_up = by_native.result == GAVE_UP
    return Figure(
        f"who is not in a pool{' (native: gave up)' if gave_up else ''}",
        "ms",
        by_native.milliseconds,
        by_ours.milliseconds,
        Target("at most", 50),
        agree=gave_up or by_native.result == by_ours.result,
    )


def _native_outsiders(env):
    applicants = env["hr.applicant"]
    inside = Domain(Native._search_is_applicant_in_pool(applicants, "in", [True]))
    env.cr.execute(SQL("SET LOCAL statement_timeout = %s", PATIENCE))
    try:
        with mute_logger("odoo.sql_db"):
            return sorted(applicants.search(~inside, limit=PAGE).ids)
    except QueryCanceled:
        return GAVE_UP


def _outsiders(env):
    outside = [("is_applicant_in_pool", "=", False)]
    return sorted(env["hr.applicant"].search(outside, limit=PAGE).ids)


def _native_kanban(env):
    """The same screen, its counters computed as Odoo does; how many cards: which of
    those with an equal place come first is anybody's choice."""
    applicants = env["hr.applicant"].browse(_kanban(env))
    Native._compute_application_count(applicants)
    Native._compute_is_applicant_in_pool(applicants)
    return len(applicants)


def _kanban(env):
    """What the web client asks for when a recruiter opens the job; the cards' ids."""
    applicants = env["hr.applicant"]
    view = env.ref("hr_recruitment.hr_kanban_view_applicant")
    arch = applicants.get_view(view.id, "kanban")["arch"]
    fields = specification(env, "hr.applicant", arch)
    job = env["hr.job"].search([("name", "=", "Bench job")])
    groups = applicants.web_read_group(
        [("job_id", "=", job.id)],
        ["stage_id"],
        auto_unfold=True,
        unfold_read_specification=fields,
        unfold_read_default_limit=PAGE,
    )["groups"]
    return [card["id"] for group in groups for card in group.get("__records", [])]


def _open_form(turns):
    """A person with a thousand entries, beside a native application with none."""
    by_native, by_ours = turns.measure(_native_form, _our_form)
    return Figure(
        f"open a person with {ENTRIES:,} entries (native: an application with none)",
        "ms",
        by_native.milliseconds,
        by_ours.milliseconds,
        Target("at most", 300),
        agree=by_ours.result == ENTRIES,
    )


def _native_form(env):
    applicant = env["hr.applicant"].browse(BUSY)
    _read_form(applicant)


def _our_form(env):
    """Open the form; returns how many entries the timeline has, all pages told."""
    person = env["recruit.candidate"].browse(BUSY)
    _read_form(person)
    page = person.timeline()
    return ENTRIES if len(page["entries"]) == PAGE // 2 and page["next"] else 0


def _read_form(record):
    """The record, the chatter beside it and its first messages."""
    arch = record.get_view(view_type="form")["arch"]
    record.web_read(specification(record.env, record._name, arch))
    store = Store()
    parts = ["activities", "attachments", "followers", "scheduledMessages"]
    record._thread_to_store(store, [], request_list=parts)
    messages = record.env["mail.message"]._message_fetch(None, thread=record)
    store.add(messages["messages"])
    store.get_result()


def _native_pool_cards(env):
    view = env.ref("hr_recruitment.hr_talent_pool_view_kanban").sudo()
    return _pool_cards(env, view.arch, "no_of_talents")


def _our_pool_cards(env):
    arch = env["hr.talent.pool"].get_view(view_type="kanban")["arch"]
    return _pool_cards(env, arch, "member_count")


def _pool_cards(env, arch, counter):
    """Read the cards as the web client does; {pool: people}."""
    fields = specification(env, "hr.talent.pool", arch)
    cards = env["hr.talent.pool"].web_search_read([], fields, limit=PAGE)["records"]
    return {card["id"]: card[counter] for card in cards}
