"""Writes the pages of docs/ that are made from code: checks, settings, keys, formats, errors, commands, teams, API, faults.

usage: python docs/generate.py [--check]

With --check nothing is written; a page that differs is named and the exit status is 1.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import api_page  # noqa: E402

from review.checks import FAMILIES  # noqa: E402
from review.checks.measured import Measure, measures  # noqa: E402
from review.cli import commands  # noqa: E402
from review.formats import CSV, DOCUMENT_FORMATS, JSONL, TEXT_FORMATS, TSV, XLSX, mqm_tsv  # noqa: E402
from review.formats.columns import HEADERS, ROLES  # noqa: E402
from review.formats.mqm_set import MARKED  # noqa: E402
from review.metrics.categories import SEVERITIES, read_categories  # noqa: E402
from review.model import Level  # noqa: E402
from review.settings import Settings  # noqa: E402
from review.store.roles import Role  # noqa: E402
from review.web.filters import share  # noqa: E402
from review.web.keys import KEYS, PLACES  # noqa: E402
from review.web.roles import ADMINISTERING, LEADING  # noqa: E402
from review.work.exporting import EXPORT_FORMATS  # noqa: E402
from review.work.projects import MEANINGS  # noqa: E402
from tests.faults import ROWS, held  # noqa: E402


def checks() -> Iterator[str]:
    yield "# Checks\n"
    yield "What Tarkka flags, family by family. Run some of them with `--checks`.\n"
    for family in FAMILIES:
        yield f"## {family.title}\n"
        if family.level is Level.DEEP:
            yield "Deep: these run in the background, or with `--level deep`.\n"
        for check in family.checks:
            languages = ", ".join(check.languages) or "any"
            yield f"### {check.title} (`{check.id}`)\n"
            yield f"{check.meaning}\n"
            yield f"Example: {check.example}\n"
            yield f"Category {check.category}; severity {check.severity}; language of the translation: {languages}.\n"
            yield from measured(measures(check.id))


def measured(found: Sequence[Measure]) -> Iterator[str]:
    if not found:
        return
    yield "| measured on | flags | precision | recall | |\n| --- | --- | --- | --- | --- |"
    for one in found:
        shares = (share(part) or "not measured" for part in (one.precision, one.recall))
        yield f"| {one.data} | {one.flags:,} | {' | '.join(shares)} | {one.note} |"
    yield ""


def settings() -> Iterator[str]:
    yield "# Settings\n"
    yield "Environment variables, all optional.\n"
    yield "| variable | default | meaning |\n| --- | --- | --- |"
    for field in fields(Settings):
        about = field.metadata
        default = f"`{about['default']}`" if about["default"] else ""
        yield f"| `{about['name']}` | {default} | {about['meaning']} |"


def keys() -> Iterator[str]:
    yield "# Keys of the review page\n"
    yield "On a Mac, Command serves for Ctrl too. Every key can be changed or switched off on the page `/keys`."
    for place, title in PLACES.items():
        yield f"\n## {title.capitalize()}\n"
        yield "| key | what it does |\n| --- | --- |"
        for key in KEYS:
            if key.place == place:
                yield f"| {key.shown} | {key.meaning} |"
    yield f"\n## Tried and not tried\n\n{TRIED}\n"


TRIED = """\
Every key above is pressed in a real Chromium on Linux by the tests (`tests/browser/test_keys.py`, which reads this very
table). The keys that work while you type were held against what Firefox says of its own keys and those of its developer
tools (Shift+F5, F7, F9 and F12, F7, F9, F12, Ctrl+Shift with a letter), against Edge's (F4, F6, F7, F9) and against
macOS's reserved ones: none is taken from them, with two exceptions on a Mac. Ctrl+F2 and Ctrl+F8 belong to macOS there,
so only Command+F2 and Command+F8 arrive; and Command+. also stops a page that is still loading. Mac keyboards send
function keys with Fn unless told otherwise. Firefox, Edge, Safari, Windows and macOS themselves have not been tried, nor
screen readers' own modes of keys.\
"""


