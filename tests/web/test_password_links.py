"""Links for a new password: once, for a day, for an account that stands; worthless after any other change."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import create_app
from review.settings import Settings
from review.work import accounts, auditing
from review.work.password_links import LASTS
from tests.conftest import Client
from tests.members import ADMIN, PASSWORD, engine_of, member, sign_in, signed_in, with_accounts

pytestmark = pytest.mark.slow

NEW = "an entirely new password"
WORTHLESS = "ask an admin for another one"


@pytest.fixture
def app(settings: Settings) -> Flask:
    return with_accounts(settings)


@pytest.fixture
def aino(app: Flask) -> Client:
    return member(app, "Aino")


@pytest.fixture
def link(app: Flask, aino: Client) -> str:
    return link_for(app, "Aino")


def link_for(app: Flask, name: str, status: int = 200) -> str:
    """The path of a link that an admin makes for somebody."""
    account = accounts.find(engine_of(app), name)
    answer = signed_in(app, ADMIN).post(f"/accounts/{account.id}/password-link")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status, page
    found = re.search(r'value="http://localhost(/new-password/[\w.-]+)"', page)
    return found.group(1) if found else page


def choose(app: Flask, link: str, password: str = NEW, **environ: str) -> TestResponse:
    """Open a link in a new browser, and send its form."""
    browser = app.test_client()
    page = browser.get(link, environ_base=environ).get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token.group(1), "password": password}
    headers = {"Origin": "http://localhost"}
    return browser.post(link, data=fields, headers=headers, environ_base=environ)


def is_worthless(app: Flask, link: str) -> None:
    """A link is refused in one sentence, and the password stays."""
    kept = accounts.find(engine_of(app), "Aino").password_hash
    for answer in (app.test_client().get(link), choose(app, link)):
        assert answer.status_code == 404
        assert WORTHLESS in answer.get_data(as_text=True)
    assert accounts.find(engine_of(app), "Aino").password_hash == kept


def test_a_link_gives_a_new_password_once_and_ends_all_sessions(app: Flask, aino: Client, link: str) -> None:
    page = app.test_client().get(link).get_data(as_text=True)
    assert "A new password for Aino" in page
    assert 'autocomplete="new-password"' in page
    assert aino.get("/").status_code == 200  # to look changes nothing
    answer = choose(app, link)
    assert (answer.status_code, answer.location) == (303, "/sign-in?changed=1")
    assert aino.get("/").status_code == 302
    assert sign_in(app.test_client(), "Aino").status_code == 422
    assert sign_in(app.test_client(), "Aino", NEW).status_code == 303
    is_worthless(app, link)


def test_the_link_is_shown_once_and_tells_no_hash(app: Flask, link: str) -> None:
    account = accounts.find(engine_of(app), "Aino")
    page = signed_in(app, ADMIN).page(f"/accounts/{account.id}")
    assert "/new-password/" not in page
    kept = account.password_hash
    assert not any(part in link for part in [kept, *kept.split("$")[3:]])
    assert "Aino" not in link


def test_a_password_that_is_none_can_be_chosen_again(app: Flask, link: str) -> None:
    answer = choose(app, link, "short")
    assert answer.status_code == 422
    assert "A password has 10" in answer.get_data(as_text=True)
    assert choose(app, link).status_code == 303


def test_a_link_ends_after_a_day(app: Flask, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now, lasts = TimestampSigner.get_timestamp, int(LASTS.total_seconds())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + lasts - 60)
    assert app.test_client().get(link).status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + lasts + 60)
    is_worthless(app, link)


def _changed_by_command(app: Flask, aino: Client) -> None:
    accounts.set_password(engine_of(app), "Aino", PASSWORD)  # the same one again is a change too


def _changed_by_oneself(app: Flask, aino: Client) -> None:
    assert aino.post("/account/password", old=PASSWORD, new=PASSWORD + "!").status_code == 303


def _changed_by_another_link(app: Flask, aino: Client) -> None:
    assert choose(app, link_for(app, "Aino")).status_code == 303


def _made_anew(app: Flask, aino: Client) -> None:
    accounts.remove(engine_of(app), "Aino")
    accounts.add(engine_of(app), "Aino", PASSWORD, admin=False)


def _disabled(app: Flask, aino: Client) -> None:
    accounts.set_disabled(engine_of(app), "Aino", True)


@pytest.mark.parametrize(
    "change", [_changed_by_command, _changed_by_oneself, _changed_by_another_link, _made_anew, _disabled]
)
def test_a_link_is_worthless_after_any_other_change(
    app: Flask, aino: Client, link: str, change: Callable[[Flask, Client], None]
) -> None:
    change(app, aino)
    is_worthless(app, link)


def test_of_two_who_use_a_link_at_once_one_does(app: Flask, link: str) -> None:
    chosen = [f"{NEW} {number}" for number in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: choose(app, link, one).status_code, chosen))
    assert sorted(answers) == [303, 404]
    signed = [sign_in(app.test_client(), "Aino", one).status_code for one in chosen]
    assert [one == 303 for one in signed] == [one == 303 for one in answers]


def test_a_removed_accounts_link_is_worthless(app: Flask, link: str) -> None:
    accounts.remove(engine_of(app), "Aino")
    assert app.test_client().get(link).status_code == 404


@pytest.mark.parametrize(
    "odd", ["x", "1", "1..", ".", "99999999999.a.b", "²³.a.b", "1.aweZFQ.nonsense", "x" * 5000]
)
def test_a_link_that_is_none_is_told_in_one_sentence(app: Flask, odd: str) -> None:
    answer = app.test_client().get(f"/new-password/{odd}")
    assert answer.status_code == 404
    assert WORTHLESS in answer.get_data(as_text=True)


def test_a_link_with_anything_else_in_it_is_worthless(app: Flask, link: str) -> None:
    path, _, token = link.rpartition("/")
    number, when, signature = token.split(".")
    admin = accounts.find(engine_of(app), ADMIN).id
    for other in (
        f"{admin}.{when}.{signature}",
        f"0{number}.{when}.{signature}",
        f"{number}.{when[::-1]}.{signature}",
        f"{number}.{when}.{signature[:-2]}",
        f"{number}.{when}.",
    ):
        is_worthless(app, f"{path}/{other}")
    assert choose(app, link).status_code == 303


def test_another_instances_key_makes_no_link_here(app: Flask, link: str) -> None:
    other = create_app(app.extensions["tarkka"].settings)
    other.secret_key = "another"
    assert other.test_client().get(link).status_code == 404
    assert app.test_client().get(link).status_code == 200


def test_no_link_is_made_for_a_disabled_account(app: Flask, aino: Client) -> None:
    accounts.set_disabled(engine_of(app), "Aino", True)
    assert "is disabled: enable it first" in link_for(app, "Aino", 422)


@pytest.mark.fault(20)
def test_wrong_links_are_throttled_by_address_with_wrong_sign_ins_and_right_ones_go_on(
    app: Flask, link: str
) -> None:
    browser = app.test_client()
    assert sign_in(browser, "Nobody", "wrong password").status_code == 422
    for _ in range(19):
        assert browser.get(link + "x").status_code == 404
    answer = browser.get(link + "x")
    assert answer.status_code == 429
    assert "wait a quarter of an hour" in answer.get_data(as_text=True)
    assert sign_in(browser, ADMIN).status_code == 429
    assert browser.get(link + "x", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert choose(app, link).status_code == 303
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE sign_in_attempt SET made_at = '2020-01-01 00:00:00'"))
    assert sign_in(browser, "Aino", NEW).status_code == 303


def test_who_failed_too_often_and_uses_a_link_signs_in_at_once(app: Flask, link: str) -> None:
    for _ in range(5):
        assert sign_in(app.test_client(), "Aino", "wrong password").status_code == 422
    assert sign_in(app.test_client(), "Aino").status_code == 429
    assert choose(app, link).status_code == 303
    assert sign_in(app.test_client(), "Aino", NEW).status_code == 303


def test_the_log_tells_who_made_a_link_and_that_it_was_used(app: Flask, link: str) -> None:
    choose(app, link)
    told = [(one.who, one.about) for one in auditing.log(engine_of(app)) if one.action == "account"]
    assert told[:2] == [
        ("Aino", "new password for Aino, by a link"),
        (ADMIN, "made a link for a new password for Aino"),
    ]
    page = signed_in(app, ADMIN).page("/log")
    assert link.rpartition("/")[2] not in page
