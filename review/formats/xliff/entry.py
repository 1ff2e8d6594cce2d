"""One segment of an XLIFF file, whatever its version."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from review.formats.inline import Codes, Dialect
from review.formats.shape import Reviewed
from review.formats.xml_guard import beside, local_name
from review.model import Status

if TYPE_CHECKING:
    from lxml.etree import _Element

_SOURCE, _TARGET, _OTHERS = 0, 1, 2


class Entry:
    """A source and its target, which may be missing, with other translations by name.

    `holder` carries state and notes; several entries may share it.
    """

    def __init__(
        self,
        place: str,
        document: str,
        holder: "_Element",
        texts: tuple["_Element", "_Element | None"],
        others: Sequence[tuple[str, "_Element"]],
        dialect: Dialect,
    ) -> None:
        self.place, self.document, self.holder = place, document, holder
        self.target = texts[1]
        self._others = list(_named_once(others))
        self._codes = Codes(dialect, [*texts, *(element for _, element in self._others)])

    @property
    def stated(self) -> "_Element":
        """What its state is of."""
        return self.holder

    @property
    def source_text(self) -> str:
        return self._codes.text(_SOURCE)

    @property
    def target_text(self) -> str:
        return self._codes.text(_TARGET)

    def other_texts(self) -> dict[str, str]:
        """The other translations by the names of what made them."""
        return {name: self._codes.text(n) for n, (name, _) in enumerate(self._others, start=_OTHERS)}

    def notes(self) -> tuple[str, ...]:
        """What the file says of it: its state, its notes, what its codes are."""
        raise NotImplementedError

    def legend(self, data: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
        """What its codes are, as a note."""
        return tuple(filter(None, [self._codes.legend(data)]))

    def put(self, reviewed: Reviewed) -> bool:
        """Write the text that review made of it; whether that changed anything."""
        if reviewed.text == self.target_text or not (reviewed.text or was_reviewed(reviewed)):
            return False
        target = self.target if self.target is not None else self.make_target()
        self._codes.fill(target, reviewed.text, _TARGET, self.place)
        return True

    def make_target(self) -> "_Element":
        """A target where there was none."""
        raise NotImplementedError

    def set_state(self, changed: bool) -> bool:
        """Have the state say that review is done; whether that changed anything."""
        raise NotImplementedError

    def add_note(self, maker: str, text: str) -> None:
        """Add what a reviewer said."""
        raise NotImplementedError


def was_reviewed(reviewed: Reviewed) -> bool:
    """Whether somebody corrected or confirmed it."""
    return reviewed.changed or reviewed.status is not Status.UNREVIEWED


def _named_once(others: Sequence[tuple[str, "_Element"]]) -> Iterator[tuple[str, "_Element"]]:
    """Other translations, a second one of the same maker with a number."""
    taken: set[str] = set()
    for name, element in others:
        numbered, n = name, 1
        while numbered in taken:
            n += 1
            numbered = f"{name} ({n})"
        taken.add(numbered)
        yield numbered, element


def child(element: "_Element", name: str) -> "_Element | None":
    """The first child of that name, in the element's own namespace."""
    return element.find(beside(element, name))


def children(element: "_Element", name: str) -> list["_Element"]:
    """All children of that name, in the element's own namespace."""
    return list(element.findall(beside(element, name)))


def make_after(previous: "_Element", name: str) -> "_Element":
    """A new element right after another, indented like it."""
    made = previous.makeelement(beside(previous, name))
    made.tail = previous.tail
    parent = previous.getparent()
    assert parent is not None  # nothing is made beside a root
    parent.insert(parent.index(previous) + 1, made)
    return made


def text_of(element: "_Element") -> str:
    """All text in an element, white space at its ends left out."""
    return "".join(element.itertext()).strip()


def is_translated(element: "_Element", inherited: bool) -> bool:
    """Whether an element is to be translated: by its own word, else by that of what it stands in."""
    return {"yes": True, "no": False}.get(element.get("translate", ""), inherited)


def units_of(element: "_Element", unit: str, translated: bool = True) -> Iterator["_Element"]:
    """The units in an element that are to be translated, through groups of any depth."""
    for one in element.iterchildren():
        local = local_name(one)
        if local in (unit, "group", "body"):
            wanted = is_translated(one, translated)
            if local != unit:
                yield from units_of(one, unit, wanted)
            elif wanted:
                yield one
