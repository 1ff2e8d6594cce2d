"""Word documents: what is text in them, and that corrections leave everything else as it was."""

import io
import zipfile
from contextlib import suppress
from html import escape

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput
from review.formats.docx import Docx
from review.formats.docx.changes import write_tracked
from review.formats.shape import Reviewed
from tests.formats.reading import SAMPLES, corrected, read, unreviewed, write
from tests.formats.word import body, document, members, part

pytestmark = pytest.mark.slow

DOCX = Docx()
LIBRE = (SAMPLES / "libreoffice.docx").read_bytes()


def texts(data: bytes) -> list[str]:
    return [s.hypotheses[0] for s in read(DOCX, data, "a.docx").segments]


def with_text(data: bytes, *new: str) -> bytes:
    """The document with its first segments corrected so."""
    return write(DOCX, data, corrected(read(DOCX, data, "a.docx"), dict(enumerate(new))))


def r(text: str, properties: str = "") -> str:
    around = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{around}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


FIELD = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
EMOJI = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="w16se"><x:symEx xmlns:x="urn:x" x:char="1F600"/></mc:Choice>'
    "<mc:Fallback><w:t>😀</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)
LINK = '<w:hyperlink w:anchor="a">{}</w:hyperlink>'


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p(r("Bo", "<w:b/>"), r("ld")), "Bold"),
        (
            p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"),
            "a\tb\nc\nd",
        ),
        (p("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>", r("x")), "x"),
        (
            p("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>"),
            "a\u2011b\u00adc",
        ),
        (p('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>'), "ab"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0B7"/><w:t>x</w:t></w:r>'), "\uf0b7x"),
        (p('<w:r><w:sym w:char="D800"/><w:sym w:char="zz"/><w:t>x</w:t></w:r>'), "x"),
        (p("<w:r><w:t> a\n b </w:t></w:r>"), "a  b"),
        (p(r("a "), EMOJI, r(" b")), "a 😀 b"),
        (p(LINK.format(r("here"))), "here"),
        (p('<w:fldSimple w:instr="PAGE">', r("3"), "</w:fldSimple>"), "3"),
        (p(FIELD[0], "<w:r><w:instrText>PAGE</w:instrText></w:r>", FIELD[1], r("3"), FIELD[2], r("!")), "3!"),
        (p(FIELD[0], FIELD[0], FIELD[1], r("unseen"), FIELD[2], FIELD[1], r("seen"), FIELD[2]), "seen"),
        (
            p(r("a"), "<w:ins>", r("new"), "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"),
            "anew",
        ),
        (p("<w:moveFrom>", r("away"), "</w:moveFrom><w:moveTo>", r("here"), "</w:moveTo>"), "here"),
        (p("<w:sdt><w:sdtContent>", r("chosen"), "</w:sdtContent></w:sdt>"), "chosen"),
        ("<w:sdt><w:sdtContent>" + p(r("block")) + "</w:sdtContent></w:sdt>", "block"),
    ],
)
def test_the_text_of_a_paragraph_is_what_is_seen(paragraph: str, text: str) -> None:
    assert texts(document(paragraph)) == [text]


def test_a_document_of_libreoffice_is_read_in_order() -> None:
    parsed = read(DOCX, LIBRE, "harbour.docx")
    assert [(s.hypotheses[0], s.notes) for s in parsed.segments] == [
        ("The harbour opens in Mai", ("style: Heading 1",)),
        ("The new quay of Vuorisalmi is almost ready, and the work cost only four millions.", ()),
        ("More is told on the pages of the city, in Finnish.\nSecond line\tafter a tab.", ()),
        ("Berths", ()),
        ("42 berth", ()),
        ("Depth", ()),
        ("3,5 metres", ()),
        ("The last paragraph holds a box.", ()),
        ("Boxed words stands here.", ()),
        ("Said by the harbourmaster Lehtos.", ("footnote",)),
        ("Harbour news", ("header",)),
        ("Page 1", ("footer",)),
    ]
    assert parsed.systems == ("harbour",)


def test_rows_that_are_deleted_are_not_read() -> None:
    rows = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('gone'))}</w:tc></w:tr><w:tr><w:tc>{p(r('here'))}</w:tc></w:tr>"
    assert texts(document(f"<w:tbl>{rows}</w:tbl>")) == ["here"]


