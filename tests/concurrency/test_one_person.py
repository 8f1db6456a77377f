"""Many web forms with one new address in the same instant make one candidate."""

import json
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg2
import pytest

FORMS = 50
ADDRESS = "ann.of.the.rush@example.com"


@pytest.fixture(scope="module")
def rush(odoo):
    """The answers to 50 forms that are sent at once."""
    together = Barrier(FORMS)

    def apply(number: int) -> dict:
        fields = {
            "partner_name": "Ann Rush",
            "email_from": ADDRESS,
            "partner_phone": f"+3247000{number:04d}",
        }
        body = urllib.parse.urlencode(fields).encode()
        together.wait(timeout=60)
        url = f"{odoo.url}/website/form/hr.applicant"
        with urllib.request.urlopen(url, data=body, timeout=300) as answer:
            return json.load(answer)

    with ThreadPoolExecutor(FORMS) as pool:
        return list(pool.map(apply, range(FORMS)))


@pytest.fixture(scope="module")
def rows(made, odoo):
    """A function that runs a query on the database: its rows."""

    def run(query: str) -> list:
        with (
            closing(psycopg2.connect(made.database_server.dsn(odoo.database))) as link,
            link.cursor() as cursor,
        ):
            cursor.execute(query, [ADDRESS])
            return cursor.fetchall()

    return run


def test_each_form_is_answered_with_its_application(rush):
    assert len({answer["id"] for answer in rush}) == FORMS


def test_one_candidate_has_all_the_applications(rush, rows):
    assert rows(
        """SELECT count(DISTINCT candidate_id), count(*) FROM hr_applicant
            WHERE email_normalized = %s AND candidate_id IS NOT NULL"""
    ) == [(1, FORMS)]


def test_the_address_points_at_that_one_candidate(rush, rows):
    assert rows("SELECT count(*) FROM recruit_identity WHERE value_norm = %s") == [(1,)]
    query = "SELECT count(*) FROM recruit_candidate WHERE email_normalized = %s"
    assert rows(query) == [(1,)]


def test_the_contact_is_made_once_and_keeps_the_phone_of_its_form(rush, rows):
    found = rows("SELECT name, phone FROM res_partner WHERE email_normalized = %s")
    assert [name for name, _phone in found] == ["Ann Rush"]


def test_every_application_is_a_touch_of_the_person(rush, rows):
    assert rows(
        """SELECT count(*) FROM recruit_touch t
             JOIN recruit_candidate c ON c.id = t.candidate_id
            WHERE c.email_normalized = %s AND t.kind = 'application'"""
    ) == [(FORMS,)]
