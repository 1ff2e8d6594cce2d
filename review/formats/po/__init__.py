"""PO, gettext's messages: every translation is a segment, of plurals every form."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from review.errors import BadInput, WrongEncoding
from review.formats.guard import Decoded, Limits, check_size, decode
from review.formats.naming import label_of, language_of
from review.formats.po.entries import Entry, Field, quoted, read_entries
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.model import SegmentTexts, Status

_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_START = re.compile(rb'(?:msgid|msgctxt)\s*"')
_LANGUAGE = re.compile(r"^Language:\s*(\S+)", re.MULTILINE)
_SOURCE_LANGUAGE = re.compile(r"^X-Source-Language:\s*(\S+)", re.MULTILINE)


class Po(DocumentFormat):
    """PO. Its context, comments and whether it is fuzzy are notes; comments become translators' comments.

    A message is no longer fuzzy once all its forms are corrected or confirmed. Nothing else is touched: header,
    obsolete messages and the strings that stay keep their very bytes.
    """

    id = "po"
    title = "PO"
    suffix = ".po"
    mimetype = "text/x-gettext-translation"
    drops = "marked errors, scores and flags; characters that the file’s encoding lacks are refused"

    def recognises(self, start: bytes) -> bool:
        lines = start.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        said = (line for line in (line.strip() for line in lines) if line and not line.startswith(b"#"))
        return bool(_START.match(next(said, b""))) and b"msgstr" in start

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        segments: list[SegmentTexts] = []
        header = ""
        for entry in read_entries(_lines(_decoded(stream.read(), name)), name):
            if entry.is_header:
                header = header or entry.forms[0].text
                continue
            notes = tuple(entry.notes())
            for number, form in enumerate(entry.forms):
                plural = entry.text("msgid_plural") if number else None
                source = (plural if plural is not None else entry.text("msgid")) or ""
                for text in (source, form.text):
                    check_size(text, f"{name}, line {form.first + 1}", limits)
                segments.append(SegmentTexts((form.text,), source, notes=notes))
        source_lang, target_lang = (_SOURCE_LANGUAGE.search(header), _LANGUAGE.search(header))
        return Parsed(
            (label_of(name),),
            segments,
            ({},),
            language_of(source_lang and source_lang[1]),
            language_of(target_lang and target_lang[1]),
        )

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        decoded = _decoded(original, "the imported file")
        lines = _lines(decoded)
        rest = iter(segments)
        new = dict(_changes(read_entries(lines, "the imported file"), rest, lines))
        if new:
            stream.write(decoded.encode("".join(_put_in(lines, new))))
        else:
            stream.write(original)


Change = tuple[tuple[int, int], list[str]]  # lines from one up to another, and what stands there instead


def _changes(
    entries: Iterator[Entry], segments: Iterator[Reviewed], lines: Sequence[str]
) -> Iterator[Change]:
    for entry in entries:
        if entry.is_header:
            continue
        forms = entry.forms
        some = list(islice(segments, len(forms)))
        end = "\r\n" if lines[forms[0].first].endswith("\r\n") else "\n"
        for form, reviewed in zip(forms, some, strict=True):
            if reviewed.text != form.text:
                yield (form.first, form.last), _string(form, reviewed.text, end, lines)
        said = [f"# {line}{end}" for r in some for comment in r.comments for line in comment.splitlines()]
        if said:
            yield _place_for_comments(entry), said
        if "fuzzy" in entry.flags and all(r.changed or r.status is not Status.UNREVIEWED for r in some):
            for at, line in entry.comments.items():
                if line.startswith("#,") and "fuzzy" in line:
                    yield (at, at + 1), _without_fuzzy(line, end)


def _string(form: Field, text: str, end: str, lines: Sequence[str]) -> list[str]:
    new = quoted(form.keyword, text, end)
    if not lines[form.last - 1].endswith("\n"):  # the last of the file
        new[-1] = new[-1].removesuffix(end)
    return new


def _place_for_comments(entry: Entry) -> tuple[int, int]:
    """After the translators' comments, which come first, or else before all others."""
    own = [at for at, line in entry.comments.items() if line[1:2] not in (".", ":", ",", "|")]
    first = min([*entry.comments, *(one.first for one in entry.fields.values())])
    at = max(own) + 1 if own else first
    return at, at


def _without_fuzzy(line: str, end: str) -> list[str]:
    rest = [flag.strip() for flag in line[2:].split(",") if flag.strip() not in ("", "fuzzy")]
    return [f"#, {', '.join(rest)}{end}"] if rest else []


def _put_in(lines: Sequence[str], new: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    at = 0
    for (first, last), instead in sorted(new.items()):
        yield from lines[at:first]
        yield from instead
        at = last
    yield from lines[at:]


def _decoded(data: bytes, name: str) -> Decoded:
    """The text in the encoding that the header names, UTF-8 where it names none."""
    found = _CHARSET.search(data[: 1 << 16])
    named = found[1].decode("ascii", "replace") if found else ""
    try:
        return decode(data, name, named if named not in ("", "CHARSET") else None)
    except WrongEncoding as error:  # no other choice could be known when the file is written again
        raise BadInput(f"{error} Name its encoding in its header, or save it as UTF-8.") from None


def _lines(decoded: Decoded) -> list[str]:
    """The lines with their ends; only \\n ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", decoded.text)
