"""The files that WMT hands out: what is read of them, and what a corrected file differs in."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput
from review.formats.guard import Limits
from review.formats.shape import DocumentFormat, Reviewed
from review.formats.wmt import WmtSgm, WmtXml, write_wmt_xml
from review.formats.wmt.writing import SetSegment
from review.model import SegmentTexts
from tests.formats.reading import corrected, read, tree, unreviewed, write

XML, SGM = WmtXml(), WmtSgm()
SET = """<?xml version='1.0' encoding='utf-8'?>
<dataset id="harbour21">
  <collection id="news">
  <doc origlang="fi" id="harbour.1" domain="news">
    <src lang="fi"><p><seg id="1">Satama &amp; kala.</seg>
      <seg id="2">Laiva lähti.</seg></p></src>
    <ref lang="en" translator="A"><p><seg id="1">Harbour &amp; fish.</seg><seg id="2">The ship left.</seg></p></ref>
    <ref lang="en" translator="B"><p><seg id="1">A port and fish.</seg><seg id="2">A ship left.</seg></p></ref>
    <hyp system="north" language="en"><p><seg id="1">Harbor &lt;and&gt; fish.</seg><seg id="2">Ship left.</seg></p></hyp>
    <hyp system="south" language="en"><p><seg id="1">The harbour.</seg></p></hyp>
  </doc>
  </collection>
  <doc origlang="fi" id="harbour.2">
    <src lang="fi"><p><seg id="1">Loppu.</seg></p></src>
    <hyp system="north"><p><seg id="1">End.</seg></p></hyp>
  </doc>
