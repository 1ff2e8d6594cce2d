"""Tables in: columns by header or as told, what is refused and where, and our own sheets read back."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.errors import BadInput, WrongEncoding
from review.formats.columns import known_columns
from review.formats.guard import Limits
from review.formats.shape import Parsed
from review.formats.xlsx_out import write_sheet
from review.work.intake import Given
from review.work.reading import read_file

LIBREOFFICE = Path(__file__).parent / "samples" / "libreoffice.xlsx"


def read(data: bytes | str, columns: str = "", name: str = "set.csv", encoding: str | None = None) -> Parsed:
    data = data.encode() if isinstance(data, str) else data
    return read_file(Given(name, io.BytesIO(data)), Limits(), encoding, columns).parsed


def sheet(*rows: list[str]) -> bytes:
    out = io.BytesIO()
    write_sheet(rows, out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Source\tTarget", "source hypothesis"),
        ("lähdeteksti\tkonekäännös\tvertailukäännös", "source hypothesis reference"),
        ("Segment ID\tSource text\tTranslation\tComments", "id source hypothesis notes"),
        ("seg_id\tdoc_id\tsrc\tmt\tpe", "id document source hypothesis reference"),
        (
            "source\tmt deepl\tmt opus\treference 1\treference 2",
            "source hypothesis hypothesis reference reference",
        ),
        ("Tunniste\tLähde\tKäännös\tHuomautus", "id source hypothesis notes"),
        (
            "segment\tdocument\tsystem\tstatus\tsource\thypothesis\tcorrection",
            "id document system  source hypothesis ",
        ),
    ],
)
def test_headers_say_what_columns_are(header: str, roles: str) -> None:
    found = known_columns(header.split("\t"))
    assert found
    assert [column.role for column in found] == roles.split(" ")


@pytest.mark.parametrize(
    "text",
    [
        'id,source,mt,notes\n1,yksi,one,first\n2,kaksi,"two, 2",\n',
        "id;source;mt;notes\r\n1;yksi;one;first\r\n2;kaksi;two, 2;\r\n",
        "id\tsource\tmt\tnotes\n1\tyksi\tone\tfirst\n\n2\tkaksi\ttwo, 2\t\n",
        "\ufeffid|source|mt|notes\n1|yksi|one|first\n2|kaksi|two, 2|",
    ],
)
def test_the_delimiter_is_found(text: str) -> None:
    one, two = read(text).segments
    assert (one.source, one.hypotheses, one.notes) == ("yksi", ("one",), ("first",))
    assert (two.source, two.hypotheses, two.notes) == ("kaksi", ("two, 2",), ())


def test_systems_are_named_by_their_columns() -> None:
    assert read("source\tmt opus\tmt (deepl)\na\tb\tc\n").systems == ("opus", "deepl")
    assert read("source\ttarget\na\tb\n", name="x/sys.north.tsv").systems == ("north",)
    assert read("system\ttarget\nA-1\tb\nA-1\tc\n").systems == ("A-1",)


@pytest.mark.parametrize(
    ("text", "columns", "segments"),
    [
        ("Suomi\tEngl.\nyksi\tone\n", "source=Suomi,hypothesis=Engl.", [("yksi", "one")]),
        ("yksi\tone\nkaksi\ttwo\n", "source=1,hypothesis=2", [("yksi", "one"), ("kaksi", "two")]),
        ("yksi,one\nkaksi,two\n", "hypothesis=2,source=1", [("yksi", "one"), ("kaksi", "two")]),
        ("source\ttarget\nyksi\tone\n", "source=2,hypothesis=1", [("one", "yksi")]),
    ],
)
def test_columns_can_be_told(text: str, columns: str, segments: list[tuple[str, str]]) -> None:
    assert [(s.source, s.hypotheses[0]) for s in read(text, columns).segments] == segments


@pytest.mark.parametrize(
    ("text", "columns", "sentence"),
    [
        (
            "yksi\tone\nkaksi\ttwo\n",
            "",
            r"line 1: no header says .*\(yksi, one\); say so with --columns source=1,hyp",
        ),
        ("a\tb\n", "source=1", "No column is said to be the machine translation"),
        ("a\tb\n", "hypothesis=3", "There is no column “3”; the first row has 2 cells: a, b"),
        ("a\tb\n", "target 2", "--columns takes source=1,hypothesis=2 and the like, not 'target 2'"),
        ("a\tb\tc\n", "source=1,source=2,hypothesis=3", "Two columns are said to be the source"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(text: str, columns: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(text, columns)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            f"source,mt\na,b\nc,{'x' * 131_073}\n", "line 3: a cell holds more than 131,072", id="cell"
        ),
        pytest.param(
            f"source\tmt\na\t{'x' * 102_401}\n", "line 2: the segment is longer than 100 kB", id="segment"
        ),
        pytest.param("source,mt\na,b\nc\n", "line 3: it has 1 cell, the first row has 2", id="ragged"),
        pytest.param("source,mt\na,b\nc,d,e\n", "line 3: it has 3 cells, the first row has 2", id="wide"),
        pytest.param(
            'source,mt\na,b\nc,"d\ne,f\n', "line 3: a quote is opened here and never closed", id="quote"
        ),
        pytest.param('source,mt\n"a\n\nb",c\nd\n', "line 5: it has 1 cell", id="lines are those of the file"),
        pytest.param("id,mt\n7,b\n8,c\n7,d\n", "line 4: the id '7' stands in line 2", id="id"),
        pytest.param("source\tmt\na\tb\nc\td\0\n", "line 3: a NUL character", id="nul"),
        pytest.param("system,mt\nA,b\nB,c\n", "line 3: the system is 'B', before it 'A'", id="systems"),
        pytest.param("source,mt\n", "nothing to import", id="no row"),
    ],
)
@pytest.mark.fault(9)
def test_row_9_a_table_that_is_not_right_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(text)


@pytest.mark.fault(9)
def test_a_sheet_is_refused_with_its_row() -> None:
    with pytest.raises(BadInput, match=r"set\.csv, row 3: the id 'a' stands in row 2"):
        read(sheet(["id", "mt"], ["a", "b"], ["a", "c"]))
    with pytest.raises(BadInput, match="row 3: it has 3 cells, the first row has 2"):
        read(sheet(["id", "mt"], ["a", "b"], ["b", "c", "d"]))


@pytest.mark.fault(6)
def test_row_6_only_a_newline_ends_a_row() -> None:
    [segment] = read("source\tmt\na\u2028b\tc\u0085d\re\r\n").segments
    assert (segment.source, segment.hypotheses) == ("a\u2028b", ("c\u0085d\re",))


@pytest.mark.fault(8)
def test_row_8_other_encodings_are_refused_unless_named() -> None:
    text = "lähde;käännös\nyö;night\n"
    for encoding in ("utf-8-sig", "utf-16"):
        assert [s.source for s in read(text.encode(encoding)).segments] == ["yö"]
    with pytest.raises(WrongEncoding, match=r"set\.csv, line 1: these bytes are not utf-8"):
        read(
            "source;target\nyö;night\n".encode("windows-1252").replace(b"source", b"s\xe4urce"),
            "source=1,hypothesis=2",
        )
    with pytest.raises(WrongEncoding):
        read("source;target\nyö;night\n".encode("windows-1252"))
    assert [s.source for s in read(text.encode("windows-1252"), encoding="windows-1252").segments] == ["yö"]


def test_tsv_without_quoting_keeps_its_quotes() -> None:
    [one, two] = read('source\tmt\n"Hei", hän sanoi.\t"Hi," she said.\nx\t"\n').segments
    assert (one.source, one.hypotheses) == ('"Hei", hän sanoi.', ('"Hi," she said.',))
    assert two.hypotheses == ('"',)


@pytest.mark.parametrize(
    "text",
    [
        "He came, he saw, he won.\n\nThe source, as they say, is unknown.",
        "Translation, please: one line.",
        "One; two\n\nThree",
        "The target | was missed",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert read_file(Given("a.txt", io.BytesIO(text.encode())), Limits()).format_id == "article"


def test_a_sheet_that_libreoffice_saved_is_read() -> None:
    parsed = read(LIBREOFFICE.read_bytes(), name="x.xlsx")
    assert parsed.systems == ("x",)
    assert [(s.source, s.hypotheses[0], s.notes) for s in parsed.segments] == [
        ("Satama suljettiin.", "The harbour was closed.", ("otsikko",)),
        ("Rivi yksi\nrivi kaksi", "3", ()),  # a formula: its value
        ("Kolme laivaa: 3", "3", ()),
        ("  alussa välejä", "“Quotes” & <tags>", ("0.5",)),
    ]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NASTY = st.one_of(
    TEXT,
    st.sampled_from(
        [
            "=1+1",
            "_x0041_",
            "_x005F_",
            "\x01",
            "\r",
            "a\r\nb",
            " x ",
            '"',
            "\ufffe",
            "'",
            "\t",
            "#N/A",
            "007",
            "1E5",
        ]
    ),
)


@settings(deadline=None)
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=5))
def test_a_sheet_holds_every_character(rows: list[tuple[str, str, str]]) -> None:
    if not any(mt.strip() for _, mt, _ in rows):
        return
    data = sheet(["id", "source", "mt", "ref"], *([str(n), *row] for n, row in enumerate(rows)))
    found = [(s.source or "", s.hypotheses[0], (s.references or ("",))[0]) for s in read(data).segments]
    assert found == rows
