"""Inline codes (⟦1⟧…⟦/1⟧, ⟦2/⟧) that the text lacks, has too often, has of its own, or has in an impossible order."""

import re
from collections.abc import Iterator, Sequence

from review.checks.family import Check, Family
from review.codes import Marker, Problem, codes_broken, has_codes
from review.model import Context, Document, Flag, Segment, Severity
from review.text import CODE, Word, words

_SURE = 0.99
_MOST = 30  # flags of one kind in a segment; once these are mended, the next ones are told
_BITS = re.compile(r"⟦[/0-9]{0,7}⟧?|[/0-9]{0,7}⟧")  # a code, or what is left of one that was typed into
_Span = tuple[int, int]


class CodesOfSource(Family[None]):
    id = "codes"
    title = "Inline codes"
    sees_codes = True
    checks = (
        Check(
            id="code-missing",
            title="Code missing",
            category="design/markup",
            severity=Severity.CRITICAL,
            meaning="A code of the source (bold, a link, a placeholder) is missing; the file would lose it.",
            example="source: Avaa ⟦1⟧ovi⟦/1⟧. — Open the door. → Open the ⟦1⟧door⟦/1⟧.",
            languages=(),
        ),
        Check(
            id="code-added",
            title="Code that the source has not",
            category="design/markup",
            severity=Severity.CRITICAL,
            meaning="The text has a code that is not in the source; nothing stands for it in the file.",
            example="source: Avaa ovi. — Open the door⟦1/⟧. → Open the door.",
            languages=(),
        ),
        Check(
            id="code-doubled",
            title="Code doubled",
            category="design/markup",
            severity=Severity.CRITICAL,
            meaning="The text has a code more often than the source; only the first can be written.",
            example="source: Avaa ⟦1/⟧ovi. — Open ⟦1/⟧the ⟦1/⟧door. → Open ⟦1/⟧the door.",
            languages=(),
        ),
        Check(
            id="code-order",
            title="Codes out of order",
            category="design/markup",
            severity=Severity.CRITICAL,
            meaning="A pair of codes closes before it opens, or two pairs cross; one of them would be lost.",
            example="source: Avaa ⟦1⟧ovi⟦/1⟧. — Open the ⟦/1⟧door⟦1⟧. → Open the ⟦1⟧door⟦/1⟧.",
            languages=(),
        ),
    )

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        source = segment.machine if segment.source is None else segment.source
        text = segment.text
        if source is None or not (has_codes(source) or has_codes(text)) or not text.strip():
            return
        bits = _bits(source, text) if CODE.search(source) else []
        places = _Places(source, text)
        for problem in codes_broken(source, text)[:_MOST]:
            if problem.at is not None:
                yield self._misplaced(segment, problem, problem.at)
            else:
                used = bits[: len(problem.codes)] if len(problem.codes) <= len(bits) else []
                del bits[: len(used)]
                yield self._missing(segment, places, problem, used)
        for start, end in bits[:_MOST]:
            yield self.flag(
                "code-added", segment, (start, end), "This is left of a code.", "", confidence=_SURE
            )

    def _misplaced(self, segment: Segment, problem: Problem, at: tuple[int, int]) -> Flag:
        named = problem.codes[0].text
        match problem.kind:
            case "added":
                reason, instead = f"{_original(segment).capitalize()} has no {named}.", ""
            case "doubled":
                reason, instead = f"{named} stands here once more than in {_original(segment)}.", ""
            case _:
                first, last = problem.codes
                reason = f"{named} and {last.text} must change places."
                instead = last.text + segment.text[first.end : last.start] + first.text
        return self.flag(f"code-{problem.kind}", segment, at, reason, instead, confidence=_SURE)

    def _missing(self, segment: Segment, places: "_Places", problem: Problem, bits: Sequence[_Span]) -> Flag:
        named = "…".join(code.text for code in problem.codes)
        reason = f"{named} of {_original(segment)} is missing."
        if bits:
            placed = [(*span, code.text) for span, code in zip(bits, problem.codes, strict=True)]
        else:
            placed = [(at, at, words) for at, words in places.of(problem.codes)]
        if not placed:
            span = (places.ours[-1].start, places.ours[-1].end)
            return self.flag("code-missing", segment, span, reason, confidence=_SURE)
        start, end = placed[0][0], placed[-1][1]
        if start == placed[0][1]:  # nothing that could be shown stands there
            start, end = _whole_words(segment.text, start, end)
        instead, at = "", start
        for first, last, put in placed:
            instead += segment.text[at:first] + put
            at = last
        instead += segment.text[at:end]
        return self.flag("code-missing", segment, (start, end), reason, instead, confidence=_SURE)


