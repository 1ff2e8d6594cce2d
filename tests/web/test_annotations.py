"""Errors marked by hand: marked, changed, removed and put back, moved or missing on other versions, summed up."""

import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from review.settings import Settings
from review.store.schema import hypothesis
from tests.conftest import Client

pytestmark = pytest.mark.slow

TEXT = "The committee made a big decision yesterday.\n\nNobody was there, nobody at all."


def mark(client: Client, batch: int, number: int = 1, status: int = 303, **fields: Any) -> str:
    """Mark words as the form without a script does, or a span as the page's script does."""
    fields = {
        "system": "1",
        "category": "accuracy/mistranslation",
        "severity": "major",
        "version": "0",
    } | fields
    answer = client.post(f"/batches/{batch}/segments/{number}/annotations", **fields)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def act(client: Client, batch: int, path: str, status: int = 303, number: int = 1, **fields: Any) -> str:
    answer = client.post(f"/batches/{batch}/segments/{number}/annotations/{path}", system="1", **fields)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def record(client: Client, batch: int, number: int = 1) -> Any:
    return [json.loads(line) for line in client.export(batch, "jsonl").splitlines()][number - 1]


def standing(client: Client, batch: int, number: int = 1) -> list[Any]:
    return [a for a in record(client, batch, number)["annotations"] if a["withdrawn"] is None]


def page_of(client: Client, batch: int, number: int = 1) -> str:
    return client.page(f"/batches/{batch}/segments/{number}")


def count(app: Flask, number: int) -> int:
    with app.extensions["tarkka"].engine.connect() as connection:
        found = connection.scalar(select(hypothesis.c.annotations).where(hypothesis.c.number == number))
        return int(found or 0)


def test_words_are_marked_drawn_on_their_text_and_listed(client: Client, app: Flask) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big decision", comment="too strong")
    page = page_of(client, batch)
    assert '<span class="error major" data-ends="1">big decision</span>' in page
    assert "too strong" in page
    assert "MQM penalty of this segment: 5<" in page
    assert "Accuracy/Mistranslation" in page
    one = standing(client, batch)[0]
    assert (one["start"], one["end"], one["text"], one["version"], one["side"]) == (
        21,
        33,
        "big decision",
        0,
        "target",
    )
    assert one["reviewer"] == "Reviewer"
    assert count(app, 1) == 1


def test_a_mark_is_changed_removed_and_put_back_and_nothing_is_overwritten(
    client: Client, app: Flask
) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big")
    first = standing(client, batch)[0]["id"]
    act(client, batch, f"{first}/change", category="style/awkward", severity="minor", comment="odd")
    changed = standing(client, batch)[0]
    assert (changed["category"], changed["severity"], changed["replaces"]) == (
        "style/awkward",
        "minor",
        first,
    )
    act(client, batch, f"{first}/put-back")
    back = standing(client, batch)
    assert [(a["category"], a["severity"]) for a in back] == [("accuracy/mistranslation", "major")]
    act(client, batch, f"{back[0]['id']}/remove")
    assert standing(client, batch) == []
    assert count(app, 1) == 0
    act(client, batch, f"{back[0]['id']}/put-back")
    assert [a["text"] for a in standing(client, batch)] == ["big"]
    assert len(record(client, batch)["annotations"]) == 4
    assert count(app, 1) == 1


