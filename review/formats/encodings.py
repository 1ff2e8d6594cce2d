"""Guesses what the bytes of a file are encoded in, for a person to look at and change."""

import codecs
import re
from typing import BinaryIO

from review.formats.guard import LIKELY_ENCODINGS, begins

_SAMPLE = 1 << 16  # bytes that a guess looks at
_ENOUGH = 200  # bytes beyond ASCII from which statistics say more than the order of the likely ones
# What words look like that are read in a wrong encoding: no character at all, two scripts in a word, capitals and
# marks inside of one, accents on letter after letter.
_ODD = re.compile(
    "[\ufffd\u0080-\u009f]|[a-zÀ-ɏ][Ѐ-ӿ]|[Ѐ-ӿ][a-zÀ-ɏ]|[a-zß-ÿ][À-ÖØ-ÞŠŽŸŒ]|[À-ÿ]{3}"
    "|[a-z](?:[¡-¿×÷‚-›€™˜ˆ√-∫≈-≥⌂─-◿π])[a-z]|[¢-§¨¬±¶¸×÷─-◿‡†][a-z]"
)


def likely_encodings(stream: BinaryIO) -> list[str]:
    """What a file may be encoded in, the likeliest first: what its BOM says, UTF-8, or as its letters look."""
    _, marked = begins(stream)
    if marked:
        return [marked]
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return [*_by_letters(sample), "utf-8"]
    return ["utf-8", *LIKELY_ENCODINGS]


def _by_letters(sample: bytes) -> list[str]:
    """The likely encodings, first those in which the fewest words look odd."""
    odd = {one: len(_ODD.findall(sample.decode(one, "replace"))) for one in LIKELY_ENCODINGS}
    least = [one for one in LIKELY_ENCODINGS if odd[one] == min(odd.values())]
    if len(least) > 1 and sum(byte > 127 for byte in sample) >= _ENOUGH:
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=least).best()
        least.sort(key=lambda one: best is None or codecs.lookup(one) != codecs.lookup(best.encoding))
    return [*least, *sorted((one for one in LIKELY_ENCODINGS if one not in least), key=lambda one: odd[one])]
