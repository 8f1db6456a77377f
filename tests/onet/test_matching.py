"""The matching on real occupations: people find the job they were drawn from, and what
is close in skills is close in kind.

Each occupation of O*NET is a job: its general skills at the level of O*NET, its tools
at one level. The relation it is held against is in no skill: the minor groups of the
Standard Occupational Classification (the first digits of the code).
"""

import csv
import importlib
import sys
from collections import Counter, defaultdict
from datetime import date
from random import Random
from statistics import fmean, median
from types import ModuleType

import pytest

from dev.workbench import paths

TODAY = date(2026, 1, 1)
TOOL = 60  # the level of a tool: O*NET says only that it is used
SEED = 20260101
DRAWN, COMPARED = 200, 120
LOST, NOISE, STRAY = 0.3, 10, 0.1  # skills not told; levels off by; skills of others
FIRST = 10  # jobs that somebody looks at


def pure(name):
    """A module of the pure packages of recruit_crm, without Odoo around it."""
    whole = ModuleType("recruit_pure")
    whole.__path__ = [str(paths.ADDONS / "recruit_crm")]
    sys.modules.setdefault(whole.__name__, whole)
    return importlib.import_module(f"{whole.__name__}.{name}")


formula, people, rarity = (
    pure(f"matching.{name}") for name in ("formula", "people", "rarity")
)


def rows(name):
    with open(paths.ONET / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def occupations():
    """{code: {skill: level}} of all occupations that have any."""
    found = defaultdict(dict)
    for row in rows("skills.csv"):
        level = round(float(row["level_0_to_7"]) / 7 * 100)
        found[row["onet_soc_code"]][row["skill"]] = level
    for row in rows("technology_skills.csv"):
        found[row["onet_soc_code"]][row["skill"]] = TOOL
    return dict(found)


@pytest.fixture(scope="module")
def rarities(occupations):
    return rarities_of(occupations)


def rarities_of(occupations):
    """{skill: its rarity at each step}, counted over one person an occupation."""
    counts = defaultdict(Counter)
    for skills in occupations.values():
        for skill, level in skills.items():
            counts[skill][level] += 1
    everybody = len(occupations)
    return {skill: rarity.weigh(one, everybody) for skill, one in counts.items()}


@pytest.fixture(scope="module")
def jobs(occupations, rarities):
    return jobs_of(occupations, rarities)


def jobs_of(occupations, rarities):
    return {
        code: people.Job(
            {
                skill: people.Want(level, False, rarities[skill][rarity.step_of(level)])
                for skill, level in skills.items()
            }
        )
        for code, skills in occupations.items()
    }


def person_of(skills, rarities):
    """Somebody who claims {skill: level}."""
    return people.Person(
        {
            skill: people.Skill(
                level, "cv", TODAY, rarities[skill][rarity.step_of(level)]
            )
            for skill, level in skills.items()
        }
    )


def drawn(skills, everything, random):
    """The skills of somebody of this occupation, as a CV would tell them."""
    kept = {
        skill: min(100, max(1, round(random.gauss(level, NOISE))))
        for skill, level in skills.items()
        if random.random() > LOST
    }
    strays = random.sample(everything, max(1, int(len(skills) * STRAY)))
    return {skill: random.randint(20, 80) for skill in strays} | kept


def ranked(jobs, person, without=None):
    """The codes of all jobs, the best first."""
    scores = {
        code: formula.score(job, person, TODAY).points
        for code, job in jobs.items()
        if code != without
    }
    return sorted(scores, key=lambda code: (-scores[code], code))


def of_one_group(code, other):
    return code[:4] == other[:4]


def placement(order, related):
    """Where the related stand on the mean: 1 all on top, 0.5 anywhere, 0 at the end."""
    places = [at for at, code in enumerate(order) if code in related]
    others = len(order) - len(related)
    ahead = sum(place - before for before, place in enumerate(places))
    return 1 - ahead / (len(related) * others)


@pytest.fixture(scope="module")
def orders(occupations, jobs, rarities):
    """{code: all other jobs in order for somebody who is exactly of this occupation}"""
    chosen = Random(SEED).sample(sorted(occupations), COMPARED)
    return {
        code: ranked(jobs, person_of(occupations[code], rarities), without=code)
        for code in chosen
    }


def found(occupations, jobs, rarities):
    """The share of people drawn from occupations who find theirs among three."""
    random = Random(SEED)
    everything = sorted({skill for one in occupations.values() for skill in one})
    hits = 0
    for code in random.sample(sorted(occupations), DRAWN):
        person = person_of(drawn(occupations[code], everything, random), rarities)
        hits += code in ranked(jobs, person)[:3]
    return hits / DRAWN


def test_people_drawn_from_an_occupation_find_it_among_the_top_three(
    occupations, jobs, rarities
):
    assert found(occupations, jobs, rarities) >= 0.95


def test_they_find_it_where_tools_alone_are_asked_for(occupations):
    tools = {row["skill"] for row in rows("technology_skills.csv")}
    bare = {
        code: kept
        for code, skills in occupations.items()
        if (kept := {name: skills[name] for name in skills.keys() & tools})
    }
    rarities = rarities_of(bare)
    assert found(bare, jobs_of(bare, rarities), rarities) >= 0.95


def test_occupations_of_one_group_come_first(orders):
    placed = [
        placement(order, related)
        for code, order in orders.items()
        if (related := {other for other in order if of_one_group(code, other)})
    ]
    assert fmean(placed) >= 0.8


def test_the_order_is_no_artefact_of_how_many_skills_a_job_names(orders, occupations):
    mean_place = defaultdict(list)
    for order in orders.values():
        for place, code in enumerate(order):
            mean_place[code].append(place)
    correlation = rank_correlation(
        [fmean(places) for places in mean_place.values()],
        [len(occupations[code]) for code in mean_place],
    )
    assert abs(correlation) <= 0.25


def test_no_job_is_among_the_first_of_everybody(orders):
    seen = Counter(code for order in orders.values() for code in order[:FIRST])
    assert max(seen.values()) <= 0.3 * len(orders)


def test_the_groups_come_first_better_than_by_how_many_skills_are_shared(
    orders, occupations
):
    better = []
    for code, order in orders.items():
        related = {other for other in order if of_one_group(code, other)}
        if related:
            by_count = sorted(
                order,
                key=lambda other: -len(occupations[code].keys() & occupations[other]),
            )
            better.append(placement(order, related) - placement(by_count, related))
    assert fmean(better) > 0.1
    assert median(better) > 0


def rank_correlation(xs, ys):
    ranks = [ranks_of(values) for values in (xs, ys)]
    means = [fmean(one) for one in ranks]
    off = [
        [rank - mean for rank in one] for one, mean in zip(ranks, means, strict=True)
    ]
    spread = [sum(value * value for value in one) for one in off]
    return (
        sum(x * y for x, y in zip(*off, strict=True)) / (spread[0] * spread[1]) ** 0.5
    )


def ranks_of(values):
    """The rank of each value; equal values share theirs."""
    places = defaultdict(list)
    for place, value in enumerate(sorted(values)):
        places[value].append(place)
    return [fmean(places[value]) for value in values]
