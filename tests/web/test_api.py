"""What the API promises to programs: batches made and read, corrections once, conflicts with both texts, problems as JSON."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app import create_app
from review.errors import Busy
from review.settings import Settings
from review.web.api.exports import noun as exports
from review.work import uploads
from review.work.exporting import EXPORT_FORMATS
from tests.conftest import Client
from tests.programs import BASE, Program, demo_files, named
from tests.team import signed_in, team

pytestmark = pytest.mark.slow

TEXTS = ("Lavrovin said so.", "Then the the talks ended.", "Nothing is wrong here.", "A kok kok day.")


@pytest.fixture
def program(app: Flask) -> Program:
    return Program(app)


@pytest.fixture
def batch(program: Program) -> str:
    """Where a small batch is."""
    return str(program.batch(*TEXTS)["links"]["self"])


def test_segments_as_json_become_a_batch_that_pages_show(program: Program, client: Client) -> None:
    segments = [
        {
            "hypothesis": {"north": "The end.", "south": "An end."},
            "source": "Loppu.",
            "references": ["End."],
            "document": "d1",
            "notes": ["Short."],
        },
        {"hypothesis": {"north": "More.", "south": "Even more."}, "document": "d2"},
    ]
    sent = {"segments": segments, "title": "Näyte", "source_lang": "fi", "target_lang": "en"}
    made = program.post("/batches", sent)
    assert (made["title"], made["segments"], made["references"]) == ("Näyte", 2, 1)
    assert [one["name"] for one in made["systems"]] == ["north", "south"]
    assert made["checks"] == {"state": "done", "done": 4, "total": 4, "troubles": []}
    assert made == program.get(made["links"]["self"])
    second = program.get(made["links"]["segments"] + "?system=2")["segments"]
    assert [one["text"] for one in second] == ["An end.", "Even more."]
    assert [one["document"] for one in second] == ["d1", "d2"]
    assert second[0]["notes"] == ["Short."]
    assert "Näyte" in client.page(made["links"]["page"])


def test_files_become_the_batch_that_the_upload_page_makes(
    program: Program, client: Client, demo: int
) -> None:
    form = MultiDict([(field, (io.BytesIO(content), name)) for field, (name, content) in demo_files()])
    answer = program.send("POST", "/batches", data=form)
    assert answer.status_code == 201
    made = answer.get_json()
    assert answer.headers["Location"] == made["links"]["self"]
    by_page = program.get(f"/batches/{demo}")
    same = ("title", "source_lang", "target_lang", "format", "segments", "systems", "checks", "scores")
    assert {name: made[name] for name in same} == {name: by_page[name] for name in same}
    assert client.export(made["id"], system=2) == client.export(demo, system=2)


@pytest.mark.parametrize(
    ("content", "told", "texts"),
    [
        ("source\thypothesis\na\tOne.\n", "", ["One."]),
        ("a\tOne.\nb\tTwo.\n", "source=1,hypothesis=2", ["One.", "Two."]),
        ("a\tOne.\nb\tTwo.\n", "", None),
        ("a\tOne.\nb\tTwo.\n", "hypothesis=7", None),
    ],
)
def test_a_table_is_read_by_its_header_or_as_it_is_told(
    program: Program, content: str, told: str, texts: list[str] | None
) -> None:
    form = {"translation": (io.BytesIO(content.encode()), "a.tsv"), "columns": told, "layout": "table"}
    answer = program.send("POST", "/batches", data=form)
    if texts is None:
        assert answer.status_code == 422
        assert "column" in answer.get_json()["detail"]
    else:
        found = program.get(answer.get_json()["links"]["segments"])["segments"]
        assert [one["text"] for one in found] == texts


def test_a_large_upload_is_answered_with_where_to_ask(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 100)
    lines = "".join(f"Line {n}.\n" for n in range(50)).encode()
    form = {"translation": (io.BytesIO(lines), "mt.en"), "layout": "lines"}
    answer = program.send("POST", "/batches", data=form)
    assert answer.status_code == 202
    state = program.get(answer.headers["Location"])
    assert state["state"] == "done"
    assert program.get(state["links"]["batch"])["segments"] == 50
    stopped = program.send("POST", answer.headers["Location"] + "/cancel")
    assert stopped.get_json()["state"] == "done"


def test_batches_come_in_pages(program: Program) -> None:
    made = [program.batch(f"Text {n}.")["id"] for n in range(5)]
    found, before = [], ""
    while True:
        page = program.get(f"/batches?limit=2{before}")
        found += [one["id"] for one in page["batches"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert found == made[::-1]
    assert program.get("/batches?project=99")["batches"] == []
    assert program.get("/projects")["projects"][0]["batches"] == 5


def test_each_segment_comes_once_while_texts_are_corrected(program: Program) -> None:
    where = program.batch(*(f"Then the the number {n} came." for n in range(25)))["links"]["self"]
    for status in ("", "&status=flagged", "&status=unreviewed"):
        met, after = [], 0
        while after is not None:
            page = program.get(f"{where}/segments?limit=4&after={after}{status}")
            met += [one["number"] for one in page["segments"]]
            for one in page["segments"][:2]:
                text = f"{one['text']} {status}"
                program.post(
                    f"{where}/segments/{one['number']}/corrections", {"text": text, "version": one["version"]}
                )
            after = page["next"]
        assert met == sorted(set(met))
        if status != "&status=unreviewed":
            assert met == list(range(1, 26))


def test_segments_are_chosen_as_on_the_page(program: Program, batch: str) -> None:
    program.post(f"{batch}/segments/3/confirm", {"version": 0})
    for query, numbers in (
        ("", [1, 2, 3, 4]),
        ("status=reviewed", [3]),
        ("status=unreviewed", [1, 2, 4]),
        ("status=flagged", [1, 2, 4]),
        ("check=repeated-word", [2, 4]),
        ("text=TALKS", [2]),
        ("reviewer=Reviewer", [3]),
        ("reviewer=Nobody", []),
        ("status=flagged&confidence=1", []),
        ("status=flagged&confidence=0.0053570739552113454e-2", [1, 2, 4]),
        ("limit=1&after=2", [3]),
    ):
        found = program.get(f"{batch}/segments?{query}")["segments"]
        assert [one["number"] for one in found] == numbers, query


def test_flags_come_in_pages_and_by_what_they_are(program: Program, batch: str) -> None:
    every, after = [], ""
    while after is not None:
        page = program.get(
            f"{batch}/flags?state=any&confidence=0&limit=1&after={after}".removesuffix("&after=")
        )
        every += page["flags"]
        after = page["next"]
    assert len({one["id"] for one in every}) == len(every) >= 2
    assert [one["segment"] for one in every] == sorted(one["segment"] for one in every)
    repeated = program.get(f"{batch}/flags?check=repeated-word")["flags"]
    assert {one["text"] for one in repeated} == {"the the", "kok kok"}
    first = repeated[0]
    assert TEXTS[1][first["start"] : first["end"]] == first["text"]
    where = f"{batch}/segments/2/flags/{first['id']}"
    assert program.post(f"{where}/dismiss", {}, 200)["state"] == "dismissed"
    assert program.post(f"{where}/dismiss", {"scope": "batch"}, 200)["state"] == "dismissed"
    assert [one["id"] for one in program.get(f"{batch}/flags?state=dismissed")["flags"]] == [first["id"]]
    assert first["id"] not in [one["id"] for one in program.get(f"{batch}/flags")["flags"]]
    assert program.post(f"{where}/reopen", status=200)["state"] == "open"
    alike = program.get(f"{batch}/flags?system=1&severity={first['severity']}")["flags"]
    assert first["id"] in [one["id"] for one in alike]


def test_flags_of_all_systems_come_one_system_after_the_other(program: Program, demo: int) -> None:
    where, every, after = f"/batches/{demo}/flags?limit=7", [], ""
    while after is not None:
        page = program.get(where + after)
        every += [one["id"] for one in page["flags"]]
        after = page["next"] and f"&after={page['next']}"
    each = [program.get(f"{where}00&system={n}")["flags"] for n in (1, 2)]
    assert every == [one["id"] for some in each for one in some]
    counts = [one["open_flags"] for one in program.get(f"/batches/{demo}")["systems"]]
    assert [len(some) for some in each] == [sum(one.values()) for one in counts]


def test_a_correction_is_what_the_page_shows(program: Program, client: Client, batch: str) -> None:
    made = program.post(f"{batch}/segments/1/corrections", {"text": "Lavrov said so.", "version": 0})
    assert (made["version"], made["text"], made["based_on"]) == (1, "Lavrov said so.", 0)
    assert (made["reviewer"], made["origin"]) == ("Reviewer", "typed")
    now = program.get(f"{batch}/segments/1")
    assert (now["text"], now["version"], now["status"]) == ("Lavrov said so.", 1, "edited")
    assert now["hypothesis"] == TEXTS[0]
    assert "Lavrov said so." in client.page(f"{batch.removeprefix(BASE)}/segments/1")
    confirmed = program.post(f"{batch}/segments/3/confirm", {"version": 0})
    assert (confirmed["text"], confirmed["origin"]) == (TEXTS[2], "confirmed")
    versions = program.get(f"{batch}/segments/1/corrections")["corrections"]
    assert [one["text"] for one in versions] == [TEXTS[0], "Lavrov said so."]


@pytest.mark.parametrize("sent", [{"text": "Mine.", "version": 0}, {"version": 0}])
def test_who_is_slower_gets_both_texts(program: Program, batch: str, sent: dict[str, Any]) -> None:
    program.post(f"{batch}/segments/1/corrections", {"text": "Theirs.", "version": 0})
    kind = "corrections" if "text" in sent else "confirm"
    told = program.post(f"{batch}/segments/1/{kind}", sent, 409)
    assert (told["theirs"], told["version"]) == ("Theirs.", 1)
    assert told["yours"] in ("Mine.", "Theirs.")
    assert program.get(f"{batch}/segments/1")["text"] == "Theirs."


def test_what_is_sent_twice_is_done_once(program: Program, batch: str) -> None:
    where, sent = f"{batch}/segments/1/corrections", {"text": "Once.", "version": 0}
    first = program.post(where, sent, Idempotency_Key="k")
    program.post(where, {"text": "Later.", "version": 1})
    assert program.post(where, sent, Idempotency_Key="k") == first
    assert program.get(f"{batch}/segments/1")["version"] == 2
    told = program.post(where, {"text": "Another.", "version": 2}, 422, Idempotency_Key="k")
    assert "Idempotency-Key" in told["detail"]
    again = program.post(f"{batch}/segments/2/corrections", sent, Idempotency_Key="k")
    assert again["text"] == "Once."
    new = {"segments": [{"hypothesis": "One."}]}
    ids = [program.post("/batches", new, Idempotency_Key=key)["id"] for key in ("a", "a", "b")]
    assert ids[0] == ids[1] != ids[2]


def test_a_correction_that_is_sent_at_once_several_times_is_one(program: Program, batch: str) -> None:
    where, sent = f"{batch}/segments/1/corrections", {"text": "Once.", "version": 0}

    def send(_: int) -> Any:
        return program.send("POST", where, json=sent, headers={"Idempotency-Key": "k"})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_data() for answer in answers}) == 1
    assert len(program.get(where)["corrections"]) == 2


def test_an_import_that_is_sent_at_once_several_times_is_one(program: Program) -> None:
    new = {"segments": [{"hypothesis": "Once."}]}

    def send(_: int) -> Any:
        return program.send("POST", "/batches", json=new, headers={"Idempotency-Key": "k"})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    [stored] = program.get("/batches")["batches"]
    assert {(answer.status_code, answer.get_json()["id"]) for answer in answers} == {(201, stored["id"])}


def test_comments(program: Program, batch: str) -> None:
    said = program.post(f"{batch}/segments/1/comments", {"text": "Which talks?"})
    assert said == program.post(f"{batch}/segments/1/comments", {"text": "Which talks?"})
    assert program.get(f"{batch}/segments/1/comments") == {"comments": [said]}
    assert program.get(f"{batch}/segments/1")["comments"] == [said]


def test_scores_are_those_of_the_page(program: Program, client: Client, demo: int) -> None:
    where = f"/batches/{demo}"
    program.post(f"{where}/segments/1/corrections", {"text": "The government has halted it.", "version": 0})
    told = program.get(f"{where}/scores")
    assert told["state"] == "there"
    north, south = told["systems"]
    assert (north["reviewed"], south["corrected"], south["hter"]) == (1, None, None)
    page = client.page(where)
    for one in (*north["machine"], *north["corrected"], *south["machine"]):
        assert f"{one['value']:.2f}" in page or f"{one['value']:.1f}" in page, one
    assert program.post(f"{where}/scores", status=202)["state"] == "there"
    bare = program.batch("No reference.")["links"]["scores"]
    assert program.get(bare)["state"] == "no-reference"
    assert "no reference" in program.post(bare, status=422)["detail"]


@pytest.mark.slow
def test_every_format_goes_out_as_from_its_page(program: Program, client: Client, demo: int) -> None:
    offered = program.get(f"/batches/{demo}/exports")["formats"]
    assert [one["id"] for one in offered] == [one.id for one in EXPORT_FORMATS]
    (download,) = [one for one in exports.operations if one.files]
    for one in offered:
        answer = program.send("GET", one["link"] + "?system=2")
        by_page = client.get(f"/batches/{demo}/export/{one['id']}?system=2")
        with answer, by_page:
            assert answer.status_code == 200
            assert answer.mimetype == one["media_type"]
            assert answer.mimetype in download.files
            for name in ("Content-Type", "Content-Disposition"):
                assert answer.headers[name] == by_page.headers[name]
            if one["id"] not in ("xlsx", "docx", "docx-changes"):  # these hold the time they are made at
                assert answer.get_data() == by_page.get_data()


def test_a_batch_is_removed_by_its_title(program: Program, batch: str) -> None:
    title = program.get(batch)["title"]
    assert program.send("DELETE", batch).status_code == 422
    assert program.send("DELETE", f"{batch}?title=Another").status_code == 422
    gone = program.send("DELETE", batch, query_string={"title": title})
    assert (gone.status_code, gone.get_data()) == (204, b"")
    program.get(batch, 404)


REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/nothing", {}, 404, ""),
    ("GET", "/batches/99", {}, 404, ""),
    ("GET", "/batches/x", {}, 404, ""),
    ("GET", "/batches/", {}, 404, ""),
    ("GET", "//batches", {}, 404, ""),
    ("GET", "/batches/9999999999", {}, 404, ""),
    ("GET", "/batches/1/segments/99", {}, 404, ""),
    ("GET", "/batches/1/segments?system=2", {}, 404, ""),
    ("GET", f"/imports/{'0' * 32}", {}, 404, ""),
    ("PUT", "/batches", {}, 405, ""),
    ("POST", "/batches", {"data": "x"}, 415, ""),
    ("POST", "/batches", {"data": "x=1", "content_type": "application/x-www-form-urlencoded"}, 415, ""),
    ("POST", "/batches", {"data": "{", "content_type": "application/json"}, 422, "body"),
    ("POST", "/batches", {"data": b"\xff", "content_type": "application/json"}, 422, "body"),
    ("POST", "/batches", {"json": []}, 422, "body"),
    ("POST", "/batches", {"json": {"segments": []}}, 422, "body/segments"),
    ("POST", "/batches", {"json": {"segments": [{"hypothesis": "a\0"}]}}, 422, "body/segments/0/hypothesis"),
    ("POST", "/batches", {"json": {"segments": [{"hypothesis": "a"}], "titel": "x"}}, 422, "body/titel"),
    ("POST", "/batches", {"json": {"segments": [{"hypothesis": " "}]}}, 422, ""),
    ("POST", "/batches", {"json": {"segments": [{"hypothesis": "x" * 110_000}]}}, 422, ""),
    ("POST", "/batches", {"data": {"layout": "lines"}, "content_type": "multipart/form-data"}, 422, "body/translation"),
    ("POST", "/batches", {"data": {"translation": "text"}, "content_type": "multipart/form-data"}, 422, "body/translation"),
    ("GET", "/batches?limit=0", {}, 422, "query/limit"),
    ("GET", "/batches?limit=ten", {}, 422, "query/limit"),
    ("GET", "/batches?limit=1&limit=2", {}, 422, "query/limit"),
    ("GET", "/batches?order=name", {}, 422, "query/order"),
    ("GET", "/projects?x=1", {}, 422, "query/x"),
    ("GET", "/batches/1/segments?status=odd", {}, 422, "query/status"),
    ("GET", "/batches/1/flags?after=1", {}, 422, "query/after"),
    ("GET", "/batches/1/flags?confidence=nan", {}, 422, "query/confidence"),
    ("GET", "/batches/1/exports/odt", {}, 422, ""),
    ("POST", "/batches/1/segments/1/corrections", {"json": {"text": "x"}}, 422, "body/version"),
    ("POST", "/batches/1/segments/1/corrections", {"json": {"text": "x", "version": "0"}}, 422, "body/version"),
    ("POST", "/batches/1/segments/1/corrections", {"json": {"text": "x", "version": True}}, 422, "body/version"),
    ("POST", "/batches/1/segments/1/comments", {"json": {"text": " \n"}}, 422, "body/text"),
    ("POST", "/batches/1/segments/1/flags/99/dismiss", {"json": {}}, 404, ""),
    ("POST", "/batches/1/segments/1/confirm", {"json": {"version": 0}, "headers": {"Idempotency-Key": "ä"}}, 422, "header/Idempotency-Key"),
    ("POST", "/batches", {"json": {}, "headers": {"Origin": "http://elsewhere.example"}}, 403, ""),
    ("POST", "/batches", {"json": {}, "headers": {"Origin": "null"}}, 403, ""),
    ("GET", "/batches", {"headers": {"Host": "a b"}}, 400, ""),
]  # fmt: skip


def test_refusals_are_problems_that_name_the_place(program: Program, batch: str) -> None:
    for method, path, more, status, place in REFUSED:
        answer = program.send(method, BASE + path, **more)
        asked = (method, path, more)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), asked
        told = answer.get_json()
        assert told["status"] == status
        assert {"type", "title", "detail"} <= told.keys()
        assert told["detail"].strip()
        assert [one["place"] for one in told.get("errors", ())] == ([place] if place else []), asked
        assert ("Allow" in answer.headers) is (status == 405)


def test_too_much_json_is_refused_before_it_is_read(program: Program) -> None:
    answer = program.send(
        "POST", "/batches", data=b" " * (uploads.AT_ONCE + 1), content_type="application/json"
    )
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert "send a file" in answer.get_json()["detail"]


def test_a_busy_database_and_a_mistake_of_ours_are_problems_too(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, status in ((Busy("Try again."), 503), (ZeroDivisionError(), 500)):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("review.web.api.batches.find_batch", fail)
        told = program.get("/batches/1", status)
        assert told["status"] == status
        assert "ZeroDivision" not in told["detail"]


def test_no_cookie_opens_the_api_and_none_is_set(client: Client, batch: str, app: Flask) -> None:
    client.post("/view", to="/")
    assert client.inner.get_cookie("tarkka")
    answer = client.inner.post(f"{batch}/segments/1/confirm", json={"version": 0})
    assert answer.status_code == 403
    assert Program(app).get(f"{batch}/segments/1")["version"] == 0


def test_of_several_reviewers_each_says_who_they_are(settings: Settings) -> None:
    app = team(settings, "Päivi", "Ben")
    client = signed_in(app, "Ben")
    number = client.paste("Lavrovin said so.")
    for stranger in (Program(app), named(app, "Nobody"), Program(app, Authorization="Basic !")):
        answer = stranger.send("GET", f"/batches/{number}")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
        assert stranger.send("POST", f"/batches/{number}/scores").status_code == 401
    made = named(app, "Päivi").post(
        f"/batches/{number}/segments/1/corrections", {"text": "Lavrov said so.", "version": 0}
    )
    assert made["reviewer"] == "Päivi"
    assert client.get(f"{BASE}/batches/{number}").status_code == 401
    app.extensions["tarkka"].engine.dispose()


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    described = Program(app).get("/openapi.json")
    assert described["openapi"].startswith("3.1")
    told = {(path, method.upper()) for path, methods in described["paths"].items() for method in methods}
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == routes - {("/api/v1/openapi.json", "GET")}


def test_the_first_page_of_an_instance_with_nothing_in_it(settings: Settings) -> None:
    app = create_app(settings)
    assert Program(app).get("/batches") == {"batches": [], "next": None}
    app.extensions["tarkka"].engine.dispose()
