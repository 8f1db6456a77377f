"""A night of retention on a backlog: everybody judged by 20 policies, told, erased.

Two thirds of the people are over their time, far more than a night has: it is the first
night after a company set its policies. Who had to go and who had to be told is found a
second time, plainly, from the rows as they were before.
"""

from dateutil.relativedelta import relativedelta

from odoo import api
from odoo.tools import SQL

from . import process
from .dataset import bulk_loading
from .figures import Figure, Target
from .turns import Turns, Watch

FILLED = ("recruit_touch", "hr_applicant", "mail_message", "recruit_pool_member")
COUNTRIES = 60  # of the data set, as ids from 1


def measure(turns: Turns, size: int) -> list[Figure]:
    """The figures on a copy of the database with `size` people."""
    with process.environment(turns.registry) as env:
        _fill(env, size)
        _write_policies(env)
    with process.environment(turns.registry) as env:
        env.cr.execute("ANALYZE")
        due, told = _expected(env)
    first = _night(turns)
    with process.environment(turns.registry) as env:
        wrong = _differences(env, due, told)
    second = _night(turns)
    return [
        _figure(
            f"first night: {len(told):,} told, {len(due):,} erased",
            first,
            agree=not wrong and first[2] == 0,
        ),
        _figure(
            f"a night after it: {size - len(due):,} looked at, nobody to erase",
            second,
            agree=second[2] == 0,
        ),
    ]


def _figure(name, night, agree):
    clock, cpu, _failed = night
    return Figure(
        name,
        "s",
        None,
        clock / 1000,
        Target("at most", 300),
        agree=agree,
        cpu=cpu / 1000,
    )


def _night(turns):
    """Run the job to its end, committing as it does; (clock, processors, failed)."""
    with turns.registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        watch = Watch(cr)
        env["recruit.retention.run"]._cron_apply_policies()
        clock, cpu = watch.read()
        run = env["recruit.retention.run"].search([], limit=1)
        return clock, cpu, run.failed_count


def _fill(env, size):
    """Contacts of 36 months, every second person refused once, a message for each;
    three of five without an address, who go without a word."""
    reason = env["hr.applicant.refuse.reason"].search([], limit=1)
    words = {"size": size, "reason": reason.id}
    with bulk_loading(env.cr, FILLED):
        for statement in _FILLING:
            env.cr.execute(SQL(statement, **words))


_FILLING = (
    """UPDATE recruit_candidate SET email = NULL, email_normalized = NULL
        WHERE id %% 5 < 3""",
    """UPDATE recruit_candidate SET create_date =
              now() AT TIME ZONE 'UTC' - (1 + id %% 37) * INTERVAL '30 days'""",
    """INSERT INTO recruit_touch (candidate_id, occurred_at, recorded_at, kind,
              direction, source, evidence)
       SELECT c.id, c.create_date + n * INTERVAL '7 days', c.create_date,
              CASE n WHEN 2 THEN 'call' ELSE 'visit' END,
              CASE n WHEN 2 THEN 'outbound' ELSE 'inbound' END, 'Fair', 'Was there'
         FROM recruit_candidate c, generate_series(0, 2) AS n""",
    """DELETE FROM recruit_pool_member WHERE candidate_id %% 3 > 0""",
    """INSERT INTO hr_applicant (id, partner_name, email_from, email_normalized,
              candidate_id, company_id, job_id, active, kanban_state, create_date,
              date_last_stage_update, refuse_reason_id, refuse_date)
       SELECT %(size)s * 3 + c.id, c.name, c.email, c.email_normalized, c.id,
              c.company_id, (SELECT MIN(id) FROM hr_job), FALSE, 'normal',
              c.create_date, c.create_date, %(reason)s,
              c.create_date + INTERVAL '20 days'
         FROM recruit_candidate c WHERE c.id %% 2 = 0""",
    """INSERT INTO mail_message (model, res_id, message_type, date, subject, body)
       SELECT 'recruit.candidate', id, 'comment', create_date, 'Hello',
              '<p>Thank you for your time at the fair.</p>' FROM recruit_candidate""",
)


