"""Pages offer what somebody's role suffices for, and nothing else."""

import re

import pytest
from flask import Flask

from review.settings import Settings
from review.store.roles import Role
from review.web.roles import LEADING
from tests.conftest import Client
from tests.members import ADMIN, member, project, signed_in, with_accounts

pytestmark = pytest.mark.slow
TEXT = "The the mayor met Lavrovin . Lavrov came .\n\nBorrell came . Borrellin went ."
PAGES = (
    "",
    "/segments/1",
    "/names",
    "/terms",
    "/progress",
    "/studies",
    "/studies/1",
    "/annotations",
    "/concordance",
    "/replace",
    "/export",
)


@pytest.fixture
def app(settings: Settings) -> Flask:
    return with_accounts(settings)


@pytest.fixture
def news(app: Flask) -> int:
    return project(app, "News")


@pytest.fixture
def batch(app: Flask, news: int) -> int:
    lead = signed_in(app, ADMIN)
    batch = lead.paste(TEXT, project=str(news))
    lead.post(f"/batches/{batch}/names/keep", variant="Borrellin", system="1")
    return batch


def leading(app: Flask, client: Client, batch: int) -> set[str]:
    """What the pages of a batch offer that takes a lead."""
    found = set()
    matching = app.url_map.bind("localhost")
    for page in PAGES:
        answer = client.get(f"/batches/{batch}{page}")
        if answer.status_code == 200:
            for address in re.findall(
                r'(?:<form[^>]*method="post"[^>]* |form)action="(/[^"?]*)', answer.get_data(as_text=True)
            ):
                if matching.test(address, method="POST"):
                    found.add(str(matching.match(address, method="POST")[0]))
    return found & set(LEADING)


def test_a_reviewer_is_offered_nothing_that_takes_a_lead(app: Flask, news: int, batch: int) -> None:
    assert leading(app, member(app, "Aino", news), batch) == set()
    lead = leading(app, member(app, "Eino", news, Role.LEAD), batch)
    assert {"names.keep", "names.forget", "names.import_list", "terms.add", "batches.delete"} <= lead


def test_a_reader_cannot_type_into_what_is_not_theirs_to_correct(app: Flask, news: int, batch: int) -> None:
    for role, locked in ((Role.READER, True), (Role.REVIEWER, False)):
        page = member(app, role.value, news, role).page(f"/batches/{batch}/segments/1")
        area = re.search(r'<textarea id="text"[^>]*>', page)
        assert area
        assert ("readonly" in area.group()) == locked
        assert ("correcting takes the role of a reviewer" in page) == locked
