"""A team in a real browser: signing in, an invitation, accounts, tokens; WCAG 2.2 AA on the pages that only teams have."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from review.store.roles import Role
from review.work import accounts, projects
from review.work.accounts import Person
from tests.browser.conftest import Server, serving
from tests.browser.test_access import troubles
from tests.databases import settings_at
from tests.members import ADMIN, PASSWORD, engine_of, with_accounts

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a team with an admin, Aino, who leads the first project, and Maija."""
    instance: Path = tmp_path_factory.mktemp("team") / "instance"
    app = with_accounts(settings_at(instance, queue_url="immediate:", model="none"))
    for name in ("Aino", "Maija"):
        accounts.add(engine_of(app), name, PASSWORD, admin=False)
    first = projects.Place(1, Role.ADMIN)
    projects.set_role(engine_of(app), first, "Aino", "lead", Person(0, ADMIN))
    engine_of(app).dispose()
    server = serving(instance, TARKKA_ACCOUNTS="on")
    yield server
    server.stop()


def opened(browser: Browser, place: Server, theme: str = "light", width: int = 1280) -> Page:
    """A page of a new browser."""
    size = {"width": width, "height": 844}
    context = browser.new_context(base_url=place.address, color_scheme=theme, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in by keyboard alone, from wherever one is asked to."""
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_one_signs_in_imports_reviews_and_signs_out(browser: Browser, place: Server) -> None:
    page = opened(browser, place)
    page.goto("/batches")
    sign_in(page, "Aino", "a wrong password")
    expect(page.get_by_role("alert")).to_contain_text("no account with this name and password")
    sign_in(page, "Aino")
    expect(page).to_have_url(re.compile("/batches$"))
    page.goto("/")
    page.get_by_label("Paste the machine-translated text").fill("The the end came.")
    page.get_by_role("button", name="Review").click()
    page.wait_for_url("**/batches/*")
    batch = page.url
    page.goto(batch + "/segments/1")
    page.locator("#text").fill("The end came.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.goto(batch)
    expect(page.locator("#segments, .segments").first).to_contain_text("The end came.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(batch)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.context.close()


def test_an_invitations_link_makes_an_account(browser: Browser, place: Server) -> None:
    lead = opened(browser, place)
    lead.goto("/projects/1")
    sign_in(lead, "Aino")
    lead.get_by_role("button", name="Make a link").click()
    link = lead.get_by_label("The invitation’s link").input_value()
    guest = opened(browser, place)
    guest.goto(link)
    guest.get_by_label("Name, which stands").fill("Eero")
    guest.get_by_label("Password, at least").fill(PASSWORD)
    guest.get_by_role("button", name="Make the account and join").click()
    expect(guest.get_by_role("rowheader", name="Eero")).to_be_visible()
    expect(guest.get_by_role("button", name="Make a link")).to_have_count(0)
    for page in (lead, guest):
        page.context.close()


def test_an_admin_helps_who_forgot_the_password_and_ends_an_account(browser: Browser, place: Server) -> None:
    admin, guest = opened(browser, place), opened(browser, place)
    admin.goto("/accounts")
    sign_in(admin, ADMIN)
    admin.get_by_label("Name contains").fill("MAIJ")
    admin.keyboard.press("Enter")
    expect(admin.get_by_text("1 of ")).to_be_visible()
    admin.get_by_role("link", name="Maija").click()
    admin.get_by_role("button", name="Link for a new password").click()
    field = admin.get_by_label("The link for a new password")
    expect(field).to_be_focused()
    link = field.input_value()
    guest.goto(link)
    expect(guest.get_by_label("New password")).to_be_focused()
    guest.keyboard.type(PASSWORD + "!")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status")).to_contain_text("The password was changed")
    sign_in(guest, "Maija", PASSWORD + "!")
    expect(guest.get_by_role("link", name="Maija")).to_be_visible()
    expect(guest.get_by_role("link", name="Accounts")).to_have_count(0)
    guest.goto(link)
    expect(guest.get_by_role("alert")).to_contain_text("ask an admin for another one")
    admin.get_by_role("button", name="Make admin").click()
    guest.goto("/accounts")
    expect(guest.get_by_role("rowheader", name="Maija")).to_be_visible()
    admin.get_by_role("button", name="No longer admin").click()
    admin.get_by_role("button", name="Disable").click()
    expect(admin.get_by_text("no: disabled")).to_be_visible()
    guest.goto("/")
    expect(guest.get_by_role("heading", name="Sign in")).to_be_visible()
    admin.get_by_text("Remove this account").click()
    admin.get_by_label("Type its name to confirm").fill("Maija")
    admin.keyboard.press("Enter")
    expect(admin.get_by_role("heading", name="Accounts")).to_be_visible()
    expect(admin.get_by_role("link", name="Maija")).to_have_count(0)
    for page in (admin, guest):
        page.context.close()


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.exhaustive)])
def test_axe_finds_nothing_on_a_teams_pages(browser: Browser, place: Server, theme: str, width: int) -> None:
    page = opened(browser, place, theme, width)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(troubles(page, name))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} scrolls sideways")

    page.goto("/sign-in")
    look("sign-in")
    page.goto("/projects")
    sign_in(page, ADMIN)
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    look("projects")
    page.goto("/projects/1")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("The invitation’s link").input_value()
    look("project")
    page.goto("/account")
    page.get_by_label("What will use it").fill("a program")
    page.get_by_role("button", name="Make a token").click()
    look("account")
    page.goto("/accounts")
    look("accounts")
    page.get_by_role("link", name=ADMIN, exact=True).last.click()
    expect(page.get_by_text("This is your own account")).to_be_visible()
    look("one's own account among all")
    page.goto("/accounts")
    page.get_by_role("link", name="Aino").click()
    page.get_by_role("button", name="Link for a new password").click()
    new_password = page.get_by_label("The link for a new password").input_value()
    look("somebody's account")
    page.goto(new_password)
    look("new password")
    for path in ("/", "/checks", "/log", link):
        page.goto(path)
        look(path[:20])
    page.context.clear_cookies()
    page.goto(link)
    look("invitation")
    page.context.close()
    assert found == [], "\n".join(found)
