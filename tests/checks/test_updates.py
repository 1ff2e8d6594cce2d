"""Evidence that knows of one changed segment gives the flags that gathering anew would give."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks import families_of
from review.checks.run import Checker
from review.model import Context, Document, Level, NameList, Segment
from tests.conftest import DEMO

# What one segment may say of another: quotation marks, spacing, names and their forms, terms, people, figures.
_TEXTS = (
    "",
    "“No,” said Borrell .",
    '"No," Lavrovin said , and left .',
    "“It goes on",
    "Muskin and Musk met Navalnyi; Navalny's wife Yulia was there.",
    "Vladimir Putinin ja Vladimir Putin. Sergei Lavrov.",
    "The MEPs voted. Two Euro representatives left.",
    "Angela Merkel said that he would go. Emmanuel Macron said she would.",
    "1,5 million and 2.5 million , and 3 %.",
    "Merkel said &quot;yes&quot; ; the bank 's plan , the bank 's end .",
    "Zelenskyi, Zelensky and Zelenskyy. Tommi and Tommy.",
    "don't don’t It''s naÃ¯ve",
)
_SOURCES = (
    None,
    "Lavrovin mukaan Navalnyi lähti.",
    "Muskin yhtiö",
    "Putinin ja Macronin tapaaminen, 1,5 miljoonaa.",
)


@cache
def _demo() -> list[str]:
    return (DEMO / "sys.north.en").read_text(encoding="utf-8").split("\n")[:-1]


_text = st.one_of(
    st.sampled_from(_TEXTS), st.sampled_from(range(24)).map(lambda n: _demo()[n % len(_demo())])
)
_segments = st.lists(st.tuples(_text, st.sampled_from(_SOURCES)), min_size=1, max_size=14)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(_segments, st.lists(st.tuples(st.integers(0, 13), _text), min_size=1, max_size=5), st.booleans())
def test_updated_evidence_is_as_good_as_new(
    rows: list[tuple[str, str | None]], changes: list[tuple[int, str]], bounded: bool
) -> None:
    context = Context("fi", "en", NameList(right={"Muskin": "Musk"}, accepted=frozenset({"Tommi"})))
    families = families_of(Level.INSTANT)
    now = [Segment(n, words, source) for n, (words, source) in enumerate(rows, start=7)]
    updated = Checker(context, families=families).read(Document(list(now), bounded))
    for place, words in changes:
        at = place % len(now)
        before, now[at] = now[at], Segment(now[at].number, words, now[at].source)
        updated.replace(before, now[at])
    anew = Checker(context, families=families).read(Document(now, bounded))
    assert [updated.flags(segment) for segment in now] == [anew.flags(segment) for segment in now]
    assert not updated.failures
