"""HTML articles: what is text in them, and that corrections touch nothing else."""

import io
import re
import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadInput, WrongEncoding
from review.formats.guard import Limits
from review.formats.html import Html
from review.formats.html.scan import scan
from tests.formats.reading import corrected, read, unreviewed, write

pytestmark = pytest.mark.slow

HTML = Html()


def texts(page: str | bytes) -> list[str]:
    data = page.encode() if isinstance(page, str) else page
    return [s.hypotheses[0] for s in read(HTML, data, "a.html").segments]


def with_text(page: str, *new: str) -> str:
    data = page.encode()
    return write(HTML, data, corrected(read(HTML, data, "a.html"), dict(enumerate(new)))).decode()


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<p>Two", ["One", "Two"]),
        ("<title>A &amp; <b></title><h1>B</h1>", ["A & <b>", "B"]),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", ["a", "b", "c"]),
        ("<table><tr><th>a<td>b</table>", ["a", "b"]),
        ("<blockquote>a<p>b</p>c</blockquote>", ["a", "b", "c"]),
        ("<figure><img src=a><figcaption>b</figcaption></figure>", ["b"]),
        ("<my-block>a</my-block>b", ["a", "b"]),
        # Inline tags are codes; those around all of a text are no part of it.
        ("<p>a <b>c</b> d</p>", ["a ⟦1⟧c⟦/1⟧ d"]),
        ("<p><a href='x'><b>c</b></a></p>", ["c"]),
        ("<p><img src=i> a <img src=j> b <img src=k></p>", ["a ⟦1/⟧ b"]),
        ("<p>a <b>b<p>c</b> d", ["a ⟦1/⟧b", "c⟦1/⟧ d"]),
        ("<p><b>a</b> <i>b</i></p>", ["⟦1⟧a⟦/1⟧ ⟦2⟧b⟦/2⟧"]),
        ("<p>x <b><i>a</b>b</i> y</p>", ["x ⟦1⟧⟦2/⟧a⟦/1⟧b⟦3/⟧ y"]),
        ("<p>⟦1⟧ a <b>b</b></p>", ["⟦1⟧ a ⟦2⟧b⟦/2⟧"]),
        ("<p>a <svg><text>no</text></svg> b</p>", ["a ⟦1/⟧ b"]),
        # White space as a browser shows it, line breaks as such.
        ("<p>\n a\n  b <b> c</b> </p>", ["a b ⟦1⟧c⟦/1⟧"]),
        ("<p>a <br>\n b<br/></p>", ["a\nb"]),
        ("<p>&nbsp;a&#160;&mdash;&copy b&unknown; & c</p>", ["\xa0a\xa0—© b&unknown; & c"]),
        ("<p>a&#32;&#10; b&#0;</p>", ["a b\ufffd"]),
        # Left alone.
        ("<nav><p>a</p></nav><pre>b</pre><p>c</p>", ["c"]),
        ("<style>p{}</style><script>'<p>a</p>'</script><p>c</p>", ["c"]),
        ("<div translate=no><p>a</p></div><p title='translate=\"no\"'>b</p>", ["b"]),
        ("<!-- <p>a</p> --><p>b<!-- c -->d</p><![CDATA[e]]><?f g?>", ["bd"]),
        ("<textarea><p>a</textarea>", []),
        ("<p>&nbsp;</p><p>.</p><p></p>", ["\xa0", "."]),
        # However broken.
        ("5 < 6 <p", ["5 < 6"]),
        ("<p title='a>b", []),
        ("<p title=it's>a</p>", ["a"]),
        ("<p title='>'>a</p  x>", ["a"]),
        ("</b></p>a<//>b", ["ab"]),
        ("<script>a", []),
        ("<nav>a<p>b", ["a", "b"]),
        ("<P>A</P>", ["A"]),
    ],
)
def test_what_is_read_is_what_a_browser_shows(page: str, found: list[str]) -> None:
    assert texts(page) == found


