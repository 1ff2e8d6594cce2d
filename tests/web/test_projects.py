"""Projects: what is whose, roles at every route (FAULTS row 19), invitations, nothing shared between them."""

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from review.settings import Settings
from review.store.roles import Role
from review.web.roles import ADMINISTERING, ANYBODY, CHOOSING, LEADING, OPEN, role_for
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
from tests.programs import Program, with_token
from tests.web.test_refusals import PLACES

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings: Settings) -> Flask:
    return with_accounts(settings)


@pytest.fixture
def news(app: Flask) -> int:
    return project(app, "News")


@pytest.fixture
def admin(app: Flask) -> Client:
    return signed_in(app, ADMIN)


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and rule of every route."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
            yield rule.endpoint, method, rule.rule


_PROGRAMS: WeakKeyDictionary[Client, Program] = WeakKeyDictionary()


def send(client: Client, method: str, rule: str, **places: object) -> int:
    """Ask for a route; the status of its answer."""
    known = {**PLACES, **{name: str(place) for name, place in places.items()}}
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: known[m.group(1)], rule)
    if address.startswith("/api/"):
        if client not in _PROGRAMS:
            _PROGRAMS[client] = with_token(client.inner.application, api_token(client))
        return _PROGRAMS[client].send(method, address).status_code
    with client.get(address) if method == "GET" else client.post(address) as answer:
        return answer.status_code


@pytest.mark.fault(19)
def test_somebody_elses_batch_is_404_on_every_route(app: Flask, news: int, admin: Client) -> None:
    batch = admin.paste("Lavrovin said so.", project=str(news))
    outsiders = [member(app, "Stranger"), member(app, "Elsewhere", project(app, "Sport"), Role.LEAD)]
    asked = 0
    for _, method, rule in routes(app):
        if "<int:batch_id>" in rule:
            asked += 1
            for outsider in outsiders:
                assert send(outsider, method, rule, batch_id=batch) == 404, (method, rule)
    assert asked > 60
    assert admin.get(f"/batches/{batch}").status_code == 200


@pytest.mark.fault(19)
def test_somebody_elses_project_is_404_on_every_route(app: Flask, news: int) -> None:
    stranger = member(app, "Elsewhere", project(app, "Sport"), Role.LEAD)
    for _, method, rule in routes(app):
        if "<int:project_id>" in rule:
            assert send(stranger, method, rule, project_id=news) == 404, (method, rule)
    for path in ("/checks", "/names.csv", "/terms.csv", "/checks/name-ending"):
        assert stranger.get(f"{path}?project={news}").status_code == 404
    assert stranger.post("/import/paste", text="x", project=str(news)).status_code == 404
    assert stranger.post("/checks/name-ending/mute", muted="1", project=str(news)).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER, Role.LEAD])
def test_a_role_opens_just_the_routes_that_it_suffices_for(
    app: Flask, news: int, admin: Client, role: Role
) -> None:
    batch = admin.paste("Lavrovin said so.", project=str(news))
    client = member(app, "Aino", news, role)
    for endpoint, method, rule in routes(app):
        if endpoint in OPEN or endpoint.startswith(("accounts.", "account.")) or "<token>" in rule:
            continue
        needed = role_for(endpoint, method)
        status = send(client, method, rule, batch_id=batch, project_id=news)
        assert status < 500, (method, rule)
        if needed is not None and needed.rank > role.rank:
            assert status == 403, (method, rule)
        elif not endpoint.startswith("rewrites."):  # where none are configured, these refuse by themselves
            assert status != 403, (method, rule)


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    """A new route without a batch or project in its path must be put into the table of roles."""
    known = {*ANYBODY, *OPEN, *ADMINISTERING, *CHOOSING, *LEADING}
    endpoints = {endpoint: rule for endpoint, _, rule in routes(app)}
    for endpoint, rule in endpoints.items():
        assert endpoint in known or "<int:batch_id>" in rule or "<int:project_id>" in rule, endpoint
    assert known <= endpoints.keys()


def test_a_refusal_names_the_role_that_is_needed(app: Flask, news: int, admin: Client) -> None:
    batch = admin.paste("Lavrovin said so.", project=str(news))
    reader = member(app, "Aino", news, Role.READER)
    refused = reader.save(batch, 1, "Lavrov said so.")
    assert refused.status_code == 403
    assert "takes the role reviewer in the project; yours is reader" in refused.get_data(as_text=True)
    assert admin.export(batch) == b"Lavrovin said so.\n"


def test_pages_offer_only_what_a_role_may_do(app: Flask, news: int, admin: Client) -> None:
    batch = admin.paste("Lavrovin said so.", project=str(news))
    people = {role: member(app, role.title(), news, role) for role in (Role.READER, Role.REVIEWER, Role.LEAD)}
    for path, offered, least in (
        (f"/batches/{batch}", "Delete this batch", Role.LEAD),
        (f"/batches/{batch}/terms", "Add from CSV", Role.LEAD),
        (f"/batches/{batch}/marks", "Add them", Role.LEAD),
        ("/checks/name-ending", 'title="Hide its flags', Role.LEAD),
        ("/", "Paste the machine-translated text", Role.LEAD),
        (f"/projects/{news}", "Make a link", Role.LEAD),
    ):
        for role, client in people.items():
            assert (offered in client.page(path)) is (role.rank >= least.rank), (path, role)
    segment = f"/batches/{batch}/segments/1"
    assert "You read here" in people[Role.READER].page(segment)
    assert "You read here" not in people[Role.REVIEWER].page(segment)


