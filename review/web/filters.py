"""What templates may use: marked text, dates, names of languages and checks."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from flask import Flask, url_for

from review.checks import all_checks
from review.diff import in_brief
from review.metrics.categories import SEVERITIES
from review.model import DEFAULT_CONFIDENCE, Filter, Flag, Severity
from review.text import invisible_name
from review.web.forms import filter_query, new_token
from review.web.sureness import confidence
from review.work.batch_pages import COUNTED
from review.work.exporting import EXPORT_FORMATS
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
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same flags; `invisible` names a character that shows nothing.

    `kind` is how its mark is drawn: the worst severity, and " unsure" where no flag is sure. `error` is the
    worst severity of what people marked there, `ends` the numbers of the marks that end with it.
    """

    text: str
    flags: tuple[int, ...]
    kind: str
    invisible: str | None = None
    error: str = ""
    ends: str = ""


def install(app: Flask) -> None:
    """Register filters and globals for the templates."""
    titles = {check.id: check.title for check in all_checks()}
    app.jinja_env.filters.update(
        runs=marked_runs,
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
        direction=lambda code: "rtl" if code in _RIGHT_TO_LEFT else "ltr",
    )
    app.jinja_env.globals.update(
        new_token=new_token,
        query_of=query_of,
        segment_links=segment_links,
        languages=KNOWN,
        severities=[s.value for s in Severity],
        confidence=confidence,
        default_confidence=DEFAULT_CONFIDENCE,
        export_formats=EXPORT_FORMATS,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def marked_runs(
    text: str, flags: Sequence[LiveFlag] = (), errors: Sequence[tuple[int, tuple[int, int], str]] = ()
) -> list[Run]:
    """`text` cut where flags and marked errors begin and end, and around characters that would not show.

    An error is its number, its span and its severity.
    """
    shown = [(n, f.flag) for n, f in enumerate(flags) if f.state == "open" and f.flag.end <= len(text)]
    cuts = {0, len(text)}
    for _, flag in shown:
        cuts.update((flag.start, flag.end))
    for _, span, _ in errors:
        cuts.update(span)
    ordered = sorted(cuts)
    runs: list[Run] = []
    for start, end in pairwise(ordered):
        over = [(n, f) for n, f in shown if f.start <= start and end <= f.end]
        worst = max((f.severity for _, f in over), key=lambda s: s.rank, default=None)
        unsure = " unsure" if all(f.confidence < DEFAULT_CONFIDENCE for _, f in over) else ""
        kind = worst.value + unsure if worst else ""
        on = [severity for _, span, severity in errors if span[0] <= start and end <= span[1]]
        some = list(_visible(text[start:end], tuple(n for n, _ in over), kind))
        if on:
            error = max(on, key=SEVERITIES.index)
            ends = " ".join(str(number) for number, span, _ in errors if span[1] == end)
            some = [replace(run, error=error) for run in some[:-1]] + [
                replace(some[-1], error=error, ends=ends)
            ]
        runs.extend(some)
    return runs


def _visible(text: str, flags: tuple[int, ...], kind: str) -> Iterator[Run]:
    if text and text.isprintable():  # nothing in it that would not show
        yield Run(text, flags, kind)
        return
    plain = ""
    for index, character in enumerate(text):
        name = invisible_name(character)
        if name is None or (name == "ZWJ" and _in_emoji(text, index)):
            plain += character
            continue
        if plain:
            yield Run(plain, flags, kind)
            plain = ""
        yield Run(character, flags, kind, name)
    if plain:
        yield Run(plain, flags, kind)


def _in_emoji(text: str, index: int) -> bool:
    """Whether a zero-width joiner stands between two pictures, where it belongs."""
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == 2 and all(ord(c) >= 0x2190 for c in around)


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
    before, _, after = url_for(
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