def test_language_and_headings_are_told() -> None:
    parsed = read(HTML, b"<html lang=fi-FI><title>a</title><h2>b</h2><p>c <b class=x>d</b></p>", "sivu.html")
    assert (parsed.target_lang, parsed.systems) == ("fi", ("sivu",))
    assert [s.notes for s in parsed.segments] == [("title",), ("h2",), ("codes: ⟦1⟧ <b class=x>",)]


@pytest.mark.parametrize(
    ("page", "text", "made"),
    [
        ("<p class=x>a  b &mdash; c</p>", "a  b — d", "<p class=x>a  b &mdash; d</p>"),
        ("<p>a <b>b</b></p>", "<i> & a ⟦1⟧c⟦/1⟧", "<p>&lt;i&gt; &amp; a <b>c</b></p>"),
        ("<p>a <b class=k>b</b> c</p>", "⟦1⟧a⟦/1⟧ b c", "<p><b class=k>a</b> b c</p>"),
        ("<p>a <b>b</b> c</p>", "a b c", "<p>a b c</p>"),
        ("<p>a <b>b</b> c</p>", "a ⟦1⟧b c", "<p>a b c</p>"),
        ("<p>a <b>b</b> <i>c</i> d</p>", "a ⟦1⟧b ⟦2⟧c⟦/1⟧ x⟦/2⟧ d", "<p>a <b>b c</b> x d</p>"),
        ("<p>a <img src=i> c</p>", "a ⟦1/⟧ ⟦1/⟧ ⟦7/⟧ c", "<p>a <img src=i> ⟦7/⟧ c</p>"),
        ("<p>a</p>", "a\nb", "<p>a<br>b</p>"),
        ("<?xml version='1.0'?><p>a</p>", "a\nb", "<?xml version='1.0'?><p>a<br/>b</p>"),
        ("<title>a</title>", "a\nb", "<title>a b</title>"),
        ("<p>\n  a<br>\n  b\n</p>", "a\nc", "<p>\n  a<br>c\n</p>"),
        ("<p>a</p>", "", "<p></p>"),
        ("<p>a < b & c &copy d</p>", "a <b &lt; c ©; d", "<p>a &lt;b &amp;lt; c ©; d</p>"),
        ("<p>a<!-- note --> b</p>", "a c", "<p>a<!-- note --> c</p>"),
    ],
)
def test_only_changed_words_change(page: str, text: str, made: str) -> None:
    assert with_text(page, text) == made


WORDS = st.text(
    st.sampled_from(string.ascii_letters + string.punctuation + "é\u00a0\u2028\u0085😀\u202e⟦⟧—"),
    min_size=1,
    max_size=6,
)
ATOM = st.one_of(
    WORDS,
    st.sampled_from([" ", "\n ", "\t", "<br>", "<br/>", "&nbsp;", "&amp;", "&#8212;", "&lt", "<!-- c -->", "<img src='>'>", "\x0c"]),
    st.sampled_from(["<b>", "</b>", "<i class=\"x>y\">", "</i>", "<a href=x>", "</a>", "<svg><p>x</p></svg>", "<script>1</script>"]),
    st.sampled_from(["<p>", "</p>", "<li>", "<div class='a'>", "</div>", "<title>", "</title>", "<pre>", "</pre>", "<nav>", "</nav>"]),
    st.sampled_from(["<", "</", "<!", "<p title='", "⟦1⟧", "⟦/1⟧", "⟦2/⟧"]),
)  # fmt: skip
PAGE = st.lists(ATOM, max_size=30).map("".join)
NEW = st.lists(st.one_of(WORDS, st.sampled_from([" ", "  ", "\n", "\t"])), min_size=1, max_size=8).map(
    "".join
)


@given(PAGE)
def test_nothing_reviewed_gives_the_very_bytes(page: str) -> None:
    data = page.encode()
    assert write(HTML, data, unreviewed(read(HTML, data, "a.html"))) == data


