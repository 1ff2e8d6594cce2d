"""Every key of the list does what the list says."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from review.web.keys import EVERYWHERE, FLAGS, INSERT, KEYS, OUTSIDE, Key
from tests.browser.test_main_job import paste

pytestmark = pytest.mark.browser

TEXT = (
    "Borrell met Sergei Lavrov.\n\nThen Lavrovin said so, and the the talks ended.\n\nThird, with Lavrovin."
)
SECOND = "Then Lavrovin said so, and the the talks ended."


def at(number: int) -> Callable[[Page], None]:
    return lambda page: page.wait_for_url(re.compile(rf"/segments/{number}(\?|$)"))


def reads(text: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator("#text")).to_have_value(text)


def tells(words: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator("#status")).to_contain_text(words)


def focused(selector: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(selector).first).to_be_focused()


def flags_left(count: int) -> Callable[[Page], None]:
    return lambda page: expect(page.locator("#flags .flag")).to_have_count(count)


def article(page: Page) -> None:
    page.wait_for_url(re.compile(r"/article\?segment=2"))
    expect(page.locator(".published .here")).to_contain_text(SECOND)


def chosen(name: str, value: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(f"#view [name={name}]")).to_have_value(value)


def first_flag(page: Page) -> None:
    tells("Flag 1 of 2: “Lavrovin”")(page)
    assert page.evaluate("getSelection().toString() || document.querySelector('#text').selectionEnd") in (
        "Lavrovin",
        13,
    )


def dismissed_one(page: Page) -> None:
    flags_left(1)(page)
    expect(page.locator(".dismissed summary")).to_have_text("1 dismissed")


def for_good(page: Page) -> None:
    tells("for good")(page)
    page.keyboard.press("Control+Shift+F8")  # so that the next test's flags are not dismissed too
    tells("Dismissal taken back.")(page)


def puts_in(mark: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator("#text")).to_have_value(re.compile(mark))


# What each action does on segment 2 of three; the flag one is at is the first one.
OUTCOMES: dict[str, Callable[[Page], None]] = {
    "save-next": at(3),
    "save-flagged": at(3),
    "save": tells("Confirmed as right, saved"),
    "next": at(3),
    "previous": at(1),
    "go-to": focused("#go-to"),
    "article": article,
    "leave": focused("#segment"),
    "write": focused("#text"),
    "next-flag": first_flag,
    "previous-flag": tells("Flag 2 of 2: “the the”"),
    "accept": reads(SECOND.replace("Lavrovin", "Lavrov")),
    "take-1": reads(SECOND.replace("Lavrovin", "Lavrov")),
    "take-2": reads(SECOND.replace("Lavrovin", "Lavrov’s")),
    "take-3": tells("no such suggestion"),
    "take-4": tells("no such suggestion"),
    "suggestions": focused("#flags .flag button"),
    "dismiss": dismissed_one,
    "dismiss-here": dismissed_one,
    "dismiss-next": tells("Flag 1 of 1: “the the”"),
    "dismiss-batch": tells("everywhere in this batch"),
    "dismiss-always": for_good,
    "undo-dismissal": tells("Nothing was dismissed just now."),
    "layout": chosen("layout", "stacked"),
    "differences": tells("There is nothing to compare with here."),
    "columns": tells("There is nothing to compare with here."),
    "mark": focused("#marks .proposals button"),
    "score": focused("#score-slider"),
    "comment": focused("#comment"),
    "second-review": tells("Nobody has reviewed this segment yet."),
    "propagate": tells("no equal that waits"),
    "concordance": focused("#concordance [name=q]"),
    "insert": focused("#insert button"),
    **{f"insert-{number}": tells("no such number or name") for number in range(1, 10)},
    **{
        f"insert-{key}": puts_in(mark)
        for key, mark in {"n": "–", "m": "—", "q": "“", "w": "”", "s": "\u00a0"}.items()
    },
    "add-term": focused("#term [name=source]"),
    "keys": focused("#keys summary"),
}


def test_every_action_of_the_list_is_tried() -> None:
    assert {key.action for key in KEYS} == set(OUTCOMES)


@pytest.mark.exhaustive  # minutes: each key in a page of its own
@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_the_key_does_what_the_list_says(shared_page: Page, key: Key) -> None:
    page = shared_page
    paste(page, TEXT)
    page.goto(re.sub(r"/batches/(\d+).*", r"/batches/\1/segments/2", page.url))
    expect(page.locator("#text")).to_be_focused()
    if key.place == OUTSIDE:
        page.keyboard.press("Escape")
    elif key.place == FLAGS:
        page.keyboard.press("Control+.")
    elif key.place == INSERT:
        page.keyboard.press("Control+F9")
        expect(page.locator("#insert button").first).to_be_focused()
    listed = page.locator(f"[data-action={key.action}][data-place={key.place}]")
    expect(listed).to_have_attribute("data-press", key.press)
    page.keyboard.press(key.press)
    OUTCOMES[key.action](page)


@pytest.mark.parametrize("key", [key for key in KEYS if key.place == OUTSIDE and len(key.press) == 1])
def test_a_character_is_typed_and_does_nothing_else_while_the_text_is_written(
    shared_page: Page, key: Key
) -> None:
    page = shared_page
    paste(page, "Only text.")
    page.goto(re.sub(r"/batches/(\d+).*", r"/batches/\1/segments/1", page.url))
    page.locator("#text").press("End")
    page.keyboard.press(key.press)
    expect(page.locator("#text")).to_have_value(f"Only text.{key.press}")
    expect(page.locator("#text")).to_be_focused()


def test_no_key_that_works_while_typing_is_a_character_or_a_browsers_own() -> None:
    free = re.compile(
        r"Control\+(Shift\+|Alt\+)?(Enter|[.F]\d?)|Alt\+(Shift\+)?(Arrow(Up|Down)|F\d)|(Shift\+)?F[248]|Escape|Control\+Shift\+F[28]"
    )
    for key in KEYS:
        if key.place == EVERYWHERE:
            assert free.fullmatch(key.press), key


def test_own_keys_are_pressed_into_the_list_and_work_from_then_on(page: Page) -> None:
    paste(page, TEXT)
    batch = page.url
    page.goto("/keys")
    page.locator("[name='save@everywhere']").press("Control+s")
    expect(page.locator("[name='save@everywhere']")).to_have_value("Control+s")
    page.locator("[name='accept@everywhere']").press("Backspace")
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.get_by_text("Your keys are kept.")).to_be_visible()
    page.goto(re.sub(r"/batches/(\d+).*", r"/batches/\1/segments/2", batch))
    page.keyboard.press("F8")
    page.keyboard.press("F2")
    page.keyboard.press("Control+s")
    tells("Confirmed as right, saved")(page)
    expect(page.locator("#text")).to_have_value(SECOND)


def test_on_a_phone_flags_are_accepted_and_the_article_is_read(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    paste(page, TEXT)
    page.locator("#s2 .number").tap()
    page.locator(".flag", has_text="Lavrovin").locator("button.accept").first.tap()
    reads(SECOND.replace("Lavrovin", "Lavrov"))(page)
    page.get_by_role("button", name="Save", exact=True).tap()
    tells("Edited, saved")(page)
    page.get_by_role("link", name="Article").tap()
    expect(page.locator(".published .here")).to_contain_text("Then Lavrov said so")
    context.close()
