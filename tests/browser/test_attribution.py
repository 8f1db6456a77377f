"""The attribution board and a receipt in a real browser, with the demo data."""

import pytest

from dev.workbench import chromium

BOARD = ".o_recruit_board_page"
PHONE = {"width": 320, "height": 700}


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def board(demo_odoo, complaints):
    """The page of the board; what the browser complains of is collected."""
    with chromium.browser() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        chromium.log_in(page, demo_odoo.url)
        page.goto(f"{demo_odoo.url}/odoo/recruit-attribution")
        chromium.settle(page, BOARD)
        yield page


def choose(page, model):
    page.select_option("#recruit_board_model", model)
    page.wait_for_selector(f"{BOARD}[aria-busy=false]")


def hires(page) -> dict:
    """The hires of each channel, as the ranking shows them."""
    rows = page.locator("section").first.locator("tbody tr").all()
    return {
        row.locator("td").first.inner_text().splitlines()[0]: row.locator(
            "button"
        ).first.inner_text()
        for row in rows
    }


def test_the_board_opens_on_a_ranking_that_follows_the_model(board, complaints):
    first = hires(board)
    assert len(first) >= 5
    assert "Unknown" in first
    choose(board, "w_shaped")
    assert hires(board) != first
    assert complaints == []


def test_a_number_opens_its_rows_and_the_way_back_keeps_the_model(board, complaints):
    choose(board, "linear")
    board.locator("section").first.locator("tbody button").first.click()
    chromium.settle(board, ".o_list_view .o_data_row")
    assert board.locator(".o_data_row").count() > 0
    board.locator(".o_breadcrumb a, .o_back_button").first.click()
    chromium.settle(board, BOARD)
    assert board.input_value("#recruit_board_model") == "linear"
    assert complaints == []


def test_a_hire_opens_its_receipt_whose_columns_sum_to_one(board, complaints):
    board.locator(".o_recruit_board_hire", has_text="Ivo Petrov").click()
    chromium.settle(board, ".o_form_view .o_data_row")
    sums = board.locator(".o_list_footer td").all_inner_texts()
    assert sums.count("100%") == 7
    assert complaints == []


def test_a_phone_shows_the_board_without_scrolling_sideways(board):
    board.set_viewport_size(PHONE)
    chromium.settle(board, BOARD)
    for card in board.locator(f"{BOARD} section .card").all():
        box = card.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
