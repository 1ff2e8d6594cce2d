"""A whole instance as one file, from whichever database to whichever: copied, saved, brought back."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from review.errors import BadInput
from review.settings import Settings
from review.store import copying
from review.store.audits import append_audit
from review.store.engine import Engine, open_store
from review.work.accounts import COMMAND_LINE

_DATABASE, _KEY, _ABOUT = "tarkka.db", "secret_key", "backup.json"
_KIND = "Tarkka backup 1"

Progress = Callable[[str, int], None]


def copy_database(settings: Settings, address: str, progress: Progress) -> dict[str, int]:
    """Copy the instance's database into an empty one at another address; rows by table, counted on both sides."""
    with _opened(settings) as source, _opened(replace(settings, database_url=address)) as target:
        if source.url == target.url:
            raise BadInput("This is the address of the database itself: name another one.")
        return copying.copy_rows(source, target, progress)


def write_backup(settings: Settings, out: BinaryIO, progress: Progress) -> dict[str, int]:
    """Write all that people made, as of one moment, and the key of their sessions; rows by table.

    Language models, waiting jobs and half-made uploads are left out: they are fetched or made again.
    """
    with tempfile.TemporaryDirectory() as folder, _opened(settings) as source:
        file = Path(folder) / _DATABASE
        with _opened(_of_file(file)) as target:
            counts = copying.copy_rows(source, target, progress)
        about = {"kind": _KIND, "made_at": datetime.now(UTC).isoformat(), "rows": counts}
        key = settings.instance / _KEY
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            archive.writestr(_ABOUT, json.dumps(about, indent=1))
            archive.write(file, _DATABASE)
            if key.exists():
                archive.write(key, _KEY)
        return counts


def restore_backup(settings: Settings, file: Path, progress: Progress) -> dict[str, int]:
    """Bring a backup back into an instance in which nobody has worked; rows by table.

    Backups of earlier versions are brought up to date. BadInput for another file, or an instance that holds work.
    """
    try:
        with ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
            rows = _about(archive, file)
            archive.extract(_DATABASE, folder)
            with _opened(_of_file(Path(folder) / _DATABASE)) as source, _opened(settings) as target:
                found = copying.count_rows(source)
                if any(found.get(table) != count for table, count in rows.items()):
                    raise BadInput(f"{file}: the backup is not whole; nothing was restored.")
                counts = copying.copy_rows(source, target, progress)
                append_audit(target, COMMAND_LINE, "restore", f"{sum(counts.values())} rows")
            if _KEY in archive.namelist() and not settings.secret_key:
                _put_key(settings.instance / _KEY, archive.read(_KEY))
            return counts
    except (BadZipFile, KeyError, OSError) as error:
        raise BadInput(f"{file}: this is no backup of Tarkka, or it is damaged ({error}).") from None


def _about(archive: ZipFile, file: Path) -> dict[str, int]:
    about = json.loads(archive.read(_ABOUT))
    if about.get("kind") != _KIND:
        raise BadInput(f"{file}: this backup was made by another version of Tarkka; update and try again.")
    rows: dict[str, int] = about["rows"]
    return rows


def _put_key(place: Path, key: bytes) -> None:
    place.touch(mode=0o600)
    place.write_bytes(key)


def _of_file(file: Path) -> Settings:
    return Settings(instance=file.parent, database_url=f"sqlite:///{file}")


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    engine = open_store(settings)
    try:
        yield engine
    finally:
        engine.dispose()
