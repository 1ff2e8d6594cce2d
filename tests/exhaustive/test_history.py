"""Fifty people at work while the server is killed again and again: what was acknowledged is there, once."""

import threading
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from review.settings import Settings
from review.store.engine import open_store, reading
from tests.databases import environ_at
from tests.exhaustive.clients import SEGMENTS, Client, Sent, machine_text
from tests.running import Server, Visitor, serving, wait_until
from tests.work.test_sums import compare

pytestmark = [pytest.mark.exhaustive, pytest.mark.fault(22), pytest.mark.fault(23), pytest.mark.fault(24)]
CLIENTS, OPERATIONS, KILLS = 50, 50, 5


class Counted:
    """How many operations are done, and a wait for some number of them."""

    def __init__(self) -> None:
        self.number, self.changed = 0, threading.Condition()

    def up(self) -> None:
        with self.changed:
            self.number += 1
            self.changed.notify_all()

    def wait_for(self, number: int, clients: Sequence[Client]) -> None:
        with self.changed:
            while self.number < number:
                assert any(client.is_alive() for client in clients), "all have ended"
                self.changed.wait(1)


def test_what_was_acknowledged_is_there_once(tmp_path: Path) -> None:
    names = [f"Client{n}" for n in range(CLIENTS)]
    server = serving(tmp_path, reviewers=",".join(names))
    try:
        clients = _work(server, names)
        _let_worker_finish(server, clients[0].visitor)
    finally:
        server.stop()
    assert [told for client in clients for told in client.unexpected] == []
    database = environ_at(tmp_path).get("TARKKA_DATABASE_URL", "")
    engine = open_store(Settings(instance=tmp_path, database_url=database))
    with reading(engine) as connection:
        tables = {
            name: connection.execute(text(f"SELECT * FROM {name} ORDER BY id")).all()
            for name in ("correction", "comment", "decision", "operation", "hypothesis")
        }
    sent = [one for client in clients for one in client.sent]
    assert len(sent) >= 2_000
    _corrections(sent, tables)
    _comments(sent, tables)
    _dismissals(sent, tables)
    _steps(sent, tables)
    compare(engine, 1)
    engine.dispose()


def _work(server: Server, names: Sequence[str]) -> list[Client]:
    first = Visitor(server.address)
    first.post("/sign-in", name=names[0])
    article = "\n\n".join(machine_text(number) for number in range(1, SEGMENTS + 1))
    assert first.post("/import/paste", text=article).location.endswith("/batches/1")
    wait_until(lambda: '"state":"done"' in first.get("/batches/1/progress").text)
    done = Counted()
    clients = [Client(server.address, name, done.up, OPERATIONS) for name in names]
    for client in clients:
        client.start()
    for kill in range(1, KILLS + 1):
        done.wait_for(kill * CLIENTS * OPERATIONS // (KILLS + 1), clients)
        server.stop(kill=True)
        server.start()
    for client in clients:
        client.join()
    return clients


def _let_worker_finish(server: Server, visitor: Visitor) -> None:
    """A last start hands over what the kills have left; then nothing is open."""
    server.stop()
    server.start()
    wait_until(lambda: f'"deep":{SEGMENTS}' in visitor.get("/batches/1/progress").text)


def _corrections(sent: Sequence[Sent], tables: dict[str, Any]) -> None:
    rows = tables["correction"]
    tokens = Counter(row.token for row in rows if row.origin == "typed")
    assert set(tokens.values()) == {1}
    by_token = {row.token: row for row in rows}
    place = {row.id: row.number for row in tables["hypothesis"]}
    known = {one.name: one for one in sent if one.kind == "correct"}
    assert set(tokens) <= set(known), "nothing is there that nobody sent"
    for token, one in known.items():
        row = by_token.get(token)
        assert row is not None or not one.acknowledged, f"{token} was acknowledged and is lost"
        assert row is None or one.acknowledged is not False, f"{token} was refused and is there"
        if row is not None:
            assert (row.text, row.based_on, place[row.hypothesis_id]) == (one.text, one.version, one.number)
    versions = defaultdict(list)
    for row in rows:
        versions[row.hypothesis_id].append((row.based_on, row.version))
    for row in tables["hypothesis"]:
        made = [(n, n + 1) for n in range(row.version)]
        assert sorted(versions[row.id]) == made, "each version was made on the one before"


def _comments(sent: Sequence[Sent], tables: dict[str, Any]) -> None:
    said = Counter(row.text for row in tables["comment"])
    for one in sent:
        if one.kind == "comment":
            assert said[one.name] in ((1,) if one.acknowledged else (0, 1)), one
    counted = Counter(row.hypothesis_id for row in tables["comment"])
    assert all(row.comments == counted[row.id] for row in tables["hypothesis"])


def _dismissals(sent: Sequence[Sent], tables: dict[str, Any]) -> None:
    place = {row.id: row.number for row in tables["hypothesis"]}
    made = Counter(place[row.hypothesis_id] for row in tables["decision"] if row.kind == "dismissed")
    for number in {one.number for one in sent if one.kind == "dismiss" and one.acknowledged}:
        assert made[number], f"a flag of segment {number} was dismissed and that is lost"
    each = Counter(
        (row.hypothesis_id, row.version, row.start, row.end, row.check, row.kind)
        for row in tables["decision"]
    )
    assert set(each.values()) <= {1}


def _steps(sent: Sequence[Sent], tables: dict[str, Any]) -> None:
    of_step = defaultdict(list)
    for row in tables["correction"]:
        if row.origin == "propagated":
            of_step[row.operation_id].append(row)
    steps = {row.id for row in tables["operation"]}
    assert set(of_step) <= steps
    for rows in of_step.values():
        assert len({row.text for row in rows}) == 1, "a step puts in one text"
        assert {row.based_on for row in rows} == {0}, "and only where nobody has reviewed"
    for one in sent:
        if one.kind == "propagate" and one.acknowledged:
            assert int(one.name) in steps, f"step {one.name} was acknowledged and is lost"
