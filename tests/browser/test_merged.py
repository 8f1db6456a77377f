"""The form of a person who was merged: the old address leads to who was kept."""

import pytest

from dev.workbench import chromium
from tests.client import log_in

TITLE = ".o_form_view .oe_title [name='name'] textarea, .oe_title [name='name'] input"


@pytest.fixture(scope="module")
def merged(demo_odoo):
    """The ids of a person and of the copy that was merged into them."""
    client = log_in(demo_odoo)
    people = client.env["recruit.candidate"]
    kept, copy = (people.create({"name": name}) for name in ("Kept", "Copy"))
    wizards = client.env["recruit.candidate.merge"]
    wizard = wizards.create(
        {"candidate_ids": [(6, 0, [kept, copy])], "primary_id": kept}
    )
    wizards.browse(wizard).action_merge()
    return kept, copy


@pytest.fixture
def page(demo_odoo):
    with chromium.browser() as browser:
        # wide enough for every stat button: on less, some hide under "More"
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        chromium.log_in(page, demo_odoo.url)
        yield page


def test_the_address_of_an_old_id_opens_the_survivor(demo_odoo, merged, page):
    kept, copy = merged
    page.goto(f"{demo_odoo.url}/odoo/candidates/{copy}")
    page.wait_for_url(f"**/{kept}")
    page.wait_for_selector(".o_notification:has-text('Copy was merged into')")
    assert page.locator(TITLE).input_value() == "Kept"
    assert page.locator("button[name='action_merge']").is_visible()


def test_the_old_record_is_shown_to_who_asks_for_it_and_offers_no_deeds(
    demo_odoo, merged, page
):
    kept, _copy = merged
    page.goto(f"{demo_odoo.url}/odoo/candidates/{kept}")
    page.click("button[name='action_view_merges']")
    page.click("button[name='action_open_merged']")
    page.wait_for_selector(".alert:has-text('This person was merged into')")
    assert page.locator(TITLE).input_value() == "Copy"
    assert not page.locator(".o_form_statusbar").is_visible()
    page.click(".alert button[name='action_open_survivor']")
    page.wait_for_selector("button[name='action_merge']")
    assert page.locator(TITLE).input_value() == "Kept"
