"""Signing in by an account or a token: what is wrong is counted, and too much of it refused."""

import unicodedata
from datetime import UTC, datetime, timedelta

from review.errors import BadInput, TooOften
from review.model import Reviewer
from review.store import accounts, attempts, audits, reviewers
from review.store.accounts import Account
from review.store.engine import Engine
from review.store.reviewers import Session
from review.text import visible
from review.work import passwords
from review.work.accounts import LONGEST_NAME, Person

IDLE = timedelta(hours=12)  # a session ends that long after its last request
LONGEST = timedelta(days=14)  # and that long after it began
_WITHIN = timedelta(minutes=15)
_PER_NAME, _PER_ADDRESS = 5, 20  # failed sign-ins


def change_password(engine: Engine, person: Person, address: str, old: str, new: str) -> None:
    """Change one's own password, by the old one; all of one's sessions end."""
    kept = passwords.make_hash(new)
    if _checked(engine, person.name, address, old) is None:
        raise BadInput("This is not your password as it is now; nothing was changed.")
    accounts.set_password(engine, person.id, person.name, kept, person.name)


def sign_in(engine: Engine, name: str, password: str, address: str, token: str) -> Session | None:
    """Begin a session under a token; None for a wrong name or password, TooOften after too many."""
    account = _checked(engine, name, address, password)
    if account is None:
        audits.append_audit(engine, visible(name)[:LONGEST_NAME], "failed sign-in", f"from {address}")
        return None
    reviewers.start_session(engine, account.id, token, with_password=True)
    audits.append_audit(engine, account.name, "sign-in", f"from {address}")
    return Session(Reviewer(account.id, account.name), {}, account.admin)


def _checked(engine: Engine, name: str, address: str, password: str) -> Account | None:
    """The account, if this is its password; wrong ones are counted, and it takes equally long to say so."""
    name = unicodedata.normalize("NFC", " ".join(visible(name).split()))
    counted = {"within": _WITHIN, "per_name": _PER_NAME, "per_address": _PER_ADDRESS}
    if not attempts.begin_attempt(engine, name.casefold(), address, **counted):  # type: ignore[arg-type]
        raise TooOften("Signing in failed too often; wait a quarter of an hour and try again.")
    account = accounts.find_account(engine, name)
    right = passwords.is_right(account.password_hash if account else None, password)
    if account is None or not right or account.disabled:
        return None
    forget_wrong(engine, name, address)
    return account


def count_wrong_token(engine: Engine, address: str) -> None:
    """Count a token that signs nobody in; TooOften after as many as there may be wrong passwords.

    A right one is never refused: it cannot be guessed, and nobody shall lock programs out by sending wrong ones.
    """
    # Counted apart from sign-ins: a program with an old token keeps nobody from signing in.
    place = f"token {address}"
    most = {"per_name": _PER_ADDRESS, "per_address": _PER_ADDRESS}
    if not attempts.begin_attempt(engine, place, place, within=_WITHIN, **most):
        raise TooOften("Too many tokens that sign nobody in came from here; wait a quarter of an hour.")


def count_wrong_link(engine: Engine, address: str) -> None:
    """Count a link for a new password that is worth nothing like a wrong password from this address.

    A right one is never refused, like a right token.
    """
    most = {"per_name": _PER_ADDRESS, "per_address": _PER_ADDRESS}
    if not attempts.begin_attempt(engine, f"link {address}", address, within=_WITHIN, **most):
        raise TooOften("Too many links that are worth nothing came from here; wait a quarter of an hour.")


def forget_wrong(engine: Engine, name: str, address: str) -> None:
    """What failed under a name from an address was its owner’s, who has shown to be that."""
    attempts.forget_attempts(engine, name.casefold(), address)


def session_of(engine: Engine, token: str) -> Session | None:
    """Who is signed in by a session's token."""
    return reviewers.find_account_session(engine, token, datetime.now(UTC) - LONGEST)


def bearer_of(engine: Engine, token: str) -> Session | None:
    """Whose API token this is."""
    return reviewers.find_by_token(engine, token)
