"""XLIFF by property: a corrected file differs from the imported one in targets, states and notes that were changed."""

from collections.abc import Callable
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from review.codes import codes_broken, markers
from review.formats.shape import Reviewed
from review.formats.xliff import Xliff
from review.model import Status
from tests.formats.reading import read, tree, unreviewed, write

XLIFF = Xliff()
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="⟦⟧\ufffe\uffff"), max_size=6
) | st.sampled_from(
    ["\t", "\n", "  ", "\r", "\r\n", "]]>", "&amp;", "<b>", "\u2028", "\u0085", "\u202e", "e\u0301", "⟦1⟧", "⟦/2⟧", "⟦x", "-->"]
)  # fmt: skip

NO_CODES = WORDS.filter(lambda words: not markers(words))


def text_of(words: str) -> str:
    return escape(words, {"\r": "&#13;"})


@st.composite
def content(
    draw: st.DrawFn, one: Callable[[int, str], str], depth: int = 2, first: int = 1
) -> tuple[str, int]:
    """XML with codes in it, and the next id that is free."""
    out = text_of(draw(WORDS))
    for _ in range(draw(st.integers(0, 3))):
        inner = ""
        number, first = first, first + 1
        if depth and draw(st.booleans()):
            inner, first = draw(content(one, depth - 1, first))
        out += one(number, inner) + text_of(draw(WORDS))
    return out, first


def old_code(number: int, inner: str) -> str:
    """A code of XLIFF 1.2, its kind by its number."""
    pair = f'<bpt id="{number}">&lt;b&gt;</bpt>{inner}<ept id="{number}">x</ept>'
    single = [
        f'<x id="{number}"/>',
        f'<ph id="{number}" ctype="a">{{0}}</ph>',
        f'<it id="{number}" pos="open"/>',
    ]
    double = [f'<g id="{number}" ctype="b">{inner}</g>', pair, f'<bx id="{number}" rid="{number}"/>{inner}<ex id="9{number}" rid="{number}"/>']  # fmt: skip
    return (double if inner else single)[number % 3]


def new_code(number: int, inner: str) -> str:
    """A code of XLIFF 2.x, its kind by its number."""
    single = [
        f'<ph id="{number}" disp="x"/>',
        f'<cp hex="00{number % 100:02}"/><ph id="{number}"/>',
        f'<ph id="{number}"/>',
    ]
    double = [
        f'<pc id="{number}" type="fmt">{inner}</pc>',
        f'<sc id="{number}"/>{inner}<ec startRef="{number}"/>',
    ]
    return double[number % 2] if inner else single[number % 3]


@st.composite
def old_unit(draw: st.DrawFn, number: int) -> str:
    source, _ = draw(content(old_code))
    target = draw(st.none() | st.just("") | st.just(source))
    state = draw(st.sampled_from(["", ' state="translated"', ' state="final" xml:lang="en"']))
    said = draw(
        st.sampled_from(["", '<note from="Writer">x</note>', "<alt-trans><target>y</target></alt-trans>"])
    )
    wanted = draw(
        st.sampled_from(["", "", ' translate="no"', ' xml:space="preserve" mq:a="1"', ' approved="no"'])
    )
    written = "" if target is None else f"<target{state}>{target}</target>"
    return f'<trans-unit id="{number}"{wanted}>\n<source>{source}</source>\n{written}{said}</trans-unit>'


@st.composite
def new_unit(draw: st.DrawFn, number: int) -> str:
    out = draw(st.sampled_from(["", "<notes>\n<note>x</note></notes>", "<mda:metadata/>"]))
    first = 1
    for _ in range(draw(st.integers(1, 3))):
        source, first = draw(content(new_code, 2, first))
        target = draw(st.none() | st.just(source))
        state = draw(st.sampled_from(["", ' state="translated" subState="a:b"', ' state="final"']))
        written = "" if target is None else f"\n <target>{target}</target>"
        out += f"<segment{state}>\n <source>{source}</source>{written}</segment><ignorable><source> </source></ignorable>"
    return f'<unit id="u{number}" name={quoteattr(draw(WORDS))}>{out}</unit>'


