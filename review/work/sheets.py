"""Pages that are files of their own: drawn by templates, with their style in them and no script."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from review.checks import all_checks
from review.codes import markers
from review.text import invisible_name
from review.work.languages import language_name

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "sheets"


def write_sheet(template: str, out: BinaryIO, **data: Any) -> None:
    """Write a page, piece by piece as its template is drawn."""
    stream = _environment().get_template(template).stream(**data)
    stream.enable_buffering(50)
    stream.dump(out, encoding="utf-8", errors="replace")


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    titles = {check.id: check.title for check in all_checks()}
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "shown": shown,
        "language": language_name,
        "moment": _moment,
        "thousands": "{:,}".format,
        "check_title": lambda check: titles.get(check, check),
    }
    environment.filters.update(filters)
    return environment


def shown(text: str) -> "Markup":
    """A text as people read it: line breaks as such, codes and what else cannot be seen as chips."""
    from markupsafe import Markup

    out: list[Markup] = []
    at = 0
    for one in markers(text):
        out += [
            _characters(text[at : one.start]),
            Markup('<span class="chip">{}</span>').format(one.text[1:-1]),
        ]
        at = one.end
    return Markup("").join([*out, _characters(text[at:])])


def _characters(text: str) -> "Markup":
    from markupsafe import Markup, escape

    if text.isascii() and text.isprintable():
        return escape(text)
    return Markup("").join(
        Markup("<br>\n")
        if character == "\n"
        else Markup('<span class="chip">{}</span>').format(name)
        if (name := invisible_name(character)) and name not in ("ZWJ", "ZWNJ")
        else escape(character)
        for character in text
    )


def _moment(when: datetime | None) -> str:
    """A time as people write it, UTC."""
    return when.strftime("%-d %b %Y, %H:%M UTC") if when else ""
