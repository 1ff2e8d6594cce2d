"""Inline codes of XML formats to markers and back: elements become ⟦1⟧…⟦/1⟧ and ⟦2/⟧ in a text (see codes.py)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.codes import Form, marker, markers
from review.formats.legend import legend
from review.formats.xml_guard import check_xml_text, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

Identity = tuple[str, str, int]  # the code's kind, its id, and for which time it stands there
Place = tuple[int, Form]
_PAIR = "pair of "


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which elements of a format hold text, and which begin and end a pair; every other one is a single code.

    `ends` says for each element that ends a pair which one begins it; `same` are the attributes, first come first
    taken, that tell which two belong together. By `names` a code is known again in another text. `remarks` only
    say something of the text that they are around.
    """

    containers: frozenset[str]
    ends: Mapping[str, str]
    same: tuple[str, ...]
    names: tuple[str, ...] = ("id",)
    remarks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Code:
    """A code where it stands: which one it is, its form, and the element to make it from again."""

    identity: Identity
    form: Form
    element: "_Element"


class Codes:
    """The codes of one unit: numbered by the source, then by whatever more its other texts have.

    The first of `elements` is the source, the second the target. Numbers that stand in the texts themselves are
    skipped, so that a literal ⟦1⟧ stays what it is. Remarks are codes where the target has them too: no translator
    must repeat what somebody remarked on the source.
    """

    def __init__(self, dialect: Dialect, elements: Sequence["_Element | None"]) -> None:
        self._dialect = dialect
        every = [[] if element is None else _pieces(element, dialect) for element in elements]
        in_target = {piece.identity for piece in every[1] if isinstance(piece, Code)}
        self._pieces = [[piece for piece in some if self._counts(piece, in_target)] for some in every]
        literal = {m.number for some in self._pieces for m in markers(_joined(some))}
        self._numbers: dict[Identity, int] = {}
        number = 0
        for code in self._codes():
            if code.identity not in self._numbers:
                number += 1
                while number in literal:
                    number += 1
                self._numbers[code.identity] = number

    def _counts(self, piece: str | Code, in_target: set[Identity]) -> bool:
        if isinstance(piece, str) or piece.identity in in_target:
            return True
        return local_name(piece.element) not in self._dialect.remarks

    def text(self, which: int) -> str:
        """One element's text, with markers for its codes."""
        return "".join(
            piece if isinstance(piece, str) else marker(self._numbers[piece.identity], piece.form)
            for piece in self._pieces[which]
        )

    def legend(self, data: Mapping[str, str]) -> str:
        """What the file says that the source's codes are, by their markers; `data` is what they refer to by id."""
        shown = (piece for piece in self._pieces[0] if isinstance(piece, Code) and piece.form != "close")
        named = ((marker(self._numbers[code.identity], code.form), code.element) for code in shown)
        return legend(named, self._dialect.containers, data)

    def fill(self, element: "_Element", text: str, own: int, place: str) -> None:
        """Put a text into an element, its markers turned into the codes that they stand for.

        A code is made from the `own` text's element if that has it, else from another's. What cannot be
        well-formed (a pair that crosses another, half a pair, a code for the second time) is left out.
        """
        check_xml_text(text, place)
        templates: dict[Place, _Element] = {}
        mine = (piece for piece in self._pieces[own] if isinstance(piece, Code))
        for code in (*mine, *self._codes()):
            templates.setdefault((self._numbers[code.identity], code.form), code.element)
        holds = {at for at, template in templates.items() if local_name(template) in self._dialect.containers}
        wanted = _sound(_split(text, {number for number, _ in templates}), templates, holds)
        # Before anything is taken out, which would part it from its namespaces' prefixes.
        used = {piece for piece in wanted if not isinstance(piece, str)}
        made = {at: (_shell if at in holds else _copy)(templates[at]) for at in used}
        empty(element)
        stack = [element]
        for piece in wanted:
            if isinstance(piece, str):
                append_text(stack[-1], piece)
            elif piece in holds and piece[1] == "close":
                stack.pop()
            else:
                stack[-1].append(made[piece])
                if piece in holds:
                    stack.append(made[piece])

    def _codes(self) -> Iterator[Code]:
        return (piece for some in self._pieces for piece in some if isinstance(piece, Code))


def _joined(some: Sequence[str | Code]) -> str:
    """The text alone, a space for each code."""
    return "".join(piece if isinstance(piece, str) else " " for piece in some)


