"""The evidence for each way to read a word: as the name it is, or as a form of another name.

Features are named in words, since the weights file is read by people. Values lie between 0 and 4.
"""

from collections.abc import Iterator

from review.checks.names.evidence import NameEvidence, SourceHere
from review.checks.names.frequency import english
from review.checks.names.mentions import Mention
from review.checks.names.morphology.analysis import Analysis
from review.checks.names.morphology.languages import Language, language_of
from review.checks.names.romanisation import shows_slavic

_KNOWN = 4.0  # above this Zipf frequency a word is common, and more of it is no more evidence
_VOWELS = frozenset("aeiouyåäöõü")

Features = Iterator[tuple[str, float]]


def of_word(word: str, reading: Analysis | None, code: str) -> Features:
    """What lies in the word itself. `reading` is None for the word as it is."""
    language = language_of(code)
    lower = word.lower()
    base = (reading.base if reading else word).lower()
    role = "base" if reading else "word"
    if reading is None:
        yield "word", 1.0
        if lower.endswith("én"):  # Lindén: Swedish names of Finland
            yield "word in -én", 1.0
        if lower.endswith("nen"):
            yield "word in -nen", 1.0
        if lower.endswith("an"):  # Papuan, Crimean: an English adjective
            yield "word in -an, English", min(english(lower), _KNOWN)
    else:
        yield f"ending {reading.kind}", 1.0
        if reading.stem != "plain":
            yield f"stem {reading.stem}", 1.0
        if base[-1] not in _VOWELS and reading.stem == "plain" and not reading.kind.startswith("linked"):
            yield "base ends in a consonant", 1.0
        if base.upper() == reading.base and word[-1].islower() and len(base) > 1:
            yield "small ending on capitals", 1.0
        if len(base) < 4:
            yield "base of two or three letters", 1.0
        if base.endswith("a") and reading.ending == "n":  # an adjective? Canberran, Papuan
            yield "English -an", min(english(base), _KNOWN)
            yield (
                "-an on a base English rather than Finnish",
                max(0.0, english(base) - language.frequency(base)),
            )
    if shows_slavic(base):
        yield f"{role} spelled like a Slavic name", 1.0
    in_english = english(base)
    yield f"{role} English", min(in_english, _KNOWN)
    yield f"{role} very English", max(0.0, in_english - _KNOWN)
    yield f"{role} unknown in English", float(not in_english)
    if language.code == "fi":
        yield from _finnish(base, role, language)


def _finnish(base: str, role: str, language: Language) -> Features:
    in_finnish = language.frequency(base)
    yield f"{role} Finnish", min(in_finnish, _KNOWN)
    yield f"{role} unknown in Finnish", float(not in_finnish)
    forms = sorted(map(language.frequency, language.paradigm(base)))
    yield f"{role} has case forms", (forms[-1] + forms[-2]) / 2


def around_word(mention: Mention, segment: int, evidence: NameEvidence, here: SourceHere | None) -> Features:
    """What speaks for the word as it is, from around it."""
    word = mention.text.lower()
    yield "word again in the text", evidence.target.near(word, segment, own=False)
    yield "forms of the word in the text", evidence.target.sisters(word, segment, word)
    if here is not None and evidence.source is not None:
        yield "word in this source", float(word in here.forms)
        yield "form of the word in this source", float(here.inflects(word, word))
        yield "word in the source elsewhere", evidence.source.near(word, segment, own=False)
        yield "forms of the word in the source", evidence.source.sisters(word, segment, word)
        yield "source goes on with a name", float(here.before_name(word))
        yield "source has a name before", float(here.after_name(word))
    if mention.possessive:
        yield "word with ’s", 1.0
    if mention.after[:1].isupper():
        yield "word before a name", 1.0
    if mention.before[:1].isupper():
        yield "word after a name", 1.0
    if not mention.before:
        yield "word first", 1.0


def around_reading(
    mention: Mention, reading: Analysis, segment: int, evidence: NameEvidence, here: SourceHere | None
) -> Features:
    """What speaks for a reading, from around the word."""
    word, base = mention.text.lower(), reading.base.lower()
    yield "base in the text", evidence.target.near(base, segment)
    yield "forms of the base in the text", evidence.target.sisters(base, segment, word)
    if here is None or evidence.source is None:
        return
    if word in here.forms:
        yield f"source has the word with {reading.kind}", 1.0
    yield "base in this source", float(base in here.forms)
    yield "base in the source", evidence.source.near(base, segment)
    yield "forms of the base in the source", evidence.source.sisters(base, segment, word)
    yield (
        "genitive before a postposition",
        float(reading.case == "genitive" and here.before_postposition(word)),
    )
