"""PO: its messages as segments; a corrected file has only its own strings, flags and comments changed."""

import io
from dataclasses import replace
from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from review.errors import BadInput
from review.formats.po import Po
from review.model import Status
from tests.formats.reading import corrected, read, unreviewed, write

PO = Po()
SAMPLE = """# Harbour of Kotka
msgid ""
msgstr ""
"Project-Id-Version: harbour\\n"
"Language: en_GB\\n"
"X-Source-Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# From the old quay.
#. A button.
#: quay.c:12
#, fuzzy, c-format
#| msgid "Avaa"
msgctxt "menu"
msgid   "Avaa %s"
msgstr "Open %s"



msgid ""
"pitkä\\tteksti\\n"
"\\"toinen\\""
msgstr ""
"long "
"text\\n"
"\\"second\\""

msgid "yksi alus"
msgid_plural "%d alusta"
msgstr[0] "one ship"
msgstr[1] "%d ships"

#, fuzzy
#~ msgid "poissa"
#~ msgstr "gone"

msgid "viimeinen"
msgstr ""
"""
DATA = SAMPLE.encode()


def test_messages_are_segments_and_plurals_one_for_each_form() -> None:
    parsed = read(PO, DATA, "po/harbour.po")
    assert (parsed.systems, parsed.source_lang, parsed.target_lang) == (("harbour",), "fi", "en")
    assert [(s.source, s.hypotheses[0]) for s in parsed.segments] == [
        ("Avaa %s", "Open %s"),
        ('pitkä\tteksti\n"toinen"', 'long text\n"second"'),
        ("yksi alus", "one ship"),
        ("%d alusta", "%d ships"),
        ("viimeinen", ""),
    ]
    assert parsed.segments[0].notes == (
        "context: menu",
        "fuzzy",
        "A button.",
        "From the old quay.",
        'before: msgid "Avaa"',
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_nobody_reviewed_comes_back_byte_for_byte(encoding: str, end: str) -> None:
    charset = encoding.removesuffix("-sig")
    data = SAMPLE.replace("\n", end).replace("UTF-8", charset).encode(encoding)
    assert write(PO, data, unreviewed(read(PO, data))) == data


def differences(before: bytes, after: bytes) -> list[str]:
    lines = unified_diff(before.decode().splitlines(), after.decode().splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_a_correction_changes_its_own_lines_only() -> None:
    segments = corrected(read(PO, DATA), {0: "Open %s", 1: 'a\t"b"\nc', 3: "%d vessels", 4: "last"})
    segments[0] = replace(segments[0], comments=("Anna: see\nthe quay",))
    after = write(PO, DATA, segments)
    assert differences(DATA, after) == [
        "+# Anna: see",
        "+# the quay",
        "-#, fuzzy, c-format",
        "+#, c-format",
        '-"long "',
        '-"text\\n"',
        '-"\\"second\\""',
        '+"a\\t\\"b\\"\\n"',
        '+"c"',
        '-msgstr[1] "%d ships"',
        '+msgstr[1] "%d vessels"',
        '-msgstr ""',
        '+msgstr "last"',
    ]
    judged = pofile.parsestring(after)
    assert [str(unit.target) for unit in judged.units if unit.istranslatable()][:2] == [
        "Open %s",
        'a\t"b"\nc',
    ]


def test_fuzzy_goes_with_the_last_form_reviewed() -> None:
    data = b'#, fuzzy\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"'
    parsed = read(PO, data)
    assert b"fuzzy" in write(PO, data, corrected(parsed, {0: "e"}))
    assert (
        write(PO, data, corrected(parsed, {0: "e", 1: "f"}))
        == b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "e"\nmsgstr[1] "f"'
    )


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
) | st.sampled_from(
    [
        "\n",
        "a\n",
        "\nb",
        "\\n",
        '"',
        '\\"',
        "\r\n",
        "\u2028",
        "\u0085",
        "\x0b\x0c",
        "é",
        "e\u0301",
        "%s",
        "⟦1⟧",
        "#~ a",
    ]
)


@given(st.lists(TEXT, min_size=5, max_size=5))
def test_what_is_written_is_read_again(texts: list[str]) -> None:
    segments = unreviewed(read(PO, DATA))
    changed = [replace(s, text=text, status=Status.EDITED) for s, text in zip(segments, texts, strict=True)]
    assert [s.hypotheses[0] for s in read(PO, write(PO, DATA, changed)).segments] == texts


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), min_size=1, max_size=5, unique_by=lambda row: row[0]))
def test_files_of_another_program_are_read_as_it_reads_them(rows: list[tuple[str, str]]) -> None:
    made = pofile()
    rows = [tuple("".join(c for c in text if c.isprintable() or c in "\n\t") for text in row) for row in rows]
    rows = list({source: target for source, target in rows if source}.items())
    for source, target in rows:
        made.addsourceunit(source).target = target
    out = io.BytesIO()
    made.serialize(out)
    assert [(s.source, s.hypotheses[0]) for s in read(PO, out.getvalue()).segments] == rows


REFUSED = [
    (b'msgid "a"\n', "line 1: the file ends before"),
    (b'msgid "a\nmsgstr "b"\n', "line 1: its quotation marks"),
    (b'msgid "a"\nmsgid "b"\nmsgstr "c"\n', "line 2: a second msgid"),
    (b'msgstr "c"\nmsgid "b"\n', "line 1: msgstr is out of its order"),
    (b'msgid "a"\nmsgstr "b"\nhello\n', "line 3: “hello” is no line"),
    (b'msgid "a"\nmsgstr "\xff"\n', "line 2: these bytes are not utf-8. Name its encoding"),
    (b'msgid ""\nmsgstr "charset=klingon"\n', "“klingon” is no encoding"),
    (b'msgid "a"\nmsgstr "b\0"\n', "line 2: a NUL"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_cannot_be_read_is_refused_naming_the_line(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read(PO, data)


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    data = SAMPLE.replace("UTF-8", "windows-1252").encode("windows-1252")
    with pytest.raises(BadInput, match="windows-1252, which has no “☃”"):
        write(PO, data, corrected(read(PO, data), {0: "☃"}))


@pytest.mark.parametrize(
    ("start", "known"),
    [
        (DATA, True),
        (b'\n  # x\nmsgctxt "a"\nmsgid "b"\nmsgstr ""', True),
        (b'msgid "a" is how a message of gettext begins.\n', False),
        (b"# Heading\n\nText", False),
        (b"", False),
    ],
)
def test_po_is_recognised_by_its_first_message(start: bytes, known: bool) -> None:
    assert PO.recognises(start) is known
