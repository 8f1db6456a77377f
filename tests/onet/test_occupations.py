"""The small data set of the demo follows the facts that it names as its source."""

import csv

import pytest

from dev.story import people
from dev.workbench import paths

STEP = 10  # levels of the data set are shares of O*NET's scale, in steps of 10


def rows(name: str) -> list[dict]:
    with open(paths.ONET / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rated():
    """{(code, general skill): level as a share of 100}."""
    return {
        (row["onet_soc_code"], row["skill"]): float(row["level_0_to_7"]) / 7 * 100
        for row in rows("skills.csv")
    }


def test_every_occupation_has_its_code_in_onet():
    codes = {row["onet_soc_code"] for row in rows("occupations.csv")}
    assert {occupation.code for occupation in people.occupations()} <= codes


def test_the_levels_of_general_skills_are_those_of_onet(rated):
    stated = {
        (occupation.code, skill): level
        for occupation in people.occupations()
        for skill, level in occupation.skills.items()
    }
    compared = stated.keys() & rated.keys()
    assert len(compared) > len(stated) / 3
    for key in compared:
        assert abs(stated[key] - rated[key]) <= STEP / 2, key
