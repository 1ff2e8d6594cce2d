"""Marking errors by keys alone, from flags and own changes, by mouse, and scoring; one undo for each."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.own_batch]

TEXT = "😀 The committee made a big decision of of yesterday."


def opened(page: Page) -> None:
    """A pasted text's review page, with its flags."""
    page.goto("/")
    page.fill("#text", TEXT)
    page.locator("button.primary").first.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)  # its end loads the page anew
    page.locator("#begin").click()
    page.wait_for_load_state("networkidle")


def select(page: Page, words: str) -> None:
    """Select words in the text as Shift and the arrows do."""
    area = page.locator("#text")
    area.focus()
    value = area.input_value()
    area.press("Control+Home")
    for _ in value[: value.index(words)]:
        area.press("ArrowRight")
    for _ in words:
        area.press("Shift+ArrowRight")


def test_selected_words_are_marked_by_keys_and_the_mark_is_changed_and_taken_back(page: Page) -> None:
    opened(page)
    area, drawn, status = page.locator("#text"), page.locator("#hypothesis .error"), page.locator("#status")
    select(page, "big")
    area.press("Control+Shift+F7")
    expect(page.locator("#mark-search")).to_be_focused()
    page.keyboard.type("acc mis")
    expect(page.locator("#mark-kind option")).to_have_text(["Mistranslation", "Omission"])
    page.keyboard.press("ArrowDown")
    expect(page.locator("#mark-kind")).to_have_value("accuracy/omission")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(drawn).to_have_text("big")
    expect(drawn).to_have_class("error major")
    expect(drawn).to_have_attribute("data-ends", "1")
    expect(status).to_have_text("Marked “big”: Mistranslation, major.")
    expect(area).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "big"

    page.get_by_role("button", name="Change", exact=True).press("Enter")
    expect(page.locator("#mark-kind")).to_have_value("accuracy/mistranslation")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # from major to minor
    page.keyboard.press("Enter")
    expect(drawn).to_have_class("error minor")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(drawn).to_have_class("error major")
    page.get_by_role("button", name="Remove").press("Enter")
    expect(drawn).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(drawn).to_have_text("big")
    page.reload()
    expect(drawn).to_have_text("big")


def test_the_form_is_left_by_escape_and_refusals_keep_it(page: Page) -> None:
    opened(page)
    area = page.locator("#text")
    select(page, "decision")
    area.press("Control+Shift+F7")
    page.keyboard.press("Escape")
    expect(page.locator("#mark")).to_be_hidden()
    expect(area).to_be_focused()
    area.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#mark-search")).to_be_focused()
    page.keyboard.press("Escape")
    area.press("End")
    area.press_sequentially(" Unsaved")
    for _ in "Unsaved":
        area.press("Shift+ArrowLeft")
    area.press("Control+Shift+F7")
    page.keyboard.type("style")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text(re.compile("save the correction first"))
    expect(page.locator("#mark-search")).to_be_focused()


def test_without_a_selection_flags_and_own_changes_are_offered(page: Page) -> None:
    opened(page)
    area, drawn = page.locator("#text"), page.locator("#hypothesis .error")
    select(page, "big")
    area.press_sequentially("brave")
    area.press("Control+Shift+F7")
    confirm = page.get_by_role("button", name="Confirm as error").first
    expect(confirm).to_be_focused()
    confirm.press("Enter")
    expect(drawn).to_have_count(1)
    expect(page.locator("#marks-list .flag")).to_contain_text("from the check")
    page.get_by_role("button", name="Mark…").press("Enter")
    expect(page.locator("#mark [name=words]")).to_have_value("big")
    page.keyboard.type("style")
    page.keyboard.press("Enter")
    expect(drawn).to_have_count(2)
    page.get_by_role("button", name="Correct it").last.press("Enter")
    expect(area).to_be_focused()
    assert page.evaluate("getSelection().toString()").startswith("of")


def test_words_of_the_machine_s_text_are_marked_by_mouse(page: Page) -> None:
    opened(page)
    box = page.locator("#hypothesis").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + 60, box["y"] + box["height"] / 2)
    word = page.evaluate("getSelection().toString()").strip()
    page.locator("#marks > summary").click()  # what is selected stays so
    page.get_by_role("button", name="Mark the selected words as an error").click()
    expect(page.locator("#mark [name=words]")).to_have_value(re.compile(word))
    page.keyboard.type("gram")
    page.keyboard.press("Enter")
    expect(page.locator("#hypothesis .error")).to_have_text(word)


def test_the_segment_is_scored_by_keys(page: Page) -> None:
    opened(page)
    page.locator("#text").press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#score-slider")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("Scored 51.")
    page.get_by_role("button", name="66 most meaning").press("Enter")
    expect(page.locator("#status")).to_have_text("Scored 66.")
    page.reload()
    expect(page.locator("#score")).to_have_value("66")
