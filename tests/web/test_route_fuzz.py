"""Every route, every method it takes, with whatever may be sent to it: never a 500, and no GET changes anything."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode
from zlib import crc32

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import encode_multipart

from tests.conftest import ROOT, Client
from tests.formats.all_samples import EVERY
from tests.team import closed_study
from tests.web.test_refusals import kept_table, stored

pytestmark = [
    pytest.mark.exhaustive,
    # Files that the client of the tests leaves open where a body is refused half-read.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

_TRIES = settings(
    deadline=None,
    database=None,
    # What failed is short enough to read, and what came before has changed the database meanwhile.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def names_read(module: str) -> list[str]:
    """The names of fields and queries that a module of routes reads, or hands to what reads them for all."""
    found: set[str] = set()
    for name in (module.removeprefix("review.web.").replace(".", "/"), "forms", "api/shapes"):
        file = ROOT / "review" / "web" / f"{name}.py"
        if file.exists():
            source = file.read_text(encoding="utf-8")
            found |= {*re.findall(r'"([a-z_-]+)"', source), *re.findall(r"(?m)^    ([a-z_]+): ", source)}
    return sorted(found - {"csrf_token"})


def choices() -> list[str]:
    """The values that the templates' buttons and options send."""
    found = {
        value
        for file in (ROOT / "templates").rglob("*.html")
        for value in re.findall(r'value="([\w:-]+)"', file.read_text(encoding="utf-8"))
    }
    return sorted(found)


_ODD = [
    "", "0", "1", "2", "3", "-1", "1:0", "1:1", "2:once", "1:batch", "999999999", "9999999999", str(2**63),
    "9" * 400, "1.5", "nan", "inf", "-inf", "1e400", "true", "null", "[]", "{}", "[[1]]", "[[1, 2]]",
    '[["1", "a"]]', "[[1e400, 1]]", "[" * 5000, "٣", "²", "%", "_", "\\", "(", "[", "(a+)+$", "a\u0301", "\u202e",
    "\ud83d", "\u2028", "\r\n", "\t", "=1+1", "👩‍🔬", "../../etc/passwd", "http://elsewhere", "//", "x" * 70_000,
]  # fmt: skip
_LIKELY = {"system": "1", "version": "0", "text": "A text.", "token": "t", "to": "/", "title": "A title"}
_words = st.one_of(
    st.sampled_from(_ODD),
    st.sampled_from(choices()),
    st.integers(0, 5).map(str),
    st.integers().map(str),
    st.floats().map(str),
    st.text(max_size=40),
)
_files = st.lists(
    st.tuples(
        st.sampled_from(("translation", "source", "reference", "documents", "list", "marks")),
        st.text(max_size=12),
        st.one_of(
            st.binary(max_size=80),
            st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
            st.sampled_from(list(EVERY.values())),
        ),
    ),
    max_size=3,
)
_kinds = (
    "application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; charset=x",
    "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data; boundary=x; boundary=\"y", "", "é/;",
)  # fmt: skip
_raw = st.tuples(
    st.sampled_from(_kinds),
    st.one_of(st.binary(max_size=60), st.just(b"--x\r\n\r\n"), st.just(b"\xff=%ff&=&")),
)
_plain = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=30)
_header_names = (
    "Accept", "Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Referer", "Cookie",
    "X-Forwarded-For", "X-Requested-With", "Authorization", "Expect", "User-Agent", "X-HTTP-Method-Override",
)  # fmt: skip
_headers = st.dictionaries(
    st.sampled_from(_header_names),
    st.one_of(
        _plain,
        st.sampled_from(("application/json", "*/*;q=x", "bytes=9-1", "tarkka=é", "Bearer x", "Basic !")),
    ),
    max_size=2,
)
_ids = st.one_of(st.just(1), st.integers(0, 8), st.sampled_from((2**31, 2**63, 10**40)))
_bytes = st.one_of(st.binary(max_size=12), st.text(max_size=12).map(lambda t: t.encode("utf-8", "replace")))


Draw = Callable[[st.SearchStrategy[Any]], Any]


def each(rule: Rule, send: Callable[[Draw, Rule], None], tries: int = 25) -> None:
    """Send to a rule again and again, each time something else, but the same in each run."""

    @seed(crc32(rule.rule.encode()))
    @settings(_TRIES, max_examples=tries)
    @given(st.data())
    def once(data: st.DataObject) -> None:
        send(data.draw, rule)

    once()


