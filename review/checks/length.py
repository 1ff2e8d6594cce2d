"""Texts far shorter or longer than their source lets expect: something is missing, or was added."""

from collections.abc import Iterator

from review.checks.family import Check, Family
from review.checks.lexicon.language import lexicon_of
from review.model import Context, Document, Flag, Segment, Severity
from review.text import words

_SHORTEST = 20  # characters of a source whose length says something
# Standard deviations from the usual length, and the share of such texts in which something is missing or added.
_SHORT = ((-4.5, 0.7), (-3.7, 0.35))
_LONG = ((6.0, 0.6), (4.5, 0.4))


class LengthOfText(Family[Context]):
    id = "length"
    title = "Length"
    checks = (
        Check(
            id="text-short",
            title="Much shorter than the source",
            category="accuracy/omission",
            severity=Severity.MAJOR,
            meaning="The text is so short for its source that a part of it is probably missing. The flag stands at "
            "the text’s end, where it may have been cut off; the gap may be elsewhere.",
            example="source: Hän saapui perjantaina Ouluun ja tapasi siellä kaupunginjohtajan. — She arrived.",
        ),
        Check(
            id="text-long",
            title="Much longer than the source",
            category="accuracy/addition",
            severity=Severity.MAJOR,
            meaning="The text is so long for its source that something was probably added.",
            example="source: Hän saapui perjantaina Ouluun. — a paragraph about Oulu",
        ),
    )

    def gather(self, document: Document, context: Context) -> Context:
        return context

    def flags(self, segment: Segment, evidence: Context) -> Iterator[Flag]:
        lexicon = lexicon_of(evidence.source_lang)
        source, text = (segment.source or "").strip(), segment.text.strip()
        found = words(segment.text)
        if lexicon is None or lexicon.length is None or len(source) < _SHORTEST or not found:
            return
        deviation = lexicon.length.deviation(len(source), len(text))
        lengths = f"{len(text)} characters for {len(source)} of the source"
        for least, share in _SHORT:
            if deviation <= least:
                span = (found[max(0, len(found) - 2)].start, found[-1].end)
                reason = f"The text has {lengths}: a part of it seems to be missing."
                yield self.flag("text-short", segment, span, reason, confidence=share)
                return
        for least, share in _LONG:
            if deviation >= least:
                span = (found[0].start, found[-1].end)
                reason = f"The text has {lengths}: something seems to have been added."
                yield self.flag("text-long", segment, span, reason, confidence=share)
                return
