"""From every earlier state of the tables, with work in them, the newest one is reached and the work is there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, select, text

from app import create_app
from review.settings import Settings
from review.store import engine as store_engine
from review.store.corrections import list_corrections
from review.store.decisions import list_decisions
from review.store.engine import migrate, open_store, reading, writing
from review.store.schema import fingerprint
from review.store.segments import iterate_segments
from review.store.tables import metadata
from review.text import fingerprint_of
from review.work.access import find_batch
from tests.conftest import Client
from tests.databases import empty_at, settings_at
from tests.work.test_sums import compare

pytestmark = pytest.mark.slow
_MIGRATIONS = ScriptDirectory(str(Path(store_engine.__file__).parent / "migrations"))
STATES = sorted(revision.revision for revision in _MIGRATIONS.walk_revisions())
ARTICLE = """The the mayor met Lavrovin before during his trip .

Russian the administration said so .

Borrell came . Borrellin went .

A line that stays as it is.

A line that somebody confirmed."""
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Made:
    """What people made of each segment of an instance, and all its rows."""

    work: list[tuple[Any, ...]]
    rows: Rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An instance in which somebody has worked."""
    settings = settings_at(tmp_path_factory.mktemp("made"), queue_url="immediate:", model="none")
    app = create_app(settings)
    engine, client = app.extensions["tarkka"].engine, Client(app.test_client())
    batch = client.paste(ARTICLE)
    client.save(batch, 1, "The mayor met Lavrov before his trip .")
    client.save(batch, 1, "The mayor met Lavrov before his trip.", version=1)
    client.save(batch, 5, "A line that somebody confirmed.")
    second = next(s for s in _segments(engine) if s.number == 2 and s.flags)
    client.save(batch, 2, second.text, dismiss=str(second.flags[0].id))
    client.post(f"/batches/{batch}/segments/3/comments", comment="Which one?", version="0", system="1")
    client.post("/checks/repeated-word/mute", muted="1", to="/")
    with reading(engine) as connection:
        rows = {
            table.name: [_plain(row._mapping) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
    for row in rows["hypothesis"]:  # where they were before they had a table of their own
        row["fingerprint"] = fingerprint_of(row["text"])
    made = Made(_work(engine), rows)
    engine.dispose()
    assert all(rows[name] for name in ("correction", "decision", "comment", "muting", "flag", "tally"))
    return made


def _plain(row: Any) -> dict[str, Any]:
    return {k: v.replace(tzinfo=None) if hasattr(v, "tzinfo") else v for k, v in row.items()}


def _segments(engine: Engine) -> list[Any]:
    return list(iterate_segments(engine, 1, find_batch(engine, 1).systems[0].id))


def _fill(engine: Engine, rows: Rows) -> None:
    """Put the rows in, as far as the tables have place for them: what they lack was added later."""
    old = MetaData()
    old.reflect(engine)
    with writing(engine) as connection:
        for table in metadata.sorted_tables:
            there = old.tables.get(table.name)
            if there is not None and rows[table.name]:
                connection.execute(there.delete())
                connection.execute(there.insert(), [_fitting(there, row) for row in rows[table.name]])
        if engine.dialect.name == "postgresql":
            for name, some in rows.items():
                if name in old.tables and some and "id" in some[0]:
                    last = max(row["id"] for row in some)
                    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})"))


def _fitting(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with the columns of an earlier table: what it needs and has since been dropped were counts."""
    needed = [c.name for c in table.columns if not c.nullable and c.server_default is None]
    return {name: 0 for name in needed if name not in row and name != "id"} | {
        name: value for name, value in row.items() if name in table.columns
    }


def _work(engine: Engine) -> list[tuple[Any, ...]]:
    """What people made of each segment, and its flags."""
    return [
        (
            s.number,
            s.hypothesis,
            s.text,
            s.status,
            [(v.text, v.reviewer) for v in list_corrections(engine, s.hypothesis_id)],
            [(d.kind, d.reviewer) for d in list_decisions(engine, s.hypothesis_id)],
            sorted((f.flag.check, f.flag.start, f.state) for f in s.flags),
        )
        for s in _segments(engine)
    ]


@pytest.mark.parametrize("state", STATES)
def test_work_done_in_an_earlier_state_is_there(
    made: Made, tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = empty_at(tmp_path / "earlier")
    with monkeypatch.context() as patched:
        patched.setattr(store_engine, "migrate", lambda engine: migrate(engine, state))
        earlier = open_store(settings)
    _fill(earlier, made.rows)
    with reading(earlier) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == state
    earlier.dispose()
    now = open_store(settings)
    assert _work(now) == made.work
    with reading(now) as connection:
        prints = [row._asdict() for row in connection.execute(select(fingerprint).order_by("number"))]
    assert prints == sorted(made.rows["fingerprint"], key=lambda row: row["number"])
    compare(now, 1)
    now.dispose()
    again = create_app(settings)
    client = Client(again.test_client())
    assert client.save(1, 4, "A line that is changed.").status_code == 303
    assert client.export(1).decode().splitlines()[6] == "A line that is changed."
    again.extensions["tarkka"].engine.dispose()
