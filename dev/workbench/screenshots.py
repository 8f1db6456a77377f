"""`./recruit screenshots`: the main screens of the demo, for docs/images."""

from dataclasses import dataclass

from . import chromium, daily, demo, paths
from .say import step

FOLDER = paths.ROOT / "docs" / "images"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """One picture: what to open, what to wait for and, where needed, what to click."""

    name: str
    path: str
    wait: str
    click: str = ""
    viewport: tuple = tuple(DESKTOP.items())


SHOTS = (
    Shot(
        "candidates", "action-recruit_crm.recruit_candidate_action", ".o_kanban_record"
    ),
    Shot(
        "candidate",
        "action-recruit_crm.recruit_candidate_action",
        ".o_form_view",
        click=".o_kanban_record:not(.o_kanban_ghost) >> nth=0",
    ),
    Shot("pools", "action-hr_recruitment.action_hr_talent_pool", ".o_kanban_record"),
    Shot(
        "segment",
        "action-recruit_crm.recruit_segment_action",
        ".o_form_view",
        click=".o_data_row >> nth=0 >> td >> nth=1",
    ),
    Shot(
        "campaign",
        "action-recruit_campaigns.recruit_campaign_action",
        ".o_form_view",
        click=".o_kanban_record:not(.o_kanban_ghost), .o_data_row td >> nth=0",
    ),
    Shot(
        "outbox",
        "action-recruit_campaigns.recruit_campaign_delivery_action",
        ".o_list_view",
    ),
    Shot("medals", "action-recruit_ats_ext.recruit_medal_action", ".o_view_controller"),
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
    page.goto(f"{url}/odoo/{shot.path}")
    if shot.click:
        page.click(shot.click)
    chromium.settle(page, shot.wait)
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    step(f"docs/images/{shot.name}.png")
    context.close()
