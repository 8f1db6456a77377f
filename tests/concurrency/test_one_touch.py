"""Reports of one contact in the same instant, by several programs, make one touch."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg2
import pytest

from tests.client import log_in

PROGRAMS = 6
KEYS = [f"fair/badge/{number}" for number in range(20)]


@pytest.fixture(scope="module")
def answers(odoo):
    """What each of the programs was answered, which sent the same rows at once."""
    together = Barrier(PROGRAMS)
    rows = [
        {"key": key, "kind": "event", "email": f"{number}@fair.example.com"}
        for number, key in enumerate(KEYS)
    ]

    def report(_number: int) -> list:
        client = log_in(odoo)
        together.wait(timeout=60)
        return client.env["recruit.touch"].record(rows)

    with ThreadPoolExecutor(PROGRAMS) as pool:
        return list(pool.map(report, range(PROGRAMS)))


@pytest.fixture(scope="module")
def stored(made, odoo, answers):
    """The touches of these keys, and their people."""
    query = """SELECT id, candidate_id FROM recruit_touch
                WHERE dedupe_key LIKE 'rpc:%:fair/badge/%' ORDER BY id"""
    with (
        closing(psycopg2.connect(made.database_server.dsn(odoo.database))) as link,
        link.cursor() as cursor,
    ):
        cursor.execute(query)
        return cursor.fetchall()


def test_every_key_is_one_row_of_one_person(stored):
    assert len(stored) == len(KEYS)
    assert len({person for _touch, person in stored}) == len(KEYS)


def test_every_program_is_answered_with_that_row(answers, stored):
    expected = {touch for touch, _person in stored}
    for answer in answers:
        assert {one["touch_id"] for one in answer} == expected
    told = [one["status"] for answer in answers for one in answer]
    assert told.count("recorded") == len(KEYS)
    assert set(told) == {"recorded", "known"}
