"""Finding people, pool cards, application counters: what every screen asks first."""

from .figures import Figure, Target
from .screens import specification
from .turns import Turns

PAGE = 80


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people."""
    email = f"ada{size // 2}@example.com"
    with_application = [10 * n for n in range(1, PAGE + 1)]
    return [
        turns.compare(
            "find a person by e-mail",
            Target("at most", 2),
            lambda env: (
                env["hr.applicant"]
                .search([("email_normalized", "=", email)])
                .filtered("talent_pool_ids")
                .mapped("partner_name")
            ),
            lambda env: (
                env["recruit.candidate"]
                ._find_by_identity("email", email)
                .mapped("name")
            ),
        ),
        turns.compare(
            "pool cards opened",
            Target("at most", 60),
            _native_pool_cards,
            _our_pool_cards,
        ),
        turns.compare(
            "application counter of 80 people",
            Target("at most", 10),
            lambda env: (
                env["hr.applicant"].browse(with_application).mapped("application_count")
            ),
            lambda env: (
                env["recruit.candidate"]
                .browse(with_application)
                .mapped("application_count")
            ),
        ),
        turns.compare(
            "application counter of 80 applications",
            Target("at most", 10),
            lambda env: _application_counts(env, size),
            lambda env: _application_counts(env, size),
        ),
    ]


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


def _application_counts(env, size):
    """The native counter, in our database helped by our index."""
    applications = env["hr.applicant"].browse(range(size + 1, size + 1 + PAGE))
    return applications.mapped("application_count")
