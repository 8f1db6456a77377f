"""The browser of the tests and the screenshots: the machine's own Chromium."""

import os
import shutil
from contextlib import contextmanager
from ctypes.util import find_library

from . import debs
from .say import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",  # the sandbox refuses root; only pages of our own are opened
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
)


def find() -> str:
    """The path of a Chromium or Chrome; installed with apt where there is none."""
    if not find_library("atomic"):
        debs.install("libatomic1")  # what drives the browser is linked with it
    given = os.environ.get("RECRUIT_CHROMIUM")
    found = shutil.which(given) if given else _on_path()
    if not found and not given:
        debs.install("chromium", "fonts-liberation")
        found = _on_path()
    if not found:
        raise Problem(
            "There is no Chromium on this machine.",
            "Install Chromium or Chrome, or set RECRUIT_CHROMIUM to its path.",
        )
    return found


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser():
    """A headless browser (Playwright's) for a with statement."""
    from playwright.sync_api import sync_playwright  # heavy; few commands need it

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=find(), args=list(QUIET))
        yield running
        running.close()


def log_in(page, url: str, login: str = "admin", password: str = "admin"):
    """Log a page in through Odoo's own login form."""
    page.goto(f"{url}/web/login")
    page.fill("#login", login)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_selector(".o_web_client")


def settle(page, selector: str):
    """Wait until `selector` is shown and what the page was loading has arrived.

    Odoo's bus keeps connections open for ever, so the network is never idle.
    """
    page.wait_for_selector(selector)
    page.wait_for_function(
        """async () => {
            await document.fonts.ready;
            const busy = document.querySelector(".o_loading_indicator");
            return !busy && [...document.images].every((image) => image.complete);
        }"""
    )
