"""The builder of segments in a real browser: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from dev.workbench import chromium
from tests.client import log_in

PHONE = {"width": 320, "height": 800}
DESKTOP = {"width": 1440, "height": 1000}
RULE = ".o_segment_condition"
COUNT = ".o_segment_count .fs-1"


@pytest.fixture(scope="module")
def client(demo_odoo):
    return log_in(demo_odoo)


@pytest.fixture(scope="module")
def people(client):
    """The ids of three people; two of them live in Loomville."""
    return [
        client.env["recruit.candidate"].create({"name": name, "city": city})
        for name, city in (
            ("Ada Loom", "Loomville"),
            ("Bo Loom", "Loomville"),
            ("Cy Reed", "Reedham"),
        )
    ]


@pytest.fixture
def segment(client, people):
    """The id of a new segment: all of (lives in Loomville)."""
    rule = {"field": "city", "operator": "is", "value": "Loomville"}
    return client.env["recruit.segment"].create(
        {"name": "Loom people", "tree": {"group": "all", "items": [rule]}}
    )


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as browser:
        yield browser


@pytest.fixture
def page(demo_odoo, browser, segment):
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    chromium.log_in(page, demo_odoo.url)
    page.goto(f"{demo_odoo.url}/odoo/candidate-segments/{segment}")
    page.wait_for_selector(COUNT)
    yield page
    assert page.complaints == []
    context.close()


def counts(page, count: int):
    page.wait_for_function(
        f"document.querySelector('{COUNT}')?.textContent.trim() === '{count}'"
    )


def save(page):
    page.click(".o_form_button_save")
    page.wait_for_selector(
        ".o_form_status_indicator_buttons.invisible", state="attached"
    )


def tree_of(client, segment) -> dict:
    return client.env["recruit.segment"].read([segment], ["tree"])[0]["tree"]


def test_the_count_and_the_sample_follow_what_is_written(page, client, segment):
    counts(page, 2)
    assert "Ada Loom" in page.inner_text(".o_segment_preview")
    page.locator(f"{RULE} .o_segment_text").fill("Reedham")
    counts(page, 1)
    assert "Cy Reed" in page.inner_text(".o_segment_preview")
    assert "Reedham" in page.inner_text(".o_segment_sentence")
    save(page)
    assert tree_of(client, segment)["items"][0]["value"] == "Reedham"


def test_rules_and_groups_are_added_filled_in_and_removed(page, client, segment):
    page.locator(".o_segment_add_group").last.click()
    expect(page.locator(RULE)).to_have_count(2)  # or the last one is the first still
    page.locator(f"{RULE} .o_segment_field").last.select_option(label="Relationship")
    page.get_by_role("button", name="Alumni").click()
    counts(page, 0)
    page.locator(".o_segment_kind").last.select_option("none")
    counts(page, 2)
    page.locator(".o_segment_add_rule").first.click()
    page.locator(f"{RULE} .o_segment_field").nth(2).select_option(label="Tag")
    page.locator(f"{RULE} .o_segment_records input").click()
    page.wait_for_selector(".o-autocomplete--dropdown-item")
    page.keyboard.type("Senior", delay=20)
    page.click(".o-autocomplete--dropdown-item:has-text('Senior')")
    page.wait_for_selector(f"{RULE} .o_tag:has-text('Senior')")
    save(page)
    first, second = tree_of(client, segment)["items"]
    assert first["field"] == "city"
    assert second["group"] == "none"
    assert [one["field"] for one in second["items"]] == ["state", "tag"]
    page.locator(RULE).nth(2).get_by_label("Remove").click()
    page.locator(RULE).nth(1).get_by_label("Remove").click()
    emptied = page.locator(".o_segment_group")
    expect(emptied, "an empty group goes too").to_have_count(1)


def test_what_is_asked_beside_a_skill_is_added_and_dropped(page, client, segment):
    page.locator(f"{RULE} .o_segment_field").select_option(label="Skill")
    page.locator(f"{RULE} .o_segment_records input").click()
    page.click(".o-autocomplete--dropdown-item >> nth=0")
    page.get_by_role("button", name="As far as it has faded today").click()
    page.get_by_role("button", name="Shown within").click()
    page.get_by_role("button", name="Known from").click()
    page.get_by_role("button", name="Interview", exact=True).click()
    page.get_by_role("button", name="Without: Shown within").click()
    page.wait_for_selector(".o_segment_sentence:has-text('as of today')")
    save(page)
    [rule] = tree_of(client, segment)["items"]
    assert rule["value"].pop("skill")
    assert rule["value"] == {"level": 50, "today": True, "provenance": ["interview"]}


def test_what_is_wrong_is_said_at_its_row_and_nobody_fits(page):
    page.locator(f"{RULE} .o_segment_text").fill("")
    page.wait_for_selector(f"{RULE} .o_segment_problem:has-text('Write what')")
    counts(page, 0)
    page.click(".o_form_button_save")
    page.wait_for_selector(".modal:has-text('Write what to look for')")


def test_a_row_moves_into_a_group_and_out_by_keyboard_alone(page, client, segment):
    page.locator(".o_segment_add_group").last.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('{RULE}').length === 2")
    page.wait_for_function("document.activeElement.matches('.o_segment_field')")
    page.keyboard.press("r")  # types ahead to Relationship or Reachable
    page.locator(f"{RULE} .o_segment_field").last.select_option(value="reachable")
    page.locator(f"{RULE} .o_segment_field").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_function(
        f"document.querySelectorAll('.o_segment_group .o_segment_group {RULE}')"
        ".length === 2"
    )
    page.wait_for_function("document.activeElement.value === 'city'")
    for step in ("Up", "Down", "Down", "Down"):
        page.keyboard.press(f"Alt+Arrow{step}")
        page.wait_for_function("document.activeElement.value === 'city'")
    save(page)
    group, rule = tree_of(client, segment)["items"]
    assert [one["field"] for one in group["items"]] == ["reachable"]
    assert rule["field"] == "city"


def test_discarding_brings_the_saved_rules_back(page):
    page.locator(f"{RULE} .o_segment_text").fill("Reedham")
    counts(page, 1)
    page.click(".o_form_button_cancel")
    counts(page, 2)
    assert page.locator(f"{RULE} .o_segment_text").input_value() == "Loomville"


def test_the_form_says_why_somebody_is_in_or_out(page):
    page.locator(".o_segment_why_who input").fill("Cy Reed")
    page.click(".o-autocomplete--dropdown-item:has-text('Cy Reed')")
    answer = page.wait_for_selector(".o_segment_answer").inner_text()
    assert "Cy Reed is not in this segment" in answer
    assert "known: Reedham" in answer


def test_the_form_of_a_candidate_lists_the_segments_and_says_why(
    demo_odoo, page, people
):
    page.goto(f"{demo_odoo.url}/odoo/candidates/{people[0]}")
    page.click(".nav-link:text-is('Segments')")
    mine = page.locator(".o_candidate_segment:has-text('Loom people')").first
    mine.get_by_role("button", name="Why in?").click()
    mine.get_by_text("Ada Loom is in this segment").wait_for()


def test_a_phone_shows_the_builder_without_scrolling_sideways(page):
    page.set_viewport_size(PHONE)
    page.wait_for_selector(RULE)
    for part in (".o_segment_builder", RULE, ".o_segment_preview"):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"], part


def test_who_may_only_read_sees_the_rules_and_changes_nothing(
    demo_odoo, client, browser, segment
):
    group = client.env.ref("recruit_crm.group_recruit_privacy_officer").id
    users = client.env["res.users"]
    if not users.search([("login", "=", "reader")]):
        users.create(
            {
                "name": "Reader",
                "login": "reader",
                "password": "reader",
                "group_ids": [(6, 0, [group])],
            }
        )
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    page = context.new_page()
    chromium.log_in(page, demo_odoo.url, "reader", "reader")
    page.goto(f"{demo_odoo.url}/odoo/candidate-segments/{segment}")
    counts(page, 2)
    assert page.locator(f"{RULE} .o_segment_text").is_disabled()
    assert page.locator(".o_segment_add_rule").count() == 0
    assert page.locator(".o_segment_tools").count() == 0
    context.close()
