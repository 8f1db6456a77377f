"""The timeline of a person in a real browser: on a phone, and by keyboard alone."""

import pytest

from dev.workbench import chromium
from tests.client import log_in

PHONE = {"width": 320, "height": 700}
PAGE, TOUCHES = 40, 50
ENTRY = ".o_recruit_timeline_entry"


@pytest.fixture(scope="module")
def ann(demo_odoo):
    """The id of a demo person with a history of more than one page."""
    client = log_in(demo_odoo)
    (person,) = client.env["recruit.candidate"].search([("name", "=", "Ann Lee")])
    for number in range(TOUCHES):
        client.env["recruit.touch"].create(
            {
                "candidate_id": person,
                "kind": "call",
                "occurred_at": "2025-12-01 10:00:00",
                "evidence": f"<b>Call</b> {number}",
            }
        )
    return person


@pytest.fixture
def page(demo_odoo, ann):
    """The form of that person on a small phone."""
    with chromium.browser() as browser:
        page = browser.new_page(viewport=PHONE)
        chromium.log_in(page, demo_odoo.url)
        page.goto(f"{demo_odoo.url}/odoo/candidates/{ann}")
        page.wait_for_selector(ENTRY)
        yield page


def focused(page) -> int:
    """Which entry has the keyboard; -1 for none."""
    return page.evaluate(
        f"[...document.querySelectorAll('{ENTRY}')].indexOf(document.activeElement)"
    )


def test_a_phone_shows_the_timeline_without_scrolling_sideways(page):
    box = page.locator(".o_recruit_timeline").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    for entry in page.locator(ENTRY).all()[:5]:
        assert entry.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_what_people_wrote_is_shown_as_text(page):
    assert page.locator(f"{ENTRY} b").count() == 0
    assert page.get_by_text("<b>Call</b>").count() > 0


def test_arrows_move_older_entries_are_added_and_enter_opens_the_document(page):
    assert page.locator(ENTRY).count() == PAGE
    page.locator(ENTRY).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert focused(page) == 1
    page.get_by_role("button", name="Show older").press("Enter")
    page.wait_for_function(f"document.querySelectorAll('{ENTRY}').length > {PAGE}")
    page.wait_for_function(f"document.activeElement.matches('{ENTRY}')")
    assert focused(page) == PAGE
    page.get_by_role("button", name="Meetings").press("Enter")
    page.wait_for_function(f"document.querySelectorAll('{ENTRY}').length < {PAGE}")
    assert {one.get_attribute("data-kind") for one in page.locator(ENTRY).all()} == {
        "meeting"
    }
    page.locator(ENTRY).first.press("Enter")
    page.wait_for_selector(".o_breadcrumb :text('Coffee with Ann Lee')")
