"""JSONL: one segment a line, with every system's hypothesis, source, references and document."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from review.errors import BadInput
from review.formats.guard import Limits, check_characters, check_size
from review.formats.lines import LineFile, Lines
from review.formats.shape import Parsed
from review.model import SegmentTexts

_ONE_SYSTEM = "system"
_ANY_LENGTH = Limits(segment=2**40)  # of a line, which holds many texts


class Jsonl:
    """Keys: `hypothesis` (a text) or `hypotheses` (texts by system); `source`; `reference` or
    `references`; `document`; `notes`; `id`, which must not come twice. Other keys are dropped."""

    id = "jsonl"
    title = "JSONL: one segment a line, with everything"
    suffixes = (".jsonl", ".ndjson")
    drops = "keys that it does not know"

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        lines = Lines().scan(stream, name, _ANY_LENGTH, encoding)
        count = 0
        systems: tuple[str, ...] = ()
        seen: dict[str, int] = {}
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            place = f"{name}, line {number}"
            record = _record(line, place)
            named = _hypotheses(record, place)
            if count and tuple(named) != systems:
                raise BadInput(
                    f"{place}: the systems are {_list(named)}, on the first line {_list(systems)}."
                )
            if not count:
                check_characters("\n".join(named), name, number)
            systems = tuple(named)
            if key := str(record.get("id", "")):
                if key in seen:
                    raise BadInput(f"{place}: the id {key!r} stands on line {seen[key]} already.")
                seen[key] = number
            _segment(record, tuple(named.values()), name, number, limits)
            count += 1
        return Parsed(systems, _Segments(lines, count, name, limits), tuple({} for _ in systems))

    def write(self, records: Iterable[dict[str, Any]], stream: BinaryIO) -> None:
        """One record a line, keys as given, characters unescaped."""
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")


@dataclass(frozen=True, slots=True)
class _Segments:
    """The lines as segments, read again whenever they are walked through."""

    lines: LineFile
    count: int
    name: str
    limits: Limits

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[SegmentTexts]:
        for number, line in enumerate(self.lines, start=1):
            if line.strip():
                place = f"{self.name}, line {number}"
                record = _record(line, place)
                yield _segment(
                    record, tuple(_hypotheses(record, place).values()), self.name, number, self.limits
                )


def looks_like_jsonl(data: bytes) -> bool:
    """Whether the first line that is not blank is a JSON object."""
    first = next((line for line in data.lstrip(b"\xef\xbb\xbf").split(b"\n", 50) if line.strip()), b"")
    if not first.strip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return first.strip().startswith(b'{"')


def _record(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", "nested too deeply")
        raise BadInput(f"{place}: this is not JSON ({why}).") from None
    if not isinstance(record, dict):
        raise BadInput(f'{place}: a JSON object belongs here, such as {{"hypothesis": "…"}}.')
    return record


def _hypotheses(record: dict[str, Any], place: str) -> dict[str, str]:
    found = record.get("hypotheses", record.get("hypothesis"))
    named = {_ONE_SYSTEM: found} if isinstance(found, str) else found
    if not isinstance(named, dict) or not named or not all(isinstance(t, str) for t in named.values()):
        raise BadInput(f"{place}: a key “hypothesis” with a text, or with texts by system, is missing.")
    return named


def _segment(
    record: dict[str, Any], hypotheses: tuple[str, ...], name: str, line: int, limits: Limits
) -> SegmentTexts:
    place = f"{name}, line {line}"
    references = record.get("references", record.get("reference", []))
    references = [references] if isinstance(references, str) else references or []
    notes = record.get("notes", [])
    notes = [notes] if isinstance(notes, str) else notes or []
    source, document = record.get("source"), record.get("document")
    if not isinstance(references, list) or not isinstance(notes, list):
        raise BadInput(f"{place}: references and notes must be lists of texts.")
    texts = [*hypotheses, *references, *notes, *([] if source is None else [source])]
    if not all(isinstance(text, str) for text in texts):
        raise BadInput(f"{place}: source, references and notes must be texts.")
    for text in texts:
        check_characters(text, name, line)
        check_size(text, place, limits)
    named = None if document is None else str(document)
    check_characters(named or "", name, line)
    return SegmentTexts(hypotheses, source, tuple(references), named, tuple(notes))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
