"""In a real browser: codes as chips, noticed at once when they are typed into, put back by one key."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import open_segment
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.own_batch]

FILE = ROOT / "tests" / "formats" / "samples" / "okapi.xlf"


def import_file(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Upload files instead").click()
    page.set_input_files("[name=translation]", FILE)
    page.get_by_role("button", name=re.compile("Import|Upload|Review")).last.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    open_segment(page, 1)


def put_caret(page: Page, at: int, to: int | None = None) -> None:
    page.locator("#text").evaluate("(area, [a, b]) => area.setSelectionRange(a, b)", [at, to or at])


def test_typing_into_a_code_is_noticed_and_the_suggestion_mends_it(page: Page) -> None:
    import_file(page)
    area = page.locator("#text")
    expect(page.locator("#source .code")).to_have_text(["⟦1⟧", "⟦/1⟧"])
    expect(page.locator("#backdrop .code")).to_have_text(["⟦1⟧", "⟦/1⟧"])
    put_caret(page, len("Open the ⟦1"))
    page.keyboard.press("Backspace")
    expect(area).to_have_value("Open the ⟦⟧window⟦/1⟧.")
    flag = page.locator(".flag")
    expect(flag).to_have_count(1)
    expect(flag).to_contain_text("Code missing")
    expect(page.locator("#backdrop .code")).to_have_text(["⟦/1⟧"])
    flag.locator("button.accept").click()
    expect(area).to_have_value("Open the ⟦1⟧window⟦/1⟧.")
    expect(flag).to_have_count(0)
    expect(page.locator("#backdrop .code")).to_have_text(["⟦1⟧", "⟦/1⟧"])


def test_a_pair_goes_around_what_is_selected(page: Page) -> None:
    import_file(page)
    page.fill("#text", "Open the window.")
    expect(page.locator(".flag")).to_have_count(1)
    page.locator("#insert summary").click()
    first = page.locator("#insert button").first
    expect(first).to_have_text(re.compile("⟦1⟧…⟦/1⟧"))
    put_caret(page, len("Open the "), len("Open the window"))
    first.click()
    expect(page.locator("#text")).to_have_value("Open the ⟦1⟧window⟦/1⟧.")
    expect(page.locator(".flag")).to_have_count(0)


def test_chips_behind_the_text_stand_where_its_words_stand(page: Page) -> None:
    import_file(page)
    page.fill("#text", "⟦1⟧" + "Open the tall window at once, please. " * 9 + "⟦/1⟧")
    expect(page.locator("#backdrop .code")).to_have_text(["⟦1⟧", "⟦/1⟧"])
    heights = page.evaluate(
        "[document.querySelector('#text').scrollHeight, document.querySelector('#backdrop').scrollHeight]"
    )
    assert abs(heights[0] - heights[1]) <= 1