def test_marking_under_a_filter_leads_back_under_it(client: Client) -> None:
    batch = client.paste(TEXT)
    here = f"/batches/{batch}/segments/1?severity=major&check=repeated-word"
    page = client.page(here)
    form = re.search(r'<form id="mark".*?</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.group()))
    del fields["csrf_token"]
    to = fields.pop("to").replace("&amp;", "&")
    more = {"words": "big", "category": "style", "severity": "neutral", "to": to}
    answer = client.post(f"/batches/{batch}/segments/1/annotations", **fields, **more)
    assert answer.location == f"{here}#marks"
    assert standing(client, batch)[0]["severity"] == "neutral"
    elsewhere = {**fields, **more, "to": "//example.org/"}
    assert client.post(f"/batches/{batch}/segments/1/annotations", **elsewhere).location == "/#marks"


def test_the_same_mark_sent_twice_is_one(client: Client) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big")
    mark(client, batch, words="big")
    assert len(standing(client, batch)) == 1
    only = standing(client, batch)[0]["id"]
    act(client, batch, f"{only}/remove")
    act(client, batch, f"{only}/remove")
    act(client, batch, f"{only}/put-back")
    again = standing(client, batch)[0]["id"]
    act(client, batch, f"{again}/put-back")
    assert len(standing(client, batch)) == 1


def test_on_another_version_a_mark_moves_or_its_words_are_gone(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "Late yesterday the committee made a truly big decision.")
    mark(client, batch, words="truly", version="1", category="accuracy/addition")
    mark(client, batch, words="yesterday", version="0")
    page = page_of(client, batch)
    assert '<span class="error major" data-ends="1">yesterday</span>' in page
    assert 'data-ends="2"' not in page  # “truly” stands in the correction alone
    assert "in the correction" in page
    assert "corrected since" in page  # “yesterday” stands elsewhere now, which no diff can tell
    client.save(batch, 1, "The committee chose.", version=1)
    assert "its words are gone" in page_of(client, batch)
    client.save(batch, 1, TEXT.split("\n")[0], version=2)
    page = page_of(client, batch)
    assert "corrected since" not in page
    assert '<span class="error major" data-ends="1">yesterday</span>' in page


def test_words_selected_while_typing_are_marked_where_they_stand_in_the_saved_text(client: Client) -> None:
    batch = client.paste(TEXT)
    typed = "Indeed, the committee made a big decision yesterday."
    at = typed.index("big")
    mark(client, batch, words="big", start=str(at), end=str(at + 3), at="typed", typed=typed)
    assert standing(client, batch)[0]["start"] == TEXT.index("big")
    mark(client, batch, words=" made ", start="13", end="19")
    assert standing(client, batch)[0]["text"] == "made"  # a selection takes the spaces along
    told = mark(client, batch, 1, 422, words="Indeed", start="0", end="6", at="typed", typed=typed)
    assert "save the correction first" in told


@pytest.mark.fault(10)
def test_spans_count_code_points(client: Client) -> None:
    batch = client.paste("😀 A 😀 e\u0301cole <b>x</b>.")
    mark(client, batch, words="e\u0301cole", start="6", end="12")
    assert '<span class="error major" data-ends="1">e\u0301cole</span> &lt;b&gt;' in page_of(client, batch)


def test_a_flag_is_confirmed_as_an_error_and_keeps_its_check(client: Client) -> None:
    batch = client.paste("The plan of of Navalnyin failed.")
    page = page_of(client, batch)
    form = re.search(r'<form class="do" method="post" action="[^"]+/annotations">.*?</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group()))
    del fields["csrf_token"], fields["dismiss"]
    mark(client, batch, **fields)
    one = standing(client, batch)[0]
    assert one["check"] == fields["check"]
    assert one["text"] == fields["words"]
    assert fields["words"] not in re.findall(r'name="words" value="([^"]+)"', page_of(client, batch))


def test_what_was_corrected_is_offered_as_an_error(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "The committee made a brave decision only yesterday.")
    page = page_of(client, batch)
    offered = re.findall(r'name="words" value="([^"]+)"', page)
    assert offered == ["big", "decision yesterday"]  # what was replaced; the words around what was left out
    mark(client, batch, words="big")
    assert re.findall(r'name="words" value="([^"]+)"', page_of(client, batch)) == ["decision yesterday"]


def test_the_source_is_marked_too(client: Client) -> None:
    answer = client.upload(translation=b"The house is big.\n", source=b"Talo on iso ja vanha.\n")
    batch = int(answer.location.rsplit("/", 1)[1])
    mark(client, batch, side="source", words="ja vanha", category="accuracy/omission")
    assert '<span class="error major" data-ends="1">ja vanha</span>' in page_of(client, batch)
    assert "in the source" in page_of(client, batch)


def test_scores_are_appended_and_the_newest_counts(client: Client) -> None:
    batch = client.paste(TEXT)
    act(client, batch, "score", score="40")
    act(client, batch, "score", anchor="66", score="")
    act(client, batch, "score", score="66")
    assert [s["score"] for s in record(client, batch)["scores"]] == [66.0]
    act(client, batch, "score", score="70,5", number=2)
    assert 'value="70.5"' in page_of(client, batch, 2)
    assert "68.2" in client.page(f"/batches/{batch}")


@pytest.mark.parametrize("score", ["", "-1", "100.5", "nan", "inf", "good", "1e999"])
def test_a_score_that_is_none_is_refused(client: Client, score: str) -> None:
    batch = client.paste(TEXT)
    assert "from 0 to 100" in act(client, batch, "score", 422, score=score)


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"words": ""}, 422, "Select the words"),
        ({"words": "   "}, 422, "Select the words"),
        ({"words": "absent"}, 422, "does not stand in the text"),
        ({"words": "e"}, 422, "stands in the text 7 times"),
        ({"words": "big", "start": "0", "end": "3"}, 422, "Select them again"),
        ({"words": "", "start": "3", "end": "3"}, 422, "Select them again"),
        ({"words": "", "start": "40", "end": "4000"}, 422, "Select them again"),
        ({"words": "", "start": "9", "end": "3"}, 422, "Select them again"),
        ({"words": "big", "start": "-1", "end": "3"}, 422, "must be a whole number"),
        ({"words": "big", "category": "nonsense"}, 422, "no kind of error “nonsense”"),
        ({"words": "big", "category": ""}, 422, "no kind of error"),
        ({"words": "big", "severity": "awful"}, 422, "neutral, minor, major, critical"),
        ({"words": "big", "version": "7"}, 404, "no version 7"),
        ({"words": "big", "side": "margin"}, 422, "translation (target) or in the source"),
        ({"words": "big", "side": "source"}, 422, "has no source"),
        ({"words": "big", "comment": "x" * 2001}, 422, "at most 2,000 characters"),
        ({"words": "big", "comment": "a\0b"}, 422, "NUL"),
        ({"words": "big", "system": "9"}, 404, "no system 9"),
        ({"words": "big", "number": 99}, 404, "no segment 99"),
    ],
)
def test_what_cannot_be_marked_is_told_in_a_sentence(
    client: Client, fields: dict[str, Any], status: int, sentence: str
) -> None:
    batch = client.paste(TEXT)
    assert sentence in mark(client, batch, status=status, **fields)
    assert standing(client, batch) == []