def formats() -> Iterator[str]:
    yield "# Formats\n"
    yield "What a file is is found by its content; a file of another kind is refused, with what it seems to be.\n"
    yield "## In\n"
    yield "| format | id | drops |\n| --- | --- | --- |"
    for one in (*DOCUMENT_FORMATS.values(), JSONL, *TEXT_FORMATS.values()):
        yield f"| {one.title} | `{one.id}` | {one.drops or 'nothing'} |"
    yield f"| WMT’s MQM data: marked errors or scores, with their texts | `{MARKED}` | nothing |"
    yield "| Tables: TSV, CSV and XLSX, a row a segment | `tsv`, `csv`, `xlsx` | columns that are left out; all but the first sheet, and all but values; several notes become one |"
    yield f"\nJSONL: {' '.join((JSONL.__doc__ or '').split())}\n"
    yield from tables()
    for one in (DOCUMENT_FORMATS[name] for name in ("docx", "html")):
        yield f"{one.title}: {' '.join((one.__doc__ or '').split())}\n"
    yield (
        "A folder is imported as one batch (`python -m review import FOLDER`): the source, references and documents’ "
        "ids are told by their names (source.fi, set-ref.en, references/a.txt) or, in SGML, by their content; every "
        "other file is a system.\n"
    )
    yield "Text is UTF-8, or what its BOM says; anything else is offered with a preview, or named with `--encoding`.\n"
    yield "## Out\n"
    yield "Before an export is made, its page says what it would lose of the batch at hand.\n"
    yield "| format | id | leaves out |\n| --- | --- | --- |"
    for export in EXPORT_FORMATS:
        yield f"| {export.title} | `{export.id}` | {export.drops} |"
    yield f"\nMarks and scores: {' '.join((mqm_tsv.__doc__ or '').split())}"
    for one in (TSV, CSV, XLSX):
        yield f"\n{one.id.upper()}: {' '.join((one.__doc__ or '').split())}"


def tables() -> Iterator[str]:
    yield (
        "A table’s delimiter (tab, comma, semicolon, bar) and columns are found; the page shows both with the first rows "
        "and lets them be changed. On the command line, `--columns source=1,hypothesis=2` says what no header does, by "
        "number or by header; a system is named as in `hypothesis:NAME=3`. Without quoted cells, quotes in TSV are "
        "characters like others. Headers that are known, whatever their case, some with a number after them:\n"
    )
    yield "| column | headers |\n| --- | --- |"
    for role, title in ROLES.items():
        if role:
            names = ", ".join(name for name, known in HEADERS.items() if known == role)
            yield f"| `{role}`: {title} | {names} |"
    yield "\nA header such as “mt NAME” or “hypothesis NAME” is the translation by that system.\n"


def errors() -> Iterator[str]:
    kinds = read_categories()
    yield "# Kinds of error\n"
    yield "What reviewers mark errors as, and the penalty of each by severity: MQM's core. The weights are those of"
    yield "Freitag et al. 2021; critical, which has none there, weighs 25. MQM is the mean penalty of a rated segment."
    yield "A team's own table is a TSV file with these columns, named by `TARKKA_CATEGORIES`.\n"
    yield f"| category | title | {' | '.join(SEVERITIES)} |\n| --- | --- |{' --- |' * len(SEVERITIES)}"
    for kind in kinds.all:
        weights = " | ".join(f"{kind.weights[severity]:g}" for severity in SEVERITIES)
        yield f"| `{kind.id}` | {kinds.title(kind.id)} | {weights} |"


def command_line() -> Iterator[str]:
    import click

    yield "# Command line\n"
    yield "Errors are one line on standard error, with exit status 2.\n"
    for name, command in sorted(commands.commands.items()):
        context = click.Context(command, info_name=f"python -m review {name}", terminal_width=100)
        yield f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


