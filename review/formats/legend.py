"""Says what the inline codes of a unit stand for, since a reviewer sees only their numbers."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Where a file says it, in this order; what a code is in the file's own language says more than its kind.
_DATA = ("dataRef", "dataRefStart")
_WORDS = ("equiv-text", "disp", "dispStart", "equiv", "equivStart", "ctype", "subType", "type")
_LONGEST = 60


def legend(
    codes: Iterable[tuple[str, "_Element"]], containers: frozenset[str], data: Mapping[str, str]
) -> str:
    """The codes by their markers, each with what the file says of it; "" where it says nothing.

    `data` is the original data that codes refer to by its ids.
    """
    told = ((mark, _described(element, containers, data)) for mark, element in codes)
    said = [f"{mark} {what}" for mark, what in told if what]
    return f"codes: {', '.join(said)}" if said else ""


def _described(element: "_Element", containers: frozenset[str], data: Mapping[str, str]) -> str:
    native = [data.get(element.get(name, ""), "") for name in _DATA]
    if str(element.tag).rpartition("}")[2] not in containers:
        native.append("".join(element.itertext()))
    found = next(filter(str.strip, [*native, *(element.get(name, "") for name in _WORDS)]), "")
    short = " ".join(found.split())
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"
