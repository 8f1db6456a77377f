"""`./recruit screenshots`: the main screens of the demo, for docs/images."""

from dataclasses import dataclass

from . import chromium, daily, demo, paths
from .say import step

FOLDER = paths.ROOT / "docs" / "images"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """One picture: the action to open, what to click there, what to wait for."""

    name: str
    action: str
    wait: str
    click: str = ""
    viewport: tuple = tuple(DESKTOP.items())


CAMPAIGN = "text=Python and PostgreSQL people for the platform team"
SHOTS = (
    Shot("candidates", "recruit_crm.recruit_candidate_action", ".o_list_view"),
    Shot(
        "candidate",
        "recruit_crm.recruit_candidate_action",
        ".o_form_view .o-mail-Message",
        click="text=Diego Gómez",
    ),
    Shot(
        "candidate-phone",
        "recruit_crm.recruit_candidate_action",
        ".o_form_view",
        click="text=Diego Gómez",
        viewport=tuple(PHONE.items()),
    ),
    Shot("pools", "hr_recruitment.action_hr_talent_pool", ".o_kanban_record"),
    Shot(
        "pool-board",
        "hr_recruitment.action_hr_talent_pool",
        ".o_kanban_group .o_kanban_record",
        click=".o_kanban_record:has-text('Architects')",
    ),
    Shot("duplicates", "recruit_crm.recruit_duplicate_action", ".o_data_row"),
    Shot(
        "segment",
        "recruit_crm.recruit_segment_action",
        ".o_form_view .o_data_row",
        click=".o_data_cell:text-is('Python and PostgreSQL')",
    ),
    Shot(
        "campaign",
        "recruit_campaigns.recruit_campaign_action",
        ".o_form_view .o_data_row",
        click=CAMPAIGN,
    ),
    Shot("outbox", "recruit_campaigns.recruit_campaign_delivery_action", ".o_data_row"),
    Shot("medals", "recruit_ats_ext.recruit_medal_action", ".o_kanban_record"),
    Shot(
        "medal",
        "recruit_ats_ext.recruit_medal_action",
        ".o_form_view",
        click=".o_kanban_record:has-text('Diego Gómez')",
    ),
)


def run(words: list[str]) -> int:
    """Take the pictures (all, or those named) of the demo as it stands."""
    demo.run([])
    state = daily.running()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium.browser() as browser:
        for shot in SHOTS:
            if not words or shot.name in words:
                _take(browser, state["url"], shot)
    return 0


def _take(browser, url: str, shot: Shot):
    context = browser.new_context(viewport=dict(shot.viewport), locale="en-US")
    page = context.new_page()
    chromium.log_in(page, url)
    page.goto(f"{url}/odoo/action-{shot.action}")
    if shot.click:
        page.click(shot.click)
    chromium.settle(page, shot.wait)
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    step(f"docs/images/{shot.name}.png")
    context.close()
