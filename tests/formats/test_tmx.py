"""TMX: in and out, its codes as markers, two languages."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from review.codes import marker
from review.errors import BadInput
from review.formats.shape import Reviewed
from review.formats.tmx import Tmx
from review.formats.tmx.writing import write_tmx
from review.model import Status
from tests.formats.reading import corrected, read, unreviewed, write

TMX = Tmx()
SAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="fi-FI" datatype="html"/>
<body>
<tu tuid="a1"><note>Of the quay.</note><prop type="x-file">a.html</prop>
<tuv xml:lang="en-GB" changeid="mt"><seg>The <bpt i="1" x="1">&lt;b></bpt>harbour<ept i="1">&lt;/b></ept> of <hi type="name">Kotka</hi>.<ph x="2">&lt;br/></ph></seg></tuv>
<tuv xml:lang="fi-FI"><seg><hi type="name">Kotkan</hi> <bpt i="1" x="1">&lt;b></bpt>satama<ept i="1">&lt;/b></ept>.<ph x="2">&lt;br/></ph></seg></tuv></tu>
<tu><tuv xml:lang="FI-fi"><seg>Laituri &amp; <it pos="begin" x="1">&lt;i></it>muuri</seg></tuv></tu>
<tu><tuv xml:lang="en-gb"><seg>alone</seg></tuv></tu>
</body></tmx>
"""


def test_pairs_are_segments_with_codes_and_notes() -> None:
    parsed = read(TMX, SAMPLE, "memory.tmx")
    assert (parsed.systems, parsed.source_lang, parsed.target_lang) == (("memory",), "fi", "en")
    first, second = parsed.segments
    assert first.source == "⟦1⟧Kotkan⟦/1⟧ ⟦2⟧satama⟦/2⟧.⟦3/⟧"
    assert first.hypotheses == ("The ⟦2⟧harbour⟦/2⟧ of ⟦1⟧Kotka⟦/1⟧.⟦3/⟧",)
    assert first.notes == ("Of the quay.", "codes: ⟦1⟧ name, ⟦2⟧ <b>, ⟦3/⟧ <br/>")
    assert (second.source, second.hypotheses) == ("Laituri & ⟦1/⟧muuri", ("",))


def test_what_nobody_reviewed_comes_back_byte_for_byte() -> None:
    assert write(TMX, SAMPLE, unreviewed(read(TMX, SAMPLE))) == SAMPLE


def test_corrections_change_their_seg_alone() -> None:
    segments = corrected(read(TMX, SAMPLE), {0: "⟦1⟧Kotka⟦/1⟧’s ⟦2⟧port⟦/2⟧.⟦3/⟧", 1: "Quay & ⟦1/⟧wall"})
    after = write(TMX, SAMPLE, segments)
    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' in after
    new = [line for line in after.splitlines() if line not in SAMPLE.splitlines()]
    assert [line.decode() for line in new] == [
        '<tuv xml:lang="en-GB" changeid="mt"><seg><hi type="name">Kotka</hi>’s <bpt i="1" x="1">&lt;b&gt;</bpt>port'
        '<ept i="1">&lt;/b&gt;</ept>.<ph x="2">&lt;br/&gt;</ph></seg></tuv>',
        '<tuv xml:lang="fi-FI"><seg><hi type="name">Kotkan</hi> <bpt i="1" x="1">&lt;b&gt;</bpt>satama<ept i="1">'
        '&lt;/b&gt;</ept>.<ph x="2">&lt;br/&gt;</ph></seg></tuv></tu>',
        '<tu><tuv xml:lang="FI-fi"><seg>Laituri &amp; <it pos="begin" x="1">&lt;i&gt;</it>muuri</seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>Quay &amp; <it pos="begin" x="1">&lt;i&gt;</it>wall</seg></tuv></tu>',
    ]


def test_comments_become_notes() -> None:
    [one, other] = unreviewed(read(TMX, SAMPLE))
    said = Reviewed(one.hypothesis, one.text, comments=("Anna: a", "Eero: b"))
    assert read(TMX, write(TMX, SAMPLE, [said, other])).segments[0].notes == (
        "Anna: a",
        "Eero: b",
        "Of the quay.",
        "codes: ⟦1⟧ name, ⟦2⟧ <b>, ⟦3/⟧ <br/>",
    )


PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="⟦⟧\ufffe\uffff"), max_size=8
)
NASTY = PLAIN | st.sampled_from(
    ["\t", "\n", "\r", "\r\n", "]]>", "&amp;", "<b>", " ", "\u2028", "\u0085", "⟦x⟧", '"', "-->"]
)


@st.composite
def coded(draw: st.DrawFn) -> str:
    """A text with markers numbered in order, pairs nested or crossing as they come."""
    open_now: list[int] = []
    text, number = draw(NASTY), 0
    for _ in range(draw(st.integers(0, 6))):
        form = draw(st.sampled_from(["open", "close", "single"]))
        if form == "close" and open_now:
            text += marker(open_now.pop(draw(st.integers(0, len(open_now) - 1))), "close")
        elif form != "close":
            number += 1
            text += marker(number, "single" if form == "single" else "open")
            if form == "open":
                open_now.append(number)
        text += draw(NASTY)
    return text + "".join(marker(n, "close") for n in open_now)


@given(st.lists(st.tuples(coded(), NASTY), min_size=1, max_size=4))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    out = io.BytesIO()
    write_tmx([Reviewed("", target, source=source) for source, target in rows], "fi", "en", out)
    parsed = read(TMX, out.getvalue())
    assert [(s.source, s.hypotheses[0]) for s in parsed.segments] == rows
    assert (parsed.source_lang, parsed.target_lang) == ("fi", "en")


def test_exported_memories_tell_who_corrected_when_and_another_program_reads_them() -> None:
    made = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)
    one = Reviewed(
        "b", "⟦1⟧b⟦/1⟧ <", Status.EDITED, "⟦1⟧a⟦/1⟧", comments=("Anna: hm",), reviewer="A&B", made_at=made
    )
    out = io.BytesIO()
    write_tmx([one, Reviewed("x", "x")], "fi", "", out)
    text = out.getvalue().decode()
    assert '<note>Anna: hm</note><tuv xml:lang="fi"><seg><bpt i="1"/>a<ept i="1"/></seg></tuv>' in text
    assert '<tuv xml:lang="und" changedate="20261125T193000Z" changeid="A&amp;B">' in text
    [unit] = tmxfile.parsestring(out.getvalue()).units
    assert (unit.source, unit.target) == ("a", "b <")


def test_half_a_pair_is_kept_as_what_it_is() -> None:
    out = io.BytesIO()
    write_tmx([Reviewed("", "b⟦/1⟧⟦2⟧⟦2⟧⟦/2⟧", source="⟦1⟧a")], "fi", "en", out)
    assert (
        b'<seg>b<it pos="end" x="1"/><bpt i="2"/><it pos="begin" x="2"/><ept i="2"/></seg>' in out.getvalue()
    )


def test_control_characters_are_refused_naming_the_segment() -> None:
    with pytest.raises(BadInput, match=r"Segment 2 holds the character U\+0007"):
        write_tmx([Reviewed("", "", source="a"), Reviewed("", "\a", source="a")], "fi", "en", io.BytesIO())


REFUSED = [
    (SAMPLE.replace(b"FI-fi", b"sv"), "3 languages"),
    (b'<tmx version="1.4"><body/></tmx>', "0 languages"),
    (SAMPLE.replace(b"tmx14.dtd", b"/etc/passwd"), "line 2: it declares a document type"),
    (SAMPLE.replace(b'dtd">', b'dtd" [<!ENTITY a "b">]>'), "line 2: it declares a document type"),
    (SAMPLE[:700], "line"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read(TMX, data)


def test_tmx_is_recognised_in_any_encoding() -> None:
    wide = SAMPLE.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert TMX.recognises(SAMPLE[:300])
    assert TMX.recognises(wide[:600])
    assert read(TMX, wide).segments == read(TMX, SAMPLE).segments
    assert not TMX.recognises(b"<xliff version='1.2'>")
