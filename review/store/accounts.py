"""Accounts: reviewers with a password. Ending one keeps the name on the work that it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from review.errors import BadInput
from review.store.audits import insert_audit
from review.store.engine import reading, writing
from review.store.schema import reviewer, session
from review.store.schema_team import account, api_token, membership


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in, unless disabled."""

    id: int
    name: str
    password_hash: str
    admin: bool
    made_at: datetime
    disabled: bool


_ACCOUNTS = select(
    reviewer.c.id,
    reviewer.c.name,
    account.c.password_hash,
    account.c.admin,
    account.c.made_at,
    account.c.disabled_at.is_not(None),
).join(account, account.c.reviewer_id == reviewer.c.id)


def find_account(engine: Engine, name: str) -> Account | None:
    """The account of that name."""
    return _find(engine, reviewer.c.name == name)


def find_account_of(engine: Engine, account_id: int) -> Account | None:
    """The account of this id."""
    return _find(engine, reviewer.c.id == account_id)


def _find(engine: Engine, condition: Any) -> Account | None:
    with reading(engine) as connection:
        row = connection.execute(_ACCOUNTS.where(condition)).one_or_none()
    return None if row is None else Account(*row)


def list_accounts(engine: Engine) -> Sequence[Account]:
    """All accounts, by name."""
    with reading(engine) as connection:
        found = [Account(*row) for row in connection.execute(_ACCOUNTS)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def add_account(engine: Engine, name: str, password_hash: str, admin: bool, who: str) -> bool:
    """Make an account, for a reviewer who was here without one or a new one; False where it is there."""
    with writing(engine) as connection:
        reviewer_id = connection.scalar(select(reviewer.c.id).where(reviewer.c.name == name))
        if reviewer_id is None:
            reviewer_id = insert_reviewer(connection, name)
        there = select(account.c.reviewer_id).where(account.c.reviewer_id == reviewer_id)
        if connection.scalar(there) is not None:
            return False
        insert_account(connection, reviewer_id, password_hash, admin)
        insert_audit(connection, who, "account", f"made {name}" + (", an admin" if admin else ""))
        return True


def insert_reviewer(connection: Connection, name: str) -> int:
    """A new reviewer within somebody's transaction; the id."""
    query = insert(reviewer).values(name=name, created_at=datetime.now(UTC)).returning(reviewer.c.id)
    return int(connection.execute(query).scalar_one())


def insert_account(connection: Connection, reviewer_id: int, password_hash: str, admin: bool) -> None:
    """An account for a reviewer within somebody's transaction."""
    values = {"reviewer_id": reviewer_id, "password_hash": password_hash, "admin": admin}
    connection.execute(insert(account).values(made_at=datetime.now(UTC), **values))


def set_password(engine: Engine, account_id: int, name: str, password_hash: str, who: str) -> None:
    """Change a password: whoever is signed in by the old one is so no more."""
    with writing(engine) as connection:
        if _put(connection, account_id, password_hash=password_hash):
            _end_sessions(connection, account_id)
            insert_audit(connection, who, "account", f"new password for {name}")


def replace_password(engine: Engine, before: Account, password_hash: str) -> bool:
    """Change the password by a link; False where it has changed since, or nobody may come in by the account."""
    unchanged = (account.c.password_hash == before.password_hash, account.c.disabled_at.is_(None))
    with writing(engine) as connection:
        if not _put(connection, before.id, *unchanged, password_hash=password_hash):
            return False
        _end_sessions(connection, before.id)
        insert_audit(connection, before.name, "account", f"new password for {before.name}, by a link")
        return True


def set_admin(engine: Engine, account_id: int, name: str, admin: bool, who: str) -> None:
    """Make somebody an admin, or one no longer; BadInput where nobody would be one."""
    with writing(engine) as connection:
        if not admin:
            _keep_an_admin(connection, account_id, name)
        if _put(connection, account_id, account.c.admin.is_not(admin), admin=admin):
            told = f"made {name} an admin" if admin else f"{name} is no admin any more"
            insert_audit(connection, who, "account", told)


def set_disabled(engine: Engine, account_id: int, name: str, disabled: bool, who: str) -> None:
    """Let nobody in by an account, or let them in again; sessions end, and API tokens are revoked."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        if disabled:
            _keep_an_admin(connection, account_id, name)
        until_now = account.c.disabled_at.is_(None) if disabled else account.c.disabled_at.is_not(None)
        if not _put(connection, account_id, until_now, disabled_at=now if disabled else None):
            return
        if disabled:
            _end_sessions(connection, account_id)
            theirs = (api_token.c.reviewer_id == account_id, api_token.c.revoked_at.is_(None))
            connection.execute(update(api_token).where(*theirs).values(revoked_at=now))
        insert_audit(connection, who, "account", f"{'disabled' if disabled else 'enabled'} {name}")


def remove_account(engine: Engine, account_id: int, name: str, who: str) -> None:
    """Remove an account with its roles, sessions and tokens; what it did stays, under its name."""
    with writing(engine) as connection:
        _keep_an_admin(connection, account_id, name)
        _end_sessions(connection, account_id)
        for table in (api_token, membership, account):
            connection.execute(delete(table).where(table.c.reviewer_id == account_id))
        insert_audit(connection, who, "account", f"removed {name}")


def _put(connection: Connection, account_id: int, *so_far: Any, **values: Any) -> bool:
    """Change an account that so far is like this; whether there was one."""
    query = update(account).where(account.c.reviewer_id == account_id, *so_far).values(**values)
    return connection.execute(query).rowcount > 0


def _keep_an_admin(connection: Connection, account_id: int, name: str) -> None:
    """BadInput where nobody else could administer. Of two admins who end each other at once, one waits here."""
    able = select(account.c.reviewer_id).where(account.c.admin, account.c.disabled_at.is_(None))
    query = able.order_by(account.c.reviewer_id).with_for_update()
    if list(connection.scalars(query)) == [account_id]:
        raise BadInput(f"“{name}” is the last admin who can sign in: have another one first.")


def _end_sessions(connection: Connection, account_id: int) -> None:
    theirs = (session.c.reviewer_id == account_id, session.c.ended_at.is_(None))
    connection.execute(update(session).where(*theirs).values(ended_at=datetime.now(UTC)))
