"""Case endings after a colon, as Finnish sets them on abbreviations: EU:n, HJK:lle."""

import re
from collections.abc import Iterator

from review.checks.names.findings import Finding
from review.model import Segment

_SUFFIXED = re.compile(r"(?<!\w)([^\W\d_]*[A-ZÅÄÖ][^\W_]*):([a-zåäö]{1,7})(?!\w)")
# Ison suomen kieliopin verkkoversio § 172: every case ending that may stand after a colon.
_ENDINGS = frozenset(
    """
    n in en an ssa ssä sta stä lla llä lta ltä lle ksi na nä a ä ta tä iin aan een hun hon seen iä ia
    issa issä ista istä illa illä ille ilta iltä t ien iden jen kin kaan han laisen läisen lainen läinen
    """.split()
)
_GENITIVES = ("n", "en", "in", "ien", "iden", "jen")


def suffixes_left(segment: Segment) -> Iterator[tuple[tuple[int, int], Finding]]:
    """Each abbreviation of the segment with an ending, and its span."""
    for match in _SUFFIXED.finditer(segment.text):
        base, ending = match.groups()
        if ending in _ENDINGS:
            case = "genitive" if ending in _GENITIVES else "other"
            why = f"“:{ending}” is a Finnish case ending on the abbreviation “{base}”."
            yield match.span(), Finding("name-suffix", (base,), why, 0.97, case)
