"""A whole instance saved, brought back and moved: everything is there, and work goes on from it."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from review.errors import BadInput
from review.settings import Settings
from review.work.backups import copy_database, restore_backup, write_backup
from tests.conftest import Client
from tests.databases import settings_at

pytestmark = pytest.mark.slow

ARTICLE = "The the town Borrellin.\n\nNothing is wrong here.\n\nIt is is so."


def quiet(_table: str, _rows: int) -> None:
    pass


@contextmanager
def running(settings: Settings) -> Iterator[Client]:
    app: Flask = create_app(settings)
    try:
        yield Client(app.test_client())
    finally:
        app.extensions["tarkka"].engine.dispose()


def worked_on(settings: Settings) -> bytes:
    """A batch with a correction, a comment, a mark, a dismissal and a draft; its export with everything."""
    with running(settings) as client:
        batch = client.paste(ARTICLE, source="A.\n\nB.\n\nC.", reference="A.\n\nB.\n\nC.")
        here = f"/batches/{batch}/segments"
        client.save(batch, 1, "The town of Borrell 😀.")
        client.post(f"{here}/2/comments", comment="Is it?", text="Nothing is wrong here.", system="1")
        flag = re.search(r'name="dismiss" value="(\d+)"', client.page(f"{here}/3"))
        assert flag
        client.post(f"{here}/3/decide", flag=flag.group(1), kind="dismissed", system="1")
        client.post(f"{here}/2/annotations/score", score="61", system="1")
        return client.export(batch, "jsonl")


@pytest.fixture
def other(tmp_path: Path) -> Settings:
    """Another instance, with nothing in it."""
    return settings_at(tmp_path / "other", queue_url="immediate:", model="none")


def test_a_restored_instance_exports_the_same_bytes_and_goes_on(settings: Settings, other: Settings) -> None:
    before = worked_on(settings)
    file = other.instance.parent / "all.tarkka"
    with file.open("wb") as out:
        counts = write_backup(settings, out, quiet)
    assert restore_backup(other, file, quiet) == counts
    assert [counts[name] for name in ("correction", "comment", "decision", "assessment")] == [1, 1, 1, 1]
    with running(other) as client:
        assert client.export(1, "jsonl") == before
        client.save(1, 3, "It is so.")
        assert "It is so." in client.export(1).decode()
        assert client.paste("Another one.") == 2
    assert (other.instance / "secret_key").read_bytes() == (settings.instance / "secret_key").read_bytes()


@pytest.mark.parametrize("there", [True, False])
def test_a_database_moves_to_the_other_kind_and_back(settings: Settings, tmp_path: Path, there: bool) -> None:
    file = Settings(
        instance=tmp_path / "file",
        database_url=f"sqlite:///{tmp_path / 'file.db'}",
        queue_url="immediate:",
        model="none",
    )
    source, target = (settings, file) if there else (file, settings)
    before = worked_on(source)
    address = target.database_url or f"sqlite:///{target.instance / 'tarkka.db'}"
    counts = copy_database(source, address, quiet)
    assert counts["segment"] == 3
    with running(target) as client:
        assert client.export(1, "jsonl") == before
        assert client.paste("Another one.") == 2


def test_nothing_is_written_over(settings: Settings, other: Settings, tmp_path: Path) -> None:
    worked_on(settings)
    mine = worked_on(other)
    file = tmp_path / "all.tarkka"
    with file.open("wb") as out:
        write_backup(settings, out, quiet)
    with pytest.raises(BadInput, match="not empty: it has rows in batch"):
        restore_backup(other, file, quiet)
    with running(other) as client:
        assert client.export(1, "jsonl") == mine


def test_what_is_no_backup_is_told(other: Settings, tmp_path: Path) -> None:
    file = tmp_path / "all.tarkka"
    with pytest.raises(BadInput, match="no backup of Tarkka"):
        restore_backup(other, file, quiet)
    file.write_bytes(b"PK no")
    with pytest.raises(BadInput, match="no backup of Tarkka"):
        restore_backup(other, file, quiet)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("backup.json", '{"kind": "Tarkka backup 9"}')
    file.write_bytes(out.getvalue())
    with pytest.raises(BadInput, match="another version"):
        restore_backup(other, file, quiet)
