"""The preference page as people meet it: no login, no script, a phone, a keyboard."""

import logging
import time
from http.client import HTTPConnection
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

import pytest

from dev.workbench import chromium

_logger = logging.getLogger(__name__)

PHONE = {"width": 320, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
ROW = "recruit_campaigns.recruit_campaign_delivery_grace_demo"
LINKS = f"""
row = env.ref({ROW!r})
print(row._token("preferences"))
print(row._token("unsubscribe"))
"""


@pytest.fixture(scope="module")
def links(demo_odoo, in_shell):
    """The addresses of the pages of one person."""
    preferences, unsubscribe = in_shell(demo_odoo.database, LINKS)[-2:]
    return {
        "preferences": f"{demo_odoo.url}/recruit/preferences/{preferences}",
        "unsubscribe": f"{demo_odoo.url}/recruit/unsubscribe/{unsubscribe}",
    }


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as browser:
        yield browser


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(browser, request):
    context = browser.new_context(
        viewport=request.param, java_script_enabled=False, locale="en-US"
    )
    yield context.new_page()
    context.close()


def _is_wider_than_the_screen(page):
    wide = "() => document.documentElement.scrollWidth > window.innerWidth"
    return page.evaluate(wide)


def test_the_page_is_used_without_a_script(page, links):
    page.goto(links["preferences"])
    assert "Hello" in page.inner_text("h1")
    assert not _is_wider_than_the_screen(page)
    events = page.get_by_label("Events")
    events.uncheck()
    page.get_by_label("I listen to the right offer").check()
    page.select_option("#quiet", "6")
    page.get_by_role("button", name="Save").click()
    assert "Thank you" in page.inner_text("[role=status]")
    assert not page.get_by_label("Events").is_checked()
    assert page.get_by_label("I listen to the right offer").is_checked()
    page.get_by_label("Events").check()
    page.select_option("#quiet", "0")
    page.get_by_role("button", name="Save").click()
    assert "Write again" in page.inner_text("[role=status]")
    assert page.get_by_label("Events").is_checked()


def test_the_page_is_used_with_the_keyboard_alone(page, links):
    page.goto(links["preferences"])
    reached = []
    for _tab in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => document.activeElement.name || document.activeElement.id"
        )
        assert name != "website", "the trap for machines is no stop for people"
        reached.append(name)
        if name == "topic":
            page.keyboard.press("Space")
        if name == "act":
            break
    assert {"topic", "availability", "quiet", "new_skill", "act"} <= set(reached)
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "No more about" in page.inner_text("[role=status]")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Save").click()
    assert "Again about" in page.inner_text("[role=status]")


def test_unsubscribing_asks_first_and_offers_less(page, links):
    page.goto(links["unsubscribe"])
    assert not _is_wider_than_the_screen(page)
    assert page.get_by_role("button").count() == 3
    page.get_by_role("link", name="Choose what you get").click()
    assert "/recruit/preferences/" in page.url


def answered_within(url, method, body=None, count=40):
    """Milliseconds in which 95 of 100 requests over one connection are answered."""
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname, address.port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    taken = []
    for _request in range(count):
        start = time.perf_counter()
        connection.request(method, address.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append(1000 * (time.perf_counter() - start))
        assert answer.status in (200, 303), answer.status
    connection.close()
    return quantiles(taken[5:], n=20)[-1]  # the first ones warm the caches


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_page_answers_in_time(links, method):
    wish = urlencode({"act": "save", "quiet": "0"})
    body = wish if method == "POST" else None
    # other programs may be at work on the machine: the best of some rounds counts
    rounds = [answered_within(links["preferences"], method, body) for _n in range(3)]
    _logger.warning("%s: 95 of 100 within %.0f ms", method, min(rounds))
    assert min(rounds) < 200
