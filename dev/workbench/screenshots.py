"""`./recruit screenshots`: the main screens of the demo, for docs/images."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from . import chromium, daily, demo, paths
from .say import Problem, step

FOLDER = paths.ROOT / "docs" / "images"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """One picture: the action to open (its name or its path), what to click there one
    after the other, what to wait for, and what to bring into sight. `MAIL` instead of
    an action opens the link to unsubscribe of a mail of the demo, as its reader does.
    """

    name: str
    action: str
    wait: str
    clicks: tuple = ()
    viewport: tuple = tuple(DESKTOP.items())
    sight: str = ""


MAIL = "mail"
FORECAST = ".nav-link:text-is('Forecast')"
PLATFORM = "text=Python people for the new platform team"
MET = "text=Engineers we met, summer"
CAMPAIGN = "text=Python and PostgreSQL people for the platform team"
SEGMENT = ".o_data_cell:text-is('SQL people, not met at an event')"
APPLICATIONS = "hr_recruitment.crm_case_categ0_act_job"
FINALIST = ".o_data_row:has-text('Cécile Donth') .o_data_cell >> nth=0"
SHOTS = (
    Shot("candidates", "recruit_crm.recruit_candidate_action", ".o_list_view"),
    Shot(
        "candidate",
        "recruit_crm.recruit_candidate_action",
        ".o_form_view .o-mail-Message",
        clicks=("text=Diego Gómez",),
    ),
    Shot(
        "candidate-phone",
        "recruit_crm.recruit_candidate_action",
        ".o_form_view",
        clicks=("text=Diego Gómez",),
        viewport=tuple(PHONE.items()),
    ),
    Shot("pools", "hr_recruitment.action_hr_talent_pool", ".o_kanban_record"),
    Shot(
        "pool-board",
        "hr_recruitment.action_hr_talent_pool",
        ".o_kanban_group .o_kanban_record",
        clicks=(".o_kanban_record:has-text('Architects')",),
    ),
    Shot("duplicates", "recruit_crm.recruit_duplicate_action", ".o_data_row"),
    Shot(
        "merge-preview",
        "recruit_crm.recruit_duplicate_action",
        ".modal .o_data_row",
        clicks=(".o_data_row button[name='action_review']",),
    ),
    Shot(
        "timeline",
        "recruit_crm.recruit_candidate_action",
        ".o_recruit_timeline_entry",
        clicks=("text=Diego Gómez",),
        sight=".o_recruit_timeline",
    ),
    Shot(
        "review",
        "recruit_crm.recruit_candidate_action",
        ".o_recruit_review h2, .o_recruit_review h1",
        clicks=(
            "thead .o_list_record_selector input",
            "button[name='action_review']",
        ),
    ),
    Shot(
        "segment",
        "recruit_crm.recruit_segment_action",
        ".o_segment_person",
        clicks=(SEGMENT,),
    ),
    Shot(
        "segment-phone",
        "recruit_crm.recruit_segment_action",
        ".o_segment_person",
        clicks=(SEGMENT,),
        viewport=tuple(PHONE.items()),
    ),
    Shot(
        "segment-why",
        "recruit_crm.recruit_segment_action",
        ".o_segment_answer",
        clicks=(
            SEGMENT,
            ".o_segment_why_who input",
            ".o-autocomplete--dropdown-item >> nth=0",
        ),
        sight=".o_segment_why",
    ),
    Shot(
        "candidate-segments",
        "recruit_crm.recruit_candidate_action",
        ".o_segment_answer",
        clicks=(
            "text=Diego Gómez",
            ".nav-link:text-is('Segments')",
            ".o_candidate_segment button",
        ),
        sight=".o_candidate_segments",
    ),
    Shot(
        "campaign",
        "recruit_campaigns.recruit_campaign_action",
        ".o_campaign_card",
        clicks=(CAMPAIGN,),
        sight=".o_campaign_card",
    ),
    Shot(
        "shortlist",
        "recruit_crm.recruit_match_action",
        ".o_data_row .o_progressbar",
        clicks=(".o_group_header:has-text('Data Engineer')",),
    ),
    Shot(
        "campaigns",
        "recruit_campaigns.recruit_campaign_action",
        ".o_kanban_group .o_kanban_record",
    ),
    Shot(
        "forecast",
        "recruit_campaigns.recruit_campaign_action",
        ".o_recruit_forecast_days",
        clicks=(PLATFORM, FORECAST),
        sight=".o_recruit_forecast",
    ),
    Shot(
        "forecast-calendar",
        "recruit_campaigns.recruit_campaign_action",
        ".fc-event",
        clicks=(PLATFORM, FORECAST, ".o_recruit_forecast button:has-text('Calendar')"),
    ),
    Shot(
        "preflight",
        "recruit_campaigns.recruit_campaign_action",
        "[name='preflight_html'] li, [name='preflight_html'] tr",
        clicks=(
            PLATFORM,
            "button[name='action_preflight'] >> nth=0",
            ".nav-link:text-is('Preflight')",
        ),
        sight="[name='preflight_at']",
    ),
    Shot(
        "results",
        "recruit_campaigns.recruit_campaign_action",
        ".o_campaign_results, .o_recruit_results, .tab-pane.active table",
        clicks=(MET, ".nav-link:text-is('Results')"),
        sight=".tab-pane.active table",
    ),
    Shot(
        "statistics",
        "recruit_campaigns.recruit_campaign_result_action",
        ".o_pivot_view table",
    ),
    Shot("outbox", "campaign-outbox", ".o_data_row"),
    Shot("preferences", MAIL, "form", clicks=("a[href*='/recruit/preferences/']",)),
    Shot(
        "preferences-phone",
        MAIL,
        "form",
        clicks=("a[href*='/recruit/preferences/']",),
        viewport=tuple(PHONE.items()),
    ),
    Shot("medals", "recruit_ats_ext.recruit_medal_action", ".o_kanban_record"),
    Shot(
        "medal",
        "recruit_ats_ext.recruit_medal_action",
        ".o_form_view",
        clicks=(".o_kanban_record:has-text('Diego Gómez')",),
    ),
    Shot(
        "interview-kit",
        "recruit_ats_ext.recruit_interview_kit_action",
        ".o_form_view .o_data_row",
        clicks=(".o_data_row:has-text('Developer') .o_data_cell >> nth=1",),
    ),
    Shot(
        "scorecard",
        "recruit_ats_ext.recruit_scorecard_action",
        ".o_form_view",
        clicks=(".o_data_row:has-text('Kelly') .o_data_cell >> nth=0",),
    ),
    Shot(
        "scorecard-phone",
        "recruit_ats_ext.recruit_scorecard_action",
        ".o_form_view",
        clicks=(".o_kanban_record:has-text('Kelly')",),
        viewport=tuple(PHONE.items()),
    ),
    Shot(
        "split-votes",
        APPLICATIONS,
        ".tab-pane.active table",
        clicks=(FINALIST, ".nav-link:text-is('Interviews')"),
        sight=".tab-pane.active table",
    ),
    Shot(
        "refuse",
        APPLICATIONS,
        ".modal .o_form_view",
        clicks=(FINALIST, ".o_statusbar_buttons button:has-text('Refuse')"),
    ),
    Shot(
        "close-job",
        "hr_recruitment.action_hr_job_config",
        ".modal .o_data_row",
        clicks=(
            ".o_data_row:has-text('Experienced Developer') .o_data_cell >> nth=1",
            "button[name='action_ask_close']",
        ),
    ),
    Shot(
        "medal-loop",
        "recruit_ats_ext.recruit_medal_loop_action",
        ".o_pivot_view, .o_graph_view, .o_list_view",
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
                _take(browser, state, shot)
    return 0


def _take(browser, state: dict, shot: Shot):
    context = browser.new_context(viewport=dict(shot.viewport), locale="en-US")
    page = context.new_page()
    if shot.action == MAIL:
        page.goto(state["url"] + _path_of_a_mail(Path(state["mails"])))
    else:
        chromium.log_in(page, state["url"])
        place = f"action-{shot.action}" if "." in shot.action else shot.action
        page.goto(f"{state['url']}/odoo/{place}")
    for target in shot.clicks:
        page.click(target)
    chromium.settle(page, shot.wait)
    if shot.sight:
        page.locator(shot.sight).first.scroll_into_view_if_needed()
    page.screenshot(path=FOLDER / f"{shot.name}.png", full_page=shot.action == MAIL)
    step(f"docs/images/{shot.name}.png")
    context.close()


def _path_of_a_mail(folder: Path) -> str:
    """Where the link to unsubscribe leads of the latest mail of a campaign."""
    for file in sorted(folder.glob("*.eml"), reverse=True):
        text = file.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"^List-Unsubscribe: <(http[^>]+)>", text, re.MULTILINE):
            return urlsplit(found[1]).path
    raise Problem("The demo sent no mail of a campaign.", "`./recruit demo --reset`")
