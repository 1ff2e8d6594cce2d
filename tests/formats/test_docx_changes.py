"""Corrections as tracked changes of Word, flags and comments as its comments."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from docx import Document
from docx.oxml.ns import qn

from review.errors import BadInput
from review.formats.docx import Docx
from review.formats.docx.changes import write_tracked, write_tracked_anew
from review.formats.docx.plain import plain_document
from review.formats.shape import Reviewed
from review.model import Flag, Severity
from tests.formats.reading import SAMPLES, corrected, read
from tests.formats.word import body, document, members, part

DOCX = Docx()
LIBRE = (SAMPLES / "libreoffice.docx").read_bytes()
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
R = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def tracked(data: bytes, *new: str, **more: object) -> bytes:
    segments = corrected(read(DOCX, data, "a.docx"), dict(enumerate(new)))
    out = io.BytesIO()
    made = [replace(s, reviewer="Vieno", made_at=NOON, **more) for s in segments]  # type: ignore[arg-type]
    write_tracked(data, made, out)
    return out.getvalue()


def changes(data: bytes) -> list[tuple[str, str, str]]:
    """Every tracked change in the body: what, whose, its text."""
    found = Document(io.BytesIO(data)).element.iter(qn("w:ins"), qn("w:del"))
    return [
        (
            one.tag.rpartition("}")[2],
            one.get(qn("w:author")),
            "".join(t.text for t in one.iter(qn("w:t"), qn("w:delText"))),
        )
        for one in found
    ]


def test_changes_are_tracked_with_author_and_time_beside_older_ones() -> None:
    made = tracked(
        LIBRE,
        "The harbour opens in May",
        "The new quay of Vuorisalmi is ready, and the work cost only four million.",
    )
    assert changes(made) == [
        ("del", "Vieno", "Mai"),
        ("ins", "Vieno", "May"),
        ("del", "Vieno", "almost "),
        ("del", "Aino", "slow "),
        ("ins", "Aino", "only "),
        ("del", "Vieno", "millions"),
        ("ins", "Vieno", "million"),
    ]  # fmt: skip
    assert 'w:date="2026-11-25T12:00:00Z"' in part(made)
    ids = [one.get(qn("w:id")) for one in Document(io.BytesIO(made)).element.iter(qn("w:ins"), qn("w:del"))]
    assert len(set(ids)) == len(ids)


def test_a_tracked_word_keeps_its_formatting() -> None:
    data = document("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r></w:p>")
    assert body(tracked(data, "new")) == (
        '<w:p><w:del w:id="2" w:author="Vieno" w:date="2026-11-25T12:00:00Z"><w:r><w:rPr><w:b/></w:rPr>'
        '<w:delText>old</w:delText></w:r></w:del><w:ins w:id="1" w:author="Vieno" w:date="2026-11-25T12:00:00Z">'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>new</w:t></w:r></w:ins></w:p>"
    )  # fmt: skip


def test_what_somebody_else_inserted_is_parted_around_what_is_new() -> None:
    theirs = f'<w:ins w:id="4" w:author="Bertta">{R.format("one two")}</w:ins>'
    made = tracked(document(f"<w:p>{theirs}</w:p>"), "one and two")
    assert [(whose, text) for _, whose, text in changes(made)] == [
        ("Bertta", "one "),
        ("Vieno", "and "),
        ("Bertta", "two"),
    ]


def test_times_are_told_in_utc() -> None:
    data = document(f"<w:p>{R.format('a')}</w:p>")
    out = io.BytesIO()
    moment = datetime(2026, 11, 25, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    write_tracked(data, [Reviewed("a", "b", reviewer="Vieno", made_at=moment)], out)
    assert body(out.getvalue()).count('w:date="2026-11-25T12:00:00Z"') == 2


FLAG = Flag(1, 4, 8, "quay", "word", "style", Severity.MINOR, "Rarely said.", ("pier", "dock"), 0.9)


def test_flags_and_comments_stand_beside_their_words() -> None:
    data = document(f"<w:p>{R.format('The kay is open.')}</w:p>")
    made = tracked(data, "The quay is open.", flags=(FLAG,), comments=("Bertta: Sure?\nI am not.",))
    said = [(c.author, c.initials, c.text) for c in Document(io.BytesIO(made)).comments]
    assert said == [
        ("Tarkka", "T", "Rarely said. Suggested: pier, dock"),
        ("Bertta", "B", "Sure?\nI am not."),
    ]
    inner = body(made)
    between = inner.partition('<w:commentRangeStart w:id="0"/>')[2].partition(
        '<w:commentRangeEnd w:id="0"/>'
    )[0]
    assert "quay" in between
    assert "kay</w:delText>" not in between
    assert "The" not in between


def test_comments_join_those_that_are_there() -> None:
    before = Document(io.BytesIO(LIBRE))
    before.add_comment(before.paragraphs[0].runs, "Old one", author="Cecilia")
    out = io.BytesIO()
    before.save(out)
    made = tracked(out.getvalue(), comments=("Bertta: New one",))
    comments = list(Document(io.BytesIO(made)).comments)
    assert [c.text for c in comments][:2] == ["Old one", "New one"]
    assert len({c.comment_id for c in comments}) == len(comments)
    assert list(members(made)) == list(members(out.getvalue()))


def test_comments_stay_out_of_where_word_takes_none() -> None:
    made = tracked(LIBRE, comments=("Bertta: here",))
    assert len(list(Document(io.BytesIO(made)).comments)) == 8  # of 12 segments
    assert "commentReference" not in part(made, "word/footnotes.xml") + part(made, "word/header1.xml")


def test_a_comment_on_a_text_that_is_gone_stands_at_its_place() -> None:
    data = document(f"<w:p>{R.format('gone')}</w:p>")
    made = tracked(data, "", comments=("Bertta: Why?",))
    assert [c.text for c in Document(io.BytesIO(made)).comments] == ["Why?"]


def test_texts_that_came_otherwise_make_a_document_of_paragraphs() -> None:
    texts = ["One\tand a\nhalf.", "", "Three."]
    made = plain_document(texts, "Satama", "fi")
    assert [s.hypotheses[0] for s in read(DOCX, made, "a.docx").segments] == ["One\tand a\nhalf.", "Three."]
    opened = Document(io.BytesIO(made))
    assert opened.core_properties.title == "Satama"
    assert opened.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "fi"


def test_their_corrections_are_tracked_too() -> None:
    out = io.BytesIO()
    segments = [Reviewed("One.", "One.", comments=("Bertta: fine",)), Reviewed("", "Two.", reviewer="Vieno")]
    write_tracked_anew(segments, "Satama", "fi", out)
    assert changes(out.getvalue()) == [("ins", "Vieno", "Two.")]
    assert [c.text for c in Document(io.BytesIO(out.getvalue())).comments] == ["fine"]


@pytest.mark.parametrize(
    ("segment", "sentence"),
    [
        (Reviewed("a\x0b", "b"), r"Segment 1 holds the character U\+000B"),
        (Reviewed("a", "b\x0b"), r"Segment 1 holds the character U\+000B"),
        (Reviewed("a", "b", comments=("A: \x01",)), r"A comment on segment 1 holds the character U\+0001"),
    ],
)
def test_characters_that_xml_lacks_are_refused_by_place(segment: Reviewed, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        write_tracked_anew([segment], "", "", io.BytesIO())