</dataset>
""".encode()
SOURCE = """<!DOCTYPE srcset SYSTEM "mteval.dtd">
<srcset setid="harbour18" srclang="any">
<doc sysid="ref" docid="harbour.1" genre="news" origlang="fi">
<p>
<SEG id='1'>Satama & kala &#228;.</SEG>
<seg id="2">"Laiva" &quot;lähti&quot;.</seg>
</p>
</doc>
</srcset>
""".encode()
SYSTEMS = b"""<tstset trglang="en" setid="harbour18" srclang="fi">\r
<doc sysid="north" docid="harbour.1"><hl><seg id="1"> Harbour </seg></hl><seg id="2"></seg></doc>\r
<doc sysid="south" docid="harbour.1"><seg id="1">Port</seg><seg id="2">Ship</seg></doc>\r
</tstset>\r
"""


def test_a_set_with_several_systems_is_one_import() -> None:
    parsed = read(XML, SET, "harbour21.fi-en.all.xml")
    assert (parsed.systems, parsed.source_lang, parsed.target_lang) == (("north", "south"), "fi", "en")
    assert list(parsed.segments) == [
        SegmentTexts(
            ("Harbor <and> fish.", "The harbour."),
            "Satama & kala.",
            ("Harbour & fish.", "A port and fish."),
            "harbour.1",
        ),
        SegmentTexts(("Ship left.", ""), "Laiva lähti.", ("The ship left.", "A ship left."), "harbour.1"),
        SegmentTexts(("End.", ""), "Loppu.", (), "harbour.2"),
    ]


def test_the_corrected_set_differs_in_the_one_text() -> None:
    parsed = read(XML, SET)
    out = io.BytesIO()
    XML.write(SET, corrected(parsed, {0: "A <b> port."}, system=1), out, system=1)
    assert tree(out.getvalue()) == tree(SET.replace(b"The harbour.", b"A &lt;b&gt; port."))
    assert out.getvalue().startswith(SET[:60])


@pytest.mark.parametrize(("fmt", "data"), [(XML, SET), (SGM, SOURCE), (SGM, SYSTEMS)])
def test_what_nobody_reviewed_comes_back_byte_for_byte(fmt: DocumentFormat, data: bytes) -> None:
    assert fmt.recognises(data)
    assert write(fmt, data, unreviewed(read(fmt, data))) == data


def test_a_set_without_systems_has_its_references_or_its_source_reviewed() -> None:
    only = b'<dataset><doc id="d"><src lang="fi"><p><seg id="1">Satama.</seg></p></src>%s</doc></dataset>'
    parsed = read(XML, only % b'<ref translator="A" lang="en"><p><seg id="1">Harbour.</seg></p></ref>')
    assert (parsed.systems, list(parsed.segments)) == (
        ("A",),
        [SegmentTexts(("Harbour.",), "Satama.", (), "d")],
    )
    parsed = read(XML, only % b"")
    assert (parsed.systems, parsed.target_lang) == (("source",), "fi")


def test_sgml_of_one_text_and_of_several_systems() -> None:
    parsed = read(SGM, SOURCE, "sets/harbour18-fien-src.fi.sgm")
    assert parsed.systems == ("ref",)
    assert [s.hypotheses[0] for s in parsed.segments] == ["Satama & kala ä.", '"Laiva" "lähti".']
    parsed = read(SGM, SYSTEMS)
    assert (parsed.systems, parsed.target_lang) == (("north", "south"), "en")
    assert [s.hypotheses for s in parsed.segments] == [(" Harbour ", "Port"), ("", "Ship")]


def test_a_corrected_sgml_file_differs_in_these_bytes_alone() -> None:
    out = write(SGM, SYSTEMS, corrected(read(SGM, SYSTEMS), {1: "A <ship> & käärme"}))
    assert out == SYSTEMS.replace(b'"2"></seg>', '"2">A &lt;ship&gt; &amp; käärme</seg>'.encode())
    old = SOURCE.decode().encode("windows-1252")
    parsed = SGM.read(io.BytesIO(old), "old.sgm", Limits(), "windows-1252")
    texts = [Reviewed(s.hypotheses[0], s.hypotheses[0]) for s in parsed.segments]
    texts[0] = Reviewed(texts[0].text, "Žäž.")
    written = io.BytesIO()
    SGM.write(old, texts, written)
    assert b"&#381;&#228;&#382;." in written.getvalue()
    assert b"l\xe4hti" in written.getvalue()


@pytest.mark.parametrize(
    ("fmt", "data", "sentence"),
    [
        (XML, SET.replace(b'"2">Laiva', b'"1">Laiva'), "line 6: the document “harbour.1” has a segment “1”"),
        (XML, SET.replace(b' id="harbour.2"', b""), "line 13: this doc has no id"),
        (XML, SET.replace(b'"south" language="en"', b'"south" language="de"'), "several languages"),
        (XML, b"<dataset><doc id='a'/></dataset>", "nothing to import, there is no seg"),
        (XML, SET[:300], "this XML cannot be read"),
        (SGM, SYSTEMS[:150], "ends before its set does"),
        (SGM, SYSTEMS.replace(b"</seg><seg", b"<seg"), "line 3: a <seg> stands where a seg is open"),
        (SGM, b"<srcset></srcset>", "no seg in it"),
        (SGM, b'<!DOCTYPE a [<!ENTITY b "c">]>' + SOURCE, "a document type of its own"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(fmt: DocumentFormat, data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read(fmt, data)


NASTY = [
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "<",
    ">",
    "&",
    "&amp;",
    "</seg>",
    "]]>",
    '"',
    "\u2028",
    "\u0085",
    "é",
    "e\u0301",
    "😀",
]
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=5
)
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), XML_TEXT), max_size=6).map("".join)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT, st.sampled_from(["a", "b & c"])), min_size=1, max_size=6)


@given(ROWS)
def test_a_set_that_is_written_is_read_again(rows: list[tuple[str, str, str, str]]) -> None:
    ordered = sorted(rows, key=lambda row: row[3])
    out = io.BytesIO()
    segments = [
        SetSegment(n, document, source, (reference,), {"x": text, 'y "z"': text + "!"})
        for n, (source, reference, text, document) in enumerate(ordered, start=1)
    ]
    write_wmt_xml(segments, "set", ("fi", "en"), out)
    assert XML.recognises(out.getvalue())
    parsed = read(XML, out.getvalue())
    assert parsed.systems == ("x", 'y "z"')
    assert list(parsed.segments) == [
        SegmentTexts((text, text + "!"), source, (reference,), document)
        for source, reference, text, document in ordered
    ]


@pytest.mark.parametrize(("fmt", "data"), [(XML, SET), (SGM, SYSTEMS)])
@given(texts=st.data())
def test_corrections_are_read_again(fmt: DocumentFormat, data: bytes, texts: st.DataObject) -> None:
    parsed = read(fmt, data)
    new = [texts.draw(TEXT) for _ in parsed.segments]
    written = write(fmt, data, corrected(parsed, dict(enumerate(new))))
    assert [s.hypotheses[0] for s in read(fmt, written).segments] == new


@pytest.mark.parametrize(("fmt", "data"), [(XML, SET), (SGM, SYSTEMS)])
@given(at=st.integers(0, 400), bit=st.integers(0, 7), cut=st.booleans())
def test_damaged_files_are_refused_or_read(
    fmt: DocumentFormat, data: bytes, at: int, bit: int, cut: bool
) -> None:
    at %= len(data)
    damaged = data[:at] if cut else data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
    with contextlib.suppress(BadInput):
        read(fmt, damaged)
