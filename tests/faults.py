"""What can go wrong and what is promised then; tests hold a row by the marker `fault`, `docs/reliability.md` lists both."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).resolve().parent


class Row(NamedTuple):
    """A fault, what is promised then, and what of it waits for something that is not there yet."""

    fault: str
    promise: str
    waits: str = ""


ROWS: Mapping[int, Row] = {
    1: Row("Translation, source and reference differ in length", "Refused, and both numbers are named"),
    2: Row("An empty file, batch or paste", "One sentence says that there is nothing to import or to score"),
    3: Row(
        "A segment with nothing on one side", "It scores as in sacreBLEU; nothing against nothing has HTER 0"
    ),
    4: Row(
        "A short segment that equals its reference", "Its BLEU uses the orders it has, as sacreBLEU's does"
    ),
    5: Row(
        "Accents composed in one text and decomposed in another",
        "Flags and scores are the same; exports keep the bytes that came in",
    ),
    6: Row(
        "Line separators of Unicode or a lone \\r inside a segment",
        "Only \\n ends a line, and a \\r before it comes back on export",
    ),
    7: Row("Half a surrogate pair, a NUL", "Refused where it comes in, with its place"),
    8: Row(
        "A BOM, UTF-16, an old encoding",
        "The first two are understood; others are offered with a preview, or named on the command line",
    ),
    9: Row(
        "A table with a huge cell, a ragged row, an open quote, an id twice",
        "The whole import is refused with the line, and nothing is stored",
    ),
    10: Row(
        "Text that runs backwards, invisible characters, emoji, combining marks",
        "They are shown, and flags stand where they belong in Python and in the browser",
    ),
    11: Row(
        "Script in texts, names of systems, names of files",
        "It is text everywhere, and a strict policy lets none run",
    ),
    12: Row(
        "XML with entities, a document type, endless depth",
        "Refused at once; nothing else is read from disk or net",
    ),
    13: Row(
        "Archives that unpack to far more, lead out of themselves or are something else",
        "Refused by what they hold, before they are unpacked",
    ),
    14: Row(
        "A cell that a spreadsheet would run",
        "Inert in CSV for spreadsheets; the other formats keep it exactly",
    ),
    15: Row("A hostile name of a file", "It is a label; the server's own files have names of its own"),
    16: Row("More than a limit allows", "A page that names the limit, and what was typed is kept"),
    17: Row(
        "A form from another site, without its token, for another host",
        "Refused with 403 or 400; a program with a token and no cookie is let through",
    ),
    18: Row("A GET that changes something", "There is none: tests walk every route"),
    19: Row(
        "An address of what somebody else has",
        "404 on every route, as if it were not there",
    ),
    20: Row(
        "Passwords tried one after the other; a cookie used after signing out",
        "Slowed down; refused",
    ),
    21: Row("Two people save one segment", "The second is shown both texts, and neither is lost"),
    22: Row("The same thing sent twice", "It is done once"),
    23: Row("Text, status and comments changed at once", "Every change is there"),
    24: Row(
        "Server or worker killed at any moment",
        "All or nothing of each change; what was acknowledged is there",
    ),
    25: Row(
        "Disk full, database locked, restarted or damaged, queue gone",
        "Tried again, or told in plain words with 503; nothing acknowledged or typed is lost",
    ),
    26: Row("A segment of 100 kB, a pattern that never ends", "Bounded in time, and the other checks run"),
    27: Row("A check that fails", "Logged and told on the batch's page; the others go on"),
    28: Row(
        "100,000 segments, 50 people at once",
        "Pages read what they show; no change is lost (times: `bench/reviewers.py`)",
    ),
    29: Row("An export while people edit", "It is of one moment"),
    30: Row("Browser closed, net away, laptop asleep while somebody types", "The draft is there afterwards"),
}


class Held(NamedTuple):
    """A test that holds a row."""

    file: str
    name: str


def held() -> Mapping[int, list[Held]]:
    """The tests of each row: those whose function or file carries the marker, read and not run."""
    found: dict[int, list[Held]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        of_file = [row for node in tree.body if _is_pytestmark(node) for row in _rows(node)]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = [row for decorator in node.decorator_list for row in _rows(decorator)]
                for row in dict.fromkeys([*of_file, *own]):
                    found[row].append(Held(file.relative_to(TESTS.parent).as_posix(), node.name))
    return found


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
    )


def _rows(node: ast.AST) -> Iterator[int]:
    """The numbers in each `fault(…)` below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "fault":
            yield from (arg.value for arg in call.args if isinstance(arg, ast.Constant))  # type: ignore[misc]