def test_marks_of_another_segment_or_batch_are_not_there(client: Client) -> None:
    mine, other = client.paste(TEXT), client.paste(TEXT + "\n\nMore.")
    mark(client, mine, words="big")
    one = standing(client, mine)[0]["id"]
    for batch, number in ((other, 1), (mine, 2), (999, 1)):
        for what in ("change", "remove", "put-back"):
            fields = {"category": "style", "severity": "minor"}
            act(client, batch, f"{one}/{what}", 404, number=number, **fields)
    assert len(standing(client, mine)) == 1
    assert client.get("/batches/999/marks").status_code == 404


def test_a_mark_that_somebody_changed_meanwhile_is_not_changed_twice(client: Client) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big")
    one = standing(client, batch)[0]["id"]
    act(client, batch, f"{one}/change", category="style", severity="minor")
    told = act(client, batch, f"{one}/change", 422, category="fluency", severity="major")
    assert "changed or removed this mark meanwhile" in told
    assert [a["category"] for a in standing(client, batch)] == ["style"]


def test_a_mark_changed_into_another_one_is_that_one(client: Client) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big", severity="minor")
    mark(client, batch, words="big", severity="major")
    one = next(a["id"] for a in standing(client, batch) if a["severity"] == "minor")
    act(client, batch, f"{one}/change", category="accuracy/mistranslation", severity="major")
    assert [a["severity"] for a in standing(client, batch)] == ["major"]


