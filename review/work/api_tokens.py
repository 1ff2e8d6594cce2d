"""API tokens, by which programs act as somebody's account."""

from collections.abc import Sequence
from secrets import token_urlsafe

from review.errors import BadInput, NotFound
from review.store import api_tokens
from review.store.api_tokens import ApiToken
from review.store.engine import Engine
from review.text import visible
from review.work.accounts import Person

_LONGEST_NAME = 100
_MOST = 50


def listed(engine: Engine, person: Person) -> Sequence[ApiToken]:
    """Somebody's tokens."""
    return api_tokens.list_tokens(engine, person.id)


def make(engine: Engine, person: Person, name: str) -> str:
    """Make a token; it is told this once."""
    name = " ".join(visible(name).split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(f"Give the token a name of 1 to {_LONGEST_NAME} characters: what will use it?")
    if len(listed(engine, person)) >= _MOST:
        raise BadInput(f"You have {_MOST} tokens: revoke some first.")
    token = "tarkka_" + token_urlsafe(32)
    api_tokens.add_token(engine, person.pair, name, token)
    return token


def revoke(engine: Engine, person: Person, token_id: int) -> None:
    """Have one of somebody's tokens work no more."""
    if not api_tokens.revoke_token(engine, person.pair, token_id):
        raise NotFound("You have no such token.")
