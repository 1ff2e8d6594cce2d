"""Working through a batch by keys: propagating, inserting, terms, the concordance, steps with a preview."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import paste, wait_for_check

pytestmark = pytest.mark.browser

SAME = "Read morely.\n\nSomething else.\n\nRead morely.\n\nRead morely."


def open_segment(page: Page, number: int) -> None:
    page.goto(re.sub(r"/batches/(\d+).*", rf"/batches/\1/segments/{number}", page.url))
    expect(page.locator("#text")).to_be_focused()


def upload(page: Page, tmp_path: Path, text: str, source: str) -> None:
    (tmp_path / "sys.en").write_text(text, encoding="utf-8")
    (tmp_path / "source.fi").write_text(source, encoding="utf-8")
    page.goto("/")
    page.get_by_text("Upload files instead").click()
    page.set_input_files("[name=translation]", tmp_path / "sys.en")
    page.set_input_files(".upload [name=source]", tmp_path / "source.fi")
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)


@pytest.mark.own_batch
def test_a_correction_is_propagated_and_taken_back_by_one_key(page: Page) -> None:
    paste(page, SAME)
    open_segment(page, 1)
    page.locator("#text").fill("Read more.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/segments/2"))
    expect(page.locator("#propagate")).to_contain_text("2 more segments")
    page.locator("#text").press_sequentially("Typed ")
    page.keyboard.press("Control+F8")
    expect(page.locator("#step")).to_contain_text("2 segments changed")
    expect(page.locator("#text")).to_have_value(re.compile("Typed"))
    page.keyboard.press("Control+F8")
    expect(page.locator("#step")).to_contain_text("Taken back")
    open_segment(page, 3)
    expect(page.locator("#text")).to_have_value("Read morely.")


@pytest.mark.own_batch
def test_numbers_names_and_marks_go_in_by_keys_as_native_edits(page: Page, tmp_path: Path) -> None:
    upload(page, tmp_path, "He paid a lot.\nOther.\n", "Eilen Sergei Lavrov maksoi 1 200 euroa.\nMuu.\n")
    open_segment(page, 1)
    area = page.locator("#text")
    area.press("End")
    page.keyboard.press("Control+F9")
    expect(page.locator("#insert button").first).to_be_focused()
    page.keyboard.press("1")
    expect(area).to_have_value("He paid a lot.1,200")
    expect(area).to_be_focused()
    page.keyboard.press("Control+F9")
    expect(page.locator("#insert button").first).to_contain_text("Sergei Lavrov")
    page.keyboard.press("n")
    expect(area).to_have_value("He paid a lot.1,200–")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(area).to_have_value("He paid a lot.")
    page.keyboard.press("Control+F9")
    expect(page.locator("#insert button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(area).to_be_focused()


def test_a_term_is_added_from_what_is_selected_and_flagged_at_once(page: Page, tmp_path: Path) -> None:
    upload(page, tmp_path, "The deputy left.\nOther.\n", "Kansanedustaja lähti.\nMuu.\n")
    open_segment(page, 1)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#source'))")
    page.locator("#text").evaluate("area => { area.focus(); area.setSelectionRange(4, 10); }")
    page.keyboard.press("Control+Shift+F9")
    expect(page.locator("#term [name=source]")).to_have_value("Kansanedustaja lähti.")
    expect(page.locator("#term [name=target]")).to_have_value("deputy")
    page.locator("#term [name=source]").fill("kansanedustaja")
    page.locator("#term [name=forbidden]").check()
    page.locator("#term [name=target]").press("Enter")
    expect(page.locator("#status")).to_contain_text("The term list has “deputy” as forbidden")
    expect(page.locator("#flags")).to_contain_text("The term list forbids “deputy”")


def test_the_concordance_shows_a_word_in_all_batches_and_esc_leads_back(page: Page) -> None:
    paste(page, "Lavrov slept.")
    paste(page, "Then Lavrov woke.\n\nOver.")
    open_segment(page, 1)
    page.locator("#text").evaluate("area => area.setSelectionRange(7, 7)")
    page.keyboard.press("Shift+F4")
    expect(page.locator("#concordance [name=q]")).to_have_value("Lavrov")
    expect(page.locator("#concordance .hits li")).to_have_count(2)
    expect(page.locator("#concordance .hits mark").first).to_have_text("Lavrov")
    page.keyboard.press("Escape")
    expect(page.locator("#text")).to_be_focused()


def test_flags_of_a_kind_are_accepted_from_the_flags_own_menu(page: Page) -> None:
    paste(page, "Borrell met Lavrov.\n\nThen Lavrovin said so.\n\nWith Lavrovin, then.")
    open_segment(page, 2)
    page.get_by_text("More like it").click()
    page.get_by_role("link", name="Accept on “Lavrovin”").click()
    expect(page.locator("#ticked")).to_have_text("2 of 2 ticked")
    page.get_by_role("button", name="Tick none").click()
    expect(page.locator("#ticked")).to_have_text("0 of 2 ticked")
    page.get_by_role("button", name="Tick all").click()
    page.get_by_role("button", name="Accept the ticked").click()
    expect(page.locator(".notice")).to_contain_text("2 flags, 2 segments changed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_contain_text("Taken back")
    expect(page.locator("#ticked")).to_have_text("2 of 2 ticked")


@pytest.mark.own_batch
def test_search_and_replace_by_keyboard(page: Page) -> None:
    paste(page, "A cat.\n\nThe cat sat.")
    page.get_by_role("link", name="Search and replace").click()
    expect(page.get_by_label("Look for")).to_be_focused()
    page.keyboard.type("cat")
    page.keyboard.press("Tab")
    page.keyboard.type("dog")
    page.keyboard.press("Enter")
    expect(page.locator("#changes li")).to_have_count(2)
    page.locator("#changes input").last.press("Space")
    page.get_by_role("button", name="Replace in the ticked").press("Enter")
    expect(page.locator(".notice")).to_contain_text("1 segment changed")


@pytest.mark.parametrize("text", ["“quoted” text"])
@pytest.mark.own_batch
def test_nothing_typed_is_lost_when_the_list_is_opened(page: Page, text: str) -> None:
    paste(page, "Only text.")
    open_segment(page, 1)
    page.locator("#text").fill(text)
    page.keyboard.press("Control+F9")
    expect(page.locator("#insert button").first).to_be_focused()
    expect(page.locator("#text")).to_have_value(text)
    wait_for_check(page, text)
