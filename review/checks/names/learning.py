"""What a correction teaches about names: a capitalised word replaced by another spelling of itself."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Indel

from review.checks.names.demonyms import is_demonym
from review.diff import word_diff

_NAME = re.compile(r"[^\W\d_a-zåäö]\w{2,}(?:-\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ALIKE = 0.6
_COMMON = 3.0  # Zipf frequency from which a lower-cased word is a word of English rather than a name


def learned(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Pairs (variant, right) of names that a correction replaced by another form.

    "Lavrovin" → "Lavrov" teaches; "Russian" → "Russia" and "The" → "This" are ordinary editing.
    """
    for gone, come in pairwise(word_diff(old, new)):
        if (gone.kind, come.kind) != ("delete", "insert"):
            continue
        variant, right = (_POSSESSIVE.sub("", change.text.strip()) for change in (gone, come))
        if variant.casefold() != right.casefold() and all(_NAME.fullmatch(w) for w in (variant, right)):
            alike = Indel.normalized_similarity(variant.casefold(), right.casefold()) >= _ALIKE
            if alike and not is_demonym(variant) and not _is_word(variant):
                yield variant, right


def _is_word(name: str) -> bool:
    from wordfreq import zipf_frequency  # heavy; the list that names are looked up in

    return bool(zipf_frequency(name.casefold(), "en", "large") >= _COMMON)
