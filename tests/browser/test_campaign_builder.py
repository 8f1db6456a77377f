"""The builder of a campaign in a real browser: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from dev.workbench import chromium
from tests.client import log_in

PHONE = {"width": 320, "height": 800}
DESKTOP = {"width": 1440, "height": 1200}
CARD = ".o_campaign_card"
STEP = "recruit.campaign.step"


@pytest.fixture(scope="module")
def client(demo_odoo):
    return log_in(demo_odoo)


@pytest.fixture(scope="module")
def segment(client):
    """The id of a segment of one person, who lives in Loomville."""
    client.env["recruit.candidate"].create(
        {"name": "Ada Loom", "email": "ada@loom.example.com", "city": "Loomville"}
    )
    rule = {"field": "city", "operator": "is", "value": "Loomville"}
    return client.env["recruit.segment"].create(
        {"name": "Loom campaign", "tree": {"group": "all", "items": [rule]}}
    )


@pytest.fixture
def campaign(client, segment):
    """The id of a draft of two messages and a note."""
    mail = {"kind": "mail", "body_html": "<p>Hello</p>"}
    return client.env["recruit.campaign"].create(
        {
            "name": "Weavers",
            "segment_id": segment,
            "step_ids": [
                (0, 0, {**mail, "sequence": 10, "subject": "First"}),
                (0, 0, {**mail, "sequence": 20, "subject": "Second", "delay": 3}),
                (0, 0, {"kind": "notify", "sequence": 30, "assign_to": "sender"}),
            ],
        }
    )


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as browser:
        yield browser


@pytest.fixture
def page(demo_odoo, browser):
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    chromium.log_in(page, demo_odoo.url)
    yield page
    assert page.complaints == []
    context.close()


@pytest.fixture
def built(demo_odoo, page, campaign):
    """The page of a campaign of three steps."""
    page.goto(f"{demo_odoo.url}/odoo/recruiting-campaigns/{campaign}")
    expect(page.locator(CARD)).to_have_count(3)
    return page


def add(page, kind):
    page.click(".o_campaign_add")
    page.click(f".o-dropdown-item.o_campaign_kind_{kind}")


def save_dialog(page):
    page.click(".modal .o_form_button_save")
    expect(page.locator(".modal")).to_have_count(0)


def write_message(page, subject):
    page.locator(
        ".modal [name='subject'] input, .modal [name='subject'] textarea"
    ).fill(subject)
    page.locator(".modal [name='body_html'] .odoo-editor-editable").click()
    page.keyboard.type("Hello from the weavers")
    save_dialog(page)


def leave(field):
    """Go on to the next field, and wait until what was written is saved and shown."""
    with field.page.expect_response("**/recruit.campaign.step/write"):
        field.press("Tab")
    expect(field.page.locator(".o_campaign_busy")).to_have_count(0)


def says(page):
    """What the cards say, in their order; of a message its subject."""
    return page.eval_on_selector_all(
        ".o_campaign_says", "all => all.map((one) => one.value || one.textContent)"
    )


def steps_of(client, campaign):
    ids = client.env[STEP].search([("campaign_id", "=", campaign)], order="sequence")
    return client.env[STEP].read(ids, ["kind", "subject", "delay", "no_step_id"])


def test_a_campaign_is_built_and_started(demo_odoo, page, client, segment):
    page.goto(f"{demo_odoo.url}/odoo/recruiting-campaigns/new")
    page.locator("[name='name'] textarea, [name='name'] input").first.fill("Loomers")
    page.locator("[name='segment_id'] input").fill("Loom campaign")
    page.click(".o-autocomplete--dropdown-item:has-text('Loom campaign') >> nth=0")
    add(page, "mail")
    page.wait_for_selector(".modal")
    write_message(page, "Hello weaver")
    add(page, "condition")
    save_dialog(page)
    add(page, "end")
    expect(page.locator(CARD)).to_have_count(3)
    page.click(".o_campaign_add_no")
    page.click(".o-dropdown-item.o_campaign_no_task")
    page.locator(".modal [name='summary'] input").fill("Call")
    save_dialog(page)
    expect(page.locator(".o_campaign_beside")).to_have_count(1)
    page.click("button[name='action_start']")
    page.click(".modal-footer .btn-primary")
    page.wait_for_selector(".o_arrow_button_current:has-text('Running')")
    page.wait_for_selector(f"{CARD} >> nth=0 >> text=1 here now")
    [campaign] = client.env["recruit.campaign"].search([("name", "=", "Loomers")])
    kinds = [step["kind"] for step in steps_of(client, campaign)]
    assert sorted(kinds) == ["condition", "end", "mail", "task"]


def test_steps_are_edited_where_they_stand(built, client, campaign):
    second = built.locator(".o_campaign_stop").nth(1)
    second.locator("input[type='number']").fill("5")
    leave(second.locator("input[type='number']"))
    subject = built.locator("input.o_campaign_says").nth(1)
    subject.fill("Second, better")
    leave(subject)
    built.wait_for_function(
        "document.querySelectorAll('.o_campaign_says')[1].value === 'Second, better'"
    )
    step = steps_of(client, campaign)[1]
    assert (step["delay"], step["subject"]) == (5, "Second, better")


def test_what_is_being_typed_stays_while_another_field_is_saved(
    built, client, campaign
):
    held = []

    def hold(route):
        held.append(route)

    built.route("**/get_builder", hold)
    delay = built.locator(".o_campaign_stop input[type='number']").nth(1)
    delay.fill("5")
    with built.expect_request("**/get_builder"):
        delay.press("Tab")
    subject = built.locator("input.o_campaign_says").nth(1)
    subject.fill("Half a sub")
    for route in held:
        route.continue_()
    built.unroute("**/get_builder")
    expect(built.locator(".o_campaign_busy")).to_have_count(0)
    expect(subject).to_have_value("Half a sub")
    leave(subject)
    assert steps_of(client, campaign)[1]["subject"] == "Half a sub"


def test_steps_are_dragged_to_their_place(built, client, campaign):
    handle = built.locator(".o_campaign_handle").nth(1)
    box = handle.bounding_box()
    built.mouse.move(box["x"] + 4, box["y"] + 4)
    built.mouse.down()
    target = built.locator(CARD).nth(0).bounding_box()
    built.mouse.move(target["x"] + 20, target["y"] + 60, steps=8)
    built.mouse.move(target["x"] + 20, target["y"] - 30, steps=8)
    built.mouse.up()
    built.wait_for_function(
        "document.querySelectorAll('.o_campaign_says')[0].value === 'Second'"
    )
    subjects = [step["subject"] for step in steps_of(client, campaign)]
    assert subjects == ["Second", "First", False]


def test_steps_are_moved_opened_and_removed_by_keyboard_alone(built, client, campaign):
    built.locator(CARD).first.focus()
    built.keyboard.press("Alt+ArrowDown")
    built.wait_for_function(
        "document.querySelectorAll('.o_campaign_says')[1].value === 'First'"
    )
    built.wait_for_function("document.activeElement.ariaLabel?.startsWith('2.')")
    built.keyboard.press("ArrowDown")
    built.wait_for_function("document.activeElement.ariaLabel?.startsWith('3.')")
    built.keyboard.press("Enter")
    built.wait_for_selector(".modal:has-text('Notify a colleague')")
    built.keyboard.press("Escape")
    expect(built.locator(".modal")).to_have_count(0)
    built.locator(CARD).nth(2).focus()
    built.keyboard.press("Delete")
    built.click(".modal-footer .btn-primary")
    expect(built.locator(CARD)).to_have_count(2)
    assert len(steps_of(client, campaign)) == 2


def test_a_started_campaign_is_edited_as_a_new_version(built, client, campaign):
    client.env["recruit.campaign"].action_start([campaign])
    built.reload()
    expect(built.locator(".o_campaign_handle")).to_have_count(0)
    built.click(".o_campaign_edit")
    built.wait_for_selector(".o_campaign_banner:has-text('Version 2')")
    built.locator("input.o_campaign_says").nth(1).fill("Another second")
    leave(built.locator("input.o_campaign_says").nth(1))
    built.click(".o_campaign_publish")
    built.wait_for_selector(".modal:has-text('“First” (1 waiting)')")
    built.click(".modal [name='action_publish']")
    built.wait_for_selector(".o_campaign_versions:has-text('Version 2')")
    assert says(built)[1] == "Another second"


def test_a_phone_shows_the_steps_without_scrolling_sideways(built):
    built.set_viewport_size(PHONE)
    built.wait_for_selector(CARD)
    for part in (".o_campaign_builder", CARD, ".o_campaign_delay"):
        for place in built.locator(part).all():
            box = place.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"], part


def test_who_may_only_read_sees_the_steps_and_changes_nothing(
    demo_odoo, client, browser, campaign
):
    group = client.env.ref("recruit_crm.group_recruit_sourcer").id
    users = client.env["res.users"]
    if not users.search([("login", "=", "sourcing")]):
        users.create(
            {
                "name": "Sourcer",
                "login": "sourcing",
                "password": "sourcing",
                "group_ids": [(6, 0, [group])],
            }
        )
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    page = context.new_page()
    chromium.log_in(page, demo_odoo.url, "sourcing", "sourcing")
    page.goto(f"{demo_odoo.url}/odoo/recruiting-campaigns/{campaign}")
    expect(page.locator(CARD)).to_have_count(3)
    for tool in (".o_campaign_add", ".o_campaign_remove", ".o_campaign_handle"):
        assert page.locator(tool).count() == 0
    context.close()
