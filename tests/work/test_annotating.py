"""Whatever is done to marks in whatever order: the count is of those that stand, and nothing is forgotten."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import create_app
from review.errors import TarkkaError
from review.metrics.categories import SEVERITIES, read_categories
from review.store import annotations
from review.store.schema import hypothesis
from review.work import annotating
from review.work.access import find_place
from review.work.annotating import Marking
from tests.conftest import Client
from tests.databases import settings_at

STEP = st.tuples(
    st.sampled_from(["add", "change", "remove", "put back"]),
    st.sampled_from(["big", "made", "yesterday"]),
    st.sampled_from(SEVERITIES),
    st.integers(0, 7),
)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(steps=st.lists(STEP, max_size=12))
def test_the_count_is_of_the_marks_that_stand(steps: list[tuple[str, str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        app = create_app(settings_at(Path(folder), queue_url="immediate:", model="none"))
        batch = Client(app.test_client()).paste("The committee made a big decision yesterday.")
        engine, kinds = app.extensions["tarkka"].engine, read_categories()
        place = find_place(engine, batch, 1, 1)
        known: list[int] = []
        for what, words, severity, which in steps:
            marking = Marking(0, "target", words, "style", severity)
            one = known[which % len(known)] if known else 1
            before = annotations.list_annotations(engine, place.segment.hypothesis_id, withdrawn=True)
            try:
                if what == "add":
                    known.append(annotating.add(engine, place, marking, kinds, 1))
                elif what == "change":
                    known.append(annotating.change(engine, place, one, marking, kinds, 1))
                elif what == "remove":
                    annotating.remove(engine, place, one)
                else:
                    known.append(annotating.put_back(engine, place, one, 1))
            except TarkkaError:
                pass
            after = annotations.list_annotations(engine, place.segment.hypothesis_id, withdrawn=True)
            assert {a.id: a.mark for a in before}.items() <= {a.id: a.mark for a in after}.items()
            with engine.connect() as connection:
                counted = connection.scalar(select(hypothesis.c.annotations))
            standing = [a.mark for a in after if a.stands]
            assert counted == len(standing) == len(set(standing))
        engine.dispose()
