"""Patterns of parts of speech that English does not have, each with what should stand instead.

Quirk et al., A Comprehensive Grammar of the English Language: concord § 10.34–50, verb phrases § 3.21–56,
determiners § 5.10–25, comparison § 7.74–85, the passive § 3.63–78.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.model import Token

_PLURAL = {"they", "we", "these", "those", "you"}
_TO_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "go": "goes"}
_TO_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do", "goes": "go"}
_MORE = {"more", "most"}
_NUMBERED = {"many", "several", "few"}
# Verbs that a name or a gift follows without a preposition, and days, which need none in American papers.
_TAKE_A_NAME = frozenset(
    """
    named called elected appointed nominated crowned declared dubbed renamed christened titled labelled labeled
    born given awarded paid offered taught shown told sent granted handed promised denied
    """.split()
)
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_SUBJECTS = {"nsubj", "nsubjpass"}


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens [first, last] that cannot stand so, why, and the text that may (None: unknown)."""

    check: str
    first: int
    last: int
    why: str
    right: str | None = None


def agreement(tokens: Sequence[Token]) -> Iterator[Found]:
    """“they was”, “he have”: a pronoun and its verb differ in number."""
    for i, token in enumerate(tokens):
        if token.dep not in _SUBJECTS:
            continue
        subject, verb = token.text.lower(), _finite(tokens, i)
        if verb is None:
            continue
        said = tokens[verb].text.lower()
        change = _TO_SINGULAR if subject in {"he", "she", "it"} else _TO_PLURAL if subject in _PLURAL else {}
        if said in change and not _subjunctive(tokens, i, said):
            why = f"“{token.text}” and “{tokens[verb].text}” do not agree in number."
            yield Found("grammar-agreement", verb, verb, why, change[said])


def _finite(tokens: Sequence[Token], subject: int) -> int | None:
    """The verb or auxiliary that follows a subject pronoun at once, or after one adverb."""
    for verb in (subject + 1, subject + 2):
        if verb >= len(tokens):
            return None
        if tokens[verb].tag in ("VBZ", "VBP", "VBD") and tokens[subject].head in (verb, tokens[verb].head):
            return verb
        if tokens[verb].pos != "ADV":
            return None
    return None


def _subjunctive(tokens: Sequence[Token], subject: int, verb: str) -> bool:
    """“if it were”, “that he have”, and inverted or coordinated subjects, are right."""
    before = tokens[subject - 1].text.lower() if subject else ""
    return (
        before in {"if", "though", "as", "wish", "that", "and", "or", "than", "lest", "unless"}
        or (verb == "were" and before in {"", "“"})
        or any(
            t.dep == "aux" and t.head == tokens[subject].head for t in tokens[max(0, subject - 2) : subject]
        )
    )


def double_comparison(tokens: Sequence[Token]) -> Iterator[Found]:
    """“more better”."""
    for i, token in enumerate(tokens[:-1]):
        after = tokens[i + 1]
        if token.text.lower() in _MORE and after.tag in ("JJR", "JJS") and after.text.lower() not in _MORE:
            why = f"“{after.text}” is a comparison already."
            yield Found("grammar-comparison", i, i + 1, why, after.text)


def number(tokens: Sequence[Token]) -> Iterator[Found]:
    """“many problem”, “a results”: a determiner and its noun differ in number."""
    for i, token in enumerate(tokens[:-1]):
        after, said = tokens[i + 1], token.text.lower()
        ends = i + 2 >= len(tokens) or _closes(tokens[i + 2])
        if (token.dep != "det" and token.dep != "amod") or token.head != i + 1 or not ends:
            continue
        if said in {"a", "an"} and after.tag == "NNS" and after.text != "people":
            why = f"“{token.text}” stands before one thing, “{after.text}” are several."
            yield Found("grammar-number", i, i + 1, why, after.text)
        if said in _NUMBERED and after.tag == "NN" and not after.text.endswith("s"):
            why = f"“{token.text}” stands before several things, “{after.text}” is one."
            yield Found("grammar-number", i, i + 1, why, f"{token.text} {_plural(after.text)}")


def _closes(token: Token) -> bool:
    """Whether the noun before this token is the last of its phrase."""
    if token.pos == "PUNCT":
        return token.text in ".,;:!?"
    return token.pos not in ("NOUN", "PROPN", "ADJ", "PART", "NUM")


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def missing_agent(tokens: Sequence[Token]) -> Iterator[Found]:
    """“was published Politico”: a passive needs a preposition before who did it, or where."""
    for i, token in enumerate(tokens[:-1]):
        after = tokens[i + 1]
        passive = token.tag == "VBN" and any(
            t.dep == "auxpass" and t.head == i for t in tokens[max(0, i - 4) : i]
        )
        takes_name = token.text.lower() in _TAKE_A_NAME or after.text in _DAYS or after.dep == "npadvmod"
        if passive and after.pos == "PROPN" and not takes_name and _ends_phrase(tokens, i + 1):
            why = f"A preposition is missing between “{token.text}” and “{after.text}”."
            yield Found("grammar-passive", i, i + 1, why, f"{token.text} by {after.text}")


def _ends_phrase(tokens: Sequence[Token], i: int) -> bool:
    """Whether the run of names that begins at `i` ends the sentence or is followed by a preposition."""
    while i < len(tokens) and tokens[i].pos == "PROPN":
        i += 1
    return i >= len(tokens) or tokens[i].pos in ("PUNCT", "ADP", "CCONJ")


PATTERNS = (agreement, double_comparison, number, missing_agent)
