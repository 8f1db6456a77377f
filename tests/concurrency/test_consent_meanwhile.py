"""A person speaks up while a job is at work on them: two transactions, one outcome."""

import pytest

STAY = """
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.addons.recruit_crm.privacy import retention

person = env["recruit.candidate"].create({"name": "Ann Lee"})
other = env["recruit.candidate"].create({"name": "Ben Okafor"})
env.cr.execute(
    "UPDATE recruit_candidate SET create_date = now() - interval '3 years'"
    " WHERE id IN (%s, %s)", [person.id, other.id],
)
env.cr.commit()
with env.registry.cursor() as job, env.registry.cursor() as page:
    at_work = api.Environment(job, SUPERUSER_ID, {})
    policies = at_work["recruit.retention.policy"]._plain()
    people = at_work["recruit.candidate"]._retention_people(
        SQL("c.id IN (%s, %s)", person.id, other.id), 10
    )
    today = at_work["recruit.clock"].now().date()
    decisions = {
        key: retention.decide(person=one, policies=policies, today=today)
        for key, one in people.items()
    }
    print("DECIDED", sorted(one.action for one in decisions.values()))
    browser = api.Environment(page, SUPERUSER_ID, {})
    browser["recruit.candidate"].browse(person.id)._stay()
    page.commit()
    counts = at_work["recruit.retention.run"]._carry_out(
        decisions, at_work["recruit.candidate"].with_context(active_test=False)
    )
    print("COUNTS", counts["erased_count"], counts["failed_count"])
    job.commit()
env.invalidate_all()
env.cr.rollback()
print("ANN", person.name, bool(person.erased_at), person.pool_consent)
print("BEN", other.name, bool(other.erased_at))
"""
WITHDRAW = """
from odoo import SUPERUSER_ID, api
from psycopg2.errors import SerializationFailure

person = env["recruit.candidate"].create({"name": "Cara Diaz"})
person._give_consent("marketing", "form")
env.cr.commit()
with env.registry.cursor() as first, env.registry.cursor() as second:
    one, two = (api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))
    two["recruit.candidate"].browse(person.id).marketing_consent
    one["recruit.candidate"].browse(person.id)._withdraw_consent("marketing", "page")
    first.commit()
    try:
        late = two["recruit.candidate"].browse(person.id)
        late._withdraw_consent("marketing", "mail")
        print("SECOND", "wrote")
    except SerializationFailure:
        print("SECOND", "retries")
        second.rollback()
        two.invalidate_all()
        again = two["recruit.candidate"].browse(person.id)
        print("AGAIN", len(again._withdraw_consent("marketing", "mail")))
env.cr.rollback()
env.invalidate_all()
print("ROWS", len(person.consent_ids), person.consent_ids.withdrawn_method)
"""


@pytest.fixture(scope="module")
def database(new_database):
    return new_database()


def told(lines):
    return dict(line.split(" ", 1) for line in lines if " " in line)


def test_who_chooses_to_stay_while_the_night_erases_is_kept(database, in_shell):
    words = told(in_shell(database, STAY))
    assert words["DECIDED"] == "['erase', 'erase']"
    assert words["COUNTS"] == "1 1"
    assert words["ANN"] == "Ann Lee False given"
    assert words["BEN"].startswith("Erased person #")


def test_two_withdrawals_at_once_are_one(database, in_shell):
    words = told(in_shell(database, WITHDRAW))
    assert words["SECOND"] == "retries"
    assert words["AGAIN"] == "0"
    assert words["ROWS"] == "1 page"