TEAM = """\
On one machine Tarkka serves that machine alone, and nobody signs in. With accounts it serves others too, and each
project is for its members.

## Turning it on

```
pip install -r requirements-team.txt
export TARKKA_ACCOUNTS=on TARKKA_TRUSTED_HOSTS=review.example.org TARKKA_TRUSTED_PROXY=127.0.0.1
python -m review accounts add Päivi --admin
python -m review serve --port 5000
```

Give the server https: put a proxy in front of it (nginx, Caddy) that sets `X-Forwarded-For` and `X-Forwarded-Proto`,
passes `Host` on and gives the name in `TARKKA_TRUSTED_HOSTS`. Without `TARKKA_TRUSTED_PROXY` all who come through the
proxy look like one address, which is then throttled for all of them. For more than a few people set
`TARKKA_DATABASE_URL` to a PostgreSQL database; several servers may share it. [Deploying](deploying.md) has all of this ready
to copy: containers, systemd units, proxies, backups.

What was reviewed before stays, in the first project. An account that is made by the command for a name that was used
before takes over what was done under it; nobody who is invited can choose such a name.

## Working in it

An admin makes projects (`/projects`). A lead makes invitations there: each link gives one person one role in the project,
once, for seven days; whoever opens it makes an account or comes in with their own. Batches, names, terms, muted checks,
what is always dismissed and the concordance belong to a project and are never seen from another one; to whoever has no
role in it, it is not there (404). Keys and looks are each person's own.

A session ends after twelve hours without a request and after fourteen days, at sign-out, when the password is changed and
when the account is disabled. After five failed sign-ins under a name, or twenty from an address, signing in waits until a
quarter of an hour has passed.

Programs send `Authorization: Bearer TOKEN` with a token that is made on the page of one's account (`/account`), and no
cookies; they act as its owner; [the API](api.md) is for them. Twenty wrong tokens from an address are answered with 429
for a quarter of an hour; right ones go on. `python -m review accounts log` and the page `/log` tell who did what.

## Accounts

The page `/accounts`, for admins, lists every account with its roles, its last sign-in, and whether it is an admin’s or
disabled; it can be searched by name. On the page of each one an admin disables it (its sessions end, its tokens are revoked,
roles and work stay) and enables it again, makes its owner an admin or one no longer, and removes it by typing its name: what
it did stays under that name. Nobody does any of this to their own account, and one admin who can sign in always remains,
also where the command line is used (`python -m review accounts`).

Who has forgotten the password asks an admin for a *link for a new password*. It is shown once, like an invitation’s, works
once and for 24 hours, and for this account alone: whoever opens it chooses a new password, and all sessions of the account
end. It is worth nothing as soon as the password has changed in any other way, while the account is disabled, and after
`TARKKA_SECRET_KEY` has changed. Send it on a way that only its owner reads. An admin who has forgotten their own password
asks another admin, or whoever runs the machine: `python -m review accounts password NAME`.

## Roles
"""


def teams() -> Iterator[str]:
    yield "# Teams\n"
    yield TEAM
    yield "| role | who |\n| --- | --- |"
    for role, meaning in MEANINGS.items():
        yield f"| {role.value} | {meaning} |"
    yield "\nEach does what those before may do too. What takes more than a reviewer:\n"
    yield "| it takes | to | |\n| --- | --- | --- |"
    for role, endpoints in ((Role.LEAD, LEADING), (Role.ADMIN, ADMINISTERING)):
        for endpoint in endpoints:
            noun, _, name = endpoint.rpartition(".")
            told = (getattr(import_module(f"review.web.{noun}"), name).__doc__ or "").split("\n")[0]
            yield f"| {role.value} | {told.rstrip('.')} | `{endpoint}` |"


def reliability() -> Iterator[str]:
    tests = held()
    yield "# Reliability\n"
    yield "What can go wrong, what is promised then, and the tests that hold it: each runs on SQLite and, where a database"
    yield "is in it, on PostgreSQL too (`make test-all`). A part of the project's own tests fails where a row has none.\n"
    yield "| | what goes wrong | what happens | held by |\n| --- | --- | --- | --- |"
    for number, row in ROWS.items():
        names = "<br>".join(
            f"`{one.file}` {one.name.removeprefix('test_').replace('_', ' ')}" for one in tests[number]
        )
        waits = f" ({row.waits})" if row.waits else ""
        yield f"| {number} | {row.fault} | {row.promise}{waits} | {names} |"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "checks.md": checks,
    "settings.md": settings,
    "keys.md": keys,
    "formats.md": formats,
    "errors.md": errors,
    "command-line.md": command_line,
    "teams.md": teams,
    "api.md": api_page.lines,
    "reliability.md": reliability,
}


def main() -> int:
    stale = []
    for name, lines in PAGES.items():
        page = (
            "\n".join(lines()).rstrip()
            + "\n\n<!-- made by docs/generate.py: change the code, then `make docs` -->\n"
        )
        file = HERE / name
        if not file.exists() or file.read_text(encoding="utf-8") != page:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(page, encoding="utf-8")
    for name in stale:
        print(
            f"docs/{name} {'is stale: run `make docs`' if '--check' in sys.argv else 'written'}",
            file=sys.stderr,
        )
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