def _split(text: str, known: set[int]) -> list[str | Place]:
    """A text cut at the markers that stand for something."""
    out: list[str | Place] = []
    at = 0
    for one in markers(text):
        if one.number in known:
            out += [text[at : one.start], (one.number, one.form)]
            at = one.end
    return [*out, text[at:]]


def _sound(
    found: list[str | Place], templates: Mapping[Place, object], holds: set[Place]
) -> list[str | Place]:
    """What of it can be written: each code once, and elements that hold text opened and closed as XML must be."""
    kept: list[str | Place | None] = []
    opened: dict[int, int] = {}  # elements' numbers, and where in `kept` they open
    done: set[Place] = set()
    for piece in found:
        if not isinstance(piece, str):
            if piece in done or piece not in templates:
                continue
            done.add(piece)
            number, form = piece
            if piece in holds and form == "open":
                opened[number] = len(kept)
            elif piece in holds:
                if number not in opened:
                    continue
                while next(reversed(opened)) != number:
                    kept[opened.popitem()[1]] = None
                del opened[number]
        kept.append(piece)
    for at in opened.values():
        kept[at] = None
    return [piece for piece in kept if piece]


def _pieces(element: "_Element", dialect: Dialect) -> list[str | Code]:
    """An element's text and codes in order, neighbouring text as one; comments in it say nothing."""
    if not len(element):
        return [element.text or ""]
    found = list(_walk(element, dialect, Counter()))
    halves = [c for c in found if isinstance(c, Code) and c.identity[0].startswith(_PAIR)]
    begun = Counter(c.identity for c in halves if c.form == "open")
    ended = Counter(c.identity for c in halves if c.form == "close")
    pairs = {one for one in begun if begun[one] == ended[one] == 1}
    out: list[str | Code] = []
    text: list[str] = []
    met: Counter[Identity] = Counter()
    for piece in found:
        if isinstance(piece, str):
            text.append(piece)
            continue
        if piece.identity[0].startswith(_PAIR):
            if piece.form == "close" and not met[piece.identity]:
                pairs.discard(piece.identity)  # it closes before it opens
            met[piece.identity] += 1
            if piece.identity not in pairs:  # the other half is elsewhere
                half = (f"{local_name(piece.element)} alone", piece.identity[1], met[piece.identity])
                piece = Code(half, "single", piece.element)
        out += ["".join(text), piece]
        text.clear()
    return [*out, "".join(text)]


def _walk(element: "_Element", dialect: Dialect, met: Counter[tuple[str, str]]) -> Iterator[str | Code]:
    if element.text:
        yield element.text
    for child in element:
        local = local_name(child)
        if local:
            yield from _code(child, local, dialect, met)
        if child.tail:
            yield child.tail


def _code(
    child: "_Element", local: str, dialect: Dialect, met: Counter[tuple[str, str]]
) -> Iterator[str | Code]:
    if local in dialect.ends or local in dialect.ends.values():
        shared = next((v for a in dialect.same if (v := child.get(a))), "")
        kind = _PAIR + dialect.ends.get(local, local)
        yield Code((kind, shared, 0), "close" if local in dialect.ends else "open", child)
        return
    name = next((v for a in dialect.names if (v := child.get(a))), None) or _written(
        child, local in dialect.containers
    )
    met[local, name] += 1
    identity = (local, name, met[local, name])
    if local not in dialect.containers:
        yield Code(identity, "single", child)
        return
    yield Code(identity, "open", child)
    yield from _walk(child, dialect, met)
    yield Code(identity, "close", child)


def _written(element: "_Element", holds: bool) -> str:
    """An element without an id, by all that it is; of one that holds text, what is in it does not count."""
    inner = "" if holds else [(_written(one, False), one.tail) for one in element]
    return repr((element.tag, sorted(element.attrib.items()), "" if holds else element.text, inner))


def _copy(element: "_Element") -> "_Element":
    made = deepcopy(element)
    made.tail = None
    return made


def _shell(element: "_Element") -> "_Element":
    """An element without what is in it."""
    from lxml import etree

    return etree.Element(element.tag, dict(element.attrib), nsmap=element.nsmap)


def empty(element: "_Element") -> None:
    """Take out all that an element holds; its attributes and what follows it stay."""
    element.text = None
    for child in list(element):
        element.remove(child)


def append_text(element: "_Element", text: str) -> None:
    """Add text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