def _original(segment: Segment) -> str:
    """What a text's codes are compared with: without a source, the text as it came."""
    return "the machine’s text" if segment.source is None else "the source"


class _Places:
    """Where the text's codes belong, by the words around them in the source."""

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = source, text
        self.theirs, self.ours = _words(source), _words(text)

    def of(self, codes: Sequence[Marker]) -> list[tuple[int, str]]:
        """The place of a code or of both of a pair and what goes in; none where that would be a mere guess."""
        if not self.theirs or not self.ours:
            return [(len(self.text), code.text) for code in codes]
        if len(codes) == 2:
            return [(at, code.text) for at, code in zip(self._around(*codes), codes, strict=False)]
        [code] = codes
        if code.form != "single":
            return [(self._from_partner(code), code.text)]
        at = self._beside(code)
        return [self._spaced(code, self._in_proportion(code) if at is None else at)]

    def _spaced(self, code: Marker, at: int) -> tuple[int, str]:
        """A place with the code as near to the words around it as in the source."""
        text = self.text
        before = not self.source[: code.start][-1:].strip()
        after = not self.source[code.end :][:1].strip()
        if before and after:
            parted = " " if at and not text[at - 1].isspace() else ""
            return at, parted + code.text + (" " if not parted and text[at : at + 1].strip() else "")
        while before and text[at : at + 1].isspace():
            at += 1
        while after and at and text[at - 1].isspace():
            at -= 1
        return at, code.text

    def _around(self, first: Marker, last: Marker) -> Sequence[int]:
        inner = CODE.sub("", self.source[first.end : last.start]).strip()
        if inner and self.text.count(inner) == 1:
            at = self.text.index(inner)
            return at, at + len(inner)
        start, end = self._beside(first), self._beside(last)
        return (start, end) if start is not None and end is not None and start <= end else ()

    def _beside(self, code: Marker) -> int | None:
        """At an end of the text as it is in the source, or at a word that both have once."""
        before = [word for word in self.theirs if word.end <= code.start]
        after = self.theirs[len(before) :]
        if not before:
            return 0
        if not after:
            rest = CODE.sub("", self.source[code.end :]).strip()
            return self.ours[-1].end if rest else len(self.text)
        for word, side in ((after[0], "start"), (before[-1], "end")):
            same = [one for one in self.ours if one.text == word.text]
            if len(same) == 1 and sum(one.text == word.text for one in self.theirs) == 1:
                return same[0].start if side == "start" else same[0].end
        return None

    def _in_proportion(self, code: Marker) -> int:
        """After the word that is as far into the text as the code is into the source."""
        passed = sum(word.end <= code.start for word in self.theirs) / len(self.theirs)
        return self.ours[max(0, round(passed * len(self.ours)) - 1)].end

    def _from_partner(self, code: Marker) -> int:
        """As many words from the other half of its pair as in the source."""
        opens = code.form == "open"
        other = code.text.replace("⟦", "⟦/") if opens else code.text.replace("⟦/", "⟦")
        there, here = self.source.find(other), self.text.find(other)
        low, high = sorted((code.start, there))
        count = sum(low <= word.start and word.end <= high for word in self.theirs)
        if opens:
            before = [word for word in self.ours if word.end <= here]
            return before[-count:][0].start if before and count else max(here, 0)
        after = [word for word in self.ours if word.start >= here]
        return (
            after[:count][-1].end if after and count else (here + len(other) if here >= 0 else len(self.text))
        )


def _bits(source: str, text: str) -> list[_Span]:
    """What is left of codes that were typed into, and is not in the source too."""
    known = {bit[0] for bit in _BITS.finditer(source)}
    found = _BITS.finditer(text)
    return [bit.span() for bit in found if not CODE.fullmatch(bit[0]) and bit[0] not in known]


def _words(text: str) -> list[Word]:
    """The words of a text, the codes' numbers not among them."""
    return words(CODE.sub(lambda code: " " * len(code[0]), text))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that reaches to the ends of the words it touches, or to the nearest word, to have something to show."""
    every = _words(text)
    if not every:
        return 0, len(text)
    touched = [word for word in every if word.start <= end and start <= word.end]
    if not touched:
        touched = [min(every, key=lambda word: min(abs(word.start - end), abs(word.end - start)))]
    return min([start, *(w.start for w in touched)]), max([end, *(w.end for w in touched)])
