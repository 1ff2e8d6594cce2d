"""The page of all accounts: who sees it, what an admin can do there, and that an admin always remains."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app import create_app
from review.errors import BadInput
from review.settings import Settings
from review.store.accounts import add_account, list_accounts
from review.store.roles import Role
from review.work import accounts, auditing, projects
from review.work.accounts import Person
from tests.conftest import Client
from tests.members import (
    ADMIN,
    PASSWORD,
    api_token,
    engine_of,
    member,
    project,
    sign_in,
    signed_in,
    with_accounts,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings: Settings) -> Flask:
    return with_accounts(settings)


@pytest.fixture
def admin(app: Flask) -> Client:
    return signed_in(app, ADMIN)


def path_of(app: Flask, name: str) -> str:
    """The page of somebody's account."""
    return f"/accounts/{accounts.find(engine_of(app), name).id}"


def told(app: Flask) -> list[tuple[str, str]]:
    """Who did what to accounts, the newest first."""
    return [(one.who, one.about) for one in auditing.log(engine_of(app)) if one.action == "account"]


def names_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/accounts/\d+">([^<]+)</a>', page)


def row_of(page: str, name: str) -> str:
    """What the list says of an account, without markup."""
    found = re.search(rf'<tr><th scope="row"><a [^>]+>{name}</a>.*?</tr>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())


def test_only_admins_see_accounts(app: Flask, admin: Client) -> None:
    lead = member(app, "Lead", project(app, "News"), Role.LEAD)
    for path in ("/accounts", path_of(app, ADMIN)):
        assert lead.get(path).status_code == 403, path
        assert app.test_client().get(path).status_code == 302, path
        assert admin.get(path).status_code == 200, path
    for path in ("/", "/projects"):
        assert "/accounts" in admin.page(path), path
        assert "/accounts" not in lead.page(path), path


def test_on_ones_own_machine_there_is_no_page_of_accounts(settings: Settings) -> None:
    client = Client(create_app(settings).test_client())
    for path in ("/accounts", "/accounts/1", "/new-password/1.a.b"):
        assert client.get(path).status_code == 404, path
    assert "/accounts" not in client.page("/")


@pytest.mark.parametrize("account", ["999", "2147483648", "99999999999999999999"])
def test_an_account_that_is_not_there_is_404(admin: Client, account: str) -> None:
    assert admin.get(f"/accounts/{account}").status_code == 404
    for what in ("disabled", "admin", "remove", "password-link"):
        assert admin.post(f"/accounts/{account}/{what}").status_code == 404, what


def test_the_list_tells_what_is_known_of_each(app: Flask, admin: Client) -> None:
    news, sport = project(app, "News"), project(app, "Sport")
    member(app, "Aino", news, Role.LEAD)
    projects.set_role(engine_of(app), projects.Place(sport, Role.ADMIN), "Aino", "reader", Person(0, ADMIN))
    accounts.add(engine_of(app), "Eero", PASSWORD, admin=True)
    accounts.set_disabled(engine_of(app), "Eero", True)
    page = admin.page("/accounts")
    assert names_on(page) == ["Aino", "Eero", ADMIN]
    assert "News: lead, Sport: reader" in row_of(page, "Aino")
    assert row_of(page, "Aino").count("UTC") == 2  # since when, and signed in last
    assert row_of(page, "Eero").startswith("Eero admin, disabled none never ")
    assert "argon2" not in page + admin.page(path_of(app, "Aino"))


def test_a_last_sign_in_is_of_this_account_and_not_of_one_before(app: Flask, admin: Client) -> None:
    member(app, "Aino")
    assert "never" not in row_of(admin.page("/accounts"), "Aino")
    accounts.remove(engine_of(app), "Aino")
    accounts.add(engine_of(app), "Aino", PASSWORD, admin=False)
    assert "never" in row_of(admin.page("/accounts"), "Aino")


def test_hundreds_of_accounts_come_in_pages_and_are_found_by_name(app: Flask, admin: Client) -> None:
    for number in range(1, 121):
        add_account(engine_of(app), f"Person {number:03}", "no password", False, "test")
    add_account(engine_of(app), "Åsa", "no password", False, "test")
    page, seen = admin.page("/accounts"), []
    assert "122 accounts" in page
    while True:
        assert 0 < len(names_on(page)) <= 50
        seen += names_on(page)
        more = re.search(r'href="([^"]+)">More accounts', page)
        if not more:
            break
        page = admin.page(more.group(1).replace("&amp;", "&"))
    assert seen == [f"Person {number:03}" for number in range(1, 121)] + [ADMIN, "Åsa"]
    assert names_on(admin.page("/accounts?q=PERSON+11")) == [f"Person {number}" for number in range(110, 120)]
    assert names_on(admin.page("/accounts?q=%C3%A5s")) == ["Åsa"]
    assert names_on(admin.page("/accounts?q=A%CC%8As")) == ["Åsa"]
    assert "No account fits" in admin.page("/accounts?q=nobody")
    first = admin.page("/accounts?q=person")
    assert "120 of 122" in first
    assert 'href="/accounts?q=person&amp;after=Person+050">More accounts' in first


def test_an_account_is_disabled_and_enabled(app: Flask, admin: Client) -> None:
    aino = member(app, "Aino")
    bearer = {"Authorization": f"Bearer {api_token(aino)}"}
    path = path_of(app, "Aino")
    for _ in range(2):  # a double click changes and tells it once
        assert admin.post(f"{path}/disabled", disabled="1").status_code == 303
    assert aino.get("/").status_code == 302
    assert sign_in(aino.inner, "Aino").status_code == 422
    assert app.test_client().get("/batches", headers=bearer).status_code == 401
    assert "no: disabled" in admin.page(path)
    assert admin.post(f"{path}/disabled", disabled="0").status_code == 303
    assert sign_in(aino.inner, "Aino").status_code == 303
    assert told(app)[:3] == [(ADMIN, "enabled Aino"), (ADMIN, "disabled Aino"), ("command line", "made Aino")]


def test_somebody_is_made_an_admin_and_one_no_longer(app: Flask, admin: Client) -> None:
    aino, path = member(app, "Aino"), path_of(app, "Aino")
    assert admin.post(f"{path}/admin", admin="1").status_code == 303
    assert "Make admin" not in admin.page(path)
    assert aino.get("/accounts").status_code == 200
    assert admin.post(f"{path}/admin", admin="0").status_code == 303
    assert aino.get("/accounts").status_code == 403
    assert told(app)[:2] == [(ADMIN, "Aino is no admin any more"), (ADMIN, "made Aino an admin")]


def test_an_account_is_removed_once_its_name_is_typed(app: Flask, admin: Client) -> None:
    news = project(app, "News")
    aino, path = member(app, "Aino", news), path_of(app, "Aino")
    refused = admin.post(f"{path}/remove", confirm="aino")
    assert refused.status_code == 422
    assert "type its name, “Aino”, to confirm" in refused.get_data(as_text=True)
    assert aino.get("/").status_code == 200
    assert admin.post(f"{path}/remove", confirm=" Aino ").location == "/accounts"
    assert aino.get("/").status_code == 302
    assert sign_in(aino.inner, "Aino").status_code == 422
    assert admin.get(path).status_code == 404
    assert "Aino" not in admin.page(f"/projects/{news}")
    assert told(app)[0] == (ADMIN, "removed Aino")


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("disabled", {"disabled": "1"}),
        ("admin", {"admin": "0"}),
        ("remove", {"confirm": ADMIN}),
        ("password-link", {}),
    ],
)
@pytest.mark.parametrize("others", [0, 1])
def test_nobody_locks_themselves_out(
    app: Flask, admin: Client, what: str, fields: dict[str, str], others: int
) -> None:
    for number in range(others):
        accounts.add(engine_of(app), f"Admin {number}", PASSWORD, admin=True)
    before, path = told(app), path_of(app, ADMIN)
    answer = admin.post(f"{path}/{what}", **fields)
    assert answer.status_code == 422
    assert "your own account" in answer.get_data(as_text=True)
    page = admin.page(path)
    assert "This is your own account" in page
    assert f"{path}/" not in page
    assert told(app) == before


