"""People by the million, written in SQL: the same data natively and as ours.

Each person is one native talent (hr.applicant) and one candidate with the same id, the
same pools, tags and skills; every tenth has one application as well; a few applicants
are in no pool, and the person `BUSY` has a long history. The shape follows
what recruiters' databases look like: a few skills are very common and most are rare,
pools hold 40 % of the people each, tags 16 %.
"""

from contextlib import contextmanager

from odoo import SUPERUSER_ID
from odoo.tools import SQL

SKILLS = 1000
LEVELS = (20, 40, 60, 80, 100)
POOLS = 3
TAGS = 10
SEED = 0.42  # of PostgreSQL's random(): the same data each time
OFFICER = "bench_officer"
STRANGERS = 60  # applicants in no pool
BUSY = 1  # the id of the person with a long history ..
ENTRIES = 1000  # .. of so many entries

FILLED = (
    "hr_applicant",
    "hr_applicant_hr_applicant_category_rel",
    "hr_applicant_hr_talent_pool_rel",
    "hr_applicant_skill",
    "hr_applicant_category_recruit_candidate_rel",
    "recruit_candidate",
    "recruit_candidate_skill",
    "recruit_identity",
    "recruit_pool_member",
    "recruit_state_change",
    "recruit_touch",
)


def fill(env, size: int):
    """Fill a database that has no people yet with `size` of them."""
    _create_officer(env)
    vocabulary = _create_vocabulary(env)
    env.flush_all()
    with bulk_loading(env.cr):
        env.cr.execute(SQL("SELECT setseed(%s)", SEED))
        add_people(env, 1, size)
        _add_talents(env, size, vocabulary)
        _add_applications(env, size, vocabulary)
        _add_strangers(env, size, vocabulary)
        _add_skills(env, size, vocabulary)
        _add_history(env, vocabulary)
        add_contacts(env)
        for table in ("hr_applicant", "recruit_candidate"):
            _advance_sequence(env.cr, table)
    env["recruit.candidate"]._settle_blocked()
    env["recruit.pool.tally"]._refresh()  # its trigger slept while the data was loaded


def add_people(env, first: int, count: int, domain: str = "example.com"):
    """Write candidates with the ids `first` .. `first + count - 1`, and their e-mails.

    Number 7 is 'Ada7 Sample7' at ada7@`domain`.
    """
    env.cr.execute(
        SQL(
            """
            INSERT INTO recruit_candidate (id, name, email, email_normalized, phone,
                   phone_sanitized, linkedin_profile, city, country_id, lang, state,
                   active, company_id, last_touch_at, create_uid, create_date,
                   write_uid, write_date)
            SELECT i, 'Ada' || i || ' Sample' || i, 'ada' || i || '@' || %(domain)s,
                   'ada' || i || '@' || %(domain)s, '+1555' || lpad(i::text, 7, '0'),
                   '+1555' || lpad(i::text, 7, '0'),
                   'https://www.linkedin.com/in/ada-' || i || '/', 'City ' || i %% 500,
                   1 + i %% 60, 'en_US', 'new', TRUE, %(company)s,
                   now() AT TIME ZONE 'UTC' - i * interval '1 second',
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM generate_series(%(first)s, %(last)s) AS i
            """,
            domain=domain,
            company=env.company.id,
            uid=SUPERUSER_ID,
            first=first,
            last=first + count - 1,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO recruit_identity (candidate_id, kind, value, value_norm,
                   company_id)
            SELECT c.id, i.kind, i.value, i.value_norm, c.company_id
              FROM recruit_candidate c,
                   LATERAL (VALUES
                       ('email', c.email, c.email_normalized),
                       ('phone', c.phone, c.phone_sanitized),
                       ('linkedin', c.linkedin_profile, 'ada-' || c.id || %(at)s)
                   ) AS i (kind, value, value_norm)
             WHERE c.id BETWEEN %(first)s AND %(last)s
            """,
            at="" if domain == "example.com" else f"-{domain}".replace(".", "-"),
            first=first,
            last=first + count - 1,
        )
    )


def _create_officer(env):
    """The recruiter in whose name everything is measured, with all record rules."""
    groups = env.ref("hr_recruitment.group_hr_recruitment_user")
    env["res.users"].create(
        {"name": OFFICER, "login": OFFICER, "group_ids": [(4, groups.id)]}
    )


def _create_vocabulary(env) -> dict:
    """Skills with their levels, pools, tags and a job: {name: ids}."""
    skill_type = env["hr.skill.type"].create(
        {
            "name": "Bench",
            "skill_level_ids": [
                (0, 0, {"name": f"{level} %", "level_progress": level})
                for level in LEVELS
            ],
            "skill_ids": [(0, 0, {"name": f"Skill {n}"}) for n in range(SKILLS)],
        }
    )
    return {
        "skill_type": skill_type.id,
        "skills": skill_type.skill_ids.sorted("id").ids,
        "levels": skill_type.skill_level_ids.sorted("level_progress").ids,
        "pools": env["hr.talent.pool"]
        .create([{"name": f"Bench pool {n}"} for n in range(POOLS)])
        .ids,
        "tags": env["hr.applicant.category"]
        .create([{"name": f"Bench tag {n}"} for n in range(TAGS)])
        .ids,
        "job": env["hr.job"].create({"name": "Bench job"}).id,
        "stage": env["hr.recruitment.stage"].search([], limit=1).id,
    }


@contextmanager
def bulk_loading(cr, tables=FILLED):
    """Without secondary indexes and checks of foreign keys, which come back after."""
    cr.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
             FROM pg_index i
            WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique""",
        [list(tables)],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cr.fetchone()[0]:  # the data is consistent; checking it takes eight times longer
        cr.execute("SET LOCAL session_replication_role = replica")
    yield
    cr.execute("SET LOCAL session_replication_role = DEFAULT")
    for _name, definition in indexes:
        cr.execute(SQL(definition.replace("%", "%%")))


def _add_talents(env, size, vocabulary):
    """The native card of each person, in one or two pools, with tags; ours follow."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant (id, partner_name, email_from, email_normalized,
                   partner_phone, partner_phone_sanitized, linkedin_profile,
                   candidate_id, company_id, is_applicant_in_pool, active,
                   kanban_state, create_uid, create_date, write_uid, write_date)
            SELECT id, name, email, email_normalized, phone, phone_sanitized,
                   linkedin_profile, id, company_id, TRUE, TRUE, 'normal', create_uid,
                   create_date, write_uid, write_date
              FROM recruit_candidate ORDER BY id
            """
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant_hr_talent_pool_rel (hr_applicant_id,
                   hr_talent_pool_id)
            SELECT i, (%(pools)s)[1 + i %% %(count)s]
              FROM generate_series(1, %(size)s) AS i
             UNION ALL
            SELECT i, (%(pools)s)[1 + (i + 1) %% %(count)s]
              FROM generate_series(1, %(size)s) AS i WHERE random() < 0.2
            """,
            pools=vocabulary["pools"],
            count=POOLS,
            size=size,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant_hr_applicant_category_rel (hr_applicant_id,
                   hr_applicant_category_id)
            SELECT i, tag
              FROM generate_series(1, %(size)s) AS i, unnest(%(tags)s) AS tag
             WHERE random() < 0.159
            """,
            tags=vocabulary["tags"],
            size=size,
        )
    )
    for statement in _MIRRORS:
        env.cr.execute(SQL(statement))


