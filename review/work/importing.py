"""Stores what was read as a batch, whole or not at all, and has its flags computed."""

from collections.abc import Mapping
from typing import Any, Protocol

from review.store import batches
from review.store.engine import Engine
from review.text import visible
from review.work.intake import Intake
from review.work.languages import guess_language
from review.work.paste import guess_title

_SAMPLE = 40  # segments that a guess looks at


class Queue(Protocol):
    """Where jobs are handed to; `jobs` implements it."""

    def flag_batch(self, batch_id: int) -> None:
        """Have a batch's flags computed."""

    def deepen_batch(self, batch_id: int) -> None:
        """Have what the deep checks have not seen of a batch shown to them."""

    def check_saved(self, batch_id: int) -> None:
        """Have texts that were saved unchecked shown to the instant checks, and then to the deep ones."""

    def score_batch(self, batch_id: int) -> None:
        """Have a batch's scores computed."""

    def compare_batch(self, batch_id: int, choice: Mapping[str, Any]) -> None:
        """Have systems of a batch compared, as a choice says."""


def import_batch(
    engine: Engine,
    queue: Queue,
    intake: Intake,
    *,
    reviewer_id: int,
    name: str = "",
    source_lang: str = "",
    target_lang: str = "",
    token: str | None = None,
) -> int:
    """Store a batch; its id. Name and languages are guessed where they are not given."""
    parsed = intake.parsed
    sources = "\n".join(s.source for s in parsed.segments[:_SAMPLE] if s.source)
    hypotheses = "\n".join(s.hypotheses[0] for s in parsed.segments[:_SAMPLE])
    new = batches.NewBatch(
        name=visible(name).strip() or guess_title(visible(hypotheses)),
        source_lang=source_lang or (guess_language(sources) if sources else ""),
        target_lang=target_lang or guess_language(hypotheses, if_short="en"),
        format=intake.format_id,
        bounded=intake.bounded,
        systems=parsed.systems,
        skeletons=parsed.skeletons,
        segments=parsed.segments,
        created_by=reviewer_id,
        token=token,
    )
    batch_id = batches.add_batch(engine, new)
    queue.flag_batch(batch_id)
    return batch_id
