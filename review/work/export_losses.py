"""What an export in a format would lose of a batch: counted in its texts as they stand, told before it is made."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from review.formats import TEXT_FORMATS
from review.store import batches, texts
from review.store.engine import Engine, snapshot
from review.store.records import Batch, System
from review.work.export_formats import ExportFormat
from review.work.exporting import formats_for

COUNTED = 100_000  # segments: more are not looked through while somebody waits for the page
_CELL = 32_767  # characters that a cell of XLSX holds
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something of a text that not every format holds."""

    words: str
    of: Callable[[str], bool]


TRAITS = {
    "breaks": Trait("line breaks", lambda text: "\n" in text),
    "gaps": Trait("blank lines in them", lambda text: re.search(r"\n[ \t]*\n", text) is not None),
    "controls": Trait("control characters", lambda text: _CONTROL.search(text) is not None),
    "returns": Trait("carriage returns", lambda text: "\r" in text),
    "formulas": Trait("a first character that begins a formula", lambda text: text[:1] in tuple("=+-@\t\r")),
    "long": Trait(f"more than {_CELL:,} characters", lambda text: len(text) > _CELL),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A format with what it would lose, in sentences."""

    format: ExportFormat
    losses: Sequence[str]


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The formats that a batch can be exported in; `partly`: only its first segments were looked through."""

    batch: Batch
    system: System
    offers: Sequence[Offer]
    partly: bool
    counted: int = COUNTED


def export_page(engine: Engine, batch: Batch, system: System) -> ExportPage:
    """What each format would lose of a system's texts."""
    with snapshot(engine):
        counts = dict.fromkeys(TRAITS, 0)
        encoding = _encoding(engine, batch, system)
        unwritten = 0
        for text in islice(texts.iterate_standing(engine, system.id), COUNTED):
            for name, trait in TRAITS.items():
                counts[name] += trait.of(text)
            unwritten += encoding != "utf-8" and not _writes(text, encoding)
    offers = [Offer(one, _losses(one, counts)) for one in formats_for(batch)]
    if unwritten:
        refused = f"{_segments(unwritten)} {_have(unwritten)} characters that {encoding} lacks, so that it would be refused."
        offers[0] = Offer(offers[0].format, [refused, *offers[0].losses])
    return ExportPage(batch, system, offers, batch.segments > COUNTED)


def _losses(one: ExportFormat, counts: dict[str, int]) -> list[str]:
    return [
        f"{_segments(counts[name])} {_have(counts[name])} {TRAITS[name].words}, {becomes}."
        for name, becomes in one.losses.items()
        if counts[name]
    ]


def _segments(count: int) -> str:
    return f"{count:,} segment" + ("" if count == 1 else "s")


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _encoding(engine: Engine, batch: Batch, system: System) -> str:
    """What a system's file was encoded in, where the text goes out so again."""
    skeleton = batches.get_skeleton(engine, system.id) if batch.format in TEXT_FORMATS else {}
    encoding = str(skeleton.get("encoding", "utf-8"))
    return "utf-8" if encoding.startswith("utf-") else encoding


def _writes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
