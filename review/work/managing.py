"""What a person changes about a batch as a whole."""

from review.errors import BadInput
from review.store import batches
from review.store.engine import Engine
from review.text import visible
from review.work import deepening
from review.work.access import find_batch
from review.work.importing import Queue


def change_details(
    engine: Engine, queue: Queue, batch_id: int, *, name: str, source_lang: str, target_lang: str
) -> None:
    """Change name and languages; other languages mean other checks, so the flags are computed again."""
    batch = find_batch(engine, batch_id)
    name = visible(name).strip()[:300]
    source_lang, target_lang = source_lang.strip()[:20], target_lang.strip()[:20]
    if not name:
        raise BadInput("A batch needs a title.")
    batches.rename_batch(engine, batch_id, name, source_lang, target_lang or batch.target_lang)
    if (source_lang, target_lang) != (batch.source_lang, batch.target_lang):
        deepening.ask_again(engine, batch_id)
        queue.flag_batch(batch_id)


def run_deep_again(engine: Engine, queue: Queue, batch_id: int) -> None:
    """Run the deep checks on all of a batch again, as after the model they lacked was installed."""
    deepening.ask_again(engine, batch_id)
    queue.deepen_batch(batch_id)


def delete(engine: Engine, queue: Queue, batch_id: int, confirmed: str, who: str) -> None:
    """Remove a batch with all its corrections; BadInput unless its name is typed to confirm it.

    Nobody sees it from now on; what is stored of it goes in a job.
    """
    batch = find_batch(engine, batch_id)
    if confirmed.strip() != batch.name.strip():
        raise BadInput(f"The batch was not deleted: type its title, “{batch.name}”, to confirm.")
    queue.discard(batches.withdraw_batch(engine, batch_id, who))