@pytest.mark.slow
@given(PAGE.filter(lambda page: "title>" not in page), st.lists(NEW, min_size=4, max_size=8))
def test_what_was_written_is_read_again_and_all_else_is_as_it_was(page: str, new: list[str]) -> None:
    before = texts(page)
    chosen = [keeping_codes(old, text) for old, text in zip(before, new, strict=False)]
    made = with_text(page, *chosen)
    assert texts(made) == [as_read(text) for text in chosen] + before[len(chosen) :]
    assert sorted(tags(made)) == sorted(tags(page))


def keeping_codes(old: str, new: str) -> str:
    """A new text for a segment, with words at both ends and its codes in their order."""
    codes = re.findall(r"⟦(?:/\d+|\d+/?)⟧", old)
    plain = re.sub(r"[⟦⟧]", "", new)
    return "a" + " ".join([*(f"w{code}v" for code in codes), plain]) + "z"


def as_read(text: str) -> str:
    text = re.sub(r"[ \t\f\r]+", " ", text)
    return re.sub(r" ?\n ?", "\n", text)


def tags(page: str) -> list[str]:
    """All that is no text, line breaks aside."""
    return [page[t.start : t.end] for t in scan(page) if t.kind != "text" and t.name != "br"]


ENCODED = "<meta charset={}><p>Päivä – “ok”</p>"


@pytest.mark.parametrize(
    ("label", "codec"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("utf8", "utf-8-sig"), ("x", "utf-16"), ("gb18030", "gb18030")],
)  # fmt: skip
def test_pages_are_read_in_their_encoding_and_stay_in_it(label: str, codec: str) -> None:
    data = ENCODED.format(label).encode(codec)
    assert texts(data) == ["Päivä – “ok”"]
    made = write(HTML, data, corrected(read(HTML, data, "a.html"), {0: "Päivä – “ok” ☃"}))
    assert made.decode(codec) == ENCODED.format(label).replace(
        "”", "” ☃" if "utf" in codec or "gb" in codec else "” &#9731;"
    )


def test_an_encoding_that_a_person_chose_is_found_again() -> None:
    data = "<p>Päivä</p><p>Yö</p>".encode("iso-8859-15")
    with pytest.raises(WrongEncoding):
        read(HTML, data, "a.html")
    parsed = HTML.read(io.BytesIO(data), "a.html", Limits(), "iso-8859-15")
    made = write(HTML, data, corrected(parsed, {1: "Öisin"}))
    assert made == "<p>Päivä</p><p>Öisin</p>".encode("iso-8859-15")


@pytest.mark.parametrize(
    ("start", "ours"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf \n<!doctype HTML PUBLIC 'x'>", True),
        ("<html lang=fi>".encode("utf-16"), True),
        (b"<?xml version='1.0'?>\n<!-- a --><html xmlns='x'>", True),
        (b"<p>One</p>\n<p>Two</p>", True),
        (b"<h1>Title</h1>", True),
        (b"<pages/>", False),
        (b"<?xml version='1.0'?><xliff version='1.2'>", False),
        (b"<doc><p>", False),
        (b"Plain text with <p> in it", False),
        (b"", False),
    ],
)
def test_pages_are_known_by_their_content(start: bytes, ours: bool) -> None:
    assert HTML.recognises(start) == ours


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<html>", b"\xff\xfe<\0", b"<meta charset='", b"<p>\xe4"])
)
def test_damage_of_any_kind_is_told_in_a_sentence(rest: bytes, start: bytes) -> None:
    with suppress(BadInput):
        parsed = read(HTML, start + rest, "a.html")
        write(HTML, start + rest, corrected(parsed, {0: "New words."} if parsed.segments else {}))


def test_hostile_pages_are_read_in_linear_steps() -> None:
    for page in (
        "<b>" * 50_000 + "x",
        "<p title='" * 50_000,
        "<!-- " * 50_000,
        "<nav>" * 50_000,
        "<script>" * 50_000,
        "&" * 50_000,
    ):
        read(HTML, page.encode(), "a.html")  # or a test of a minute


def test_long_texts_are_refused() -> None:
    with pytest.raises(BadInput, match="segment 2: the segment is longer"):
        texts(f"<p>a</p><p>{'a' * 110_000}</p>")