def test_mqm_and_esa_of_a_batch(client: Client) -> None:
    batch = client.paste(TEXT)  # 7 and 6 words
    assert "Nobody has marked an error" in client.page(f"/batches/{batch}")
    mark(client, batch, words="big")
    mark(client, batch, words="yesterday.", category="fluency/punctuation", severity="minor")
    act(client, batch, "score", score="60")
    client.save(batch, 2, TEXT.split("\n")[2])
    client.save(batch, 1, "The committee made a brave decision yesterday.")
    page = client.page(f"/batches/{batch}")
    section = page[page.index("Marked errors") :]
    cells = re.findall(r'<td class="n">([^<]*)</td>', section)
    assert cells[:3] == ["2.55", f"{5100 / 13:.1f}", "60.0"]  # 5.1 over two segments and 13 words
    whole = re.findall(r'<td class="n">([^<]*)</td>', client.page(f"/batches/{batch}/marks"))
    assert whole[:8] == ["2", "13", "0", "1", "1", "0", "5.1", "2.55"]
    assert cells[3:6] == ["0.05", f"{100 / 13:.1f}", ""]  # corrected: “big” is gone


def given_file(data: bytes) -> FileStorage:
    return FileStorage(io.BytesIO(data), "marks.tsv")


def test_marks_and_scores_go_out_and_come_into_the_same_texts(client: Client) -> None:
    batch = client.paste(TEXT)
    mark(client, batch, words="big", comment="tab\there\nand <v>")
    act(client, batch, "score", score="60")
    client.save(batch, 2, "Nobody was there, not one.")
    mark(client, batch, 2, words="not one", version="1", category="other", severity="neutral")
    marks, scores = client.export(batch, "mqm-tsv"), client.export(batch, "esa-tsv")
    lines = marks.decode().splitlines()
    assert lines[0].startswith("system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity")
    assert "made a <v>big</v> decision" in lines[1]
    assert lines[1].endswith("Accuracy/Mistranslation\tMajor\ttab\\there\\nand \\<v>")
    assert "+corrected\t" in lines[2]
    assert "there, <v>not one</v>." in lines[2]
    again = client.paste(TEXT + "\n\nMore.")
    client.save(again, 2, "Nobody was there, not one.")
    for data in (marks, scores, marks):
        assert client.post(f"/batches/{again}/marks/import", marks=given_file(data)).status_code == 303
    for number in (1, 2):
        mine, theirs = standing(client, batch, number), standing(client, again, number)
        hidden = ("id", "time")
        assert [{k: v for k, v in a.items() if k not in hidden} for a in mine] == [
            {k: v for k, v in a.items() if k not in hidden} for a in theirs
        ]
    assert record(client, again)["scores"][0]["score"] == 60