_MIRRORS = (
    """INSERT INTO recruit_pool_member (candidate_id, pool_id, joined_at, company_id,
              stage_id, origin)
       SELECT r.hr_applicant_id, r.hr_talent_pool_id, now() AT TIME ZONE 'UTC',
              c.company_id,
              stages.ids[1 + mod(r.hr_applicant_id, cardinality(stages.ids))],
              'manual'
         FROM hr_applicant_hr_talent_pool_rel r
         JOIN recruit_candidate c ON c.id = r.hr_applicant_id
         JOIN (SELECT pool_id, array_agg(id) AS ids
                 FROM recruit_pool_stage GROUP BY pool_id) stages
           ON stages.pool_id = r.hr_talent_pool_id""",
    """INSERT INTO hr_applicant_category_recruit_candidate_rel (recruit_candidate_id,
              hr_applicant_category_id)
       SELECT hr_applicant_id, hr_applicant_category_id
         FROM hr_applicant_hr_applicant_category_rel""",
)


def _add_applications(env, size, vocabulary):
    """An application of every tenth person."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant (id, partner_name, email_from, email_normalized,
                   partner_phone, partner_phone_sanitized, linkedin_profile,
                   candidate_id, company_id, job_id, stage_id, is_applicant_in_pool,
                   active, kanban_state, create_uid, create_date, write_uid,
                   write_date)
            SELECT %(size)s + id / 10, name, email, email_normalized, phone,
                   phone_sanitized, linkedin_profile, id, company_id, %(job)s,
                   %(stage)s, TRUE, TRUE, 'normal', create_uid,
                   create_date, write_uid, write_date
              FROM recruit_candidate WHERE id %% 10 = 0 ORDER BY id
            """,
            size=size,
            job=vocabulary["job"],
            stage=vocabulary["stage"],
        )
    )


def _add_strangers(env, size, vocabulary):
    """Applicants who are in no pool: those whom the native wizard offers to add."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant (id, partner_name, email_from, email_normalized,
                   company_id, stage_id, active, kanban_state, create_date)
            SELECT %(size)s * 2 + i, 'Stranger ' || i, e.mail, e.mail, %(company)s,
                   %(stage)s, TRUE, 'normal', now() AT TIME ZONE 'UTC'
              FROM generate_series(1, %(count)s) AS i,
                   LATERAL (SELECT 'stranger' || i || '@example.org') AS e (mail)
            """,
            size=size,
            company=env.company.id,
            stage=vocabulary["stage"],
            count=STRANGERS,
        )
    )


