"""The entries of a PO file and where each of their strings stands, so that one can be changed without the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from review.errors import BadInput

_FIELD = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?\s*(".*)')
_STRING = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    '"': '"',
    "'": "'",
    "?": "?",
    "\\": "\\",
}
_QUOTED = str.maketrans({plain: "\\" + sign for sign, plain in _PLAIN.items() if sign not in "'?"})


@dataclass(slots=True)
class Field:
    """One string of an entry; it stands in the lines from `first` up to `last`."""

    keyword: str  # with the number of its form: msgstr[1]
    text: str
    first: int
    last: int


@dataclass(slots=True)
class Entry:
    """A message: its comments by the lines they stand in, its strings by keyword."""

    comments: dict[int, str] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def forms(self) -> list[Field]:
        """Its translation, or one for each plural form."""
        return [one for key, one in self.fields.items() if key.startswith("msgstr")]

    @property
    def is_header(self) -> bool:
        return self.text("msgid") == "" and "msgctxt" not in self.fields

    @property
    def flags(self) -> list[str]:
        """What "#," lines say: fuzzy, c-format."""
        lines = (line[2:] for line in self.comments.values() if line.startswith("#,"))
        return [flag.strip() for line in lines for flag in line.split(",") if flag.strip()]

    def text(self, keyword: str) -> str | None:
        return self.fields[keyword].text if keyword in self.fields else None

    def notes(self) -> Iterator[str]:
        """What there is to know for who translates it."""
        if context := self.text("msgctxt"):
            yield f"context: {context}"
        if "fuzzy" in self.flags:
            yield "fuzzy"
        for kind, before in (("#.", ""), ("#", ""), ("#|", "before: ")):
            said = [_said(line) for line in self.comments.values() if _kind(line) == kind]
            if text := "\n".join(filter(None, said)):
                yield before + text


def read_entries(lines: Sequence[str], name: str) -> Iterator[Entry]:
    """The messages of a file in order, the header among them, obsolete ones not; BadInput names the line."""
    entry = Entry()
    current: Field | None = None
    for at, raw in enumerate(lines):
        line = raw.strip(" \t\r\n")
        if line.startswith("#") or not line:
            current = None
            if entry.forms:
                yield entry
                entry = Entry()
            if line.startswith("#~"):
                entry.comments.clear()  # they are of an obsolete message
            elif line:
                entry.comments[at] = line
        elif found := _FIELD.fullmatch(line):
            keyword = found[1] + (f"[{int(found[2])}]" if found[2] else "")
            if entry.forms and found[1] != "msgstr":
                yield entry
                entry = Entry()
            _expect(entry, found[1], keyword, f"{name}, line {at + 1}")
            current = Field(keyword, _unquoted(found[3], name, at), at, at + 1)
            entry.fields[keyword] = current
        elif current is not None and line.startswith('"'):
            current.text += _unquoted(line, name, at)
            current.last = at + 1
        else:
            raise BadInput(
                f"{name}, line {at + 1}: “{line[:40]}” is no line of a PO file; mend or remove it."
            )
    if entry.forms:
        yield entry
    elif entry.fields:
        raise BadInput(f"{name}, line {len(lines)}: the file ends before its last message has a msgstr.")


def quoted(keyword: str, text: str, end: str) -> list[str]:
    """A string as lines of a PO file, a new one after each line break in it."""
    parts = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(parts) < 2:
        return [f'{keyword} "{text.translate(_QUOTED)}"{end}']
    return [f'{keyword} ""{end}', *(f'"{part.translate(_QUOTED)}"{end}' for part in parts)]


def _expect(entry: Entry, kind: str, keyword: str, place: str) -> None:
    """BadInput for a string where none of its kind may stand."""
    if keyword in entry.fields:
        raise BadInput(f"{place}: a second {keyword} in the same message; remove one.")
    if (kind in ("msgstr", "msgid_plural")) != ("msgid" in entry.fields):
        raise BadInput(f"{place}: {keyword} is out of its order: msgctxt, msgid, msgid_plural, msgstr.")


def _unquoted(string: str, name: str, at: int) -> str:
    found = _STRING.fullmatch(string)
    if not found:
        raise BadInput(f"{name}, line {at + 1}: its quotation marks do not enclose one string; mend them.")
    return _ESCAPED.sub(lambda m: _PLAIN.get(m[1], m[0]), found[1])


def _kind(line: str) -> str:
    return line[:2] if line[1:2] in (".", ":", ",", "|") else "#"


def _said(line: str) -> str:
    return line[len(_kind(line)) :].strip()
