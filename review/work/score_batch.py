"""Scores of a batch for the command line, with every option that files have."""

from review.errors import BadInput
from review.store import comparisons, texts
from review.store.engine import Engine
from review.work.access import find_batch
from review.work.parts import Progress
from review.work.score_texts import ScoreReport, Wanted, score_texts


def score_batch(
    engine: Engine, batch_id: int, corrected: bool, wanted: Wanted, progress: Progress
) -> ScoreReport:
    """Scores of a batch's systems, and if `corrected` of what was corrected of them; BadInput where there is none.

    A segment that lacks a reference which others have is left out.
    """
    batch = find_batch(engine, batch_id)
    if not batch.references:
        raise BadInput(f"Batch {batch_id} has no reference to score against.")
    if corrected and wanted.every_pair:
        raise BadInput("Corrected text is never ranked among systems: leave out --corrected, or --pairs all.")
    if corrected and not batch.reviewed:
        raise BadInput(
            f"Nothing of batch {batch_id} is reviewed yet, so there is no corrected text to score."
        )
    references = comparisons.list_references(engine, batch_id)
    scored = [number for number in sorted(references) if len(references[number]) == batch.references]
    rows: dict[str, list[str]] = {}
    for system in batch.systems:
        machine = comparisons.list_hypotheses(engine, system.id)
        rows[system.name] = [machine[number] for number in scored]
        if corrected and system.reviewed:
            standing = {one.number: one.text for one in texts.iterate_texts(engine, batch_id, system.id)}
            rows[f"{system.name}+corrected"] = [standing[number] for number in scored]
    streams = [[references[number][n] for number in scored] for n in range(batch.references)]
    return score_texts(rows, streams, wanted, progress)
