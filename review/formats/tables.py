"""Tables as imports: a row a segment, its texts in columns; CSV, TSV and XLSX alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from review.errors import BadInput
from review.formats.columns import Column, checked, chosen_columns, known_columns, unknown
from review.formats.delimited import Delimited
from review.formats.guard import Limits, check_characters, check_size
from review.formats.shape import Parsed
from review.model import SegmentTexts

_BESIDE = ("source", "document", "notes", "reference")


class Rows(Protocol):
    """A table's rows, each with its number in the file; walked through more than once."""

    @property
    def name(self) -> str: ...

    @property
    def word(self) -> str:
        """What its places are called: line, row."""
        ...

    def __iter__(self) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a table's columns, and whether its first row is a header."""

    columns: Sequence[Column]
    header: bool
    first: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Segments:
    """The rows as segments, put together whenever they are walked through."""

    rows: Rows
    count: int
    skip: bool  # the first row, which is a header
    hypotheses: Sequence[int]
    source: int | None
    document: int | None
    notes: Sequence[int]
    references: Sequence[int]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[SegmentTexts]:
        every = iter(self.rows)
        if self.skip:
            next(every, None)
        for _, cells in every:
            yield SegmentTexts(
                tuple(cells[at] for at in self.hypotheses),
                None if self.source is None else cells[self.source],
                tuple(cells[at] for at in self.references),
                None if self.document is None else cells[self.document] or None,
                tuple(cells[at] for at in self.notes if cells[at]),
            )


def head_of(rows: Rows, told: str = "") -> Head:
    """What the columns are: as `told` ("source=1,hypothesis=2"), or by the header; BadInput where neither says."""
    for number, cells in rows:
        if told:
            columns, header = chosen_columns(told, cells)
        else:
            known = known_columns(cells)
            if known is None:
                raise unknown(cells, f"{rows.name}, {rows.word} {number}")
            columns, header = checked(known), True
        return Head(columns, header, cells)
    raise BadInput(f"{rows.name}: nothing to import, there is no row in it.")


def read_table(rows: Rows, head: Head, label: str, limits: Limits) -> Parsed:
    """All rows, looked through before any is handed on; BadInput names the one that cannot be taken.

    `label` names the system where nothing else does.
    """
    try:
        seen = _look_through(rows, head, limits)
    except BadInput:
        plain = rows.unquoted() if isinstance(rows, Delimited) else None
        if plain is None:
            raise
        rows, seen = plain, _look_through(plain, head, limits)
    places = {role: _places(head.columns, role) for role in ("hypothesis", *_BESIDE)}
    filled = {role: [at for at in places[role] if at in seen.filled] for role in _BESIDE}
    first = {role: next(iter(filled[role]), None) for role in ("source", "document")}
    names = _system_names(head, places["hypothesis"], seen.system or label)
    segments = _Segments(
        rows,
        seen.count,
        head.header,
        places["hypothesis"],
        first["source"],
        first["document"],
        filled["notes"],
        filled["reference"],
    )
    return Parsed(names, segments, tuple({} for _ in names))


def _places(columns: Sequence[Column], role: str) -> list[int]:
    return [at for at, column in enumerate(columns) if column.role == role]


@dataclass(slots=True)
class _Seen:
    """What a look through a table found: how many segments, which columns hold anything, the system's name."""

    count: int
    filled: set[int]
    system: str


def _look_through(rows: Rows, head: Head, limits: Limits) -> _Seen:
    seen = _Seen(0, set(), "")
    used = [at for at, column in enumerate(head.columns) if column.role]
    ids: dict[str, int] = {}
    id_at = next(iter(_places(head.columns, "id")), None)
    system_at = next(iter(_places(head.columns, "system")), None)
    for index, (number, cells) in enumerate(rows):
        place = f"{rows.name}, {rows.word} {number}"
        if len(cells) != len(head.columns):
            cells_here = f"{len(cells)} cell" + ("" if len(cells) == 1 else "s")
            raise BadInput(f"{place}: it has {cells_here}, the first row has {len(head.columns)}.")
        if index == 0 and head.header:
            continue
        for at in used:
            _check_cell(cells[at], rows.name, number, place, limits)
        seen.filled.update(at for at in used if cells[at])
        if id_at is not None and (own := cells[id_at]):
            if own in ids:
                raise BadInput(f"{place}: the id {own[:40]!r} stands in {rows.word} {ids[own]} already.")
            ids[own] = number
        if system_at is not None:
            if seen.count and cells[system_at] != seen.system:
                systems = f"{cells[system_at][:40]!r}, before it {seen.system[:40]!r}"
                raise BadInput(f"{place}: the system is {systems}; give each system a column of its own.")
            seen.system = cells[system_at]
        seen.count += 1
    return seen


def _check_cell(text: str, name: str, number: int, place: str, limits: Limits) -> None:
    if not text.isascii() or "\0" in text:
        check_characters(text, name, number)
    check_size(text, place, limits)


def _system_names(head: Head, places: Sequence[int], only: str) -> tuple[str, ...]:
    """Names as the columns have them, else as the header; no two alike."""
    if len(places) == 1:
        return (head.columns[places[0]].name or only,)
    names: list[str] = []
    for at in places:
        name = head.columns[at].name or (head.first[at].strip() if head.header else "") or f"system {at + 1}"
        names.append(name if name not in names else f"{name} ({at + 1})")
    return tuple(names)
