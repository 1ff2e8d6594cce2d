"""What an export is: a system of a batch as of one moment, and a format that writes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO

from review.formats.shape import Reviewed
from review.metrics.categories import Categories
from review.model import DEFAULT_CONFIDENCE, View
from review.store import batches, comments, corrections, segments, texts
from review.store.engine import Engine
from review.store.records import Batch, ReviewedSegment, System
from review.work import muting
from review.work.annotating import categories_of

REFUSED_CONTROLS = {"controls": "which XML cannot hold, so that it would be refused"}


@dataclass(frozen=True)
class Exported:
    """What a format may write. `categories` is the table of the kinds of error, if it is one of a team's own."""

    engine: Engine
    batch: Batch
    system: System
    categories: str = ""

    @cached_property
    def kinds(self) -> Categories:
        return categories_of(self.categories)

    @cached_property
    def original(self) -> bytes | None:
        """The file that the batch came in, where it was kept."""
        return batches.get_original(self.engine, self.batch.id)

    @cached_property
    def view(self) -> View:
        return muting.view_from(self.engine, self.batch.project_id, DEFAULT_CONFIDENCE)

    def texts(self) -> Iterator[str]:
        """The system's texts as they stand."""
        return texts.iterate_standing(self.engine, self.system.id)

    def segments(self, system: System | None = None) -> Iterator[ReviewedSegment]:
        """The segments as they stand, with flags and references."""
        return segments.iterate_segments(self.engine, self.batch.id, (system or self.system).id)

    def reviewed(self, system: System | None = None) -> Iterator[Reviewed]:
        """The segments as the formats know them."""
        chosen = system or self.system
        said = comments.comments_of(self.engine, chosen.id)
        made = corrections.newest_makers(self.engine, chosen.id)
        for s in self.segments(chosen):
            reviewer, made_at = made.get(s.hypothesis_id, ("", None))
            yield Reviewed(
                hypothesis=s.hypothesis,
                text=s.text,
                status=s.status,
                source=s.source,
                references=s.references,
                document=s.document,
                flags=tuple(stored.flag for stored in s.open_flags),
                comments=tuple(f"{c.reviewer}: {c.text}" for c in said.get(s.hypothesis_id, ())),
                reviewer=reviewer,
                made_at=made_at,
            )

    def seen(self) -> Iterator[Reviewed]:
        """The same, with those flags alone that pages show at first."""
        view = self.view
        for one in self.reviewed():
            yield replace(one, flags=tuple(flag for flag in one.flags if view.shows(flag)))


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A way to export; `drops` is told before the export is made.

    `losses` says what becomes of texts with a trait (see export_losses.py). A `whole` format holds every
    system of the batch at once.
    """

    id: str
    title: str
    suffix: str
    mimetype: str
    drops: str
    write: Callable[[Exported, BinaryIO], None]
    losses: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