def test_public_data_comes_in_with_its_raters(client: Client) -> None:
    batch = client.paste("He said no.\n\nFine.")
    system = re.search(r'"hypotheses": \{"([^"]+)"', client.export(batch, "jsonl").decode())
    assert system
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    name = system.group(1)
    rows = (
        f"{name}\tnews\t1\t1\trater3\t\tHe <v>said</v> no.\tStyle/Awkward\tMinor\n"
        f"{name}\tnews\t2\t2\trater3\t\tFine.\tNo-error\tNo-error\n"
        f"{name}\tnews\t2\t2\trater1\t\tFine.\tNon-translation!\tMajor\n"
        f"{name}\tnews\t1\t1\trater1\t\tHe said <v></v>no.\tAccuracy/Omission\tMajor\n"
    )
    answer = client.post(f"/batches/{batch}/marks/import", marks=given_file((head + rows).encode()))
    assert "3 marks and scores were added" in client.page(answer.location)
    one = standing(client, batch)[0]
    assert (one["text"], one["category"], one["comment"]) == ("said", "style/awkward", "rater3")
    assert standing(client, batch, 2)[0]["text"] == "Fine."
    assert standing(client, batch)[1]["text"] == "said no"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("south\td\t1\t1\tr\t\tOne.\tStyle\tMinor", "line 2: the batch has no system “south”"),
        ("SYS\td\t1\t9\tr\t\tOne.\tStyle\tMinor", "line 2: the batch has no segment 9"),
        ("SYS\td\t1\tx\tr\t\tOne.\tStyle\tMinor", "line 2: seg_id must be the number"),
        ("SYS\td\t1\t1\tr\t\tTwo.\tStyle\tMinor", "segment 1 is another text in this batch"),
        ("SYS\td\t1\t1\tr\t\tOne.\tStyle\tAwful", "line 2: the severity is one of"),
        ("SYS\td\t1\t2\tr\t\t<v></v>\tStyle\tMinor", "line 2: there are no words that could be marked"),
        ("SYS\td\t1", "line 2: 3 cells under a header of 9"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(client: Client, row: str, sentence: str) -> None:
    answer = client.upload(translation=b"One.\n\n", layout="lines")
    batch = int(answer.location.rsplit("/", 1)[1])
    system = record(client, batch)["hypotheses"].popitem()[0]
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    data = (head + row.replace("SYS", system) + "\n").encode()
    answer = client.post(f"/batches/{batch}/marks/import", marks=given_file(data))
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert standing(client, batch) == []
    assert client.post(f"/batches/{batch}/marks/import").status_code == 422


def test_the_script_gets_the_panel_and_the_texts_anew(client: Client) -> None:
    batch = client.paste(TEXT)
    path = f"/batches/{batch}/segments/1/annotations"
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.page("/"))
    assert token
    headers = {"Origin": "http://localhost", "Accept": "application/json", "X-CSRFToken": token.group(1)}
    fields = {"words": "big", "category": "style", "severity": "minor", "version": "0", "system": "1"}
    found = client.inner.post(path, data=fields, headers=headers).get_json()
    assert '<span class="error minor" data-ends="1">big</span>' in found["hypothesis"]
    assert found["undo"] in found["panel"]
    client.inner.post(found["undo"], data={"system": "1"}, headers=headers)
    assert standing(client, batch) == []
    typed = {"system": "1", "typed": "The committee made a small decision yesterday."}
    assert "small" in client.inner.post(f"{path}/panel", data=typed, headers=headers).get_json()["panel"]
    refused = client.inner.post(path, data=fields | {"words": "absent"}, headers=headers)
    assert (refused.status_code, "does not stand" in refused.get_json()["error"]) == (422, True)


def test_a_table_of_ones_own_is_offered_and_weighs(settings: Settings, tmp_path: Any) -> None:
    from dataclasses import replace

    from app import create_app
    from review.errors import BadInput

    file = tmp_path / "ours.tsv"
    file.write_text(
        "category\ttitle\tneutral\tminor\tmajor\tcritical\nmeaning\tMeaning\t0\t3\t7\t9\n", "utf-8"
    )
    app = create_app(replace(settings, categories=str(file)))
    client = Client(app.test_client())
    batch = client.paste("One two three four five.")
    mark(client, batch, words="two", category="meaning")
    assert '<td class="n">7.00</td>' in client.page(f"/batches/{batch}")
    mark(client, batch, 1, 422, words="two", category="accuracy")
    app.extensions["tarkka"].engine.dispose()
    with pytest.raises(BadInput, match="cannot be read"):
        create_app(replace(settings, categories=str(tmp_path / "none.tsv")))
