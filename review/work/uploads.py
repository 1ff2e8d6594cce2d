"""Files that are uploaded: read at once, after a question about their columns, or in a job where they are large."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from review.errors import BadInput, NotFound
from review.formats import LINES, find_document_format
from review.formats.columns import Column
from review.formats.guard import Limits
from review.settings import Settings
from review.store import audits
from review.store.engine import Engine
from review.work import staging
from review.work.aligning import read_choice
from review.work.import_jobs import ImportState, begin, run_import, states
from review.work.importing import Queue, all_or_nothing, import_batch
from review.work.intake import Given, Intake, is_known
from review.work.tables import Reading, TablePage, find_rows, read_as, read_told, table_page

Chosen = Sequence[tuple[str, Given]]  # form field and file
AT_ONCE = 8 * 2**20  # bytes: more become a job
_ABOUT = "upload"
_ANY_LENGTH = Limits(segment=2**40)


@dataclass(frozen=True, slots=True)
class Upload:
    """What is said of the files: by whom, what they are, and how a table of them is read.

    `layout` is "article", "lines", "table", or "" where their content says it.
    """

    reviewer_id: int
    title: str = ""
    source_lang: str = ""
    target_lang: str = ""
    layout: str = ""
    encoding: str = ""
    token: str = ""  # of the form that was sent
    project_id: int | None = None  # None: the default one
    delimiter: str = ""
    header: bool = False
    columns: Sequence[tuple[str, str]] = ()  # of a table: role, and name of the system
    told: str | None = None  # by a program: the columns in one line, or "" where the header says them


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an upload: a batch, or it is kept under a token for a question or a job."""

    batch: int | None = None
    columns: str = ""
    job: str = ""


def take_upload(engine: Engine, queue: Queue, settings: Settings, chosen: Chosen, upload: Upload) -> Taken:
    """Import files, or keep them for what comes before that."""
    folder = staging.folder_of(settings)
    limits = Limits(settings.max_segment)
    if not upload.columns and upload.told is None and _is_table(chosen, upload):
        return Taken(columns=_keep(folder, chosen, upload))
    if sum(given.size() for _, given in chosen) > AT_ONCE:
        _check_encodings(chosen, upload)
        token = _keep(folder, chosen, upload)
        begin(folder, queue, token)
        return Taken(job=token)
    return Taken(import_at_once(engine, queue, settings, read_upload(chosen, upload, limits), upload))


def read_upload(chosen: Chosen, upload: Upload, limits: Limits) -> Intake:
    """Files as an import, in the way that is said of them."""
    if upload.columns:
        columns = [Column(role, name) for role, name in upload.columns]
        reading = Reading(upload.delimiter, upload.encoding, upload.header, columns)
        return read_as(chosen[0][1], reading, limits)
    if upload.told is not None and _is_table(chosen, upload):
        return read_told(chosen[0][1], None, upload.told, limits, upload.encoding or None)
    return read_choice(chosen, upload.layout, limits, upload.encoding or None)


def import_at_once(engine: Engine, queue: Queue, settings: Settings, intake: Intake, upload: Upload) -> int:
    """Store what was read, all or nothing; the batch's id."""
    with all_or_nothing(engine) as arrival:
        return _import(engine, queue, settings, intake, upload, arrival)


def _import(
    engine: Engine,
    queue: Queue,
    settings: Settings,
    intake: Intake,
    upload: Upload,
    arrival: str,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:
    batch_id = import_batch(
        engine,
        queue,
        intake,
        arrival=arrival,
        reviewer_id=upload.reviewer_id,
        name=upload.title,
        source_lang=upload.source_lang,
        target_lang=upload.target_lang,
        token=upload.token or None,
        categories=settings.categories,
        project_id=upload.project_id,
        progress=progress,
    )
    if settings.accounts:
        about = f"batch {batch_id}, {len(intake.parsed.segments)} segments"
        audits.append_audit_of(engine, upload.reviewer_id, "import", about, upload.project_id)
    return batch_id


def run_upload(engine: Engine, queue: Queue, settings: Settings, token: str) -> None:
    """Import the files that are kept under a token, in a job."""
    folder, limits = staging.folder_of(settings), Limits(settings.max_segment)
    upload = kept_upload(folder, token)

    def read(chosen: Chosen) -> Intake:
        return read_upload(chosen, upload, limits)

    def store(intake: Intake, progress: Callable[[int], None]) -> int:
        return _import(engine, queue, settings, intake, upload, token, progress)

    run_import(engine, folder, token, read, store)


@dataclass(frozen=True, slots=True)
class OwnImport:
    """Somebody's import that goes on, or broke off."""

    token: str
    title: str
    state: ImportState


def own_imports(folder: Path, reviewer_id: int) -> list[OwnImport]:
    """Somebody's imports that are no batches yet, by title."""
    found = []
    for token, state in states(folder):
        with suppress(NotFound):  # forgotten at this moment
            upload = kept_upload(folder, token)
            if upload.reviewer_id == reviewer_id and (state.runs or state.state == "broken"):
                title = upload.title or ", ".join(staging.names(folder, token))
                found.append(OwnImport(token, title, state))
    return sorted(found, key=lambda one: one.title.casefold())


def kept_upload(folder: Path, token: str) -> Upload:
    """What was said of the files that are kept under a token."""
    return Upload(**staging.noted(folder, token, _ABOUT))


def columns_page(folder: Path, token: str, reading: Reading, encoding: str = "") -> TablePage:
    """The first rows of a table that is kept under a token, read as it is asked for, else in an encoding."""
    with staging.staged(folder, token) as chosen:
        return table_page(chosen[0][1], replace(reading, encoding=reading.encoding or encoding))


def with_columns(upload: Upload, columns: Sequence[tuple[str, str]], **reading: Any) -> Upload:
    """What is said of a table, with its columns and how it is read; BadInput where none is to be reviewed."""
    if not any(role == "hypothesis" for role, _ in columns):
        raise BadInput("No column is said to be the machine translation: go back and choose at least one.")
    return replace(upload, columns=columns, **reading)


def _keep(folder: Path, chosen: Chosen, upload: Upload) -> str:
    token = staging.stage(folder, chosen)
    # With a token, a job that is done twice finds the batch of the first time.
    staging.note(folder, token, _ABOUT, asdict(replace(upload, token=upload.token or token)))
    return token


def _is_table(chosen: Chosen, upload: Upload) -> bool:
    if len(chosen) != 1 or upload.layout not in ("", "table"):
        return False
    given = chosen[0][1]
    if upload.layout == "table":
        return True
    return not is_known(given) and find_rows(given, upload.encoding or None) is not None


def _check_encodings(chosen: Chosen, upload: Upload) -> None:
    """WrongEncoding while somebody is there to choose another."""
    for _, given in chosen:
        start = given.start()
        if not find_document_format(start) and not start.startswith(b"PK"):
            LINES.scan(given.stream, given.name, _ANY_LENGTH, upload.encoding or None)
