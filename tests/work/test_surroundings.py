"""What the checks keep of the text around a segment is never older than the text, whoever changes it."""

from dataclasses import replace
from secrets import token_hex

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import create_app
from review.checks import deep_checks
from review.checks.run import Checker
from review.formats.guard import Limits
from review.model import Document, Flag
from review.store import names
from review.store.names import NameEntry
from review.work import correcting, flagging
from review.work.access import find_place
from review.work.correcting import Draft
from review.work.importing import import_batch
from review.work.pairing import read_pasted
from tests.conftest import Client
from tests.databases import settings_at

_LIMITS = Limits(100_000)
_TEXTS = (
    "Borrell came.",
    "Borrellin came to Lavrovin.",
    "Lavrov, Lavrov and Borrell met.",
    "“It goes on",
    "Nothing is wrong here.",
    "The MEPs voted , and two Euro representatives left .",
)


def _anew(engine: object, batch: int, number: int, text: str) -> list[Flag]:
    """What the instant checks say where nothing is kept."""
    place = find_place(engine, batch, 1, number)  # type: ignore[arg-type]
    every = [find_place(engine, batch, 1, n).segment for n in range(1, place.batch.segments + 1)]  # type: ignore[arg-type]
    typed = [flagging.as_segment(s, text if s.number == number else None) for s in every]
    checker = Checker(flagging.context_of(engine, place.batch))  # type: ignore[arg-type]
    return checker.read(Document(typed, place.batch.bounded)).flags(typed[number - 1])


_steps = st.lists(
    st.tuples(st.integers(0, 1), st.integers(1, 6), st.sampled_from(_TEXTS), st.booleans()),
    min_size=3,
    max_size=10,
)


@pytest.mark.slow
# A dozen steps are short enough to read; making them fewer would take minutes.
@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(_steps)
def test_two_processes_see_what_the_other_has_changed(
    tmp_path_factory: object, steps: list[tuple[int, int, str, bool]]
) -> None:
    instance = tmp_path_factory.mktemp("around")  # type: ignore[attr-defined]
    options = settings_at(instance, queue_url="immediate:", model="none")
    # Two applications share the database and nothing else.
    desks = [create_app(options).extensions["tarkka"] for _ in range(2)]
    pasted = read_pasted({"text": "\n\n".join(_TEXTS), "source": "", "reference": ""}, _LIMITS)
    batch = import_batch(desks[0].engine, desks[0].queue, pasted, arrival="a", reviewer_id=1)
    for turn, number, text, saves in steps:
        engine = desks[turn].engine
        place = find_place(engine, batch, 1, number)
        live = [live.flag for live in flagging.live_flags(engine, place, text)]
        found = [flag for flag in live if flag.check not in deep_checks()]
        assert found == _anew(desks[1 - turn].engine, batch, number, text)
        if saves:
            draft = Draft(text, place.segment.version, token_hex(8))
            correcting.save(engine, desks[turn].queue, place, draft, 1, _LIMITS)
        elif text == _TEXTS[0]:
            entry = NameEntry("Lavrovin", "Lavrov", "page")
            names.append_names(engine, 1, [replace(entry, right=f"Lavrov{number}")], 1)
    for desk in desks:
        desk.engine.dispose()


def test_a_batch_whose_number_was_another_s_is_read_itself(client: Client) -> None:
    first = client.paste("Borrell came.\n\nBorrellin went.")
    path = "/batches/{}/segments/2/check"
    client.post(path.format(first), text="Borrellin went.", system="1")
    title = client.page(f"/batches/{first}").partition("<h1>")[2].partition("</h1>")[0]
    assert client.post(f"/batches/{first}/delete", confirm=title).status_code == 303
    second = client.paste("Nobody came.\n\nBorrellin went.")
    answer = client.post(path.format(second), text="Nobody nobody went.", system="1").json
    assert answer
    assert "Borrell" not in answer["flags"]