def _write_policies(env):
    """20 policies: three for everybody, 17 for some countries."""
    policies = env["recruit.retention.policy"]
    policies.with_context(active_test=False).search([]).unlink()
    purposes = ("application", "pool", "marketing")
    rows = [
        {"name": purpose, "purpose": purpose, "max_months": 24} for purpose in purposes
    ]
    rows += [
        {
            "name": f"Countries {number}",
            "purpose": purposes[number % 3],
            "outcome": "refused" if number % 6 == 0 else "any",
            "country_ids": list(range(1 + 3 * number, 4 + 3 * number)),
            "min_months": number % 4,
            "max_months": 6 + number,
            "notice_days": 30 if number % 2 else 0,
        }
        for number in range(17)
    ]
    policies.create(rows)


def _expected(env):
    """Who goes and who is told tonight, spelled out; `{id}` and `{id}`."""
    today = env["recruit.clock"].now().date()
    policies = env["recruit.retention.policy"].search([])
    rules = [
        (one.purpose, one.outcome, set(one.country_ids.ids), one.max_months, one.id)
        for one in policies
    ]
    notices = {one.id: one.notice_days for one in policies}
    env.cr.execute(_FACTS)
    due, told = set(), set()
    for (
        person,
        country,
        reachable,
        contact,
        in_pool,
        refused,
        applied,
    ) in env.cr.fetchall():
        grounds = [("application", "refused", refused)] if refused else []
        grounds += [("application", "open", applied)] if applied else []
        grounds += [("pool", "any", contact)] if in_pool else []
        ends = [
            _end(rules, country, *ground)
            for ground in grounds or [("marketing", "any", contact)]
        ]
        last = max(end for end, _policy in ends)
        notice = notices[min(policy for end, policy in ends if end == last)]
        if notice and reachable:
            if (last - today).days <= notice:
                told.add(person)
        elif last <= today:
            due.add(person)
    return due, told


def _end(rules, country, purpose, outcome, since):
    """The day on which one ground is over, and the policy that says so."""
    fitting = [
        (not countries, wanted == "any", months, policy)
        for kind, wanted, countries, months, policy in rules
        if kind == purpose
        and wanted in ("any", outcome)
        and (not countries or country in countries)
    ]
    _everywhere, _any, months, policy = min(fitting)
    return since + relativedelta(months=months), policy


_FACTS = """
    SELECT c.id, c.country_id, c.email IS NOT NULL AND NOT EXISTS
           (SELECT FROM mail_blacklist b WHERE b.email = c.email_normalized),
           (SELECT MAX(t.occurred_at) FROM recruit_touch t
             WHERE t.candidate_id = c.id AND t.direction = 'inbound')::date,
           EXISTS (SELECT FROM recruit_pool_member m
                    WHERE m.candidate_id = c.id AND m.left_at IS NULL),
           (SELECT a.refuse_date::date FROM hr_applicant a
             WHERE a.candidate_id = c.id AND a.refuse_date IS NOT NULL),
           (SELECT a.create_date::date FROM hr_applicant a
             WHERE a.candidate_id = c.id AND a.job_id IS NOT NULL
               AND a.refuse_date IS NULL)
      FROM recruit_candidate c"""


def _differences(env, due, told):
    """Who was erased too early, kept too long, told wrongly or not told."""
    env.cr.execute("SELECT id FROM recruit_candidate WHERE erased_at IS NOT NULL")
    erased = {row[0] for row in env.cr.fetchall()}
    env.cr.execute(
        "SELECT id FROM recruit_candidate WHERE retention_warned_at IS NOT NULL"
    )
    warned = {row[0] for row in env.cr.fetchall()}
    return (erased ^ due) | (warned ^ told)
