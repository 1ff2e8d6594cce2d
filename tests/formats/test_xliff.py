"""XLIFF as other programs write it: what is read of it, and what a corrected file differs in."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from review.errors import BadInput
from review.formats.shape import Reviewed
from review.formats.xliff import Xliff
from review.model import Status
from tests.formats.reading import SAMPLES, corrected, read, tree, unreviewed, write

XLIFF = Xliff()
FILES = {file.stem: file.read_bytes() for file in sorted(SAMPLES.glob("*.xlf"))}


def one_unit(inner: str, header: str = "") -> bytes:
    """A file of XLIFF 1.2 with one unit."""
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fi" '
        f'target-language="en" datatype="plaintext"><body{header}><trans-unit id="1">{inner}</trans-unit></body></file></xliff>'
    ).encode()


def two(inner: str, attributes: str = "") -> bytes:
    """A file of XLIFF 2.0 with one segment."""
    return (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fi" trgLang="en"><file id="f">'
        f'<unit id="1"><segment{attributes}>{inner}</segment></unit></file></xliff>'
    ).encode()


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_reviewed_comes_back_byte_for_byte(name: str) -> None:
    assert write(XLIFF, FILES[name], unreviewed(read(XLIFF, FILES[name]))) == FILES[name]


def test_segments_of_trans_units_with_notes_states_and_alternatives() -> None:
    parsed = read(XLIFF, FILES["okapi"], "jobs/okapi.xlf")
    assert parsed.systems == ("okapi", "north", "mt", "alternative")
    assert (parsed.source_lang, parsed.target_lang) == ("fi", "en")
    first, second, missing, ready = parsed.segments
    assert first.source == "Avaa ⟦1⟧ikkuna⟦/1⟧."
    assert first.hypotheses == ("Open the ⟦1⟧window⟦/1⟧.", "Open a window.", "", "")
    assert first.notes == (
        "state: needs-review-translation",
        "Writer: A window of the house.",
        "codes: ⟦1⟧ x-bold",
    )
    assert (second.source, second.hypotheses[0]) == ("Sulje   se.", "Close   it.")
    assert (missing.source, missing.hypotheses[0]) == ("Uusi & kaunis <b> <i>", "")
    assert ready.hypotheses == ("Ready", "", "Done", "Finished")
    assert {s.document for s in parsed.segments} == {"guide.html"}


def test_native_codes_become_markers_and_literal_ones_stay() -> None:
    first, second = read(XLIFF, FILES["native"]).segments
    assert first.source == "⟦1⟧Laura⟦/1⟧ maksoi ⟦2/⟧ euroa⟦3/⟧."
    assert first.hypotheses == ("⟦1⟧Laura⟦/1⟧ paid ⟦2/⟧ euros⟦3/⟧.",)
    assert first.notes == ("codes: ⟦1⟧ <b>, ⟦2/⟧ {0}, ⟦3/⟧ <br>",)
    assert second.source == "Kuva ⟦2⟧täällä⟦/2⟧ ja ⟦3/⟧ ⟦1⟧"


def test_segments_of_version_2_with_modules() -> None:
    parsed = read(XLIFF, FILES["modules"])
    first, second, third = parsed.segments
    assert parsed.systems == ("sample", "north", "alternative")
    assert first.hypotheses == ("⟦1⟧Hi ⟦2⟧you⟦/2⟧⟦/1⟧!⟦3/⟧", "Hello ⟦2⟧you⟦/2⟧", "")
    assert first.notes == (
        "state: translated, x:mt",
        "Informal.",
        "codes: ⟦1⟧ mtc:match, ⟦2⟧ <b>, ⟦3/⟧ <br/>",
    )
    assert (second.source, second.hypotheses) == ("⟦1⟧Toinen⟦/1⟧.", ("", "", "Another."))
    assert third.hypotheses == ("Third.", "", "")


def changed_lines(before: bytes, after: bytes) -> list[str]:
    old = before.decode().splitlines()
    return [line.strip() for line in after.decode().splitlines() if line not in old]


def test_a_correction_changes_its_target_and_state_and_nothing_else() -> None:
    parsed = read(XLIFF, FILES["native"])
    after = write(XLIFF, FILES["native"], corrected(parsed, {0: "⟦2/⟧ euros was paid by ⟦1⟧Laura⟦/1⟧⟦3/⟧."}))
    before = etree.fromstring(FILES["native"])
    space = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    [target] = before.xpath("//x:trans-unit[@id='1']/x:target", namespaces=space)
    [mended] = etree.fromstring(after).xpath("//x:trans-unit[@id='1']/x:target", namespaces=space)
    assert "".join(mended.itertext()) == "{0} euros was paid by <b>Laura</b><br>."
    assert [(e.tag, dict(e.attrib)) for e in sorted(mended, key=lambda e: e.get("id", ""))] == [
        (e.tag, dict(e.attrib)) for e in sorted(target, key=lambda e: e.get("id", ""))
    ]
    parent = target.getparent()
    mended.tail = target.tail
    parent.replace(target, mended)
    assert mended.attrib.pop("state") == "signed-off"
    other = etree.fromstring(after)
    other.xpath("//x:trans-unit[@id='1']/x:target", namespaces=space)[0].attrib.pop("state")
    assert tree(etree.tostring(before)) == tree(etree.tostring(other))


def test_missing_targets_are_made_with_the_codes_of_the_source() -> None:
    parsed = read(XLIFF, FILES["modules"])
    after = write(XLIFF, FILES["modules"], corrected(parsed, {1: "⟦1⟧Second⟦/1⟧."}))
    assert [line for line in changed_lines(FILES["modules"], after) if "segment" in line] == [
        '<segment id="s2" state="reviewed"><source><sc id="3" dataRef="d1"/>Toinen<ec startRef="3"/>.</source>'
        '<target><sc id="3" dataRef="d1"/>Second<ec startRef="3"/>.</target></segment>'
    ]
    assert read(XLIFF, after).segments[1].hypotheses[0] == "⟦1⟧Second⟦/1⟧."


def test_a_segmented_unit_without_target_gets_one_cut_like_its_source() -> None:
    data = one_unit(
        '<source>A. B.</source><seg-source><mrk mid="1" mtype="seg">A.</mrk> <mrk mid="2" mtype="seg">B.</mrk></seg-source>'
    )
    parsed = read(XLIFF, data)
    assert [s.source for s in parsed.segments] == ["A.", "B."]
    half = write(XLIFF, data, corrected(parsed, {1: "Bee."}))
    assert (
        b'<target><mrk mid="1" mtype="seg"/> <mrk mid="2" mtype="seg">Bee.</mrk></target>' in half
    )  # no state: half is open
    whole = write(XLIFF, data, corrected(parsed, {0: "Ay.", 1: "Bee."}))
    assert b'<target state="signed-off"><mrk mid="1" mtype="seg">Ay.</mrk> ' in whole


STATES = [
    (one_unit('<source>A</source><target state="translated">B</target>'), "B", 'state="signed-off"'),
    (one_unit('<source>A</source><target state="final">B</target>'), "B", 'state="final"'),
    (one_unit('<source>A</source><target state="final">B</target>'), "C", 'state="signed-off"'),
    (one_unit("<source>A</source>"), "C", '<target state="signed-off">C</target>'),
    (two("<source>A</source><target>B</target>"), "B", '<segment state="reviewed">'),
    (
        two("<source>A</source><target>B</target>", ' state="translated" subState="x:y"'),
        "B",
        '<segment state="reviewed">',
    ),
    (two("<source>A</source><target>B</target>", ' state="final"'), "B", '<segment state="final">'),
    (two("<source>A</source><target>B</target>", ' state="final"'), "C", '<segment state="reviewed">'),
]


@pytest.mark.parametrize(("data", "text", "expected"), STATES)
def test_the_state_says_that_review_is_done(data: bytes, text: str, expected: str) -> None:
    parsed = read(XLIFF, data)
    assert expected in write(XLIFF, data, corrected(parsed, {0: text})).decode()


def test_a_unit_that_was_not_approved_is_once_it_is_reviewed() -> None:
    data = one_unit("<source>A</source><target>B</target>").replace(b'id="1"', b'id="1" approved="no"')
    assert b'approved="yes"' in write(XLIFF, data, corrected(read(XLIFF, data), {0: "B"}))


def test_comments_become_notes_of_those_who_made_them() -> None:
    said = Reviewed("B", "B", comments=("Anna: Better: “C”.",))
    one, other = (
        make("<source>A</source><target>B</target>") for make in (lambda inner: one_unit(inner), two)
    )
    assert '<note from="Anna">Better: “C”.</note>' in write(XLIFF, one, [said]).decode()
    assert "<notes><note>Anna: Better: “C”.</note></notes>" in write(XLIFF, other, [said]).decode()
    assert read(XLIFF, write(XLIFF, one, [said])).segments[0].notes == ("Anna: Better: “C”.",)


def test_another_system_is_exported_into_the_targets() -> None:
    parsed = read(XLIFF, FILES["okapi"])
    again = read(XLIFF, write(XLIFF, FILES["okapi"], unreviewed(parsed, 1)))
    assert [s.hypotheses[0] for s in again.segments] == ["Open a window.", "Close   it.", "", "Ready"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("⟦1⟧B", "B"),
        ("B⟦/1⟧", "B"),
        ("⟦1⟧B⟦2⟧C⟦/1⟧D⟦/2⟧", '<g id="1">BC</g>D'),
        ("⟦/1⟧B⟦1⟧", "B"),
        ("⟦1⟧B⟦/1⟧⟦1⟧C⟦/1⟧", '<g id="1">B</g>C'),
        ("⟦3/⟧⟦3/⟧", '<x id="3"/>'),
        ("⟦1/⟧⟦3⟧⟦7/⟧", "⟦7/⟧"),
        ("⟦2⟧⟦1⟧B⟦/1⟧⟦/2⟧", '<g id="2"><g id="1">B</g></g>'),
        ("⟦1 ⟦ 1⟧ ⟦01⟧", "⟦1 ⟦ 1⟧ ⟦01⟧"),
    ],
)
def test_broken_markers_never_break_the_file(text: str, written: str) -> None:
    data = one_unit('<source><g id="1">a<g id="2">b</g></g><x id="3"/></source>')
    after = write(XLIFF, data, corrected(read(XLIFF, data), {0: text})).decode()
    assert re.findall("<target[^>]*?(?:/>|>(.*)</target>)", after) == [written]


@pytest.mark.parametrize(("encoding", "declared"), [("utf-16", "UTF-16"), ("windows-1252", "windows-1252")])
def test_encoding_line_ends_and_declaration_stay(encoding: str, declared: str) -> None:
    text = one_unit("<source>é</source>\n<target>ä</target>").decode()
    text = f"<?xml  version='1.0' encoding='{declared}' ?>\n<!-- é -->\n\n{text}\n"
    data = text.replace("\n", "\r\n").encode(encoding)
    after = write(XLIFF, data, corrected(read(XLIFF, data), {0: "ö\r\n€"})).decode(encoding)
    assert after == text.replace("<target>ä", '<target state="signed-off">ö&#13;\n€').replace("\n", "\r\n")


REFUSED = [
    (b"<xliff version='1.2'><file>", "line 1"),
    (one_unit("<source>a</source>")[:-20], "line 1"),
    (b"<xliff><file/></xliff>", "name its version"),
    (b"<xliff/>", "root is empty"),
    (b"<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff version='1.2'/>", "DOCTYPE"),
    (
        b'<?xml version="1.0" encoding="shift_jis"?><!DOCTYPE xliff [<!ENTITY a "b">]><xliff version="1.2"/>',
        "line 1",
    ),
    (
        b"<xliff version='1.2'><file source-language='fi' target-language='en'/><file source-language='fi' "
        b"target-language='sv'/></xliff>",
        "several pairs of languages",
    ),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read(XLIFF, data)


def test_control_characters_are_refused_on_export_naming_the_unit() -> None:
    data = one_unit("<source>a</source>")
    for bad in (corrected(read(XLIFF, data), {0: "a\x01"}), [Reviewed("", "", comments=("Anna: \x02",))]):
        with pytest.raises(BadInput, match=r"trans-unit “1” holds the character U\+000[12]"):
            write(XLIFF, data, bad)


def test_a_segment_over_the_limit_is_refused_by_its_unit() -> None:
    with pytest.raises(BadInput, match="trans-unit “1”: the segment is longer than 100 kB"):
        read(XLIFF, one_unit(f"<source>{'a' * 103_000}</source>"))


def test_a_confirmed_segment_without_target_stays_without() -> None:
    data = one_unit("<source>a</source>")
    [nothing] = unreviewed(read(XLIFF, data))
    assert write(XLIFF, data, [replace(nothing, status=Status.CONFIRMED)]) == data


@pytest.mark.parametrize(
    "start", [b"<xliff", b"PK\x03\x04", b"", b"<tmx version='1.4'>", b"%PDF-1.7", b"\xff\xfe<"]
)
def test_other_files_are_not_taken_for_xliff(start: bytes) -> None:
    assert not XLIFF.recognises(start)


def test_xliff_is_recognised_whatever_stands_before_its_root() -> None:
    for start in (
        *FILES.values(),
        b"<!DOCTYPE xliff SYSTEM 'x.dtd'><xliff>",
        "<xliff a='é'>".encode("utf-16"),
    ):
        assert XLIFF.recognises(start)
