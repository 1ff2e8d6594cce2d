"""Which segments a filter chooses, in order: found by an index, and never further than asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Select, and_, exists, func, or_, select

from review.model import Filter, Severity, Spot, View
from review.store.engine import reading
from review.store.schema import correction, flag, hypothesis, reviewer, segment
from review.store.schema_sums import (
    has_annotations,
    has_comments,
    has_maker,
    has_verdict,
    is_open,
    is_reviewed,
    tally,
)
from review.store.schema_teamwork import draft

_WORTH_SOMETHING = 0.01  # flags from this confidence on raise the gain of their text


def list_spots(
    engine: Engine,
    batch_id: int,
    system_id: int,
    chosen: Filter,
    view: View,
    *,
    begin: Spot | None = None,
    limit: int,
) -> list[Spot]:
    """Where the chosen segments are, in the filter's order, from `begin` on."""
    query = _ordered(_Choice(batch_id, system_id, chosen, view), begin, including=True)
    with reading(engine) as connection:
        return [Spot(*row) for row in connection.execute(query.limit(limit))]


def find_neighbour(
    engine: Engine,
    batch_id: int,
    system_id: int,
    spot: Spot | None,
    chosen: Filter,
    view: View,
    forward: bool = True,
) -> int | None:
    """The number of the chosen segment after a spot (or before it), the first one without a spot."""
    query = _ordered(_Choice(batch_id, system_id, chosen, view), spot, forward=forward)
    with reading(engine) as connection:
        found: int | None = connection.scalar(query.limit(1))
        return found


def count_chosen(engine: Engine, batch_id: int, system_id: int, chosen: Filter, view: View, most: int) -> int:
    """How many segments are chosen, counted up to `most`."""
    choice = _Choice(batch_id, system_id, replace(chosen, order=""), view)
    # In order, though the order does not matter: without it SQLite takes an index that holds every segment.
    some = _ordered(choice, None).limit(most).subquery()
    with reading(engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(some)) or 0)


def list_tally(engine: Engine, system_id: int) -> Sequence[tuple[str, Severity, int, int]]:
    """How many open flags a system's texts have, by check, severity and step of confidence."""
    columns = (tally.c.check, tally.c.severity, tally.c.step, tally.c.open)
    query = select(*columns).where(tally.c.system_id == system_id, tally.c.open > 0)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(tally.c.severity, tally.c.check, tally.c.step))
        return [(row.check, Severity(row.severity), row.step, row.open) for row in rows]


class _Choice:
    """A filter on one system: the table that gives the segments in order, and the conditions on them.

    Where flags are asked for, theirs is the index to follow, in the document's order; in that of gain it is
    the hypotheses'.
    """

    def __init__(self, batch_id: int, system_id: int, chosen: Filter, view: View) -> None:
        self.by_gain = chosen.by_gain
        self.by_flag = bool(chosen.check or chosen.severity or chosen.status == "flagged")
        self.follows_flags = self.by_flag and not chosen.by_gain
        self.number = flag.c.number if self.follows_flags else hypothesis.c.number
        conditions = list(_of_hypothesis(chosen))
        self.conditions: list[Any] = [*conditions, *_of_texts(chosen)]
        asked = list(_of_flag(system_id, chosen, view)) if self.by_flag else []
        if self.follows_flags:
            self.conditions += asked
            self.table: Any = flag
            if conditions or chosen.text:
                self.table = flag.join(hypothesis, hypothesis.c.id == flag.c.hypothesis_id)
        else:
            self.conditions.append(hypothesis.c.system_id == system_id)
            self.table = hypothesis
            if asked:
                if view.confidence >= _WORTH_SOMETHING:  # the walk ends where no open flags are left
                    self.conditions.append(hypothesis.c.gain > 0)
                here = (flag.c.hypothesis_id == hypothesis.c.id, flag.c.number == hypothesis.c.number)
                self.conditions.append(exists().where(*here, *asked))
        if chosen.text:
            self.table = with_texts(self.table, batch_id)


def _numbers(choice: _Choice) -> Select[Any]:
    query = select(choice.number).select_from(choice.table).where(*choice.conditions)
    return query.distinct() if choice.follows_flags else query


def _ordered(
    choice: _Choice, spot: Spot | None, forward: bool = True, including: bool = False
) -> Select[Any]:
    query, number = _numbers(choice), choice.number
    if choice.by_gain:
        query = query.add_columns(hypothesis.c.gain)
        query = query.order_by(*_by_gain(forward))
        return query if spot is None else query.where(_beyond(spot, forward, including))
    query = query.order_by(number if forward else number.desc())
    if spot is None:
        return query
    at = spot.number
    if forward:
        return query.where(number >= at if including else number > at)
    return query.where(number < at)


def _by_gain(forward: bool) -> tuple[Any, Any]:
    gain, number = hypothesis.c.gain, hypothesis.c.number
    return (gain.desc(), number) if forward else (gain, number.desc())


def _beyond(spot: Spot, forward: bool, including: bool) -> Any:
    gain, number = hypothesis.c.gain, hypothesis.c.number
    # The first condition alone is for the index to follow; the second one is exact.
    if forward:
        after = number >= spot.number if including else number > spot.number
        return and_(gain <= spot.gain, or_(gain < spot.gain, after))
    return and_(gain >= spot.gain, or_(gain > spot.gain, number < spot.number))


def _of_flag(system_id: int, chosen: Filter, view: View) -> Iterator[Any]:
    """What one flag has to answer, all of it."""
    yield flag.c.system_id == system_id
    yield is_open
    yield flag.c.confidence >= view.confidence
    if view.muted:
        yield flag.c.check.not_in(view.muted)
    if chosen.check:
        yield flag.c.check == chosen.check
    if chosen.severity:
        yield flag.c.severity == chosen.severity


def _of_hypothesis(chosen: Filter) -> Iterator[Any]:
    status = chosen.status
    if status in ("unreviewed", "edited", "confirmed"):
        yield hypothesis.c.status == status
    elif status in ("sent-back", "accepted"):
        yield and_(has_verdict, hypothesis.c.verdict == status)
    elif status == "drafts":
        mine = select(draft.c.hypothesis_id).where(draft.c.reviewer_id == chosen.reader)
        yield hypothesis.c.id.in_(mine)
    elif status in _PARTIAL:
        yield _PARTIAL[status]
    if chosen.reviewer:
        maker = select(reviewer.c.id).where(reviewer.c.name == chosen.reviewer).scalar_subquery()
        yield and_(has_maker, hypothesis.c.reviewer_id == maker)


_PARTIAL: dict[str, Any] = {"reviewed": is_reviewed, "commented": has_comments, "marked": has_annotations}


def _of_texts(chosen: Filter) -> Iterator[Any]:
    if chosen.text:
        texts = (hypothesis.c.text, segment.c.source, correction.c.text)
        yield or_(*(column.icontains(chosen.text, autoescape=True) for column in texts))


def with_texts(table: Any, batch_id: Any) -> Any:
    """Hypotheses beside their segment and their newest correction, if any."""
    newest = and_(correction.c.hypothesis_id == hypothesis.c.id, correction.c.version == hypothesis.c.version)
    here = and_(segment.c.batch_id == batch_id, segment.c.number == hypothesis.c.number)
    return table.join(segment, here).outerjoin(correction, newest)
