"""What each reviewer likes: one JSON value for each name."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, and_, bindparam, delete, insert, select

from review.store.engine import reading, writing
from review.store.schema_teamwork import preference

_ALL = select(preference.c.name, preference.c.value).where(preference.c.reviewer_id == bindparam("reviewer"))


def get_preferences(engine: Engine, reviewer_id: int) -> dict[str, Any]:
    """Everything that this reviewer has chosen."""
    with reading(engine) as connection:
        return {row.name: row.value for row in connection.execute(_ALL, {"reviewer": reviewer_id})}


def put_preferences(engine: Engine, reviewer_id: int, values: Mapping[str, Any]) -> None:
    """Keep these choices; the others stay."""
    if not values:
        return
    mine = and_(preference.c.reviewer_id == reviewer_id, preference.c.name.in_(values))
    rows = [{"reviewer_id": reviewer_id, "name": name, "value": value} for name, value in values.items()]
    with writing(engine) as connection:
        connection.execute(delete(preference).where(mine))
        connection.execute(insert(preference), rows)
