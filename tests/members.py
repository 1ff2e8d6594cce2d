"""A team with accounts at one instance, each member in a browser of their own."""

import re
from dataclasses import replace
from secrets import token_urlsafe

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from review.settings import Settings
from review.store.engine import Engine
from review.store.roles import Role
from review.work import accounts, projects
from review.work.accounts import Person
from tests.conftest import Client

PASSWORD = "correct horse battery"
ADMIN = "Päivi"


def with_accounts(settings: Settings) -> Flask:
    """An application that people sign in to, with an admin."""
    app = create_app(replace(settings, accounts=True))
    accounts.add(engine_of(app), ADMIN, PASSWORD, admin=True)
    return app


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions["tarkka"].engine
    return engine


def project(app: Flask, name: str) -> int:
    """A project."""
    return projects.create(engine_of(app), name, Person(0, ADMIN))


def member(app: Flask, name: str, project_id: int | None = None, role: Role = Role.REVIEWER) -> Client:
    """Somebody with an account and perhaps a role, signed in."""
    accounts.add(engine_of(app), name, PASSWORD, admin=False)
    if project_id is not None:
        place = projects.Place(project_id, Role.ADMIN)
        projects.set_role(engine_of(app), place, name, role.value, Person(0, ADMIN))
    return signed_in(app, name)


def signed_in(app: Flask, name: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client(app.test_client())
    assert sign_in(client.inner, name).status_code == 303
    return client


def sign_in(browser: FlaskClient, name: str, password: str = PASSWORD, **environ: str) -> TestResponse:
    """Send the form of the sign-in page."""
    page = browser.get("/sign-in").get_data(as_text=True)
    token = re.search(r'csrf-token" content="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token.group(1), "name": name, "password": password}
    headers = {"Origin": "http://localhost"}
    return browser.post("/sign-in", data=fields, headers=headers, environ_base=environ)


def api_token(client: Client) -> str:
    """A new token of whoever is signed in."""
    page = client.post("/account/tokens", name=token_urlsafe(6)).get_data(as_text=True)
    found = re.search(r'value="(tarkka_[\w-]+)"', page)
    assert found
    return found.group(1)