BOLD, ITALIC = "<w:b/>", "<w:i/>"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        # Unchanged words keep their run, new ones are formatted as what they replace, or as what is before.
        ([r("The "), r("new", BOLD), r(" kay")], "The new quay", [r("The "), r("new", BOLD), r(" quay")]),
        ([r("The "), r("new", BOLD), r(" quay")], "The old quay", [r("The "), r("old", BOLD), r(" quay")]),
        ([r("a "), r("b", BOLD), r(", c")], "a b too, c", [r("a "), r("b too", BOLD), r(", c")]),
        ([r("a "), r("b", BOLD)], "a", [r("a")]),
        ([r("a", BOLD), r(" b")], "x a b", [r("x ", BOLD), r("a", BOLD), r(" b")]),
        # What stands after a link does not get into it, and what stands before it neither.
        ([r("see "), LINK.format(r("here", ITALIC))], "see here now", [r("see "), LINK.format(r("here", ITALIC)), r(" now")]),
        ([LINK.format(r("here"))], "look here", [r("look "), LINK.format(r("here"))]),
        ([LINK.format(r("the page"))], "the good page", [LINK.format(r("the good page"))]),
        # A note stays behind its word, and so does what is new after it.
        (
            [r("word"), '<w:r><w:footnoteReference w:id="2"/></w:r>'],
            "word more",
            [r("word"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" more")],
        ),
        ([r("a"), '<w:bookmarkStart w:id="1" w:name="b"/>', r(" b")], "a c", [r("a"), '<w:bookmarkStart w:id="1" w:name="b"/>', r(" c")]),
        ([FIELD[0], FIELD[1], r("3"), FIELD[2], r(" of 7")], "3 out of 7", [FIELD[0], FIELD[1], r("3"), FIELD[2], r(" out of 7")]),
    ],
)  # fmt: skip
def test_only_changed_words_change(before: list[str], text: str, after: list[str]) -> None:
    made = body(with_text(document(p(*before)), text))
    assert plainly(made) == plainly(p(*after))


def plainly(xml: str) -> str:
    """XML without the hint that spaces count."""
    return xml.replace(' xml:space="preserve"', "")


def test_documents_of_the_strict_kind_are_read_and_written() -> None:
    data = document(p(r("One "), r("two", BOLD)), strict=True)
    assert texts(data) == ["One two"]
    assert body(with_text(data, "One three")) == p(r("One "), r("three", BOLD)).replace(
        '<w:t xml:space="preserve">three', "<w:t>three"
    )


def test_line_breaks_and_tabs_are_written_as_word_has_them() -> None:
    made = body(with_text(document(p(r("one"))), "one\n\ttwo"))
    assert made == p("<w:r><w:t>one</w:t><w:br/><w:tab/><w:t>two</w:t></w:r>").replace(
        "<w:t>one", '<w:t xml:space="preserve">one'
    )


def test_nothing_reviewed_gives_the_very_bytes() -> None:
    assert write(DOCX, LIBRE, unreviewed(read(DOCX, LIBRE, "a.docx"))) == LIBRE


def test_every_untouched_part_stays_as_it_was_and_in_its_place() -> None:
    made = with_text(LIBRE, "The harbour opens in May")
    before, after = members(LIBRE), members(made)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    assert texts(made)[0] == "The harbour opens in May"


def test_a_text_box_and_its_copy_for_older_programs_stay_alike() -> None:
    parsed = read(DOCX, LIBRE, "a.docx")
    made = write(DOCX, LIBRE, corrected(parsed, {8: "Boxed words stand here."}))
    assert part(made).count("Boxed words stand here.") == 2
    assert "stands here" not in part(made)


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\t", " ", "  ", "\r", "\u0085", "\u2028", "a", "word", "é", "e\u0301", "😀", "\u202e", "⟦1⟧", "&", "]]>"]),
        st.text(CHARACTERS, max_size=4),
    ),
    max_size=12,
).map("".join)  # fmt: skip
XML_TEXT = TEXT.map(lambda text: escape(text).replace("\r", "&#13;").replace("\n", "&#10;"))
RUN = st.builds(r, XML_TEXT, st.sampled_from(["", BOLD, ITALIC]))
INNER = st.one_of(
    RUN,
    RUN.map(LINK.format),
    RUN.map("<w:ins w:id='7' w:author='A'>{}</w:ins>".format),
    XML_TEXT.map("<w:del w:id='8' w:author='A'><w:r><w:delText>{}</w:delText></w:r></w:del>".format),
    RUN.map(lambda run: "".join([*FIELD[:2], run, FIELD[2]])),
    st.just('<w:r><w:footnoteReference w:id="2"/><w:tab/></w:r>'),
    st.just('<w:bookmarkStart w:id="9" w:name="n"/>'),
)
PARAGRAPHS = st.lists(st.lists(INNER, max_size=6), min_size=1, max_size=5)


