"""People for a job and jobs for a person: natively, where Odoo can, and ours.

Native Odoo scores each applicant who shares a skill in Python, unsorted. Ours is the
exact order of everybody, its refresh, and the stored list as the web client reads it.
"""

import time

from odoo import api
from odoo.tools import SQL

from odoo.addons.recruit_crm.matching.rarity import FULL

from . import dataset
from .figures import Figure, Target
from .screens import specification
from .turns import Turns, Watch

JOBS, ASKED, TOP = 300, 8, 50
FITTING = 60  # people for each job who have most of what it asks for
SAMPLE = 2000  # applicants that are scored natively; the rest is derived
LEVEL = 60


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a database with `size` people; all is undone."""
    with turns.registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        jobs = _open_jobs(env)
        found = _ranked(env, jobs, size)
        cr.rollback()
    return found


def _open_jobs(env):
    """Jobs that ask for skills of all kinds, and at last one for the most common."""
    env["hr.job"].search([]).no_of_recruitment = 0
    skills = env["hr.skill"].search([("skill_type_id.name", "=", "Bench")], order="id")
    level = skills.skill_type_id.skill_level_ids.filtered(
        lambda one: one.level_progress == LEVEL
    )

    def lines(chosen):
        return [
            (
                0,
                0,
                {
                    "skill_id": skill.id,
                    "skill_type_id": skill.skill_type_id.id,
                    "skill_level_id": level.id,
                },
            )
            for skill in chosen
        ]

    step = dataset.SKILLS // ASKED
    mixed = [
        [skills[(number * 7 + step * at) % dataset.SKILLS] for at in range(ASKED)]
        for number in range(JOBS - 1)
    ]
    return env["hr.job"].create(
        [
            {
                "name": f"Bench {number}",
                "no_of_recruitment": 1,
                "job_skill_ids": lines(chosen),
            }
            for number, chosen in enumerate([*mixed, skills[:ASKED]])
        ]
    )


def _add_fitting(env, jobs):
    """People made for each job: by chance alone nobody has half of eight skills."""
    env["recruit.match.recipe"]._of(jobs)
    env.flush_all()
    words = {"people": JOBS * FITTING, "jobs": JOBS, "level": LEVEL}
    for statement in _FITTING:
        env.cr.execute(SQL(statement, **words))
    env["recruit.skill.rarity"]._count()


_FITTING = (
    "DELETE FROM recruit_candidate_skill WHERE candidate_id <= %(people)s",
    """INSERT INTO recruit_candidate_skill (candidate_id, skill_id, level, provenance,
              proven_on)
       SELECT c.id, w.skill_id, %(level)s + c.id %% 3 * 20 - 20, 'cv',
              CURRENT_DATE - c.id %% 1000
         FROM (SELECT id, row_number() OVER (ORDER BY job_id) AS number
                 FROM recruit_match_recipe WHERE is_current) r
         JOIN recruit_match_want w ON w.recipe_id = r.id
         JOIN recruit_candidate c ON c.id %% %(jobs)s = r.number - 1
        WHERE c.id <= %(people)s AND (c.id / %(jobs)s + w.skill_id) %% 4 > 0""",
)


def _ranked(env, jobs, size):
    matches = env["recruit.match"]
    _add_fitting(env, jobs)
    recipes = env["recruit.match.recipe"]._of(jobs)
    env.flush_all()
    env.cr.execute(
        "ANALYZE recruit_match_want, recruit_skill_rarity, recruit_match_recipe"
    )
    usual, worst = (
        recipes.filtered(lambda one, job=job: one.job_id == job)
        for job in (jobs[0], jobs[-1])
    )
    figures = [
        _timed(
            env,
            f"top {TOP} of {size:,} for a job with {ASKED} skills, fresh",
            Target("at most", 120),
            lambda: _top(usual),
            native=_native(env, jobs[0]),
        ),
        _timed(
            env,
            f"the same for the {ASKED} most common skills",
            Target("at most", 500),
            lambda: _top(worst),
        ),
        _whole(env, jobs, f"refresh of all {JOBS} jobs"),
    ]
    someone = matches.search([], limit=1).candidate_id
    reader = env(user=env["res.users"].search([("login", "=", dataset.OFFICER)]))
    figures += [
        _timed(
            env,
            f"one person against {JOBS} jobs",
            Target("at most", 5),
            lambda: matches._best_jobs(someone),
        ),
        _timed(
            env,
            "stored top of a job, as the web client opens it",
            Target("at most", 20),
            lambda: _opened(reader, jobs[0]),
        ),
    ]
    return figures


def _top(recipe):
    """The best for a job as its shortlist has them: above its threshold."""
    floor = recipe.job_id.match_threshold * FULL // 100
    return recipe.env["recruit.match"]._best_of(recipe, TOP, floor)


def _timed(env, name, target, work, native=None):
    """The median of five turns after one that warms the caches."""
    taken = []
    for _turn in range(6):
        env.flush_all()
        env.invalidate_all()
        watch = Watch(env.cr)
        agree = bool(work())
        taken.append(watch.read())
    clock, cpu = (sorted(column)[2] for column in zip(*taken[1:], strict=True))
    return Figure(name, "ms", native, clock, target, agree=agree, cpu=cpu)


def _native(env, job):
    """Odoo's score of everybody who shares a skill, from a sample, in milliseconds."""
    sharing = env["hr.applicant"].search(
        [("applicant_skill_ids.skill_id", "in", job.job_skill_ids.skill_id.ids)]
    )
    sample = sharing[:SAMPLE].with_context(matching_job_id=job.id)
    env.invalidate_all()
    start = time.perf_counter()
    sample.mapped("matching_score")
    each = (time.perf_counter() - start) / max(len(sample), 1)
    return 1000 * each * len(sharing)


def _whole(env, jobs, name):
    watch = Watch(env.cr)
    env["recruit.match"]._refresh_jobs(jobs)
    env.flush_all()
    clock, cpu = watch.read()
    env.cr.execute(SQL("SELECT COUNT(DISTINCT job_id) FROM recruit_match"))
    agree = env.cr.fetchone()[0] == len(jobs)
    return Figure(
        name, "s", None, clock / 1000, Target("at most", 60), agree, cpu=cpu / 1000
    )


def _opened(env, job):
    """The list of a job as its stat button opens it."""
    model = env["recruit.match"]
    fields = specification(env, model._name, model.get_view(view_type="list")["arch"])
    domain = [
        ("job_id", "=", job.id),
        ("state", "=", "suggested"),
        ("in_shortlist", "=", True),
    ]
    return model.web_search_read(domain, fields, limit=80)["records"]
