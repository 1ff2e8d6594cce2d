"""Two reviewers, each in a browser of their own: a blind study, comments and second review."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

TEXT = "One cat sat.\n\nTwo cats sat.\n\nThree cats sat."


@pytest.fixture
def reviewers() -> str:
    return "Aino,Ben"


@pytest.fixture
def people(browser: Browser, server: str) -> Iterator[tuple[Page, Page]]:
    """Aino’s page and Ben’s, both signed in."""
    pages, troubles = [], []
    for name in ("Aino", "Ben"):
        context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto("/")
        page.get_by_role("button", name=name).click()
        pages.append(page)
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()
    assert troubles == []


def paste(page: Page) -> str:
    """Paste the text; the batch's address."""
    page.goto("/")
    page.fill("#text", TEXT)
    page.locator("button.primary").first.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)
    return re.sub(r"\?.*", "", page.url)


def review(page: Page, texts: list[str]) -> None:
    """Review the segments of the batch on screen from the first one, by keys."""
    page.locator("#begin").click()
    for number, text in enumerate(texts, start=1):
        page.wait_for_url(re.compile(rf"/segments/{number}$"))
        page.locator("#text").fill(text)
        page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"done=1|/segments/\d+$"))


def test_a_blind_study_from_its_start_to_the_text_chosen(people: tuple[Page, Page]) -> None:
    aino, ben = people
    batch = paste(aino)
    aino.get_by_role("link", name="Blind studies").click()
    aino.get_by_label("Aino").check()
    aino.get_by_label("Ben").check()
    aino.get_by_role("button", name="Start the study").click()
    aino.wait_for_url(re.compile(r"/studies/\d+$"))
    study = aino.url
    for page, texts in (
        (aino, ["One feline sat.", "Two cats sat.", "Three cats sat."]),
        (ben, ["One cat slept.", "Two cats sat.", "Three cats sat."]),
    ):
        page.goto(study)
        page.get_by_role("link", name=re.compile("segments reviewed")).click()
        expect(page.locator(".notice", has_text="your copy in the blind study")).to_be_visible()
        copy = page.url
        review(page, texts)
        page.wait_for_url(re.compile("done=1"))
        other = ben if page is aino else aino
        answer = other.goto(copy)
        assert answer
        assert answer.status == 404
    ben.goto(study)
    expect(ben.get_by_text("open until Aino closes it")).to_be_visible()
    aino.goto(study)
    aino.get_by_role("button", name="Close the study").click()
    expect(aino.get_by_role("rowheader", name="Edited or confirmed")).to_be_visible()
    aino.get_by_role("link", name="Settle the differences").click()
    aino.get_by_role("button", name="Take Ben’s text").focus()
    aino.keyboard.press("Enter")
    expect(aino.get_by_text("all are settled")).to_be_visible()
    aino.goto(batch)
    expect(aino.locator("#s1")).to_contain_text("One cat slept.")


def test_a_comment_by_key_is_seen_by_the_other_and_a_verdict_follows(people: tuple[Page, Page]) -> None:
    aino, ben = people
    batch = paste(aino)
    aino.goto(f"{batch}/segments/1")
    aino.locator("#text").fill("One feline sat.")
    aino.keyboard.press("Control+F2")
    expect(aino.locator("#comment")).to_be_focused()
    aino.keyboard.type("Why not a feline?")
    aino.keyboard.press("Tab")
    aino.keyboard.press("Enter")
    expect(aino.locator(".said")).to_have_text("Why not a feline?")
    expect(aino.locator("#comment")).to_have_value("")
    expect(aino.locator("#text")).to_have_value("One feline sat.")
    aino.keyboard.type("Typed, and saved with the text.")
    aino.keyboard.press("Control+Enter")
    aino.wait_for_url(re.compile(r"/segments/2$"))
    aino.goto(f"{batch}/segments/1")
    expect(aino.locator(".said")).to_have_count(2)
    expect(aino.locator("#comment")).to_have_value("")

    ben.goto(f"{batch}/segments/1")
    expect(ben.locator(".said")).to_have_count(2)
    expect(ben.get_by_role("button", name="Take back")).to_have_count(0)
    ben.keyboard.press("Escape")
    ben.keyboard.press("v")
    ben.wait_for_url(re.compile("second-review"))
    expect(ben.get_by_role("button", name="Accept and next")).to_be_focused()
    ben.keyboard.press("Enter")
    ben.wait_for_url(re.compile("last=1"))
    expect(ben.locator(".notice", has_text="Accepted by Ben")).to_be_visible()

    aino.reload()
    expect(aino.locator("#second-review")).to_contain_text("Accepted by Ben")
    aino.get_by_role("button", name="Take back").first.click()
    expect(aino.locator(".said")).to_have_count(1)


def test_a_comment_typed_and_not_added_is_there_after_going_away(people: tuple[Page, Page]) -> None:
    aino, _ = people
    batch = paste(aino)
    aino.goto(f"{batch}/segments/1")
    aino.keyboard.press("Control+F2")
    aino.keyboard.type("Half a thought")
    aino.keyboard.press("Alt+ArrowDown")
    aino.wait_for_url(re.compile(r"/segments/2$"))
    expect(aino.locator("#comment")).to_have_value("")
    aino.keyboard.press("Alt+ArrowUp")
    aino.wait_for_url(re.compile(r"/segments/1$"))
    expect(aino.locator("#comment")).to_be_visible()
    expect(aino.locator("#comment")).to_have_value("Half a thought")
