"""What is typed survives: a killed tab, another browser, a server that is gone, two people at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_main_job import TEXT, open_segment, paste, wait_for_check

pytestmark = pytest.mark.browser


def type_before_the_script_runs(page: Page, script: str, field: str, text: str) -> None:
    """Open the page anew and type into it while its script is still on its way."""
    page.route(f"**/static/js/{script}.js", lambda _: None)  # neither answered nor refused
    with page.expect_request(f"**/static/js/{script}.js"):
        page.reload(wait_until="commit")
    page.locator(field).evaluate("field => field.closest('details')?.setAttribute('open', '')")
    page.fill(field, text)


@pytest.mark.own_batch
def test_a_suggestion_goes_in_as_one_edit_and_the_typing_before_it_as_another(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    original = page.locator("#text").input_value()
    page.locator("#text").press("End")
    page.keyboard.insert_text(" Typed.")
    typed = f"{original} Typed."
    wait_for_check(page, typed)
    page.keyboard.press("F2")
    expect(page.locator("#text")).to_have_value(typed.replace("Lavrovin", "Lavrov"))
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value(typed)
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value(original)


@pytest.mark.own_batch
def test_resetting_is_one_edit_that_undo_takes_back(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    page.locator("#text").press("End")
    page.keyboard.type(" More 👩‍🔬.")
    page.locator("#reset").click()
    expect(page.locator("#text")).to_have_value("Third.")
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value("Third. More 👩‍🔬.")


@pytest.mark.fault(30)
@pytest.mark.own_batch
def test_a_draft_survives_a_killed_tab_and_comes_back_in_another_browser(
    browser: Browser, page: Page, server: str
) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    page.fill("#text", "Third, typed and never saved.")
    expect(page.locator("#status")).to_contain_text("Draft kept")
    expect(page.locator("#status")).not_to_contain_text("in this browser")
    address = page.url
    page.close(run_before_unload=False)
    other = browser.new_context(base_url=server).new_page()
    other.goto(address)
    expect(other.locator("#text")).to_have_value("Third, typed and never saved.")
    expect(other.locator("#status")).to_contain_text("is back; it is not saved yet")
    other.keyboard.press("Control+Alt+Enter")
    expect(other.locator("#status")).to_have_text(re.compile("^Edited, saved"))
    other.reload()
    expect(other.locator("#status")).to_have_text(re.compile("^Edited, saved"))
    other.context.close()


@pytest.mark.fault(24)
@pytest.mark.fault(30)
def test_a_server_that_is_gone_loses_nothing_and_the_save_goes_through_once_it_is_back(
    page: Page, running: Server
) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    running.stop(kill=True)
    page.fill("#text", "Third, typed while the server was gone.")
    expect(page.locator("#status")).to_contain_text("the server does not answer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("trying again")
    expect(page.locator("#text")).to_be_editable()
    running.start()
    page.wait_for_url(re.compile(r"done=1"))
    expect(page.locator("#s3")).to_contain_text("Third, typed while the server was gone.")


@pytest.mark.fault(21)
def test_changes_of_two_people_that_do_not_touch_are_merged(
    browser: Browser, page: Page, server: str
) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    other = browser.new_context(base_url=server).new_page()
    other.goto(page.url)
    other.fill("#text", "Then Lavrov said so, and the the talks ended.")
    other.keyboard.press("Control+Alt+Enter")
    expect(other.locator("#status")).to_have_text(re.compile("^Edited, saved"))
    page.fill("#text", "Then Lavrovin said so, and the talks ended.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#theirs")).to_have_text("Then Lavrov said so, and the the talks ended.")
    expect(page.locator("#yours")).to_have_text("Then Lavrovin said so, and the talks ended.")
    expect(page.locator("#text")).to_have_value("Then Lavrov said so, and the talks ended.")
    page.get_by_role("button", name="Save this").click()
    page.wait_for_url(re.compile(r"/segments/3"))
    expect(page.locator(".before")).to_contain_text("Then Lavrov said so, and the talks ended.")
    other.context.close()


@pytest.mark.own_batch
def test_an_input_method_at_work_is_left_alone(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    page.locator("#text").press("End")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    composing = {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    session.send("Input.dispatchKeyEvent", {**composing, "modifiers": 2})
    expect(page.locator("#text")).to_have_value("Third.に")
    wait_for_check(page, "Third.に")
    expect(page).to_have_url(re.compile(r"/segments/3$"))
    session.send("Input.insertText", {"text": "日本"})
    expect(page.locator("#text")).to_have_value("Third.日本")
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator("#status")).to_have_text(re.compile("^Edited, saved"))


@pytest.mark.own_batch
def test_nothing_is_put_in_where_the_text_under_a_flag_has_changed(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    page.evaluate(
        """() => {
            const area = document.querySelector("#text");
            const flag = document.querySelector("#flags .flag");
            area.value = area.value.replace("Lavrovin", "Lavrow");
            flag.querySelector("button.accept").click();
        }"""
    )
    expect(page.locator("#status")).to_contain_text("The text under “Lavrovin” has changed")
    expect(page.locator("#text")).to_have_value(re.compile("^Then Lavrow said"))


@pytest.mark.own_batch
def test_nothing_moves_under_the_hands_of_who_types(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    area = page.locator("#text")
    before = area.bounding_box()
    page.keyboard.press("F8")
    page.keyboard.press("F2")
    expect(page.locator("#flags .flag")).to_have_count(1)
    page.keyboard.press("Shift+F2")
    expect(page.locator("#flags .flag")).to_have_count(0)
    area.press("End")
    page.keyboard.insert_text(" And Lavrovin left.")
    expect(page.locator("#flags .flag")).to_have_count(1)
    expect(page.locator("#status")).to_contain_text("Draft kept")
    assert area.bounding_box() == before


@pytest.mark.own_batch
def test_what_is_pasted_before_the_script_runs_is_kept_as_well(page: Page) -> None:
    page.goto("/")
    type_before_the_script_runs(page, "start", "#text", "The first half of it")
    page.get_by_role("link", name="Batches").click()
    page.wait_for_url("**/batches")
    page.unroute_all()
    page.get_by_role("link", name="New", exact=True).click()
    expect(page.locator("#text")).to_have_value("The first half of it")


@pytest.mark.own_batch
@pytest.mark.parametrize("field", ["#text", "#comment"])
def test_what_is_typed_before_the_script_runs_is_a_draft_as_well(page: Page, field: str) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    type_before_the_script_runs(page, "review", field, "Third, and quickly.")
    page.unroute_all()  # what was held goes on
    page.wait_for_load_state()
    page.goto("/")
    page.go_back()
    expect(page.locator(field)).to_have_value("Third, and quickly.")


@pytest.mark.own_batch
def test_what_has_become_a_batch_does_not_come_back_with_the_next_article(page: Page) -> None:
    paste(page, TEXT)
    page.go_back()
    expect(page.locator("#text")).to_be_visible()
    page.get_by_role("link", name="Batches").click()
    page.get_by_role("link", name="New", exact=True).click()
    expect(page.locator("#text")).to_have_value("")
