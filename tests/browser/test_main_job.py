"""The main job in a real browser: import, review by keys, export."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DEMO, shared

pytestmark = pytest.mark.browser

TEXT = "Borrell met Sergei Lavrov.\n\nThen Lavrovin said so, and the the talks ended.\n\nThird."


def paste(page: Page, text: str) -> None:
    """Paste into the start page and press the one button; wait for the first flags."""
    page.goto("/")
    page.fill("#text", text)
    page.locator("button.primary").first.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)


def upload_demo(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Upload files instead").click()
    page.set_input_files("[name=translation]", [DEMO / "sys.north.en", DEMO / "sys.south.en"])
    page.set_input_files(".upload [name=source]", DEMO / "source.fi")
    page.set_input_files(".upload [name=reference]", DEMO / "reference.en")
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)


def open_segment(page: Page, number: int) -> None:
    page.locator(f"#s{number} .number").click()
    page.wait_for_url(re.compile(rf"/segments/{number}$"))


def exported(page: Page, label: str, to: Path) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    download.value.save_as(to)
    return to.read_text(encoding="utf-8")


def wait_for_check(page: Page, text: str) -> None:
    """Wait until the flags on screen are those of this text."""
    expect(page.locator("#flags")).to_have_attribute("data-checked", text)


def test_import_accept_by_key_correct_save_and_export(page: Page, tmp_path: Path) -> None:
    upload_demo(page)
    page.get_by_role("link", name="Review").click()
    page.wait_for_url(re.compile(r"/segments/1$"))
    area = page.locator("#text")
    expect(area).to_be_focused()
    before = area.input_value()
    page.keyboard.press("F8")
    page.keyboard.press("F2")
    expected = before.replace("EU:n", "EU’s")
    expect(area).to_have_value(expected)
    wait_for_check(page, expected)
    expect(page.locator("#diff ins")).to_have_text("’s")
    expect(page.locator("#flags .flag")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/segments/2$"))
    area.fill("The Finnish government announced it on Wednesday.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/segments/3$"))
    page.locator(".crumbs a").click()
    expect(page.locator("#s1")).to_contain_text("EU’s desk")
    lines = exported(page, "Corrected text", tmp_path / "out.txt").split("\n")
    original = (DEMO / "sys.north.en").read_text(encoding="utf-8").split("\n")
    assert lines[0] == expected
    assert lines[1] == "The Finnish government announced it on Wednesday."
    assert lines[2:] == original[2:]


def test_the_seed_article_with_three_segments_corrected(page: Page, tmp_path: Path) -> None:
    original = shared("data/seed/article.en.txt").read_text(encoding="utf-8")
    page.goto("/")
    page.get_by_text("Upload files instead").click()
    page.set_input_files("[name=translation]", shared("data/seed/article.en.txt"))
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#s18 mark")).to_have_text("Lavrovin")
    expected = original
    for number, wrong, right in (
        (18, "Lavrovin", "Lavrov"),
        (16, "Borrellin", "Borrell’s"),
        (15, "Navalnyin", "Navalny’s"),
    ):
        page.goto(re.sub(r"/batches/(\d+).*", rf"/batches/\1/segments/{number}", page.url))
        flag = page.locator(".flag", has_text=wrong)
        flag.locator("button.accept").first.click()
        expect(page.locator("#text")).to_have_value(re.compile(re.escape(right)))
        page.keyboard.press("Control+Alt+Enter")
        expect(page.locator("#status")).to_have_text(re.compile("^Edited, saved"))
        expected = expected.replace(wrong, right)
    page.goto(re.sub(r"/segments/.*", "", page.url))
    assert exported(page, "Corrected text", tmp_path / "out.txt") == expected


@pytest.mark.own_batch
def test_a_suggestion_is_one_native_edit_that_undo_takes_back(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    area = page.locator("#text")
    area.press("End")
    area.type(" Typed.")
    typed = "Then Lavrovin said so, and the the talks ended. Typed."
    wait_for_check(page, typed)
    page.keyboard.press("F2")
    expect(area).to_have_value(typed.replace("Lavrovin", "Lavrov"))
    page.keyboard.press("Control+z")
    expect(area).to_have_value(typed)


@pytest.mark.own_batch
def test_flags_follow_the_typing(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    expect(page.locator(".flag")).to_have_count(2)
    page.fill("#text", "Then Lavrov said so , and the talks ended.")
    expect(page.locator(".flag")).to_have_count(1)
    expect(page.locator(".flag")).to_contain_text("Space before punctuation")
    expect(page.locator("#backdrop mark")).to_have_text(" ,")


@pytest.mark.own_batch
def test_dismissing_by_key_and_reopening(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    page.keyboard.press("F8")
    page.keyboard.press("Shift+F2")
    expect(page.locator(".flag")).to_have_count(1)
    page.reload()
    expect(page.locator(".flag")).to_have_count(1)
    page.get_by_text("1 dismissed").click()
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".flag")).to_have_count(2)


@pytest.mark.own_batch
def test_the_suggestions_are_reached_and_left_by_keys(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    page.keyboard.press("Control+.")
    expect(page.locator(".flag button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+.")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value(re.compile("Then Lavrov said"))


@pytest.mark.own_batch
def test_segments_are_walked_by_keys_and_drafts_wait(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 1)
    page.fill("#text", "A draft that is not saved.")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_url(re.compile(r"/segments/2$"))
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_url(re.compile(r"/segments/1$"))
    expect(page.locator("#text")).to_have_value("A draft that is not saved.")
    expect(page.locator("#status")).to_contain_text("not saved yet")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_url(re.compile(r"/segments/2$"))
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#text")).to_have_value("A draft that is not saved.")
    expect(page.locator("#status")).to_have_text(re.compile("^Edited, saved"))


@pytest.mark.fault(10)
@pytest.mark.own_batch
def test_emoji_before_a_flag_do_not_shift_it(page: Page) -> None:
    paste(page, "Lavrov came.\n\n👩‍🔬😀 Then Lavrovin said so.")
    open_segment(page, 2)
    page.keyboard.press("F2")
    expect(page.locator("#text")).to_have_value("👩‍🔬😀 Then Lavrov said so.")


def clipboard(page: Page, html: str, plain: str) -> None:
    """Paste as a browser does that offers both kinds."""
    page.evaluate(
        """([html, plain]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", plain);
            const area = document.querySelector("#text");
            area.focus();
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [html, plain],
    )


