"""How often each check was right where that was measured: measured.tsv, filled by hand after a measurement."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "measured.tsv"
_COLUMNS = ["check", "data", "flags", "precision", "recall", "note"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a check reached on some data; precision and recall are shares, None where not measured."""

    check: str
    data: str
    flags: int
    precision: float | None
    recall: float | None
    note: str


def measures(check_id: str) -> tuple[Measure, ...]:
    """What was measured of a check."""
    return tuple(measure for measure in _every() if measure.check == check_id)


@cache
def _every() -> tuple[Measure, ...]:
    header, *rows = _FILE.read_text(encoding="utf-8").splitlines()
    if header.split("\t") != _COLUMNS:
        raise ValueError(f"{_FILE.name} must have the columns {', '.join(_COLUMNS)}")
    return tuple(_measure(row) for row in rows if row)


def _measure(row: str) -> Measure:
    check, data, flags, precision, recall, note = row.split("\t")
    return Measure(check, data, int(flags), _share(precision), _share(recall), note)


def _share(text: str) -> float | None:
    return float(text) if text else None