def test_the_last_admin_who_can_sign_in_stays(app: Flask) -> None:
    """Also where the command line does it; an admin who is disabled does not count."""
    engine = engine_of(app)
    accounts.add(engine, "Eero", PASSWORD, admin=True)
    accounts.set_disabled(engine, "Eero", True)
    for end in (
        lambda: accounts.set_disabled(engine, ADMIN, True),
        lambda: accounts.remove(engine, ADMIN),
    ):
        with pytest.raises(BadInput, match=f"“{ADMIN}” is the last admin who can sign in"):
            end()
    accounts.remove(engine, "Eero")  # who could not sign in
    accounts.add(engine, "Eero", PASSWORD, admin=True)
    accounts.set_disabled(engine, ADMIN, True)


@pytest.mark.parametrize(
    ("what", "fields"), [("disabled", {"disabled": "1"}), ("admin", {"admin": "0"}), ("remove", {})]
)
def test_of_two_admins_who_end_each_other_at_once_one_remains(
    app: Flask, admin: Client, what: str, fields: dict[str, str]
) -> None:
    accounts.add(engine_of(app), "Eero", PASSWORD, admin=True)
    both = {ADMIN: admin, "Eero": signed_in(app, "Eero")}

    def end(by: str, other: str) -> int:
        path = f"{path_of(app, other)}/{what}"
        return both[by].post(path, **(fields or {"confirm": other})).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(end, (ADMIN, "Eero"), ("Eero", ADMIN)))
    assert 303 in answers
    able = [one.name for one in list_accounts(engine_of(app)) if one.admin and not one.disabled]
    assert len(able) == 1
