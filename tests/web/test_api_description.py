"""The API does what its own description says, whatever is sent to it: nothing undocumented, never a 5xx.

Schemathesis reads the description from the app and tries every operation with what it allows and what it does not,
by itself and one after the other, with all its checks on.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import requests
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import make_server

from review.settings import Settings
from review.web.api.description import description
from review.web.api.nouns import OPERATIONS
from tests.members import ADMIN, api_token, signed_in, with_accounts
from tests.team import team

pytestmark = [
    pytest.mark.slow,
    # Of what schemathesis draws, and of connections and files that are left open where a body is refused half-read.
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

_PATH = "/api/v1/openapi.json"
# What no schema says of these: that texts are of equal length, that a batch has this title or a reference.
_MEANING = {
    "POST /api/v1/batches",
    "DELETE /api/v1/batches/{batch_id}",
    "POST /api/v1/batches/{batch_id}/scores",
}
_ACCEPTED = {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}}
_SEGMENTS = [
    {"hypothesis": "The the end.", "source": "Loppu.", "references": ["The end."]},
    {"hypothesis": "Lavrovin said the the thing.", "source": "Lavrov sanoi.", "references": ["Said Lavrov."]},
]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a server of this application: over a connection headers and bodies are as they are in earnest."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["tarkka"].engine.dispose()


def tried(address: str, headers: dict[str, str]) -> tuple[list[str], Counter[tuple[str, int]]]:
    """What schemathesis found wrong, and how often each operation answered with which status."""
    about: dict[str, Any] = {
        "base-url": address,
        "headers": headers,
        "seed": 1,
        "continue-on-failure": True,
        "generation": {"max-examples": 20, "deterministic": True},
        "suppress-health-check": ["all"],
        "operations": [{"include-name": name, "checks": _ACCEPTED} for name in sorted(_MEANING)],
    }
    config = SchemathesisConfig.from_dict(about)
    schema = schemathesis.openapi.from_url(address + _PATH, config=config)
    wrong: list[str] = []
    statuses: Counter[tuple[str, int]] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            wrong.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            raise event.exception
        elif isinstance(event, events.ScenarioFinished):
            kept = event.recorder
            for key, checks in kept.checks.items():
                label = kept.cases[key].value.operation.label
                wrong += [
                    f"{label}: {one.failure_info.failure} {one.failure_info.code_sample}"
                    for one in checks
                    if one.failure_info
                ]
            for key, sent in kept.interactions.items():
                if sent.response and key in kept.cases:
                    statuses[kept.cases[key].value.operation.label, sent.response.status_code] += 1
    return wrong, statuses


def hold(address: str, headers: dict[str, str]) -> None:
    """Some batches, and then everything that there is to try."""
    for _ in range(3):
        made = requests.post(f"{address}/api/v1/batches", json={"segments": _SEGMENTS}, headers=headers)
        assert made.status_code == 201
    wrong, statuses = tried(address, headers)
    assert not wrong, "\n\n".join(wrong)
    assert len({label for label, _ in statuses}) == len(OPERATIONS)
    assert len({label for label, status in statuses if status < 300}) > 15
    assert not [(label, status) for label, status in statuses if status >= 500]


@pytest.mark.exhaustive
def test_on_ones_own_machine(app: Flask) -> None:
    with served(app) as address:
        hold(address, {"Origin": address})


@pytest.mark.exhaustive
def test_in_a_team_by_a_token(settings: Settings) -> None:
    app = with_accounts(settings)
    token = api_token(signed_in(app, ADMIN))
    with served(app) as address:
        hold(address, {"Authorization": f"Bearer {token}"})


def test_what_is_served_is_what_is_made(app: Flask, settings: Settings) -> None:
    with_several = team(settings, "Aino", "Ben")
    for one, scheme in ((app, ""), (with_several, "basic"), (with_accounts(settings), "bearer")):
        assert one.test_client().get(_PATH).get_json() == description(scheme)
        one.extensions["tarkka"].engine.dispose()
