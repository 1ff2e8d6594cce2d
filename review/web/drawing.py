"""Draws texts: their flags, marked errors, inline codes, invisible characters, and what a diff says of them.

Every page has dozens of these, so they are drawn here and not by macros.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

from review.codes import has_codes, markers
from review.diff import Change
from review.metrics.categories import SEVERITIES
from review.model import DEFAULT_CONFIDENCE
from review.store.records import Neighbour
from review.text import invisible_name
from review.work.flagging import LiveFlag

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")

Error = tuple[int, tuple[int, int], str]  # its number, its span and its severity


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same flags; `invisible` names a character that shows nothing, `code` is an inline code.

    `kind` is how its mark is drawn: the worst severity, and " unsure" where no flag is sure. `error` is the
    worst severity of what people marked there, `ends` the numbers of the marks that end with it.
    """

    text: str
    flags: tuple[int, ...]
    kind: str
    invisible: str | None = None
    error: str = ""
    ends: str = ""
    code: bool = False


def marked(text: str, flags: Sequence[LiveFlag] = (), errors: Sequence[Error] = ()) -> Markup:
    """`text` with its flags and marked errors, and its invisible characters shown; no white space of our own."""
    if not flags and not errors and text.isprintable() and not has_codes(text):  # most texts, and quickly
        return escape(text)
    return Markup("".join(map(_drawn, marked_runs(text, flags, errors))))


def _drawn(run: Run) -> str:
    drawn = str(escape(run.text))
    if run.invisible:
        drawn = f'<span class="invisible" data-name="{escape(run.invisible)}">{drawn}</span>'
    if run.code:
        drawn = f'<span class="code">{drawn}</span>'
    if run.flags:
        numbers = " ".join(map(str, run.flags))
        drawn = f'<mark class="flagged {run.kind}" data-flags="{numbers}">{drawn}</mark>'
    if run.error:
        ends = f' data-ends="{run.ends}"' if run.ends else ""
        drawn = f'<span class="error {run.error}"{ends}>{drawn}</span>'
    return drawn


def diff(changes: Sequence[Change]) -> Markup:
    """A word diff, deletions struck out and insertions underlined."""
    return Markup("".join(map(_changed, changes)))


def diff_side(changes: Sequence[Change]) -> Markup:
    """What is new on one side of a diff, underlined; the other side's words are left out."""
    return diff([change for change in changes if change.kind != "delete"])


def own_diff(changes: Sequence[Change]) -> Markup:
    """The reviewer's own changes, or a word that there are none: the text itself stands above already."""
    if all(change.kind == "equal" for change in changes):
        return Markup('<span class="none">None.</span>')
    return diff(changes)


def _changed(change: Change) -> str:
    name = {"delete": "del", "insert": "ins"}.get(change.kind)
    text = marked(change.text)
    return f"<{name}>{text}</{name}>" if name else str(text)


def marked_runs(text: str, flags: Sequence[LiveFlag] = (), errors: Sequence[Error] = ()) -> list[Run]:
    """`text` cut where flags and marked errors begin and end, and around characters that would not show."""
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
    at = 0
    for code in markers(text):
        yield from _characters(text[at : code.start], flags, kind)
        yield Run(code.text, flags, kind, code=True)
        at = code.end
    yield from _characters(text[at:], flags, kind)


def _characters(text: str, flags: tuple[int, ...], kind: str) -> Iterator[Run]:
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


def direction(language: str) -> str:
    """The direction that a language is written in, as HTML has it."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=500)
def written_in(language: str) -> Markup:
    """The attributes of a text in a language."""
    return Markup('lang="{}" dir="{}"').format(language, direction(language))


def neighbours(segments: Sequence[Neighbour], address: Callable[[int], str], written: Markup) -> Markup:
    """The segments before or after the one under review, each a link."""
    return Markup(
        "".join(
            f'<p class="neighbour {one.status.value}" {written}><a href="{escape(address(one.number))}"'
            f' aria-label="Segment {one.number}">{one.number}</a> {marked(one.text)}</p>'
            for one in segments
        )
    )
