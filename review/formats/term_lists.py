"""Term lists as CSV and as TBX (ISO 30042, Basic, DCT style), in and out.

CSV has the columns source, target, forbidden, note: forbidden is "yes" where the target must not be used,
and source may be empty, where a target is forbidden whatever it stands for. In TBX a concept is what one
source term means: its translations are preferred, or deprecated where they are forbidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.errors import BadInput
from review.formats.guard import check_characters
from review.formats.lists import (
    PREFERRED,
    TbxTerm,
    looks_like_xml,
    read_concepts,
    read_rows,
    write_concepts,
    write_rows,
)

_NEEDED = ("source", "target")
_OPTIONAL = ("forbidden", "note")
_YES = frozenset(("yes", "y", "1", "x", "true", "forbidden"))
_NO = frozenset(("", "no", "n", "0", "false"))
_DEPRECATED = "deprecatedTerm-admn-sts"
_FORBIDDEN_STATUS = ("deprecated", "superseded")


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """How a source term is translated, or (forbidden) is not."""

    source: str
    target: str
    forbidden: bool = False
    note: str = ""


def write_csv(terms: Iterable[ListedTerm]) -> bytes:
    """A header and a row a term."""
    rows = [(t.source, t.target, "yes" if t.forbidden else "", t.note) for t in terms]
    return write_rows((*_NEEDED, *_OPTIONAL), rows)


def read_csv(data: bytes, name: str) -> list[ListedTerm]:
    """Rows under a header with "source" and "target"; BadInput names the line."""
    terms: list[ListedTerm] = []
    for line, (source, target, forbidden, note) in read_rows(data, name, _NEEDED, _OPTIONAL):
        said = forbidden.casefold()
        if said not in _YES | _NO:
            raise BadInput(f"{name}, line {line}: “forbidden” is “yes” or empty, not {forbidden[:20]!r}.")
        term = ListedTerm(source, target, said in _YES, note)
        if trouble := trouble_with(term):
            raise BadInput(f"{name}, line {line}: {trouble}")
        terms.append(term)
    return terms


def trouble_with(term: ListedTerm) -> str:
    """What is wrong with a term, in one sentence; "" where nothing is."""
    if not term.target:
        return "the target is empty."
    if not term.source and not term.forbidden:
        return "a term without a source can only be forbidden."
    return ""


def write_tbx(terms: Iterable[ListedTerm], source_lang: str, target_lang: str) -> bytes:
    """A TBX-Basic document with one concept a source term."""
    by_source: dict[str, list[ListedTerm]] = defaultdict(list)
    for term in terms:
        by_source[term.source].append(term)
    concepts = []
    for source, several in by_source.items():
        for group in [several] if source else [[one] for one in several]:
            targets = [TbxTerm(t.target, _DEPRECATED if t.forbidden else PREFERRED, t.note) for t in group]
            own = [(source_lang, [TbxTerm(source)])] if source else []
            concepts.append([*own, (target_lang, targets)])
    return write_concepts("Terms decided by reviewers in Tarkka", concepts, "t")


def read_tbx(data: bytes, name: str, source_lang: str, target_lang: str) -> list[ListedTerm]:
    """Each concept's terms in the source language with those in the target language.

    Where its languages are others, the first counts as the source and the next as the target.
    """
    terms: list[ListedTerm] = []
    for sections in read_concepts(data, name):
        sources, targets = _sides(sections, source_lang, target_lang)
        for target in targets:
            forbidden = target.status.startswith(_FORBIDDEN_STATUS)
            told = sources or ([TbxTerm("")] if forbidden else [])
            terms.extend(ListedTerm(s.term, target.term, forbidden, target.note) for s in told)
    if not terms:
        raise BadInput(f"{name}: there is no term with a translation in this TBX file.")
    return terms


def _sides(
    sections: Sequence[tuple[str, Sequence[TbxTerm]]], source_lang: str, target_lang: str
) -> tuple[Sequence[TbxTerm], Sequence[TbxTerm]]:
    by_language = {language.partition("-")[0].lower(): terms for language, terms in reversed(sections)}
    source, target = by_language.get(source_lang), by_language.get(target_lang)
    if source_lang == target_lang or (source is None and target is None):
        first, second = sections[0][1], sections[1][1] if len(sections) > 1 else ()
        return (first, second) if second else ((), first)
    others = [terms for language, terms in by_language.items() if language not in (source_lang, target_lang)]
    if source is None:
        return others[-1] if others else (), target or ()
    return source, target if target is not None else (others[-1] if others else ())


def read_terms(data: bytes, name: str, source_lang: str, target_lang: str) -> list[ListedTerm]:
    """CSV or TBX, by content."""
    xml = looks_like_xml(data)
    terms = read_tbx(data, name, source_lang, target_lang) if xml else read_csv(data, name)
    for term in terms:
        check_characters(f"{term.source}\n{term.target}\n{term.note}", name)
    return terms
