"""Signing in by an account: sessions that end, throttling, tokens for programs (FAULTS rows 17 and 20)."""

from dataclasses import replace

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import text

from app import create_app
from review.errors import BadInput, NotFound
from review.settings import Settings
from review.work import accounts
from review.work.signing_in import IDLE
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
from tests.team import signed_in as picked

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings: Settings) -> Flask:
    return with_accounts(settings)


def test_nothing_is_shown_before_signing_in(app: Flask) -> None:
    browser = app.test_client()
    for path in ("/", "/batches", "/checks", "/names.csv", "/projects", "/account", "/log", "/batches/1"):
        answer = browser.get(path)
        assert answer.status_code == 302, path
        assert answer.location.startswith("/sign-in?to="), path
    page = browser.get("/sign-in").get_data(as_text=True)
    assert ADMIN not in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(("name", "password"), [(ADMIN, "wrong password"), ("Nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(app: Flask, name: str, password: str) -> None:
    browser = app.test_client()
    answer = sign_in(browser, name, password)
    assert answer.status_code == 422
    assert "no account with this name and password" in answer.get_data(as_text=True)
    assert browser.get("/").status_code == 302


@pytest.mark.fault(20)
def test_a_flood_of_sign_ins_is_throttled_by_name(app: Flask) -> None:
    browser = app.test_client()
    for _ in range(5):
        assert sign_in(browser, ADMIN, "wrong password").status_code == 422
    answer = sign_in(browser, ADMIN)
    assert answer.status_code == 429
    assert "wait a quarter of an hour" in answer.get_data(as_text=True)
    other = create_app(app.extensions["tarkka"].settings)  # another server on the same database
    assert sign_in(other.test_client(), ADMIN).status_code == 429
    _age_attempts(app)
    assert sign_in(browser, ADMIN).status_code == 303


@pytest.mark.fault(20)
def test_a_flood_of_sign_ins_is_throttled_by_address(app: Flask) -> None:
    browser = app.test_client()
    for number in range(20):
        assert sign_in(browser, f"Name {number}", "wrong password").status_code == 422
    assert sign_in(browser, ADMIN).status_code == 429
    assert sign_in(app.test_client(), ADMIN, REMOTE_ADDR="192.0.2.7").status_code == 303


@pytest.mark.fault(20)
def test_a_session_is_not_replayed_after_sign_out(app: Flask) -> None:
    client = signed_in(app, ADMIN)
    cookie = client.inner.get_cookie("tarkka")
    assert cookie
    assert client.get("/").status_code == 200
    assert client.post("/sign-out").status_code == 302
    assert client.get("/").status_code == 302
    thief = app.test_client()
    thief.set_cookie("tarkka", cookie.value)
    assert thief.get("/").status_code == 302


def test_a_password_that_was_right_is_forgotten_as_an_attempt(app: Flask) -> None:
    for _ in range(30):
        assert sign_in(app.test_client(), ADMIN).status_code == 303


def test_a_session_ends_when_nothing_was_asked_for_half_a_day(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(app, ADMIN)
    now = TimestampSigner.get_timestamp
    late = IDLE.total_seconds() - 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + int(late))
    assert client.get("/").status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + int(2 * late))
    assert client.get("/").status_code == 200  # it was asked meanwhile
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + int(3 * late) + 120)
    assert client.get("/").status_code == 302


def test_a_session_ends_after_two_weeks(app: Flask) -> None:
    client = signed_in(app, ADMIN)
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE session SET started_at = '2020-01-01 00:00:00'"))
    assert client.get("/").status_code == 302


def test_sessions_end_with_the_password_and_with_the_account(app: Flask) -> None:
    aino = member(app, "Aino", project(app, "News"))
    accounts.set_password(engine_of(app), "Aino", PASSWORD + "!")
    assert aino.get("/").status_code == 302
    assert sign_in(aino.inner, "Aino").status_code == 422
    assert sign_in(aino.inner, "Aino", PASSWORD + "!").status_code == 303
    token = api_token(aino)
    accounts.set_disabled(engine_of(app), "Aino", True)
    assert aino.get("/").status_code == 302
    assert sign_in(aino.inner, "Aino", PASSWORD + "!").status_code == 422
    asked = app.test_client().get("/", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 401
    accounts.set_disabled(engine_of(app), "Aino", False)
    assert sign_in(aino.inner, "Aino", PASSWORD + "!").status_code == 303
    accounts.remove(engine_of(app), "Aino")
    assert aino.get("/").status_code == 302


def test_ones_own_password_is_changed_by_the_old_one(app: Flask) -> None:
    here, elsewhere = member(app, "Aino"), signed_in(app, "Aino")
    wrong = here.post("/account/password", old="something else", new="a new password")
    assert wrong.status_code == 422
    assert here.post("/account/password", old=PASSWORD, new="short").status_code == 422
    answer = here.post("/account/password", old=PASSWORD, new="a new password")
    assert answer.status_code == 303
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_a_session_without_a_password_is_worth_nothing_in_a_team(settings: Settings) -> None:
    local = create_app(replace(settings, reviewers=("Aino", "Eero")))
    aino = picked(local, "Aino")
    cookie = aino.inner.get_cookie("tarkka")
    assert cookie
    app = create_app(replace(settings, accounts=True))
    accounts.add(engine_of(app), "Aino", PASSWORD, admin=False)
    browser = app.test_client()
    browser.set_cookie("tarkka", cookie.value)
    assert browser.get("/").status_code == 302
    assert sign_in(browser, "Aino").status_code == 303


def test_the_cookie_is_for_https_alone_where_it_came_by_https(app: Flask) -> None:
    over_http = app.test_client().get("/sign-in").headers["Set-Cookie"]
    over_https = app.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" not in over_http
    assert "Secure" in over_https
    for cookie in (over_http, over_https):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("password", ["", "short", "x" * 1001, "with a \x1b in it"])
def test_a_password_that_is_none_is_refused(app: Flask, password: str) -> None:
    with pytest.raises(BadInput, match="A password has 10 to 1,000"):
        accounts.add(engine_of(app), "Aino", password, admin=False)


def test_an_account_takes_over_what_its_name_did_before_but_only_once(app: Flask) -> None:
    accounts.add(engine_of(app), "Aino", PASSWORD, admin=False)
    with pytest.raises(BadInput, match="There is an account “Aino” already"):
        accounts.add(engine_of(app), " Aino ", PASSWORD, admin=False)
    with pytest.raises(NotFound):
        accounts.set_password(engine_of(app), "Nobody", PASSWORD)


@pytest.mark.fault(17)
def test_a_program_with_a_token_and_no_cookie_needs_no_origin_and_no_form_token(app: Flask) -> None:
    token = api_token(signed_in(app, ADMIN))
    bearer = {"Authorization": f"Bearer {token}"}
    program = app.test_client()
    answer = program.post("/import/paste", data={"text": "Hello there."}, headers=bearer)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    again = program.post("/import/paste", data={"text": "Hello again."}, headers=bearer)
    assert again.status_code == 303
    page = program.get(again.location, headers=bearer).get_data(as_text=True)
    assert "Hello again." in page
    assert f">{ADMIN}</a>" in page


@pytest.mark.fault(17)
def test_a_token_beside_a_cookie_changes_nothing_about_the_rules(app: Flask) -> None:
    client = signed_in(app, ADMIN)
    bearer = {"Authorization": f"Bearer {api_token(client)}"}
    for headers in (bearer, {**bearer, "Origin": "http://elsewhere.example"}):
        answer = client.inner.post("/import/paste", data={"text": "Hello."}, headers=headers)
        assert answer.status_code == 403
    bare = app.test_client()
    bare.set_cookie("other", "1")
    assert bare.post("/import/paste", data={"text": "Hello."}, headers=bearer).status_code == 403


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "bearer tarkka_x", "Bearer \x7f"])
@pytest.mark.fault(17)
def test_a_token_that_is_none_signs_nobody_in(app: Flask, header: str) -> None:
    answer = app.test_client().get("/batches", headers={"Authorization": header})
    assert answer.status_code in (302, 401)
    sent = app.test_client().post("/import/paste", data={"text": "x"}, headers={"Authorization": header})
    assert sent.status_code in (302, 401, 403)


