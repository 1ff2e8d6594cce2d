"""In a real browser: a batch of ten thousand segments is as quick to work through as a short one."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review.store.engine import open_store
from tests.databases import settings_at
from tests.doing import add_lines, flag_batch

pytestmark = pytest.mark.browser
SIZE = 10_000


@pytest.fixture
def batch(server: str, tmp_path: Path) -> int:
    """Every hundredth segment has a word twice, every thousandth two flags."""
    extra = {0: "The the end came .", 1: "It was was so."}
    texts = [f"Text number {n}." if n % 100 > 1 else f"{extra[n % 100]} {n}." for n in range(1, SIZE + 1)]
    engine = open_store(settings_at(tmp_path / "instance"))
    batch = add_lines(engine, texts)
    flag_batch(engine, batch)
    engine.dispose()
    return batch


@pytest.mark.fault(28)
def test_opening_filtering_going_to_a_segment_and_saving(page: Page, batch: int) -> None:
    page.goto(f"/batches/{batch}")
    expect(page.locator("#segments li")).to_have_count(50)
    page.locator("#filter [name=show]").select_option("flagged")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#filter")).to_contain_text("200 found")
    expect(page.locator("#segments .number").nth(1)).to_have_text("100")

    page.locator("#go-to").fill("9900")
    page.locator("#go-to").press("Enter")
    expect(page).to_have_url(f"/batches/{batch}/segments/9900?show=flagged")
    page.wait_for_load_state()  # its scripts know the keys by then
    text = page.locator("#text")
    expect(text).to_have_value("The the end came . 9900.")
    text.fill("The end came. 9900.")
    text.press("Control+Enter")
    expect(page).to_have_url(f"/batches/{batch}/segments/9901?show=flagged")
    page.wait_for_load_state()
    text.fill("It was so. 9901.")
    text.press("Control+Enter")
    expect(page.locator("#text")).to_have_value("The the end came . 10000.")

    page.goto(f"/batches/{batch}?order=gain&show=unreviewed")
    expect(page.locator("#segments .number").first).to_have_text("100")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#segments .number").first).to_have_text("5100")
