"""Commands about accounts: python -m review accounts …"""

import sys
from typing import TYPE_CHECKING

import click

from review.errors import BadInput

if TYPE_CHECKING:
    from review.store.engine import Engine


@click.group("accounts")
def accounts_group() -> None:
    """The accounts of a team, which TARKKA_ACCOUNTS=on has people sign in with."""


@accounts_group.command("add")
@click.argument("name")
@click.option("--admin", is_flag=True, help="May do everything in every project.")
def add_command(name: str, admin: bool) -> None:
    """Make an account; its password is asked for, or read from standard input."""
    from review.work import accounts

    accounts.add(_store(), name, _password(), admin)
    click.echo(f"Made the account “{name}”.")


@accounts_group.command("list")
def list_command() -> None:
    """List all accounts."""
    from review.work import accounts

    for one in accounts.listed(_store()):
        notes = [note for note, so in (("admin", one.admin), ("disabled", one.disabled)) if so]
        told = f"  ({', '.join(notes)})" if notes else ""
        click.echo(f"{one.made_at:%Y-%m-%d}  {one.name}{told}")


@accounts_group.command("password")
@click.argument("name")
def password_command(name: str) -> None:
    """Give an account another password; wherever it is signed in, that ends."""
    from review.work import accounts

    accounts.set_password(_store(), name, _password())
    click.echo(f"Changed the password of “{name}”.")


@accounts_group.command("disable")
@click.argument("name")
def disable_command(name: str) -> None:
    """Let nobody in by an account: its sessions end, its tokens are revoked."""
    from review.work import accounts

    accounts.set_disabled(_store(), name, True)
    click.echo(f"Disabled “{name}”.")


@accounts_group.command("enable")
@click.argument("name")
def enable_command(name: str) -> None:
    """Let somebody in again whose account was disabled."""
    from review.work import accounts

    accounts.set_disabled(_store(), name, False)
    click.echo(f"Enabled “{name}”.")


@accounts_group.command("remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """Remove an account with its roles; what it did stays, under its name."""
    from review.work import accounts

    accounts.remove(_store(), name)
    click.echo(f"Removed the account “{name}”.")


@accounts_group.command("log")
def log_command() -> None:
    """Print who did what, the newest first."""
    from review.work import auditing

    engine, before = _store(), None
    while entries := auditing.log(engine, before):
        for one in entries:
            place = f"  [{one.project}]" if one.project else ""
            click.echo(f"{one.made_at:%Y-%m-%d %H:%M:%S}  {one.who}  {one.action}  {one.about}{place}")
        before = entries[-1].id


def _store() -> "Engine":
    from review.settings import Settings
    from review.store.engine import open_store
    from review.work.sessions import ensure_reviewers

    engine = open_store(Settings.from_environment())
    ensure_reviewers(engine, ())
    return engine


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise BadInput("Write the password to standard input, or run this in a terminal.")
    return given
