"""From the meeting to the submitted scorecard on a phone, with the thumb alone."""

import pytest
from playwright.sync_api import expect

from dev.workbench import chromium
from tests.client import log_in

PHONE = {"width": 390, "height": 844}
CARD = "button[name='action_open_scorecard']:visible"
INTERVIEW = "Interview with Kelly Wallant"


@pytest.fixture(scope="module")
def interview(demo_odoo):
    """The id of the meeting with a candidate, to which the administrator is invited."""
    events = log_in(demo_odoo).env["calendar.event"]
    (event,) = events.search([("name", "=", INTERVIEW)])
    return event


@pytest.fixture(scope="module")
def page(demo_odoo, interview):
    """The meeting on a phone."""
    with chromium.browser() as browser:
        phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
        page = phone.new_page()
        chromium.log_in(page, demo_odoo.url)
        page.goto(f"{demo_odoo.url}/odoo/calendar.event/{interview}")
        chromium.settle(page, ".o_form_view")
        yield page


def is_cut_off(page):
    """Whether anything of the form is beyond the edge of the phone, or shortened."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".o_form_sheet *")].some((one) => {
            const box = one.getBoundingClientRect();
            const shortened = getComputedStyle(one).textOverflow === "ellipsis"
                && one.scrollWidth > one.clientWidth && !one.matches("input");
            return one.offsetParent && (box.right > innerWidth + 1 || shortened);
        })"""
    )


def read(demo_odoo, model, domain, field):
    """One field of the rows that somebody finds."""
    rows = log_in(demo_odoo).env[model]
    return [row[field] for row in rows.read(rows.search(domain), [field])]


def test_one_tap_opens_the_scorecard_and_all_of_it_is_written(
    page, demo_odoo, interview
):
    page.locator(CARD).tap()
    chromium.settle(page, ".o_recruit_ratings")
    assert not is_cut_off(page)
    page.locator(".o_recruit_rating_scale button:has-text('4')").first.tap()
    page.locator(".o_recruit_answers textarea").first.fill("Meetings without an end.")
    # the answer is saved as its field is left, and must leave the next one alone
    note = page.locator(".o_recruit_rating input").first
    with page.expect_response("**/web_save"):
        note.fill("Asks before")
    page.wait_for_selector(
        ".o_form_status_indicator_buttons.invisible", state="attached"
    )
    expect(note).to_have_value("Asks before")
    page.get_by_text("Strong Yes").tap()
    page.locator(".o_statusbar_buttons button[name='action_submit']").tap()
    page.locator(".modal footer .btn-primary").tap()
    page.wait_for_selector(".o_recruit_answers:not(:has(textarea))")
    assert not is_cut_off(page)
    mine = [("event_id", "=", interview), ("interviewer_id.login", "=", "admin")]
    assert read(demo_odoo, "recruit.scorecard", mine, "state") == ["submitted"]
    given = [("scorecard_id.event_id", "=", interview)]
    answers = read(demo_odoo, "recruit.scorecard.answer", given, "answer")
    assert "Meetings without an end." in answers
    assert "4" in read(demo_odoo, "recruit.scorecard.rating", given, "rating")
    assert "Asks before" in read(demo_odoo, "recruit.scorecard.rating", given, "note")
