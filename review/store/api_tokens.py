"""API tokens: what programs sign in with as somebody's account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select, update

from review.store.audits import insert_audit
from review.store.engine import reading, writing
from review.store.reviewers import hashed
from review.store.schema_team import api_token


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token that works; the token itself is known to nobody here."""

    id: int
    name: str
    made_at: datetime


def list_tokens(engine: Engine, reviewer_id: int) -> Sequence[ApiToken]:
    """Somebody's tokens that are not revoked, newest first."""
    columns = (api_token.c.id, api_token.c.name, api_token.c.made_at)
    own = (api_token.c.reviewer_id == reviewer_id, api_token.c.revoked_at.is_(None))
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).where(*own).order_by(api_token.c.id.desc()))
        return [ApiToken(*row) for row in rows]


def add_token(engine: Engine, owner: tuple[int, str], name: str, token: str) -> None:
    """Keep a token's hash for its owner, id and name."""
    values = {"reviewer_id": owner[0], "name": name, "token_hash": hashed(token)}
    with writing(engine) as connection:
        connection.execute(insert(api_token).values(made_at=datetime.now(UTC), **values))
        insert_audit(connection, owner[1], "token", f"made “{name}”")


def revoke_token(engine: Engine, owner: tuple[int, str], token_id: int) -> bool:
    """Have a token of its owner's work no more; False where there is none."""
    own = (api_token.c.id == token_id, api_token.c.reviewer_id == owner[0], api_token.c.revoked_at.is_(None))
    with writing(engine) as connection:
        query = update(api_token).where(*own).values(revoked_at=datetime.now(UTC))
        if not connection.execute(query).rowcount:
            return False
        insert_audit(connection, owner[1], "token", "revoked one")
        return True
