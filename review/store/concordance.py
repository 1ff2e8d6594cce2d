"""Looks for words in every text of a batch: source, hypothesis and correction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, or_, select, tuple_

from review.store.arriving import WHOLE
from review.store.engine import reading
from review.store.schema import batch, correction, hypothesis, segment, system
from review.store.schema_teamwork import study, study_copy
from review.store.texts import StandingText, select_texts, standing_text

_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Searched:
    """A batch that may be searched."""

    id: int
    name: str
    source_lang: str
    target_lang: str
    texts: int  # how many it has, over all systems
    systems: dict[int, tuple[int, str]]  # by id: position and name


def list_searched(engine: Engine, own: int) -> list[Searched]:
    """All batches of the project of one's `own`, newest first; of the copies that people work on blindly only that one."""
    project = select(batch.c.project_id).where(batch.c.id == own).scalar_subquery()
    blind = (
        select(study_copy.c.batch_id)
        .join(study, study_copy.c.study_id == study.c.id)
        .where(study.c.closed_at.is_(None), study_copy.c.batch_id != own)
    )
    columns = (batch.c[name] for name in ("id", "name", "source_lang", "target_lang", "segments"))
    query = (
        select(*columns, system.c.id.label("system_id"), system.c.position, system.c.name.label("system"))
        .join(system, system.c.batch_id == batch.c.id)
        .where(batch.c.project_id == project, WHOLE, batch.c.id.not_in(blind))
        .order_by(batch.c.id.desc(), system.c.position)
    )
    found: dict[int, Searched] = {}
    with reading(engine) as connection:
        for row in connection.execute(query):
            one = found.get(row.id)
            systems = {**(one.systems if one else {}), row.system_id: (row.position, row.system)}
            found[row.id] = Searched(
                row.id, row.name, row.source_lang, row.target_lang, row.segments * len(systems), systems
            )
    return list(found.values())


def iterate_texts(engine: Engine, searched: Searched, words: str) -> Iterator[StandingText]:
    """Texts of a batch that may hold the words, by segment and system; whoever asks looks closer.

    The database folds the case of ASCII only, so it is asked for the longest run of ASCII letters alone.
    """
    query = select_texts(searched.id).where(hypothesis.c.system_id.in_(list(searched.systems)))
    if run := max(re.findall(r"[A-Za-z0-9]+", words), key=len, default=""):
        texts = (hypothesis.c.text, segment.c.source, correction.c.text)
        query = query.where(or_(*(column.icontains(run) for column in texts)))
    order = (hypothesis.c.number, hypothesis.c.system_id)
    past = (0, 0)
    with reading(engine) as connection:
        while True:
            some = query.where(tuple_(*order) > past).order_by(*order).limit(_ROWS_AT_ONCE)
            rows = connection.execute(some).all()
            yield from map(standing_text, rows)
            if len(rows) < _ROWS_AT_ONCE:
                return
            past = (rows[-1].number, rows[-1].system_id)
