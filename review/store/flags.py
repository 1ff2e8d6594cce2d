"""Flags of a version: derived data, replaced when the checks run again."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, insert, update

from review.model import Flag
from review.store.engine import writing
from review.store.schema import batch, flag, hypothesis
from review.store.sums import adjust_sums, count_open, state_of


def insert_flags(
    connection: Connection, hypothesis_id: int, version: int, flags: Sequence[tuple[Flag, str]]
) -> None:
    """The flags of a version, each with its state."""
    columns = ("start", "end", "text", "check", "category", "message", "confidence")
    rows = [
        {
            "hypothesis_id": hypothesis_id,
            "version": version,
            "severity": one.severity.value,
            "suggestions": list(one.suggestions),
            "state": state,
            **{name: getattr(one, name) for name in columns},
        }
        for one, state in flags
    ]
    if rows:
        connection.execute(insert(flag), rows)


def set_hypothesis_flags(
    engine: Engine, found: Sequence[tuple[int, Sequence[Flag]]], batch_id: int, flagged: int
) -> None:
    """Store the flags of hypotheses (id, flags), instead of any they had, and how far the batch is."""
    with writing(engine) as connection:
        for hypothesis_id, flags in found:
            before = state_of(connection, hypothesis_id)
            connection.execute(
                flag.delete().where(flag.c.hypothesis_id == hypothesis_id, flag.c.version == 0)
            )
            insert_flags(connection, hypothesis_id, 0, [(one, "open") for one in flags])
            if before.version == 0:
                counts = count_open(flags)
                connection.execute(
                    update(hypothesis).where(hypothesis.c.id == hypothesis_id).values(**counts)
                )
                adjust_sums(connection, before, before.status, counts)
        connection.execute(
            update(batch).where(batch.c.id == batch_id).values(flagging="running", flagged=flagged)
        )
