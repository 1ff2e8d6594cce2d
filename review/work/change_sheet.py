"""The corrected text with its changes tracked, as one HTML file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from review.diff import Change, word_diff
from review.formats.shape import Reviewed
from review.work.export_formats import Exported
from review.work.sheets import write_sheet


@dataclass(frozen=True, slots=True)
class ChangedSegment:
    """A segment with how its text was changed; `begins` names the document that begins with it."""

    number: int
    reviewed: Reviewed
    changes: Sequence[Change]
    begins: str | None


def write_changes(exported: Exported, out: BinaryIO) -> None:
    """Every segment of a system, what was deleted and inserted, by whom, and what checks and reviewers say."""
    batch = exported.batch
    write_sheet(
        "changes.html",
        out,
        batch=batch,
        system=exported.system,
        several=len(batch.systems) > 1,
        segments=_segments(exported),
    )


def _segments(exported: Exported) -> Iterator[ChangedSegment]:
    document = None
    for number, one in enumerate(exported.seen(), start=1):
        begins = (
            one.document if one.document != document and not (number == 1 and one.document == "1") else None
        )
        document = one.document
        yield ChangedSegment(number, one, word_diff(one.hypothesis, one.text), begins)