@pytest.mark.own_batch
def test_html_from_the_clipboard_arrives_as_paragraphs(page: Page) -> None:
    page.goto("/")
    html = (
        "<style>p{}</style><h1>Head</h1><p>One <b>bold</b>\n word.</p><div><p>Two<br>lines</p></div>"
        "<ul><li>Item</li></ul><script>alert(1)</script><p>&nbsp;</p>"
    )
    clipboard(page, html, "ignored")
    expect(page.locator("#text")).to_have_value("Head\n\nOne bold word.\n\nTwo\nlines\n\nItem")


@pytest.mark.own_batch
def test_the_html_source_of_an_article_arrives_as_paragraphs(page: Page) -> None:
    page.goto("/")
    clipboard(
        page, "<pre>&lt;p&gt;coloured by an editor</pre>", '<p class="a">R &amp; D</p>\n<p>Two <b>x</b></p>\n'
    )
    expect(page.locator("#text")).to_have_value("R & D\n\nTwo x")


@pytest.mark.own_batch
def test_the_corrected_text_is_copied_as_text_and_as_html(page: Page) -> None:
    paste(page, "One & two.\n\nThree.")
    page.get_by_role("button", name="Copy as HTML").click()
    expect(page.locator("#copied")).to_have_text("copied")
    read = "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    assert re.findall(r"<p>[^<]*</p>", page.evaluate(read, "text/html")) == [
        "<p>One &amp; two.</p>",
        "<p>Three.</p>",
    ]
    page.get_by_role("button", name="Copy as text").click()
    expect(page.locator("#copied")).to_have_text("copied")
    page.wait_for_function("navigator.clipboard.readText().then(t => t === 'One & two.\\n\\nThree.\\n')")