def test_lists_of_batches_show_ones_own_projects_only(app: Flask, news: int, admin: Client) -> None:
    admin.paste("Lavrovin said so.", title="In the news", project=str(news))
    admin.paste("They won.", title="In the sports", project=str(project(app, "Sport")))
    client = member(app, "Aino", news, Role.READER)
    for path in ("/", "/batches", f"/projects/{news}"):
        page = client.page(path)
        assert "In the news" in page, path
        assert "In the sports" not in page, path
    assert "Sport" not in client.page("/projects")
    everything = admin.page("/batches")
    assert "In the news" in everything
    assert "In the sports" in everything


def test_what_a_project_rules_on_stays_in_it(app: Flask, news: int, admin: Client) -> None:
    sport = project(app, "Sport")
    here, there = (admin.paste("The the end came to Lavrovin.", project=str(one)) for one in (news, sport))
    assert admin.post(f"/batches/{here}/names/keep", variant="Lavrovin").status_code == 303
    assert admin.post(f"/batches/{here}/terms", source="loppu", target="finish").status_code == 303
    assert admin.post("/checks/repeated-word/mute", muted="1", project=str(news)).status_code == 303
    assert "Lavrovin" in admin.get(f"/names.csv?project={news}").get_data(as_text=True)
    assert "Lavrovin" not in admin.get(f"/names.csv?project={sport}").get_data(as_text=True)
    assert "finish" in admin.page(f"/batches/{here}/terms")
    assert "finish" not in admin.page(f"/batches/{there}/terms")
    assert "Unmute" in admin.page(f"/checks/repeated-word?project={news}")
    assert "Unmute" not in admin.page(f"/checks/repeated-word?project={sport}")
    assert "<mark" not in admin.page(f"/batches/{here}")
    assert "the" in _marked(admin.page(f"/batches/{there}"))
    found = admin.page(f"/batches/{here}/concordance?q=Lavrovin")
    assert f"/batches/{here}/segments" in found
    assert f"/batches/{there}/segments" not in found


def test_a_dismissal_for_always_is_for_the_project(app: Flask, news: int, admin: Client) -> None:
    sport = project(app, "Sport")
    sentence = "The the end came."
    here, there = (admin.paste(sentence, project=str(one)) for one in (news, sport))
    flag = re.search(
        r'name="dismiss" value="(\d+)[:"]|data-flag="(\d+)"', admin.page(f"/batches/{here}/segments/1")
    )
    assert flag
    number = flag.group(1) or flag.group(2)
    path = f"/batches/{here}/segments/1/decide"
    answer = admin.post(path, flag=number, kind="dismissed", scope="always", system="1")
    assert answer.status_code in (200, 303)
    assert "<mark" not in admin.page(f"/batches/{here}")
    assert "<mark" in admin.page(f"/batches/{there}")
    assert "<mark" not in admin.page(f"/batches/{admin.paste(sentence, project=str(news))}")
    assert "<mark" in admin.page(f"/batches/{admin.paste(sentence, project=str(sport))}")


def _marked(page: str) -> str:
    found = re.search(r"<mark[^>]*>.*?</mark>", page, re.DOTALL)
    assert found
    return found.group()


def invite(client: Client, project_id: int, role: str = "reviewer") -> str:
    """The path of a new invitation."""
    page = client.post(f"/projects/{project_id}/invitations", role=role).get_data(as_text=True)
    link = re.search(r'value="http://localhost(/invitations/[\w-]+)"', page)
    assert link
    return link.group(1)


def open_form(app: Flask, path: str, to: str, **fields: str) -> tuple[Client, int, str]:
    """What a newcomer's browser sends from an invitation's page; the browser, the answer's status and page."""
    client = Client(app.test_client())
    page = client.page(path)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    data = {"csrf_token": token.group(1), **fields}
    answer = client.inner.post(path + to, data=data, headers={"Origin": "http://localhost"})
    return client, answer.status_code, answer.get_data(as_text=True)


def test_an_invitation_makes_an_account_once(app: Flask, news: int) -> None:
    lead = member(app, "Lead", news, Role.LEAD)
    path = invite(lead, news)
    assert "Join “News”" in app.test_client().get(path).get_data(as_text=True)
    client, status, _ = open_form(app, path, "/account", name="Aino", password=PASSWORD)
    assert status == 303
    page = client.page(f"/projects/{news}")
    assert "Aino" in page
    assert "Make a link" not in page
    again = app.test_client().get(path)
    assert again.status_code == 404
    assert "ask for another one" in again.get_data(as_text=True)
    assert sign_in(app.test_client(), "Aino").status_code == 303


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("Lead", PASSWORD, "Somebody here has this name already"),
        ("", PASSWORD, "A name has 1 to 60"),
        ("x" * 61, PASSWORD, "A name has 1 to 60"),
        ("Aino", "short", "A password has 10"),
    ],
)
def test_an_invitation_that_is_answered_wrongly_can_be_answered_again(
    app: Flask, news: int, name: str, password: str, sentence: str
) -> None:
    path = invite(member(app, "Lead", news, Role.LEAD), news)
    _, status, page = open_form(app, path, "/account", name=name, password=password)
    assert status == 422
    assert sentence in page
    _, status, _ = open_form(app, path, "/account", name="Aino", password=PASSWORD)
    assert status == 303