@st.composite
def files(draw: st.DrawFn) -> bytes:
    if draw(st.booleans()):
        units = "\n".join(draw(old_unit(n)) for n in range(draw(st.integers(1, 4))))
        start = 'version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff"'
        inner = f'<file original="a" source-language="fi" target-language="en" datatype="x"><body>{units}</body></file>'
    else:
        units = "\n".join(draw(new_unit(n)) for n in range(draw(st.integers(1, 3))))
        start = 'version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fi" trgLang="en" xmlns:mda="m"'
        inner = f'<file id="f">{units}</file>'
    return f'<?xml version="1.0"?>\n<xliff {start}><!-- c -->{inner}</xliff>\n'.encode()


@st.composite
def reviewed(draw: st.DrawFn, one: Reviewed) -> Reviewed:
    """What somebody may make of a segment: its codes stay, in pairs that do not cross; words come and go."""
    comments = draw(st.sampled_from([(), (), ("Anna: <hm> & so",)]))
    match draw(st.sampled_from(["", "confirmed", "edited", "edited"])):
        case "":
            return replace(one, comments=comments)
        case "confirmed":
            return replace(one, status=Status.CONFIRMED, comments=comments)
    source = one.source or ""
    gone = {m.number for m in markers(source) if draw(st.integers(0, 4)) == 0}
    text, at = draw(NO_CODES), 0
    for marker in markers(source):
        if marker.number not in gone:
            text += source[at : marker.start] * draw(st.integers(0, 1)) + marker.text + draw(NO_CODES)
        at = marker.end
    return replace(one, text=text, status=Status.EDITED, comments=comments)


def apart_from_review(data: bytes) -> list[object]:
    """The file's tree without targets' contents, states and the notes of reviewers."""
    root = etree.fromstring(data)
    for element in list(
        root.iter("{*}target", "{*}note", "{*}notes", "{*}segment", "{*}alt-trans", "{*}trans-unit")
    ):
        name = etree.QName(element).localname
        element.attrib.pop("state", None)
        element.attrib.pop("approved", None)
        element.attrib.pop("subState", None)
        here = element.getparent()
        is_ours = name == "note" and (
            element.get("from") == "Anna" or (element.text or "").startswith("Anna: ")
        )
        if is_ours or (name == "target" and etree.QName(here).localname != "alt-trans"):
            here.remove(element)
        if name == "notes" and all((note.text or "").startswith("Anna: ") for note in element):
            here.remove(element)
    for element in root.iter():
        for child in element:
            if etree.QName(element).localname not in ("source", "target", "g", "pc"):
                child.tail = None  # white space between elements
        if len(element) == 0 or not (element.text or "").strip():
            element.text = (element.text or "").strip("\n ") or None
    return tree(etree.tostring(root))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(files(), st.data())
def test_a_corrected_file_differs_only_in_what_was_reviewed(data: bytes, draw: st.DataObject) -> None:
    before = read(XLIFF, data)
    segments = [draw.draw(reviewed(one)) for one in unreviewed(before)]
    assert write(XLIFF, data, unreviewed(before)) == data
    after = write(XLIFF, data, segments)
    assert apart_from_review(after) == apart_from_review(data)
    again = read(XLIFF, after)
    for one, old, new in zip(segments, before.segments, again.segments, strict=True):
        assert new.source == old.source
        assert new.hypotheses[1:] == old.hypotheses[1:]
        if {problem.kind for problem in codes_broken(old.source or "", one.text)} <= {"missing"}:
            assert new.hypotheses[0] == one.text


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(files(), st.data())
def test_any_text_can_be_written(data: bytes, draw: st.DataObject) -> None:
    pieces = st.sampled_from(["⟦1⟧", "⟦/1⟧", "⟦2⟧", "⟦/2⟧", "⟦1/⟧", "⟦3/⟧", "⟦3⟧", "⟦/3⟧", "⟦9/⟧", " a "])
    texts = st.lists(pieces, max_size=9).map("".join)
    segments = [
        replace(one, text=draw.draw(texts), status=Status.EDITED) for one in unreviewed(read(XLIFF, data))
    ]
    after = write(XLIFF, data, segments)
    assert apart_from_review(after) == apart_from_review(data)
    assert len(read(XLIFF, after).segments) == len(segments)
