"""Where a word stands in this and all other batches, in its context, and what reviewers made of the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from review.diff import Change, in_brief, word_diff
from review.errors import BadInput
from review.formats.guard import check_characters
from review.model import Status
from review.store import concordance as store
from review.store.concordance import Searched
from review.store.engine import Engine
from review.store.records import Batch
from review.store.texts import StandingText
from review.work.access import find_batch

SHOWN = 50  # segments
_LONGEST = 200  # characters looked for
_MOST_TEXTS = 300_000  # texts searched, newest batches first: about three seconds
_BESIDE = 70  # characters shown on each side of a finding

Runs = Sequence[tuple[str, bool]]  # stretches of a text, and whether each was looked for


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a system made of a segment, and a reviewer of that."""

    system: str
    position: int
    status: Status
    runs: Runs  # the text as it stands
    diff: Sequence[Change]  # from the hypothesis; empty where it stands as it was


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment that holds what was looked for."""

    batch: Searched
    number: int
    source: Runs
    renderings: Sequence[Rendering]


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """What was found, newest batches first, and how far was looked."""

    batch: Batch
    words: str
    hits: Sequence[Hit]
    more: bool  # whether there is more than is shown
    unsearched: int  # batches that were too far back to be looked at


def page(engine: Engine, batch_id: int, words: str) -> ConcordancePage:
    """Look for words, each of which may go on with an ending, in every batch that the reviewer may see."""
    batch = find_batch(engine, batch_id)
    words = " ".join(unicodedata.normalize("NFC", words).split())
    check_characters(words, "What to look for")
    if len(words) > _LONGEST:
        raise BadInput(f"A concordance looks for at most {_LONGEST} characters.")
    if not words:
        return ConcordancePage(batch, words, (), False, 0)
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    hits: list[Hit] = []
    searched = 0
    batches = store.list_searched(engine, batch.id)
    for at, one in enumerate(batches):
        if searched and searched + one.texts > _MOST_TEXTS:
            return ConcordancePage(batch, words, hits, False, len(batches) - at)
        searched += one.texts
        hits.extend(_hits(engine, one, words, pattern, SHOWN + 1 - len(hits)))
        if len(hits) > SHOWN:
            return ConcordancePage(batch, words, hits[:SHOWN], True, 0)
    return ConcordancePage(batch, words, hits, False, 0)


def _hits(engine: Engine, one: Searched, words: str, pattern: re.Pattern[str], limit: int) -> list[Hit]:
    hits: dict[int, Hit] = {}
    for text in store.iterate_texts(engine, one, words):
        source, hypothesis, standing = (_nfc(t) for t in (text.source or "", text.hypothesis, text.text))
        if not any(pattern.search(t) for t in (source, hypothesis, standing)):
            continue
        if text.number not in hits:
            if len(hits) == limit:
                break
            hits[text.number] = Hit(one, text.number, in_context(source, pattern), [])
        known = hits[text.number]
        rendering = _rendering(one, text, hypothesis, standing, pattern)
        hits[text.number] = Hit(one, text.number, known.source, [*known.renderings, rendering])
    return list(hits.values())


def _rendering(
    one: Searched, text: StandingText, hypothesis: str, standing: str, pattern: re.Pattern[str]
) -> Rendering:
    position, name = one.systems[text.system_id]
    diff = in_brief(word_diff(hypothesis, standing)) if standing != hypothesis else ()
    return Rendering(name, position + 1, text.status, in_context(standing, pattern), diff)


def in_context(text: str, pattern: re.Pattern[str]) -> Runs:
    """A text with what was looked for set apart, and cut down to what stands beside the first finding."""
    found = [match.span() for match in pattern.finditer(text)]
    first = found[0] if found else (0, 0)
    start, end = max(0, first[0] - _BESIDE), min(len(text), first[1] + 2 * _BESIDE)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = next((at for at in range(end, min(len(text), end + 40)) if text[at].isspace()), end)
    runs: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for a, b in found:
        if b > end:
            break
        runs += [(text[at:a], False), (text[a:b], True)]
        at = b
    runs += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return [run for run in runs if run[0]]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
