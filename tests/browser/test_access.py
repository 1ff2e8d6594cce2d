"""WCAG 2.2 AA on every page, in both themes: axe-core finds nothing, the focus shows, targets are large enough."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import create_app
from tests.browser.conftest import Server, serving
from tests.conftest import DEMO, Client
from tests.databases import settings_at
from tests.team import closed_study
from tests.web.test_refusals import PLACES, kept_table

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Addresses that answer with something else than a page of their own.
NO_PAGES = {
    "static",
    "batches.progress",
    "segments.next_flagged",
    "segments.go",
    "segments.waiting",
    "names.export",
    "terms.export",
    "exports.download",
    "second_review.begin",
    "comparisons.waiting",
    "comparisons.export",
    "import_jobs.progress",
    "watching.alive",
    "watching.ready",
    "watching.metrics",
}
QUERIES = {
    "names.preview": "?variant=Lavrovin&right=Lavrov",
    "dismissals.preview": "?check=name-ending",
    "accepting.show": "?check=name-ending",
    "replacing.show": "?find=the&replace=a",
    "concordance.show": "?q=the",
    "terms.show": "",
    "comparisons.segments": "?beside=2&order=gain",
}


def worked_on(app: Flask) -> int:
    """A batch with something of everything in it."""
    client = Client(app.test_client())
    names = ("north", "south")
    uploaded = client.upload(
        translation=[(f"sys.{name}.en", (DEMO / f"sys.{name}.en").read_bytes()) for name in names],
        source=("source.fi", (DEMO / "source.fi").read_bytes()),
        reference=("reference.en", (DEMO / "reference.en").read_bytes()),
    )
    batch = int(uploaded.location.rsplit("/", 1)[1])
    client.save(batch, 1, "A first segment, corrected.", seconds="20", reference_in_view="1")
    client.save(batch, 2, "A second one, corrected.", seconds="31")
    here = f"/batches/{batch}/segments"
    client.post(f"{here}/1/comments", text="Is this the right name?", comment="Is this the right name?")
    marked = client.post(
        f"{here}/1/annotations",
        version="1",
        start="0",
        end="3",
        side="target",
        words="",
        category="accuracy",
        severity="major",
    )
    scored = client.post(f"{here}/1/annotations/score", score="60")
    assert (marked.status_code, scored.status_code) == (303, 303)
    closed_study(app, batch)
    kept_table(app)
    return batch


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int, dict[str, str]]]:
    """A server on a batch that was worked on, its id, and the rules of all its pages by endpoint."""
    instance = tmp_path_factory.mktemp("access") / "instance"
    app = create_app(settings_at(instance, queue_url="immediate:", model="none"))
    batch = worked_on(app)
    rules = {
        r.endpoint: r.rule
        for r in app.url_map.iter_rules()
        if "GET" in (r.methods or ()) and not r.rule.startswith("/api/")
    }
    app.extensions["tarkka"].engine.dispose()
    server = serving(instance)
    yield server, batch, rules
    server.stop()


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.exhaustive)])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, place: tuple[Server, int, dict[str, str]], theme: str
) -> None:
    server, batch, rules = place
    context = browser.new_context(base_url=server.address, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    good = {
        "batch_id": str(batch),
        "number": "1",
        "check_id": "name-ending",
        "study_id": "1",
        "token": PLACES["token"],
    }
    found: list[str] = []
    for endpoint, rule in sorted(rules.items()):
        if endpoint in NO_PAGES:
            continue
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: good[m.group(1)], rule)
        answer = page.goto(address + QUERIES.get(endpoint, ""))
        assert answer
        assert answer.status == 200, address
        found += troubles(page, endpoint)
    context.close()
    assert found == [], "\n".join(found)


def troubles(page: Page, endpoint: str) -> list[str]:
    """What axe-core finds, with every part of the page unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.evaluate(AXE)
    answer = page.evaluate("(tags) => axe.run({runOnly: tags})", WCAG)
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll(".text p[id], .neighbour, .backdrop, #segments p, .published p")]
            .filter((cell) => cell.closest("[lang]") === document.documentElement || !cell.closest("[dir]"))
            .map((cell) => cell.outerHTML.slice(0, 120))"""
    )
    assert unnamed == [], f"{endpoint}: texts of no language"
    return [f"{endpoint}: {v['id']}: {n['html'][:200]}" for v in answer["violations"] for n in v["nodes"]]


def test_the_focus_always_shows_and_is_never_hidden(
    browser: Browser, place: tuple[Server, int, dict[str, str]]
) -> None:
    server, batch, _ = place
    context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(f"/batches/{batch}/segments/3")
    expect(page.locator("#text")).to_be_focused()
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const box = at.getBoundingClientRect();
                const style = getComputedStyle(at);
                const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
                const shown = style.outlineStyle !== "none" || at.closest(":focus-within")?.matches("[type=range]");
                return {what: at.outerHTML.slice(0, 120), inside, shown: Boolean(shown)};
            }"""
        )
        if at is None:
            break
        assert (at["inside"], at["shown"]) == (True, True), at
        seen.add(at["what"])
    assert len(seen) >= 15
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(
    browser: Browser, place: tuple[Server, int, dict[str, str]], width: int
) -> None:
    server, batch, rules = place
    context = browser.new_context(base_url=server.address, viewport={"width": width, "height": 844})
    page = context.new_page()
    good = {
        "batch_id": str(batch),
        "number": "1",
        "check_id": "name-ending",
        "study_id": "1",
        "token": PLACES["token"],
    }
    wide = []
    for endpoint, rule in sorted(rules.items()):
        if endpoint in NO_PAGES:
            continue
        page.goto(re.sub(r"<(?:\w+:)?(\w+)>", lambda m: good[m.group(1)], rule) + QUERIES.get(endpoint, ""))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(endpoint)
    context.close()
    assert wide == []