@pytest.mark.slow
@given(PARAGRAPHS, st.lists(TEXT.filter(str.strip), min_size=5, max_size=5))
def test_what_was_written_is_read_again(paragraphs: list[list[str]], new: list[str]) -> None:
    data = document("".join(p(*inner) for inner in paragraphs))
    parsed = read(DOCX, data, "a.docx")
    assert write(DOCX, data, unreviewed(parsed)) == data
    chosen = corrected(parsed, dict(enumerate(new[: len(parsed.segments)])))
    made = write(DOCX, data, chosen)
    assert texts(made) == [one.text for one in chosen]
    tracked = io.BytesIO()
    write_tracked(data, chosen, tracked)
    assert texts(tracked.getvalue()) == [one.text for one in chosen]
    for kept in ("w:footnoteReference", "w:bookmarkStart", "w:fldChar "):
        assert part(made).count(kept) == part(tracked.getvalue()).count(kept) == part(data).count(kept)


def test_characters_that_xml_lacks_are_refused_by_segment() -> None:
    with pytest.raises(BadInput, match=r"Segment 1 holds the character U\+000B"):
        with_text(document(p(r("a"))), "a\x0b")


def test_python_docx_opens_what_was_written() -> None:
    made = Document(io.BytesIO(with_text(LIBRE, "The harbour opens in May")))
    assert made.paragraphs[0].text == "The harbour opens in May"


ENTITIES = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
RELATIONS = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship \
Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" \
Target="footnotes.xml"/></Relationships>"""
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(3000)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (PDF, "damaged or no zipped document"),
        (LIBRE[:-200], "damaged or no zipped document"),
        (
            document("", {"word/styles.xml": b"<!DOCTYPE a><a/>"}).replace(b"word/document.xml", b"word/nothing_.xml"),
            "part “word/document.xml”: it is missing",
        ),
        (
            document("", {"word/footnotes.xml": ENTITIES, "word/_rels/document.xml.rels": RELATIONS}),
            "part “word/footnotes.xml”, line 1: it declares a document type",
        ),
        (document("", {"../evil.xml": b"x"}), "points outside the file"),
        (document("", {"word/big.xml": bytes(60_000_000)}), "far more than a document"),
        (document(p("<w:r><w:t>&evil;</w:t></w:r>")), "part “word/document.xml”, line 1: this XML cannot be read"),
        (document("", {"word/_rels/document.xml.rels": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "declares a document type"),
    ],
)  # fmt: skip
@pytest.mark.fault(13)
def test_hostile_and_damaged_documents_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(DOCX, data, "a.docx")


def test_a_part_that_is_there_twice_is_refused() -> None:
    out = io.BytesIO(document(p(r("a"))))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(BadInput, match="twice"):
        read(DOCX, out.getvalue(), "a.docx")


@pytest.mark.slow
@given(st.data())
def test_damage_of_any_kind_is_told_in_a_sentence(data: st.DataObject) -> None:
    bad = bytearray(LIBRE)
    for _ in range(data.draw(st.integers(1, 4))):
        bad[data.draw(st.integers(0, len(bad) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    length = data.draw(st.one_of(st.just(len(bad)), st.integers(0, len(bad))))
    with suppress(BadInput):
        parsed = read(DOCX, bytes(bad[:length]), "a.docx")
        write(DOCX, bytes(bad[:length]), corrected(parsed, {0: "New words."} if parsed.segments else {}))


@pytest.mark.parametrize(
    ("start", "ours"),
    [(LIBRE[:65536], True), (document(""), True), (PDF, False), (b"word/", False), (b"", False)],
)
def test_documents_are_known_by_their_content(start: bytes, ours: bool) -> None:
    assert DOCX.recognises(start) == ours


def test_long_texts_are_refused() -> None:
    with pytest.raises(BadInput, match="segment 1: the segment is longer"):
        texts(document(p(r("a" * 110_000))))


def test_reviewed_counts_only_where_the_text_changed() -> None:
    one = document(p(r("a")))
    assert write(DOCX, one, [Reviewed("a", "a", comments=("Aino: fine",))]) == one
