"""No page of a large batch looks through more than it shows: the database's own plans say so."""

import re
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.conftest import Client
from tests.programs import Program

pytestmark = pytest.mark.sqlite  # whose plans are the same whatever the tables hold

# Tables that grow with the segments; and those that grow with what is done to them.
BIG = ("hypothesis", "segment", "reference", "flag", "correction", "decision", "draft", "operation")
STATUSES = (
    "",
    "flagged",
    "unreviewed",
    "reviewed",
    "edited",
    "confirmed",
    "sent-back",
    "accepted",
    "commented",
    "marked",
    "drafts",
)


class Plans:
    """Every statement that was sent to the database, with how it would be answered."""

    def __init__(self, engine: Any) -> None:
        self.sent: dict[str, Any] = {}
        self.engine = engine
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            self.sent[statement] = parameters[0] if many else parameters

    def troubles(self) -> list[str]:
        """The statements that scan a big table, or sort what they found in one."""
        event.remove(self.engine, "before_cursor_execute", self._note)
        found = []
        with self.engine.connect() as connection:
            for statement, parameters in self.sent.items():
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                sorts = any(re.search(rf"\b{table}\b", statement) for table in BIG)
                for plan in (row[-1] for row in rows):
                    scan = re.match(r"SCAN (\w+)", plan)
                    # Where the first term is an index's, only what stands in one text is sorted.
                    sorted_by = re.search(r"TEMP B-TREE(?! FOR (RIGHT PART|LAST TERM))", plan)
                    if (scan and scan.group(1) in BIG) or (sorts and sorted_by):
                        found.append(f"{plan}: {statement}")
        return found


@pytest.fixture
def plans(app: Flask, demo: int) -> Plans:
    return Plans(app.extensions["tarkka"].engine)


def assert_quick(plans: Plans) -> None:
    troubles = plans.troubles()
    assert not troubles, "\n".join(troubles)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "index"), [("commented", "commented"), ("marked", "marked"), ("accepted", "verdict")]
)
def test_few_segments_are_counted_without_looking_at_the_others(
    client: Client, demo: int, plans: Plans, status: str, index: str
) -> None:
    client.page(f"/batches/{demo}?show={status}")
    term = {"commented": "comments >", "marked": "annotations >", "accepted": "verdict !="}[status]
    counting = [sql for sql in plans.sent if "count(*)" in sql and f"hypothesis.{term}" in sql]
    assert counting
    with plans.engine.connect() as connection:
        for sql in counting:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", plans.sent[sql]).all()
            assert any(f"ix_hypothesis_{index}" in row[-1] for row in rows), rows


def test_the_list_of_batches(client: Client, plans: Plans) -> None:
    client.page("/batches")
    assert_quick(plans)


@pytest.mark.slow
@pytest.mark.parametrize("order", ["", "gain"])
@pytest.mark.fault(28)
def test_every_filter_of_the_batch_page(client: Client, demo: int, plans: Plans, order: str) -> None:
    flags = ("", "check=repeated-word", "severity=major", "check=repeated-word&severity=major", "q=harbour")
    for status, flag, by in product(STATUSES, flags, ("", "by=Reviewer")):
        client.page(f"/batches/{demo}?order={order}&show={status}&{flag}&{by}")
    client.page(f"/batches/{demo}?order={order}&from=5&gain=30&show=flagged")
    client.page(f"/batches/{demo}?order={order}&from=5&gain=30")
    assert_quick(plans)


@pytest.mark.parametrize("order", ["", "gain"])
@pytest.mark.fault(28)
@pytest.mark.fault(28)
def test_the_review_page_under_every_filter(client: Client, demo: int, plans: Plans, order: str) -> None:
    for status, flag in product(STATUSES, ("", "check=repeated-word", "severity=major", "q=harbour")):
        client.page(f"/batches/{demo}/segments/5?order={order}&show={status}&{flag}")
    assert_quick(plans)


@pytest.mark.slow
@pytest.mark.fault(28)
def test_every_list_of_the_api(app: Flask, demo: int, plans: Plans) -> None:
    program, here = Program(app), f"/batches/{demo}"
    for status, flag in product(STATUSES, ("", "&check=repeated-word", "&severity=major", "&text=harbour")):
        program.get(f"{here}/segments?after=3{f'&status={status}' if status else ''}{flag}")
    for state, flag in product(("open", "dismissed", "any"), ("", "&check=name-ending", "&severity=major")):
        program.get(f"{here}/flags?state={state}{flag}")
        program.get(f"{here}/flags?state={state}{flag}&after=1-3-1")
    program.get(f"{here}/segments/5")
    program.get("/batches?project=1")
    assert_quick(plans)


def test_saving_checking_and_dismissing(client: Client, demo: int, plans: Plans) -> None:
    client.save(demo, 5, "A new new text.", then="next", order="gain")
    client.save(demo, 6, "Another one.", then="flagged")
    client.save(demo, 6, "Another one still.", version=1)
    client.post(f"/batches/{demo}/segments/7/check", text="A new new text.", system="1")
    client.post(f"/batches/{demo}/segments/7/draft", text="A new new text.", system="1", version="0")
    page = client.page(f"/batches/{demo}/segments/5")
    found = re.search(r'name="dismiss" value="(\d+)"', page)
    assert found
    client.post(f"/batches/{demo}/segments/5/decide", system="1", flag=found.group(1), kind="dismissed")
    client.get(f"/batches/{demo}/segments/5/waiting")
    client.get(f"/batches/{demo}/progress")
    assert_quick(plans)


def test_equal_texts_are_looked_for_by_their_fingerprints_alone(
    client: Client, demo: int, plans: Plans
) -> None:
    client.save(demo, 1, "A text of its own.")
    asked = [sql for sql in plans.sent if "fingerprint" in sql]
    assert asked
    with plans.engine.connect() as connection:
        for sql in asked:
            first, *_ = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", plans.sent[sql]).all()
            assert re.match(r"SEARCH fingerprint USING .*\(system_id=\? AND value=\?\)", first[-1]), first