class Sender:
    """A browser with a session, whose requests may be made of anything."""

    def __init__(self, app: Flask, likely: dict[str, list[str]]) -> None:
        self.app, self.likely = app, likely
        self.inner = app.test_client()
        found = re.search(r'csrf-token" content="([^"]+)"', self.inner.get("/").get_data(as_text=True))
        assert found
        self.headers = {"Origin": "http://localhost", "X-CSRFToken": found.group(1)}

    def address(self, draw: Draw, rule: Rule) -> str:
        def part(match: re.Match[str]) -> str:
            converter, name = match.group(1) or "", match.group(2)
            if converter == "int:":
                return str(draw(_ids))
            known = self.likely[name]
            return quote_from_bytes(draw(st.one_of(st.sampled_from(known).map(str.encode), _bytes)), safe="")

        return re.sub(r"<(\w+:)?(\w+)>", part, rule.rule)

    def fields(self, draw: Draw, rule: Rule) -> list[tuple[str, str]]:
        """Fields of a form or a query: mostly those that the route reads, often as it wants them."""
        module = self.app.view_functions[rule.endpoint].__module__
        names = st.one_of(
            st.sampled_from(names_read(module)), st.sampled_from(sorted(_LIKELY)), st.text(max_size=8)
        )
        likely = draw(st.sets(st.sampled_from(sorted(_LIKELY))))
        return draw(st.lists(st.tuples(names, _words), max_size=12)) + [(n, _LIKELY[n]) for n in likely]

    def send(self, method: str, address: str, headers: dict[str, str], **body: Any) -> None:
        note(f"{method} {address} {headers} {str(body)[:2000]}")
        answer = self.inner.open(address, method=method, headers={**headers, **self.headers}, **body)
        answer.close()
        told = f"{method} {address}: {answer.status_code}"
        # A service that is not there is told as what it is; nothing else may fail.
        assert answer.status_code < 500 or (answer.status_code == 503 and "/rewrite" in address), told


@pytest.fixture
def sender(app: Flask, client: Client, demo: int) -> Sender:
    """A browser before an instance that holds something of each kind."""
    client.paste("Then Lavrovin said so.\n\nThen the the talks ended.\n\nThen Lavrovin left.")
    client.save(demo, 1, "A correction.", comment="A comment.")
    client.post(f"/batches/{demo}/segments/2/annotations", first="0", last="1", category="other", token="t")
    closed_study(app, demo)
    kept_table(app)
    exports = re.findall(rf"/batches/{demo}/export/([\w-]+)", client.page(f"/batches/{demo}/export"))
    known = {
        "format_id": sorted(set(exports)),
        "kind": ["csv", "tbx", "tsv", "svg", "json", "jsonl"],
        "check_id": ["name-ending", "repeated-word", "number-mismatch"],
        "token": ["0" * 32],
        "filename": ["tarkka.css", "js/review.js"],
    }
    return Sender(app, known)


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """The rules that take a method, each once."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


@pytest.mark.fault(18)
def test_no_get_is_a_500_or_changes_anything(sender: Sender) -> None:
    before = stored(sender.app)

    def ask(draw: Draw, rule: Rule) -> None:
        query = urlencode(
            [(n, v) for n, v in sender.fields(draw, rule) if len(v) < 9000], errors="surrogatepass"
        )
        method = draw(st.sampled_from(("GET", "GET", "GET", "HEAD")))
        sender.send(method, f"{sender.address(draw, rule)}?{query}", draw(_headers))

    for rule in rules(sender.app, "GET"):
        each(rule, ask)
        assert stored(sender.app) == before, rule


@pytest.mark.parametrize("part", [0, 1])
def test_no_form_is_a_500(sender: Sender, part: int) -> None:
    def post(draw: Draw, rule: Rule) -> None:
        fields, files = sender.fields(draw, rule), draw(_files)
        body: str | bytes = urlencode(fields, errors="surrogatepass")
        kind = "application/x-www-form-urlencoded"
        if files or draw(st.booleans()):
            boundary, body = encode_multipart(_parts(fields, files))
            kind = f"multipart/form-data; boundary={boundary}"
        sender.send("POST", sender.address(draw, rule), draw(_headers), data=body, content_type=kind)

    for rule in list(rules(sender.app, "POST"))[part::2]:
        each(rule, post)


def test_no_odd_body_or_method_is_a_500(sender: Sender) -> None:
    def send(draw: Draw, rule: Rule) -> None:
        method = draw(st.sampled_from(("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ODD")))
        kind, body = draw(_raw)
        sender.send(method, sender.address(draw, rule), draw(_headers), data=body, content_type=kind)

    for rule in sender.app.url_map.iter_rules():
        each(rule, send, tries=8)


def _parts(fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> dict[str, list[Any]]:
    """What a form with files holds, each name once."""
    parts: dict[str, list[Any]] = {}
    for name, value in fields:
        parts.setdefault(_encodable(name), []).append(_encodable(value))
    for name, called, content in files:
        parts.setdefault(name, []).append(FileStorage(io.BytesIO(content), _encodable(called)))
    return parts


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
