"""What an admin sees of all accounts, and does about those of others."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from review.errors import BadInput, NotFound
from review.store import account_facts, accounts
from review.store.account_facts import RoleHeld
from review.store.accounts import Account
from review.store.engine import Engine
from review.work.accounts import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Known:
    """An account with what is known of it."""

    account: Account
    signed_in_at: datetime | None
    roles: Sequence[RoleHeld]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the accounts that were asked for; `next` is the name that the page after it follows."""

    rows: Sequence[Known]
    found: int
    every: int
    next: str | None


def listing(engine: Engine, sought: str, after: str) -> Listing:
    """The accounts in whose names something stands ("": all), by name, those after a name."""
    every = accounts.list_accounts(engine)
    sought = unicodedata.normalize("NFC", sought).casefold()
    found = [one for one in every if sought in one.name.casefold()]
    rest = [one for one in found if _key(one.name) > _key(after)]
    shown = rest[:PAGE]
    return Listing(
        rows=_known(engine, shown),
        found=len(found),
        every=len(every),
        next=shown[-1].name if len(rest) > PAGE else None,
    )


def known(engine: Engine, account_id: int) -> Known:
    """One of them, or NotFound."""
    return _known(engine, [find(engine, account_id)])[0]


def find(engine: Engine, account_id: int) -> Account:
    """The account of this id, or NotFound."""
    account = accounts.find_account_of(engine, account_id) if account_id < 2**31 else None
    if account is None:
        raise NotFound(f"There is no account {account_id}.")
    return account


def set_disabled(engine: Engine, account_id: int, disabled: bool, person: Person) -> None:
    """Let nobody in by an account of somebody else, or let them in again."""
    account = find_of_another(engine, account_id, person)
    accounts.set_disabled(engine, account.id, account.name, disabled, person.name)


def set_admin(engine: Engine, account_id: int, admin: bool, person: Person) -> None:
    """Make somebody else an admin, or one no longer."""
    account = find_of_another(engine, account_id, person)
    accounts.set_admin(engine, account.id, account.name, admin, person.name)


def remove(engine: Engine, account_id: int, confirmed: str, person: Person) -> None:
    """Remove an account of somebody else; BadInput unless its name is typed to confirm it."""
    account = find_of_another(engine, account_id, person)
    if unicodedata.normalize("NFC", confirmed.strip()) != account.name:
        raise BadInput(f"The account was not removed: type its name, “{account.name}”, to confirm.")
    accounts.remove_account(engine, account.id, account.name, person.name)


def find_of_another(engine: Engine, account_id: int, person: Person) -> Account:
    """The account of this id; BadInput where it is one's own: nobody locks themselves out by mistake."""
    account = find(engine, account_id)
    if account.id == person.id:
        raise BadInput("This is your own account, and nothing was changed: another admin can do this to it.")
    return account


def _known(engine: Engine, some: Sequence[Account]) -> list[Known]:
    ids = [one.id for one in some]
    last, roles = account_facts.list_last_sign_ins(engine, ids), account_facts.list_roles(engine, ids)
    return [Known(one, last.get(one.id), roles.get(one.id, ())) for one in some]


def _key(name: str) -> tuple[str, str]:
    return name.casefold(), name  # as the store orders them