@pytest.mark.own_batch
def test_the_scores_of_a_large_batch_appear_by_themselves(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "many.en"
    file.write_text("".join(f"Line number {n} is here.\n" for n in range(150)), encoding="utf-8")
    page.goto("/")
    page.get_by_text("Upload files instead").click()
    page.set_input_files("[name=translation]", file)
    page.set_input_files(".upload [name=reference]", file)
    page.locator(".upload [name=layout][value=lines]").check()
    page.get_by_role("button", name="Import").click()
    page.get_by_role("button", name="Compute scores").click()
    expect(page.locator("table.scores")).to_contain_text("100.0")


def test_without_javascript_it_still_saves_and_accepts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#text", TEXT)
    page.locator("button.primary").first.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#s2 mark").first).to_have_text("Lavrovin")  # the page reloads itself while it waits
    open_segment(page, 2)
    page.locator(".flag button.accept").first.click()
    expect(page.locator("#text")).to_have_value("Then Lavrov said so, and the the talks ended.")
    page.fill("#text", "Then Lavrov said so, and the talks ended.")
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url(re.compile(r"/segments/3$"))
    page.goto(re.sub(r"/segments/.*", "", page.url))
    expect(page.locator("#s2")).to_contain_text("edited")
    context.close()


@pytest.mark.fault(21)
@pytest.mark.own_batch
def test_two_browsers_on_one_segment_lose_nothing(browser: Browser, page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    other = browser.new_context(base_url=page.url.split("/batches")[0]).new_page()
    other.goto(page.url)
    other.fill("#text", "Third, by the other.")
    other.keyboard.press("Control+Alt+Enter")
    expect(other.locator("#status")).to_have_text(re.compile("^Edited, saved"))
    page.fill("#text", "Third, by me.")
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator("#theirs")).to_have_text("Third, by the other.")
    expect(page.locator("#yours")).to_have_text("Third, by me.")
    page.fill("#text", "Third, by both.")
    page.get_by_role("button", name="Save this").click()
    other.reload()
    expect(other.locator("#text")).to_have_value("Third, by both.")
    other.context.close()


@pytest.mark.fault(30)
@pytest.mark.own_batch
def test_a_draft_on_an_older_version_comes_back_and_replaces_nothing_unseen(
    browser: Browser, page: Page
) -> None:
    paste(page, TEXT)
    open_segment(page, 3)
    page.fill("#text", "Third, typed and never saved.")
    other = browser.new_context(base_url=page.url.split("/batches")[0]).new_page()
    other.goto(page.url)
    other.fill("#text", "Third, by the other.")
    other.keyboard.press("Control+Alt+Enter")
    expect(other.locator("#status")).to_have_text(re.compile("^Edited, saved"))
    other.context.close()
    page.reload()
    expect(page.locator("#text")).to_have_value("Third, typed and never saved.")
    expect(page.locator("#status")).to_contain_text("Another text was saved meanwhile")
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator("#theirs")).to_have_text("Third, by the other.")
    page.get_by_role("button", name="Keep theirs").click()
    page.wait_for_url(re.compile(r"/segments/3$"))
    expect(page.locator("#text")).to_have_value("Third, by the other.")
    page.reload()
    expect(page.locator("#text")).to_have_value("Third, by the other.")


@pytest.mark.parametrize("reviewers", ["Aino,Eero"])
@pytest.mark.usefixtures("running")
@pytest.mark.fault(30)
def test_a_correction_refused_for_want_of_a_session_is_there_after_signing_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Eero").click()
    paste(page, TEXT)
    open_segment(page, 3)
    address = page.url
    page.fill("#text", "Typed before the session ended.")
    page.context.clear_cookies()
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator("#text")).to_have_count(0)
    page.goto(address)
    page.get_by_role("button", name="Eero").click()
    expect(page.locator("#text")).to_have_value("Typed before the session ended.")


@pytest.mark.own_batch
def test_what_is_saved_or_imported_is_no_longer_a_draft(page: Page) -> None:
    paste(page, TEXT)
    open_segment(page, 2)
    page.fill("#text", "Second.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/segments/3$"))
    page.fill("#text", "Third and last.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("done=1"))
    drafts = "Object.keys(localStorage).filter(name => name.startsWith('tarkka:draft:'))"
    assert page.evaluate(drafts) == []
    page.goto("/")
    expect(page.locator("#text")).to_have_value("")


@pytest.mark.fault(30)
def test_a_half_pasted_article_survives_a_look_at_another_batch(page: Page) -> None:
    paste(page, TEXT)
    page.get_by_role("link", name="New", exact=True).click()
    page.fill("#text", "The first half of it")
    page.get_by_role("link", name="Batches").click()
    page.get_by_role("link", name="Borrell met").click()
    expect(page.locator("#s1")).to_be_visible()
    page.get_by_role("link", name="New", exact=True).click()
    expect(page.locator("#text")).to_have_value("The first half of it")
