"""Accounts: made, ended, given new passwords; and signing in by them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from review.errors import BadInput, NotFound, TooOften
from review.model import Reviewer
from review.store import accounts, attempts, audits, reviewers
from review.store.accounts import Account
from review.store.audits import Entry
from review.store.engine import Engine
from review.store.reviewers import Session
from review.text import visible
from review.work import passwords

COMMAND_LINE = "command line"  # who does what the administrator of the machine does
IDLE = timedelta(hours=12)  # a session ends that long after its last request
LONGEST = timedelta(days=14)  # and that long after it began
_WITHIN = timedelta(minutes=15)
_PER_NAME, _PER_ADDRESS = 5, 20  # failed sign-ins
_LONGEST_NAME = 60
LOG_PAGE = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever does something: id and name of a reviewer."""

    id: int
    name: str

    @property
    def pair(self) -> tuple[int, str]:
        return self.id, self.name


def add(engine: Engine, name: str, password: str, admin: bool) -> None:
    """Make an account; a reviewer of that name who had none keeps what they have done."""
    name = cleaned_name(name)
    if not accounts.add_account(engine, name, passwords.make_hash(password), admin, COMMAND_LINE):
        raise BadInput(f"There is an account “{name}” already; `accounts password` changes its password.")


def cleaned_name(name: str) -> str:
    """A name as it is kept; BadInput for one that cannot be told from others or does not fit a line."""
    name = " ".join(unicodedata.normalize("NFC", visible(name)).split())
    if not name or len(name) > _LONGEST_NAME or name == COMMAND_LINE:
        raise BadInput(f"A name has 1 to {_LONGEST_NAME} characters.")
    return name


def listed(engine: Engine) -> Sequence[Account]:
    """All accounts."""
    return accounts.list_accounts(engine)


def find(engine: Engine, name: str) -> Account:
    """The account of that name, or NotFound."""
    account = accounts.find_account(engine, unicodedata.normalize("NFC", name))
    if account is None:
        raise NotFound(f"There is no account “{name}”.")
    return account


def set_password(engine: Engine, name: str, password: str) -> None:
    """Give an account another password; its sessions end."""
    account, kept = find(engine, name), passwords.make_hash(password)
    accounts.set_password(engine, account.id, account.name, kept, COMMAND_LINE)


def set_disabled(engine: Engine, name: str, disabled: bool) -> None:
    """Let nobody in by an account, or let them in again."""
    account = find(engine, name)
    accounts.set_disabled(engine, account.id, account.name, disabled, COMMAND_LINE)


def remove(engine: Engine, name: str) -> None:
    """Remove an account; what it did stays, under its name."""
    account = find(engine, name)
    accounts.remove_account(engine, account.id, account.name, COMMAND_LINE)


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
        audits.append_audit(engine, visible(name)[:_LONGEST_NAME], "failed sign-in", f"from {address}")
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
    attempts.forget_attempts(engine, name.casefold(), address)
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


def session_of(engine: Engine, token: str) -> Session | None:
    """Who is signed in by a session's token."""
    return reviewers.find_account_session(engine, token, datetime.now(UTC) - LONGEST)


def bearer_of(engine: Engine, token: str) -> Session | None:
    """Whose API token this is."""
    return reviewers.find_by_token(engine, token)


def log(engine: Engine, before: int | None = None) -> Sequence[Entry]:
    """A page of the log, newest first."""
    return audits.list_audit(engine, LOG_PAGE, before)
