"""The TSV of marked errors: what is written is read again, whatever stands in the texts."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput
from review.formats.mqm_tsv import (
    MarkedText,
    MarkRow,
    ScoreRow,
    plain,
    read_cells,
    readings,
    write_marks,
    write_scores,
)

NASTY = [
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\\",
    "\\t",
    '"',
    '""',
    "<v>",
    "</v>",
    "<",
    "v>",
    "\\<v>",
    "\u2028",
    "é",
    "😀",
]
TEXT = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3),
    ),
    max_size=12,
).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> MarkedText:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return MarkedText(text, (start, end) if draw(st.booleans()) and start < end else None)


ROWS = st.builds(
    MarkRow,
    TEXT,
    TEXT,
    st.integers(1, 99),
    st.integers(1, 99),
    TEXT,
    marked(),
    marked(),
    st.sampled_from(["Accuracy/Mistranslation", "a\tb", "No-error"]),
    st.sampled_from(["minor", "neutral", "critical"]),
    TEXT,
)


def cells_of(rows: list[MarkRow]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_marks(rows, out)
    return [cells for _, cells in read_cells(out.getvalue(), "marks.tsv")]


@given(st.lists(ROWS, max_size=4))
def test_what_is_written_is_read_again(rows: list[MarkRow]) -> None:
    again = [
        MarkRow(
            plain(cells["system"]),
            plain(cells["doc"]),
            int(cells["doc_id"]),
            int(cells["seg_id"]),
            plain(cells["rater"]),
            readings(cells["source"])[0],
            readings(cells["target"])[0],
            plain(cells["category"]),
            cells["severity"].lower(),
            plain(cells["comment"]),
        )
        for cells in cells_of(rows)
    ]
    assert again == rows


def test_the_columns_are_those_of_the_public_data() -> None:
    row = MarkRow(
        "north",
        "talk.1",
        2,
        7,
        "Anna",
        MarkedText("Lähde."),
        MarkedText("The word.", (4, 8)),
        "Style",
        "major",
    )
    out = io.BytesIO()
    write_marks([row, MarkRow("north", "talk.1", 3, 8, "Anna", MarkedText("A"), MarkedText("B"))], out)
    assert out.getvalue().decode() == (
        "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\tcomment\n"
        "north\ttalk.1\t2\t7\tAnna\tLähde.\tThe <v>word</v>.\tStyle\tMajor\t\n"
        "north\ttalk.1\t3\t8\tAnna\tA\tB\tNo-error\tNo-error\t\n"
    )
    scores = io.BytesIO()
    write_scores([ScoreRow("north", "talk.1", 2, 7, "Anna", "L", "T\tT", 66.5)], scores)
    assert scores.getvalue().decode().splitlines()[1] == "north\ttalk.1\t2\t7\tAnna\tL\tT\\tT\t66.5"


@pytest.mark.parametrize(
    ("cell", "text", "span"),
    [
        ("plain", "plain", None),
        ("a <v>b</v> c", "a b c", (2, 3)),
        (r"C:\temp\new <v>x</v>", r"C:\temp\new x", (12, 13)),
        ('"He said ""<v>no</v>""."', 'He said "no".', (9, 11)),
        ("<v>a</v> b <v>c</v>", "a b c", (0, 5)),
        ("</v>a<v>", "a", None),
        ("a<v>", "a", None),
    ],
)
def test_cells_of_other_tools_are_among_the_readings(
    cell: str, text: str, span: tuple[int, int] | None
) -> None:
    assert MarkedText(text, span) in readings(cell)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"system\tdoc\n", "line 1: a header with"),
        (b"", "line 1: a header with"),
        (b"system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\nx\n", "line 2: 1 cells under a header of 7"),
        (b"\x00", "NUL"),
        (b"\xff", "not utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        list(read_cells(data, "marks.tsv"))


def test_line_ends_of_windows_and_blank_lines_do_not_matter() -> None:
    data = b"system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\r\na\tb\t1\t1\tr\ts\tt\r\n\r\n"
    assert [cells["target"] for _, cells in read_cells(data, "x")] == ["t"]