def _add_history(env, vocabulary):
    """A thousand entries of one person: touches, messages, pool moves, states."""
    words = {
        "person": BUSY,
        "uid": SUPERUSER_ID,
        "pool": vocabulary["pools"][0],
        "author": env.user.partner_id.id,
        "most": ENTRIES // 4,
        "moves": ENTRIES // 4 // 2,  # each joins and leaves
        # the pools of the data set are entries too
        "touches": ENTRIES // 4
        - len(env["recruit.pool.member"].search([("candidate_id", "=", BUSY)])),
    }
    for statement in _HISTORY:
        env.cr.execute(SQL(statement, **words))


_HISTORY = (
    """INSERT INTO recruit_touch (candidate_id, occurred_at, recorded_at, kind, source,
              evidence, user_id)
       SELECT %(person)s, m.at, m.at, 'call', 'Phone', 'Call number ' || i, %(uid)s
         FROM generate_series(1, %(touches)s) AS i,
              LATERAL (SELECT now() AT TIME ZONE 'UTC' - i * interval '1 day')
                   AS m (at)""",
    """INSERT INTO mail_message (model, res_id, message_type, date, subject, body,
              author_id, create_uid, create_date)
       SELECT 'recruit.candidate', %(person)s, 'email', m.at, 'Message ' || i,
              '<p>' || repeat('Hello Ada, how are you? ', 40) || '</p>', %(author)s,
              %(uid)s, m.at
         FROM generate_series(1, %(most)s) AS i,
              LATERAL (SELECT now() AT TIME ZONE 'UTC' - i * interval '25 hours')
                   AS m (at)""",
    """INSERT INTO recruit_pool_member (candidate_id, pool_id, joined_at, left_at,
              user_id)
       SELECT %(person)s, %(pool)s, m.at, m.at + interval '1 hour', %(uid)s
         FROM generate_series(1, %(moves)s) AS i,
              LATERAL (SELECT now() AT TIME ZONE 'UTC' - i * interval '49 hours')
                   AS m (at)""",
    """INSERT INTO recruit_state_change (candidate_id, from_state, to_state, event,
              changed_at, user_id)
       SELECT %(person)s, 'new', 'engaged', 'hand',
              now() AT TIME ZONE 'UTC' - i * interval '31 hours', %(uid)s
         FROM generate_series(1, %(most)s) AS i""",
)


def add_contacts(env):
    """The contact of each talent, where Odoo keeps the country; every hundredth asked
    for no mail at all."""
    for statement in _CONTACTS:
        env.cr.execute(SQL(statement))
    _advance_sequence(env.cr, "res_partner")


_CONTACTS = (
    """INSERT INTO res_partner (id, name, complete_name, email, email_normalized,
              country_id, active, partner_share, commercial_partner_id, type,
              create_date)
       SELECT 1000000 + a.id, a.partner_name, a.partner_name, a.email_from,
              a.email_normalized, c.country_id, TRUE, TRUE, 1000000 + a.id, 'contact',
              a.create_date
         FROM hr_applicant a JOIN recruit_candidate c ON c.id = a.id
        WHERE a.job_id IS NULL""",
    """UPDATE hr_applicant a SET partner_id = p.id
         FROM res_partner p WHERE p.id = 1000000 + a.id""",
    """INSERT INTO mail_blacklist (email, active)
       SELECT email_normalized, TRUE FROM recruit_candidate WHERE id %% 100 = 7""",
)


def _add_skills(env, size, vocabulary):
    """Six draws a person: skill 0 is known to many, skill 999 to few."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO recruit_candidate_skill (candidate_id, skill_id, level,
                   provenance)
            SELECT i, (%(skills)s)[1 + floor(%(count)s * random() ^ 2)::int],
                   20 * (1 + floor(random() * 5)::int), 'cv'
              FROM generate_series(1, %(size)s) AS i, generate_series(1, 6)
                ON CONFLICT DO NOTHING
            """,
            skills=vocabulary["skills"],
            count=SKILLS,
            size=size,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO hr_applicant_skill (applicant_id, skill_id, skill_level_id,
                   skill_type_id, valid_from)
            SELECT candidate_id, skill_id, (%(levels)s)[level / 20], %(skill_type)s,
                   DATE '2024-01-01'
              FROM recruit_candidate_skill
            """,
            levels=vocabulary["levels"],
            skill_type=vocabulary["skill_type"],
        )
    )


def _advance_sequence(cr, table):
    cr.execute(
        SQL(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT MAX(id) FROM %s))",
            table,
            SQL.identifier(table),
        )
    )
