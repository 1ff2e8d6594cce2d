"""Name lists as CSV and as TBX (ISO 30042, Basic, DCT style), in and out.

CSV has the columns variant, right; an empty right means that the variant is right as it is. In TBX a
concept is a name: its preferred term the right form, its superseded terms the variants.
"""

from collections import defaultdict
from collections.abc import Iterable

from review.errors import BadInput
from review.formats.guard import check_characters
from review.formats.lists import (
    TbxTerm,
    looks_like_xml,
    read_concepts,
    read_rows,
    write_concepts,
    write_rows,
)

Pair = tuple[str, str | None]  # variant, its right form or None: right as it is

_COLUMNS = ("variant", "right")
_SUPERSEDED = "supersededTerm-admn-sts"


def write_csv(pairs: Iterable[Pair]) -> bytes:
    """A header and a row a variant."""
    return write_rows(_COLUMNS, [(variant, right or "") for variant, right in pairs])


def read_csv(data: bytes, name: str) -> list[Pair]:
    """Rows under a header with "variant" and "right"; BadInput names the line."""
    pairs: list[Pair] = []
    for line, (variant, right) in read_rows(data, name, _COLUMNS):
        if not variant:
            raise BadInput(f"{name}, line {line}: the variant is empty.")
        pairs.append((variant, right or None))
    return pairs


def write_tbx(pairs: Iterable[Pair], language: str) -> bytes:
    """A TBX-Basic document with one concept a name."""
    names: dict[str, list[str]] = defaultdict(list)
    for variant, right in pairs:
        names[right or variant].extend([variant] if right else [])
    concepts = [
        [(language, [TbxTerm(right), *(TbxTerm(variant, _SUPERSEDED) for variant in variants)])]
        for right, variants in sorted(names.items())
    ]
    return write_concepts("Names decided by reviewers in Tarkka", concepts, "n")


def read_tbx(data: bytes, name: str) -> list[Pair]:
    """Each concept's superseded terms with its preferred one; a concept without variants is right as it is."""
    pairs: list[Pair] = []
    for sections in read_concepts(data, name):
        for _, terms in sections:
            preferred = next((t.term for t in terms if t.status.startswith("preferred")), terms[0].term)
            variants = [t.term for t in terms if t.term != preferred]
            pairs.extend((variant, preferred) for variant in variants)
            if not variants:
                pairs.append((preferred, None))
    if not pairs:
        raise BadInput(f"{name}: there is no term in this TBX file.")
    return pairs


def read_names(data: bytes, name: str) -> list[Pair]:
    """CSV or TBX, by content."""
    pairs = read_tbx(data, name) if looks_like_xml(data) else read_csv(data, name)
    for variant, right in pairs:
        check_characters(f"{variant}\n{right or ''}", name)
    return pairs