def test_on_ones_own_machine_a_token_is_no_exemption(settings: Settings) -> None:
    answer = (
        create_app(settings)
        .test_client()
        .post("/import/paste", data={"text": "Hello."}, headers={"Authorization": "Bearer tarkka_x"})
    )
    assert answer.status_code == 403


def test_tokens_are_revoked_by_their_owner_alone(app: Flask) -> None:
    aino, eero = member(app, "Aino"), member(app, "Eero")
    bearer = {"Authorization": f"Bearer {api_token(aino)}"}
    assert eero.post("/account/tokens/revoke", token="1").status_code == 404
    assert app.test_client().get("/batches", headers=bearer).status_code == 200
    assert aino.post("/account/tokens/revoke", token="1").status_code == 303
    assert app.test_client().get("/batches", headers=bearer).status_code == 401


def test_the_log_tells_who_did_what_and_no_segments_text(app: Flask) -> None:
    admin = signed_in(app, ADMIN)
    sign_in(app.test_client(), "Mallory", "wrong password")
    batch = admin.paste("Lavrovin said so.", title="Title")
    admin.export(batch)
    assert admin.post(f"/batches/{batch}/delete", confirm="Title").status_code == 303
    page = admin.page("/log")
    for told in ("failed sign-in", "Mallory", "account", "import", "export", "delete", f"batch {batch}"):
        assert told in page, told
    assert "Lavrovin" not in page
    aino = member(app, "Aino", 1)
    assert aino.get("/log").status_code == 403


def _age_attempts(app: Flask) -> None:
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE sign_in_attempt SET made_at = '2020-01-01 00:00:00'"))
