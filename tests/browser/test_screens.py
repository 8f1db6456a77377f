"""Every menu of ours opens in a real browser without an error, and is alive."""

import pytest

from dev.workbench import chromium, paths
from tests.client import log_in

LISTENED = ("error", "assert")


@pytest.fixture(scope="module")
def our_actions(demo_odoo):
    """The window actions that a menu of ours opens: {id: view modes}."""
    client = log_in(demo_odoo)
    data = client.env["ir.model.data"]
    menus = data.search_read(
        [("model", "=", "ir.ui.menu"), ("module", "in", paths.ours())], ["res_id"]
    )
    actions = {}
    for menu in client.env["ir.ui.menu"].read([m["res_id"] for m in menus], ["action"]):
        model, _comma, number = (menu["action"] or "").partition(",")
        if model == "ir.actions.act_window":
            action = client.env[model].read([int(number)], ["view_mode"])[0]
            actions[int(number)] = action["view_mode"].split(",")
        elif model == "ir.actions.server":
            action = client.env[model].run([int(number)])
            actions[action["id"]] = action["view_mode"].split(",")
    return actions


@pytest.fixture(scope="module")
def page(demo_odoo):
    with chromium.browser() as browser:
        page = browser.new_page()
        chromium.log_in(page, demo_odoo.url)
        yield page


def test_every_view_of_every_menu_opens_without_an_error(demo_odoo, our_actions, page):
    complaints = []
    page.on(
        "console",
        lambda line: line.type in LISTENED and complaints.append(line.text),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    assert len(our_actions) >= 6
    for number, modes in our_actions.items():
        for mode in [mode for mode in modes if mode != "form"]:
            page.goto(f"{demo_odoo.url}/odoo/action-{number}?view_type={mode}")
            chromium.settle(page, f".o_{mode}_view, .o_{mode}_renderer")
            assert page.query_selector(".o_error_dialog, .modal .alert-danger") is None
    assert complaints == []


def test_demo_data_makes_every_menu_alive(demo_odoo, our_actions, page):
    empty = []
    for number in our_actions:
        page.goto(f"{demo_odoo.url}/odoo/action-{number}")
        chromium.settle(page, ".o_view_controller")
        if page.query_selector(".o_view_nocontent"):
            empty.append(page.url)
    assert empty == []
