"""The API in a team: tokens and nothing else, roles, what is not yours is not there, floods of wrong tokens."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from review.settings import Settings
from review.store.roles import Role
from review.web.api.nouns import OPERATIONS
from review.web.roles import role_for
from tests.conftest import Client
from tests.members import ADMIN, api_token, engine_of, member, project, sign_in, signed_in, with_accounts
from tests.programs import BASE, Program, with_token

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = with_accounts(settings)
    yield app
    app.extensions["tarkka"].engine.dispose()


@pytest.fixture
def news(app: Flask) -> int:
    return project(app, "News")


@pytest.fixture
def admin(app: Flask) -> Client:
    return signed_in(app, ADMIN)


def program(app: Flask, name: str, project_id: int | None = None, role: Role = Role.REVIEWER) -> Program:
    """The program of a new member."""
    return with_token(app, api_token(member(app, name, project_id, role)))


def test_nobody_is_sent_to_a_page(app: Flask, admin: Client) -> None:
    for path in ("/projects", "/batches", "/batches/1", "/nothing"):
        for headers in ({}, {"Authorization": "Bearer tarkka_x"}, {"Authorization": "Basic eDp4"}):
            answer = app.test_client().get(BASE + path, headers=headers)
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), path
            assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    # Who has signed in in a browser has a cookie, which opens nothing here.
    for method in ("GET", "POST"):
        answer = admin.inner.open(
            f"{BASE}/batches", method=method, json={}, headers={"Origin": "http://localhost"}
        )
        assert answer.status_code == 401
    assert Program(app).get("/openapi.json")["security"] == [{"bearer": []}]


@pytest.mark.fault(19)
def test_what_is_not_yours_is_not_there(app: Flask, news: int) -> None:
    lead = program(app, "Lead", news, Role.LEAD)
    batch = lead.batch("Lavrovin said so.")
    outsider = program(app, "Outsider", project(app, "Sport"), Role.LEAD)
    assert outsider.get("/batches") == {"batches": [], "next": None}
    assert outsider.get(f"/batches?project={news}")["batches"] == []
    assert [one["name"] for one in outsider.get("/projects")["projects"]] == ["Sport"]
    told = outsider.post(f"/batches?project={news}", {"segments": [{"hypothesis": "x"}]}, 404)
    assert told["detail"] == f"There is no project {news}."
    for one in OPERATIONS:
        path = one.path.replace("<int:batch_id>", str(batch["id"])).replace("<int:number>", "1")
        path = path.replace("<int:flag_id>", "1").replace("<format_id>", "text")
        if path != one.path:
            answer = outsider.send(one.method, path, json={})
            assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), path
    assert lead.get(batch["links"]["self"])["title"] == batch["title"]


def test_a_role_opens_what_it_suffices_for(app: Flask, news: int, admin: Client) -> None:
    lead = program(app, "Lead", news, Role.LEAD)
    lead.batch("Lavrovin said so.")
    for role in (Role.READER, Role.REVIEWER):
        acting = program(app, role.title(), news, role)
        assert acting.get("/projects")["projects"][0]["role"] == role.value
        for one in OPERATIONS:
            needed = role_for(one.endpoint, one.method)
            path = one.path.replace("<int:batch_id>", "1").replace("<int:number>", "1")
            path = path.replace("<int:flag_id>", "1").replace("<format_id>", "text")
            if "<token>" in path:
                continue
            answer = acting.send(one.method, path, json={})
            refused = needed is not None and needed.rank > role.rank
            assert (answer.status_code == 403) is refused, (role, path, answer.get_data(as_text=True))
    told = program(app, "Alone").post("/batches", {"segments": [{"hypothesis": "x"}]}, 403)
    assert "takes the role lead" in told["detail"]


def test_an_import_in_the_background_is_its_owners(
    app: Flask, news: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.work.uploads.AT_ONCE", 10)
    lead, other = (program(app, name, news, Role.LEAD) for name in ("Lead", "Other"))
    answer = lead.send("POST", "/batches", json={"segments": [{"hypothesis": "A long text."}]})
    assert answer.status_code == 202
    assert lead.get(answer.headers["Location"])["state"] == "done"
    other.get(answer.headers["Location"], 404)


def test_corrections_and_exports_are_told_with_their_maker(app: Flask, news: int, admin: Client) -> None:
    aino = program(app, "Aino", news, Role.LEAD)
    where = aino.batch("Lavrovin said so.", title="Talks")["links"]["self"]
    made = aino.post(f"{where}/segments/1/corrections", {"text": "Lavrov said so.", "version": 0})
    assert made["reviewer"] == "Aino"
    assert aino.send("GET", f"{where}/exports/text").get_data() == b"Lavrov said so.\n"
    log = admin.page("/log")
    for told in ("import", "export", "Aino"):
        assert told in log
    ben = program(app, "Ben", news)
    same = {"text": "Said Lavrov.", "version": 1}
    first = ben.post(f"{where}/segments/1/corrections", same, Idempotency_Key="k")
    assert (first["version"], first["reviewer"]) == (2, "Ben")
    # Another's key is another key.
    later = aino.post(f"{where}/segments/1/corrections", {"text": "Now.", "version": 2}, Idempotency_Key="k")
    assert later["version"] == 3


@pytest.mark.fault(20)
def test_a_flood_of_wrong_tokens_is_throttled_and_right_ones_go_on(app: Flask, news: int) -> None:
    right = program(app, "Aino", news)
    wrong = with_token(app, "tarkka_wrong")
    statuses = [wrong.send("GET", "/batches").status_code for _ in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    answer = wrong.send("GET", "/batches")
    assert answer.headers["Retry-After"]
    assert answer.get_json()["status"] == 429
    assert right.get("/batches")["batches"] == []
    assert sign_in(app.test_client(), ADMIN).status_code == 303  # nor is anybody kept from signing in
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE sign_in_attempt SET made_at = '2020-01-01 00:00:00'"))
    assert wrong.send("GET", "/batches").status_code == 401
