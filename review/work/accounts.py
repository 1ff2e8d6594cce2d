"""Accounts: made, ended, given new passwords."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import BadInput, NotFound
from review.store import accounts
from review.store.accounts import Account
from review.store.engine import Engine
from review.text import visible
from review.work import passwords

COMMAND_LINE = "command line"  # who does what the administrator of the machine does
LONGEST_NAME = 60


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
    if not name or len(name) > LONGEST_NAME or name == COMMAND_LINE:
        raise BadInput(f"A name has 1 to {LONGEST_NAME} characters.")
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
