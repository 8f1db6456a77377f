"""The main job of the product, step by step, against real servers."""

import pytest

from dev.story import main_job, people
from dev.story.checks import StoryError
from dev.story.outside import World


@pytest.fixture(scope="module")
def world(odoo, maildrop):
    return World(odoo.url, odoo.database, "admin", "admin", maildrop.folder)


@pytest.fixture(scope="module")
def story(world):
    return main_job.Story(world)


@pytest.mark.parametrize("step", main_job.STEPS, ids=lambda step: step.__name__)
def test_step(story, step):
    """Each step asserts what it did; its line says it to people."""
    assert step(story)


def test_given_the_story_then_every_hire_has_its_first_touch_and_its_campaign(story):
    rows = {row.name: row for row in main_job.hires(story.odoo)}
    told = {person.email: person for person in story.people}
    first, second = told[story.first], told[story.second]
    assert len(rows) == 3
    for person, way in ((first, "campaign"), (second, "silver medal")):
        row = rows[person.name]
        assert row.source == person.source
        assert row.first_touch == f"{person.first_seen_at:%Y-%m-%d}"
        assert row.campaign
        assert row.way == way
        assert row.first_touch < row.applied <= row.hired
    stranger = rows["Noor Haddad"]
    assert (stranger.source, stranger.campaign, stranger.way) == (
        "Indeed",
        "-",
        "direct",
    )


def test_given_the_story_was_played_when_played_again_then_it_says_so_and_does_nothing(
    world, story
):
    before = story.odoo.count("recruit.candidate")
    lines = []
    account = main_job.play(world, lines.append)
    assert account.played_before
    assert len(account.rows) == 3
    assert all(row.name in str(account) for row in account.rows)
    assert "before" in lines[0]
    assert story.odoo.count("recruit.candidate") == before


def test_given_a_story_that_stopped_halfway_when_played_again_then_it_is_refused(
    world, story
):
    medals = story.odoo.search("recruit.medal")
    story.odoo.call("recruit.medal", "write", medals, {"rehired_applicant_id": False})
    with pytest.raises(StoryError, match="--reset"):
        main_job.play(world, print)


def test_given_equal_seeds_then_the_people_are_equal():
    assert people.to_csv(people.generate()) == people.to_csv(people.generate())
