"""In a real browser: how sure flags must be, dismissing for good and back, muting."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review.store.engine import open_store, writing
from tests.browser.test_main_job import open_segment, paste
from tests.databases import settings_at

pytestmark = pytest.mark.browser

TEXT = "Then kok kok left.\n\nThe the end of kok kok.\n\nAll is well."


def slide_to(page: Page, percent: int) -> None:
    """Move the slider with the keys, as somebody does who has no mouse."""
    slider = page.locator("#confidence")
    slider.focus()
    slider.press("Home" if percent == 0 else "End")
    expect(page.locator("#sureness output")).to_have_text(f"{percent} %")


def test_the_slider_hides_and_shows_flags_at_once_and_is_remembered(page: Page, tmp_path: Path) -> None:
    paste(page, TEXT)
    marks = page.locator("#segments mark")
    expect(marks).to_have_count(3)
    engine = open_store(settings_at(tmp_path / "instance"))
    with writing(engine) as database:
        database.exec_driver_sql(
            "UPDATE flag SET confidence = CASE text WHEN 'kok kok' THEN 0.3 ELSE 0.99 END"
        )
        database.exec_driver_sql("UPDATE tally SET step = 6, open = 2")
        row = 'SELECT system_id, severity, "check", 19, 1 FROM tally'
        database.exec_driver_sql(f"INSERT INTO tally {row}")
    engine.dispose()
    slide_to(page, 0)
    expect(page.locator("#segments mark.unsure")).to_have_count(2)
    slide_to(page, 95)
    expect(page.locator("#less-sure")).to_have_text("2 less sure ones are hidden")
    expect(marks).to_have_text(["The the"])
    expect(page.locator("#filter [name=check] option")).to_have_text(["any", "Word repeated (1)"])
    expect(page.locator("#confidence")).to_be_focused()
    open_segment(page, 1)
    expect(page.locator(".flag")).to_have_count(0)
    page.fill("#text", "Then kok kok left again.")
    slide_to(page, 0)
    expect(page.locator(".flag")).to_have_count(1)
    expect(page.locator("#text")).to_have_value("Then kok kok left again.")
    page.goto(re.sub(r"/segments/.*", "", page.url))
    expect(marks).to_have_count(3)


def test_dismissing_always_by_key_and_taking_it_back_by_key(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 1)
    page.keyboard.press("F8")
    page.keyboard.press("Alt+Shift+F2")
    expect(page.locator("#status")).to_have_text("“kok kok” dismissed for good")
    expect(page.locator(".flag")).to_have_count(0)
    other = page.context.new_page()
    paste(other, TEXT + "\n\nLater.")
    expect(other.locator("#segments mark")).to_have_text(["The the"])
    page.keyboard.press("Control+Shift+F8")
    expect(page.locator("#status")).to_have_text("Dismissal taken back.")
    expect(page.locator(".flag")).to_have_count(1)
    other.reload()
    expect(other.locator("#segments mark")).to_have_count(3)


def test_dismissing_everywhere_by_click_with_an_undo_beside_it(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    flag = page.locator(".flag", has_text="“kok”")
    flag.get_by_text("More like it").click()
    flag.get_by_role("button", name="everywhere in this batch").click()
    expect(page.locator(".flag")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".flag")).to_have_count(2)
    expect(page.locator("#undo")).to_be_hidden()


def test_all_flags_of_a_check_go_and_come_back_on_the_batch_page(page: Page) -> None:
    paste(page, TEXT)
    page.select_option("#filter [name=check]", "repeated-word")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Dismiss all of this check").click()
    page.locator("[name=flag]").first.uncheck()
    page.get_by_role("button", name="Dismiss these flags").click()
    expect(page.locator("#segments mark")).to_have_text(["kok kok"])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#segments mark")).to_have_count(3)


def test_a_check_is_muted_by_one_click_and_heard_again_by_another(page: Page) -> None:
    paste(page, TEXT)
    batch = page.url
    page.get_by_role("link", name="All checks").click()
    page.get_by_role("link", name="Word repeated").click()
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    page.goto(batch)
    expect(page.locator("#segments mark")).to_have_count(0)
    page.get_by_text("1 check muted").click()
    page.get_by_role("button", name="Unmute").click()
    expect(page.locator("#segments mark")).to_have_count(3)
