"""The outbox in a real browser: why a message waits, and the click that helps."""

import pytest
from playwright.sync_api import expect

from dev.workbench import chromium

DESKTOP = {"width": 1440, "height": 900}
ROW = ".o_data_row"
# Three people: one waits for a line, one is away, one was taken out by hand.
PEOPLE = """
people = env["recruit.candidate"].create([
    {"name": name, "email": f"{name.lower()}@outbox.example.com"}
    for name in ("Linewaiter", "Holidaymaker", "Outsider")
])
line, away, out = people
mail = {"subject": "Hello", "body_html": "<p>Hello</p>"}
needy = {
    "subject": "For you",
    "body_html": '<p><t t-out="object.personal_line"/></p>',
    "needs_line": True,
}
campaigns = env["recruit.campaign"].create([
    {
        "name": f"Outbox {number}",
        "audience": "people",
        "user_id": env.ref("base.user_admin").id,
        "step_ids": [(0, 0, step)],
    }
    for number, step in enumerate((needy, {**mail, "delay": 3}))
])
campaigns.write({"state": "running"})
campaigns[0]._enroll(line)
campaigns[1]._enroll(away | out)
env.flush_all()
now = env["recruit.clock"].now()
deliveries = env["recruit.campaign.delivery"]
claimed = deliveries._claim_due(4711, now, 50)
claimed.filtered(lambda row: row.candidate_id == line)._hold_incomplete(4711, now)
(claimed - deliveries.search([("missing", "!=", False)]))._give_back(4711)
away._hold_mail(now + __import__("datetime").timedelta(days=9), "On holiday")
out.enrollment_ids.action_exit()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def outbox(demo_odoo, in_shell, browser):
    """The outbox with these people in it, and what the page complains of."""
    in_shell(demo_odoo.database, PEOPLE)
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    chromium.log_in(page, demo_odoo.url)
    action = "recruit_campaigns.recruit_campaign_delivery_action"
    page.address = f"{demo_odoo.url}/odoo/action-{action}"
    yield page
    assert page.complaints == []
    context.close()


def row_of(page, name):
    """The row of a person, found by the search of the outbox."""
    page.goto(page.address)
    chromium.settle(page, ".o_list_view, .o_view_nocontent")
    facets = page.locator(".o_facet_remove")
    for left in range(facets.count(), 0, -1):
        facets.first.click()
        expect(facets).to_have_count(left - 1)
    page.fill(".o_searchview_input", name)
    expect(page.locator(".o_searchview_autocomplete")).to_contain_text(name)
    page.keyboard.press("Enter")
    row = page.locator(ROW)
    expect(row).to_have_count(1)
    expect(row).to_contain_text(name)
    return row


def test_a_line_is_written_where_the_message_waits_for_it(outbox):
    row = row_of(outbox, "Linewaiter")
    expect(row).to_contain_text("Waits for a personal line")
    row.get_by_role("button", name="Write Line").click()
    outbox.locator(".modal [name='line'] textarea, .modal [name='line'] input").fill(
        "We met at the loom."
    )
    outbox.get_by_role("button", name="Save and Let It Go").click()
    expect(outbox.locator(".modal")).to_have_count(0)
    row = row_of(outbox, "Linewaiter")
    expect(row).not_to_contain_text("Waits for a personal line")


def test_a_message_to_somebody_away_is_let_go_in_one_click(outbox):
    row = row_of(outbox, "Holidaymaker")
    expect(row).to_contain_text("On holiday")
    row.get_by_role("button", name="Do Not Wait").click()
    row = row_of(outbox, "Holidaymaker")
    expect(row).not_to_contain_text("On holiday")
    expect(row.get_by_role("button", name="Do Not Wait")).to_have_count(0)


def test_somebody_taken_out_by_hand_goes_on_in_one_click(outbox):
    row = row_of(outbox, "Outsider")
    expect(row).to_contain_text("Skipped")
    row.get_by_role("button", name="Let Go On").click()
    expect(row_of(outbox, "Outsider")).to_contain_text("Planned")


def test_link_to_the_outbox_opens_it_in_its_app_on_what_needs_somebody(outbox):
    fresh = outbox.context.new_page()  # a tab that remembers no app
    fresh.goto(f"{outbox.address.partition('/odoo')[0]}/odoo/campaign-outbox")
    chromium.settle(fresh, ROW)
    expect(fresh.locator(".o_menu_brand")).to_have_text("Recruitment")
    expect(fresh.locator(".o_facet_value")).to_have_text("Needs Attention")
    fresh.close()
