"""A suggested rewrite in the browser: proposed beside the text, put in as one edit, saved only on demand."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.rewriting_service import Service, running_service

pytestmark = pytest.mark.browser


@pytest.fixture
def service() -> Iterator[Service]:
    with running_service() as service:
        service.says("The trip had already met headwinds.")
        yield service


@pytest.fixture
def environ(service: Service) -> dict[str, str]:
    return {"TARKKA_REWRITE_URL": service.address}


def test_a_rewrite_is_put_in_as_one_edit(page: Page, service: Service) -> None:
    page.goto("/")
    page.fill("#text", "The trip was already headwind.")
    page.locator("button.primary").first.click()
    page.wait_for_url(re.compile(r"/batches/\d+"))
    expect(page.locator("#flagging")).to_have_count(0)  # its end loads the page anew
    page.locator("#begin").click()
    page.wait_for_load_state("networkidle")
    area = page.locator("#text")
    area.press("End")
    area.press_sequentially(" Typed.")
    page.get_by_role("button", name="Suggest a rewrite").click()
    expect(page.locator("#proposal ins").last).to_contain_text("met headwinds")
    expect(area).to_have_value("The trip was already headwind. Typed.")
    page.get_by_role("button", name="Put it into the text").click()
    expect(area).to_have_value("The trip had already met headwinds.")
    expect(page.locator("#diff ins").last).to_contain_text("met headwinds")
    area.press("Control+z")
    expect(area).to_have_value("The trip was already headwind. Typed.")
    service.status = 500
    page.get_by_role("button", name="Suggest a rewrite").click()
    expect(page.locator("#proposal")).to_have_text(re.compile("answered with status 500"))
    expect(area).to_have_value("The trip was already headwind. Typed.")
