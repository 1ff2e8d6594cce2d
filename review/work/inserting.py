"""What a reviewer may put in by one key: codes, numbers and names of the source, dashes, quotation marks, spaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.checks.names.against import source_name
from review.checks.names.evidence import Mentioned, NameEvidence, SourceHere
from review.checks.names.frequency import finnish
from review.codes import codes_broken, without_codes
from review.model import Context, Document, Segment
from review.store.engine import Engine
from review.work.access import Place
from review.work.flagging import context_of

_COMMON = 4.8  # Zipf: a word so frequent in Finnish is no given name
_MOST = 9  # of the source's; each has a digit for its key
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:,\d+)?")
_COMMA_IS_POINT = frozenset(("fi", "et", "sv", "de", "fr", "es", "it", "ru"))
_QUOTES = {
    "fi": "””",
    "sv": "””",
    "de": "„“",
    "et": "„“",
    "fr": "«»",
    "ru": "«»",
    "it": "«»",
    "es": "«»",
}


@dataclass(frozen=True, slots=True)
class Insertion:
    """Something to put in, with the key for it in the list and its name; of a pair, `close` goes after what is selected."""

    key: str
    text: str
    name: str
    lacking: bool = False  # whether the text has it not
    close: str = ""


@dataclass(frozen=True, slots=True)
class Insertions:
    """The list: what the source has, that which the text lacks first, and marks of the target language."""

    place: Place
    from_source: Sequence[Insertion]
    marks: Sequence[Insertion]


def insertions(engine: Engine, place: Place, text: str) -> Insertions:
    """What may be put into a text that is being typed."""
    context = context_of(engine, place.batch)
    source = place.segment.source or ""
    plain = without_codes(source)[0]
    items = [(first, close, True) for first, close in _codes(source, text)]
    found = dict.fromkeys([*_numbers(plain, context), *_names(place, plain, context)])
    items += [(item, "", item not in text) for item in sorted(found, key=lambda item: item in text)]
    quotes = _QUOTES.get(place.batch.target_lang, "“”")
    return Insertions(
        place,
        [
            Insertion(str(n), item, "", lacks, end)
            for n, (item, end, lacks) in enumerate(items[:_MOST], start=1)
        ],
        [
            Insertion("n", "–", "en dash"),
            Insertion("m", "—", "em dash"),
            Insertion("q", quotes[0], "opening quotation mark"),
            Insertion("w", quotes[1], "closing quotation mark"),
            Insertion("s", "\u00a0", "non-breaking space"),
        ],
    )


def _codes(source: str, text: str) -> Iterator[tuple[str, str]]:
    """The codes that the text lacks, of a pair both."""
    for problem in codes_broken(source, text):
        if problem.kind == "missing":
            first, *close = problem.codes
            yield first.text, close[0].text if close else ""


def _numbers(source: str, context: Context) -> Iterator[str]:
    """The numbers of the source, as English writes them where that is the target: 1 200,5 is 1,200.5."""
    for match in _NUMBER.finditer(source):
        number = match.group()
        if context.target_lang == "en" and context.source_lang in _COMMA_IS_POINT:
            whole, comma, part = number.partition(",")
            number = re.sub(r"[ \u00a0\u202f]", ",", whole) + ("." if comma else "") + part
        yield number


def _names(place: Place, source: str, context: Context) -> Iterator[str]:
    """The names of the source without their endings, those side by side as one."""
    segment = Segment(place.segment.number, place.segment.text, source)
    evidence = NameEvidence.of(Document([segment]), context)
    here = SourceHere.of(segment, evidence.language)
    if here is None:
        return
    run: list[str] = []
    past = -1
    for mention in here.found:
        begins = not mention.before  # and may have its capital from that
        if begins and (not mention.after[:1].isupper() or finnish(mention.text) >= _COMMON):
            continue
        none: frozenset[str] = frozenset()
        name = source_name(mention, Mentioned(mention, segment.number, evidence, here, none, none, none))
        if run and source[past : mention.start] != " ":
            yield " ".join(run)
            run = []
        run.append(name)
        past = mention.end
    if run:
        yield " ".join(run)
