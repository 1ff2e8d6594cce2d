"""What templates may use: marked text, dates, names of languages and checks."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from review.checks import all_checks
from review.diff import in_brief
from review.model import DEFAULT_CONFIDENCE, Filter, Flag, Severity
from review.web.addresses import address
from review.web.drawing import diff, diff_side, direction, marked, neighbours, own_diff, written_in
from review.web.forms import filter_query, new_token
from review.web.sureness import confidence
from review.work.as_imported import as_imported
from review.work.batch_pages import COUNTED
from review.work.flagging import LiveFlag
from review.work.languages import KNOWN, language_name

_ANY_NUMBER = 2**31 - 1
_EXCERPT = 60  # characters
_STATUS_TITLES = {
    "confirmed": "confirmed as right",
    "sent-back": "sent back",
    "accepted": "accepted in second review",
    "commented": "with comments",
    "marked": "with marked errors",
    "drafts": "my drafts",
}


def install(app: Flask) -> None:
    """Register filters and globals for the templates."""
    titles = {check.id: check.title for check in all_checks()}
    app.jinja_env.filters.update(
        language=language_name,
        check_title=lambda check: titles.get(check, check),
        moment=moment,
        iso=datetime.isoformat,
        thousands="{:,}".format,
        counted=counted,
        status_title=lambda status: _STATUS_TITLES.get(status, status),
        live=lambda stored: LiveFlag(stored.flag, stored),
        around=around,
        excerpt=excerpt,
        share=share,
        in_brief=in_brief,
        direction=direction,
        written_in=written_in,
    )
    app.jinja_env.globals.update(
        marked=marked,
        diff=diff,
        diff_side=diff_side,
        own_diff=own_diff,
        neighbours=neighbours,
        new_token=new_token,
        hidden_token=hidden_token,
        query_of=query_of,
        segment_links=segment_links,
        languages=KNOWN,
        severities=[s.value for s in Severity],
        confidence=confidence,
        default_confidence=DEFAULT_CONFIDENCE,
        text_format=lambda batch: as_imported(batch.format),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def hidden_token() -> Markup:
    """The fields of every form that changes something: it comes from a page of ours, and this is one sending."""
    signed = g.get("csrf_token") or generate_csrf()
    return Markup(
        f'<input type="hidden" name="csrf_token" value="{signed}">\n'
        f'<input type="hidden" name="token" value="{new_token()}">'
    )


def around(text: str, flag: Flag) -> tuple[str, str]:
    """The words beside a flag that holds no letter itself: a lone comma says nothing on a button."""
    if any(character.isalnum() for character in flag.text):
        return "", ""
    before = re.search(r"\S{0,20}$", text[: flag.start])
    after = re.match(r"\s?\S{0,20}", text[flag.end :])
    return before.group() if before else "", after.group() if after else ""


def excerpt(text: str, flag: Flag) -> tuple[str, str]:
    """Some words before and after a flag."""
    before, after = text[max(0, flag.start - _EXCERPT) : flag.start], text[flag.end : flag.end + _EXCERPT]
    if flag.start > _EXCERPT:
        before = "…" + before.partition(" ")[2]
    if len(text) > flag.end + _EXCERPT:
        after = after.rpartition(" ")[0] + "…"
    return before, after


def share(part: float | None) -> str:
    """A share of one in per cent."""
    return "" if part is None else f"{100 * part:.0f} %"


def counted(segments: int) -> str:
    """How many there are, as far as they were counted."""
    return f"{COUNTED:,}+" if segments > COUNTED else f"{segments:,}"


def moment(when: datetime | None) -> str:
    """A time as people write it, UTC."""
    return when.strftime("%-d %b %Y, %H:%M UTC") if when else ""


def segment_links(batch_id: int, chosen: Filter, system: int) -> Callable[[int], str]:
    """Gives the address of each segment of a batch under a filter: made once, since a page has many."""
    before, _, after = address(
        "segments.show", batch_id=batch_id, number=_ANY_NUMBER, **query_of(chosen, system)
    ).partition(f"/segments/{_ANY_NUMBER}")
    return lambda number: f"{before}/segments/{number}{after}"


def query_of(chosen: Filter, system: int, **more: Any) -> dict[str, Any]:
    """The query of a link that keeps system and filter."""
    query: dict[str, Any] = {"system": system} if system > 1 else {}
    return (
        query
        | filter_query(chosen)
        | {name: value for name, value in more.items() if value not in (None, "")}
    )
