"""SGML of WMT and NIST: one file for the source, one for each reference and each system."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from review.errors import BadInput, WrongEncoding
from review.formats.guard import Decoded, Limits, check_size, decode
from review.formats.naming import label_of, language_of
from review.formats.shape import DocumentFormat, Parsed, Reviewed
from review.formats.wmt.align import Key, Versions, changed_texts, version_of

_SETS = {"srcset": "srclang", "refset": "trglang", "tstset": "trglang"}
_ROLES = {"srcset": "source", "refset": "reference", "tstset": "system"}
_BEGINS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<[?!][^<>]*>\s*)*(?:<mteval>\s*)?<(srcset|refset|tstset)\b", re.I
)
_TAG = re.compile(r"<(/?)(srcset|refset|tstset|doc|seg)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class _Seg:
    """A segment between its tags, and whose it is."""

    system: str
    key: Key
    start: int
    end: int
    line: int


class WmtSgm(DocumentFormat):
    """`srcset`, `refset` or `tstset`; several systems where its `doc`s name several.

    Read as SGML has it and never as XML: a document type that is only named is passed over, one that declares
    anything is refused.
    """

    id = "wmt-sgm"
    title = "WMT or NIST test set: SGML"
    suffix = ".sgm"
    mimetype = "text/sgml"
    drops = "a text where the file has no element for it"

    def recognises(self, start: bytes) -> bool:
        return _BEGINS.match(start) is not None

    def read(self, stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None) -> Parsed:
        text = decode(stream.read(), name, encoding).text
        if re.search(r"<!DOCTYPE[^>]*\[", text[: 1 << 16], re.IGNORECASE):
            raise BadInput(f"{name}: it declares a document type of its own, which is refused: remove that.")
        parsed = _versions(text, name, limits).parsed(target_lang=_language(text))
        named = tuple(system or label_of(name) for system in parsed.systems)
        return replace(parsed, systems=named)

    def write(self, original: bytes, segments: Sequence[Reviewed], stream: BinaryIO, system: int = 0) -> None:
        decoded, plain = _as_before(original)
        versions = _versions(decoded.text, "the imported file", None)
        changed, chosen = changed_texts(versions, system, segments)
        pieces, at = [], 0
        for seg in _segs(decoded.text, "the imported file"):
            if seg.system == chosen and seg.key in changed:
                pieces += [decoded.text[at : seg.start], _escaped(changed[seg.key], plain)]
                at = seg.end
        stream.write(decoded.encode("".join([*pieces, decoded.text[at:]])) if pieces else original)


def _as_before(original: bytes) -> tuple[Decoded, bool]:
    """The file in an encoding that keeps its bytes, and whether that may not be its own.

    Then it holds some encoding of eight bits, whichever, and whatever is put in has to be plain ASCII.
    """
    try:
        return decode(original, "the imported file"), False
    except WrongEncoding:
        return decode(original, "the imported file", "latin-1"), True


def _versions(text: str, name: str, limits: Limits | None) -> Versions:
    versions = Versions()
    for seg in _segs(text, name):
        place = f"{name}, line {seg.line}"
        plain = _unescaped(text[seg.start : seg.end])
        if limits is not None:
            check_size(plain, place, limits)
        versions.keys.setdefault(seg.key)
        version_of(versions.systems, seg.system).add(seg.key, plain, place)
    if not versions.keys:
        raise BadInput(f"{name}: nothing to import, there is no seg in it.")
    return versions


def _language(text: str) -> str:
    for found in _TAG.finditer(text):
        if wanted := _SETS.get(found[2].lower()):
            return language_of(_attributes(found[3]).get(wanted))
    return ""


def _segs(text: str, name: str) -> Iterator[_Seg]:
    """The segments in the file's order; BadInput names the line of a tag that has no partner."""
    system, document, opened, count = "", "", None, 0
    line, counted, depth = 1, 0, 0
    for found in _TAG.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        closes, tag = bool(found[1]), found[2].lower()
        if tag in _SETS:
            depth += -1 if closes else 1
        if tag == "doc" and not closes:
            about = _attributes(found[3])
            system, document, count = about.get("sysid", ""), about.get("docid") or about.get("id", ""), 0
        if tag == "seg" and not closes and opened is None:
            count += 1
            opened = found
            segment = _attributes(found[3]).get("id") or str(count)
        elif tag == "seg" and closes and opened is not None:
            yield _Seg(system, (document, segment), opened.end(), found.start(), line)
            opened = None
        elif tag == "seg" or opened is not None:
            raise BadInput(
                f"{name}, line {line}: a <{found[1]}{tag}> stands where a seg is {'open' if opened else 'not open'}."
            )
    if opened is not None or depth:
        raise BadInput(f"{name}: the file ends before its set does; it seems cut off.")


def _attributes(tag: str) -> dict[str, str]:
    found = (m for m in _ATTRIBUTE.finditer(tag))
    return {m[1].lower(): _unescaped(next(v for v in m.groups()[1:] if v is not None)) for m in found}


def _unescaped(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    name = entity[0][1:-1].lower()
    if name in _NAMED:
        return _NAMED[name]
    number = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    usable = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if usable else entity[0]


def _escaped(text: str, plain: bool) -> str:
    text = text.translate(_ESCAPES)
    return text.encode("ascii", "xmlcharrefreplace").decode() if plain else text


def role_of(start: bytes) -> str | None:
    """What an SGML file that begins so is in a set: the source, a reference or a system; None for other files."""
    found = _BEGINS.match(start)
    return None if found is None else _ROLES[found[1].decode().lower()]
