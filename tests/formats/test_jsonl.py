"""JSONL in: what it takes, and what it refuses with the line."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput
from review.formats import JSONL
from review.formats.guard import Limits
from review.formats.shape import Parsed
from review.model import SegmentTexts

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def read(data: bytes) -> Parsed:
    return JSONL.read(io.BytesIO(data), "set.jsonl", Limits())


def dumped(*records: Any) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=5))
def test_reads_what_was_written(rows: list[tuple[str, str, str, str]]) -> None:
    out = io.BytesIO()
    records = [{"hypotheses": {"a": h, "b": o}, "source": s, "references": [r]} for h, o, s, r in rows]
    JSONL.write(records, out)
    parsed = read(out.getvalue())
    assert parsed.systems == ("a", "b")
    assert list(parsed.segments) == [SegmentTexts((h, o), s, (r,)) for h, o, s, r in rows]


def test_takes_one_hypothesis_and_several_references() -> None:
    parsed = read(dumped({"hypothesis": "a", "reference": ["x", "y"], "document": 3}))
    assert list(parsed.segments) == [SegmentTexts(("a",), None, ("x", "y"), "3")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (dumped({"hypothesis": "a"}) + b"{oops\n", "line 2: this is not JSON"),
        (dumped({"hypothesis": "a"}, ["b"]), "line 2: a JSON object belongs here"),
        (dumped({"source": "a"}), "line 1: a key “hypothesis”"),
        (
            dumped({"hypothesis": {"a": "x"}}, {"hypothesis": {"b": "x"}}),
            "line 2: the systems are b, on the first line a",
        ),
        (
            dumped({"id": 7, "hypothesis": "a"}, {"id": 7, "hypothesis": "b"}),
            "line 2: the id '7' stands on line 1",
        ),
        (b'{"hypothesis": "\\ud800"}\n', r"line 1: half of a surrogate pair \(U\+D800\)"),
        (b'{"hypothesis": "\\u0000"}\n', "line 1: a NUL character"),
        (b'{"hypotheses": {"a\\u0000": "x"}}\n', "line 1: a NUL character"),
        (b'{"hypotheses": {"a\\ud800": "x"}}\n', "line 1: half of a surrogate pair"),
        (b'{"hypothesis": "x", "document": "\\ud800"}\n', "line 1: half of a surrogate pair"),
        (dumped({"hypothesis": "a", "source": 5}), "line 1: source, references and notes must be texts"),
        (b'{"hypothesis": ' + b"[" * 100_000, "line 1: this is not JSON"),
    ],
)
def test_refuses_with_the_line(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(data)