def test_an_invitation_is_taken_with_an_account_and_never_lowers_a_role(app: Flask, news: int) -> None:
    lead, aino = member(app, "Lead", news, Role.LEAD), member(app, "Aino")
    assert aino.get(f"/projects/{news}").status_code == 404
    assert aino.post(invite(lead, news, "lead") + "/accept").status_code == 303
    assert aino.post(invite(lead, news, "reader") + "/accept").status_code == 303
    assert "Make a link" in aino.page(f"/projects/{news}")


def test_an_invitation_ends_by_itself_and_by_being_withdrawn(app: Flask, news: int) -> None:
    lead = member(app, "Lead", news, Role.LEAD)
    path = invite(lead, news)
    assert lead.post(f"/projects/{news}/invitations/withdraw", invitation="1").status_code == 303
    assert app.test_client().get(path).status_code == 404
    old = invite(lead, news)
    with engine_of(app).begin() as connection:
        connection.execute(text("UPDATE invitation SET expires_at = '2020-01-01 00:00:00'"))
    assert app.test_client().get(old).status_code == 404
    with engine_of(app).connect() as connection:
        kept = connection.execute(text("SELECT token_hash FROM invitation")).scalars()
        assert not any(old.endswith(one) for one in kept)


def test_leads_set_roles_of_members_and_only_admins_add_accounts(
    app: Flask, news: int, admin: Client
) -> None:
    lead, aino = member(app, "Lead", news, Role.LEAD), member(app, "Aino")
    roles = f"/projects/{news}/roles"
    assert lead.post(roles, name="Aino", role="reader").status_code == 404
    assert admin.post(roles, name="Aino", role="reader").status_code == 303
    assert admin.post(roles, name="Nobody", role="reader").status_code == 404
    assert lead.post(roles, name="Aino", role="admin").status_code == 422
    assert lead.post(roles, name="Aino", role="reviewer").status_code == 303
    assert aino.get(f"/projects/{news}").status_code == 200
    assert lead.post(roles, name="Aino", role="").status_code == 303
    assert aino.get(f"/projects/{news}").status_code == 404


def test_projects_have_names_of_their_own(app: Flask, news: int, admin: Client) -> None:
    assert admin.post("/projects", name="Sport").status_code == 303
    assert admin.post("/projects", name="Sport").status_code == 422
    assert admin.post("/projects", name="  ").status_code == 422
    assert admin.post(f"/projects/{news}/name", name="Sport").status_code == 422
    assert admin.post(f"/projects/{news}/name", name="Weather").status_code == 303
    assert "Weather" in admin.page("/projects")


def test_a_study_is_among_members_who_review(app: Flask, news: int, admin: Client) -> None:
    batch = admin.paste("Lavrovin said so.", project=str(news))
    lead, aino = member(app, "Lead", news, Role.LEAD), member(app, "Aino", news)
    member(app, "Reader", news, Role.READER)
    member(app, "Stranger")
    page = lead.page(f"/batches/{batch}/studies")
    assert re.findall(r'name="reviewer" value="([^"]+)"', page) == ["Aino", "Lead"]
    form = {"title": "Blind", "first": "1", "last": "1", "system": "1", "reviewer": ["Aino", "Lead"]}
    assert lead.post(f"/batches/{batch}/studies", **form).status_code == 303
    own = [client.get(f"/batches/{batch + 1}").status_code for client in (aino, lead, admin)]
    assert sorted(own) == [200, 404, 404]


def test_a_large_import_is_its_owners(app: Flask, news: int) -> None:
    lead, other = member(app, "Lead", news, Role.LEAD), member(app, "Other", news, Role.LEAD)
    table = b"source\thypothesis\na\tb\n"
    answer = lead.upload(translation=("a.tsv", table))
    where = answer.location
    assert where.startswith("/import/table/")
    assert lead.get(where).status_code == 200
    assert other.get(where).status_code == 404
    done = lead.post(where, role=["source", "hypothesis"], name=["", ""], delimiter="tab", header="yes")
    assert done.status_code == 303
    batch = int(done.location.rsplit("/", 1)[1])
    assert other.get(f"/batches/{batch}").status_code == 200


def test_there_are_no_pages_of_a_team_on_ones_own_machine(settings: Settings) -> None:
    client = Client(create_app(settings).test_client())
    for path in ("/projects", "/account", "/log", "/invitations/x"):
        assert client.get(path).status_code == 404, path
    assert "Projects" not in client.page("/")
