"""Comments and second review: said, taken back; accepted, changed, sent back; by somebody else than the maker."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text

from review.settings import Settings
from tests.conftest import Client
from tests.team import signed_in, team

pytestmark = pytest.mark.slow

TEXT = "One cat sat.\n\nTwo cats sat.\n\nThree cats sat."


@dataclass
class Team:
    app: Flask
    batch: int
    aino: Client
    ben: Client

    def hypothesis(self, number: int = 1) -> tuple[str, int]:
        """The verdict that a filter finds, and how many comments stand."""
        with self.app.extensions["tarkka"].engine.connect() as connection:
            query = text("SELECT verdict, comments FROM hypothesis WHERE number = :number")
            return tuple(connection.execute(query, {"number": number}).one())  # type: ignore[return-value]

    def say(self, who: Client, words: str, number: int = 1, **fields: str) -> None:
        fields = {"comment": words, "text": "One cat sat.", "version": "0", "token": words[:20], **fields}
        answer = who.post(f"/batches/{self.batch}/segments/{number}/comments", **fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)

    def judge(self, who: Client, do: str, number: int = 1, status: int = 303, **fields: str) -> str:
        fields = {"do": do, "version": "1", "token": do, **fields}
        answer = who.post(f"/batches/{self.batch}/segments/{number}/second-review", **fields)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return str(answer.location) if status == 303 else answer.get_data(as_text=True)

    def page(self, who: Client, number: int = 1) -> str:
        return who.page(f"/batches/{self.batch}/segments/{number}")

    def three(self, who: Client, number: int = 1) -> str:
        return who.page(f"/batches/{self.batch}/segments/{number}/second-review")


@pytest.fixture
def two(settings: Settings) -> Iterator[Team]:
    app = team(settings, "Aino", "Ben")
    aino, ben = signed_in(app, "Aino"), signed_in(app, "Ben")
    yield Team(app, aino.paste(TEXT), aino, ben)
    app.extensions["tarkka"].engine.dispose()


# --- comments -------------------------------------------------------------------------------------------


def test_a_comment_is_shown_to_everybody_with_who_said_it(two: Team) -> None:
    two.say(two.aino, "Which cat?\nThe <b>black</b> one?")
    shown = two.page(two.ben)
    assert "Which cat?\nThe &lt;b&gt;black&lt;/b&gt; one?" in shown
    assert re.search(r"Aino, \d+ \w+ \d+", shown)
    assert 'name="withdraw"' not in shown
    assert two.hypothesis() == ("", 1)


@pytest.mark.fault(22)
def test_a_comment_sent_twice_is_said_once(two: Team) -> None:
    two.say(two.aino, "Which cat?")
    two.say(two.aino, "Which cat?")
    two.say(two.ben, "Which cat?")
    assert two.hypothesis() == ("", 2)


def test_only_whoever_said_it_takes_a_comment_back(two: Team) -> None:
    two.say(two.aino, "Which cat?")
    address = f"/batches/{two.batch}/segments/1/comments/withdraw"
    found = re.search(r'name="withdraw" value="(\d+)"', two.page(two.aino))
    assert found
    fields = {"withdraw": found.group(1), "text": "One cat sat.", "version": "0", "token": "x"}
    assert two.ben.post(address, **fields).status_code == 422
    assert two.hypothesis() == ("", 1)
    assert two.aino.post(address, **fields).status_code == 303
    assert "Which cat?" not in two.page(two.aino)
    assert two.hypothesis() == ("", 0)
    assert two.aino.post(address, **fields).status_code == 404
    assert two.hypothesis() == ("", 0)


def test_what_was_typed_beside_a_comment_is_saved_too_and_the_other_way_round(two: Team) -> None:
    two.say(two.aino, "First.", text="One feline sat.")
    assert "One feline sat." in two.aino.export(two.batch).decode()
    two.aino.save(two.batch, 2, "Two felines sat.", comment="Typed and not added.")
    assert "Typed and not added." in two.page(two.ben, 2)


@pytest.mark.parametrize(
    ("words", "sentence"), [(" ", "empty"), ("x" * 10_001, "10,001"), ("a\0b", "comment")]
)
def test_what_cannot_be_a_comment_is_refused(two: Team, words: str, sentence: str) -> None:
    fields = {"comment": words, "text": "One cat sat.", "version": "0", "token": "x"}
    answer = two.aino.post(f"/batches/{two.batch}/segments/1/comments", **fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert two.hypothesis() == ("", 0)


def test_the_pages_script_gets_the_comments_alone(two: Team) -> None:
    token = re.search(r'name="csrf-token" content="([^"]+)"', two.page(two.aino))
    assert token
    headers = {"Origin": "http://localhost", "Accept": "application/json", "X-CSRFToken": token.group(1)}
    address = f"/batches/{two.batch}/segments/1/comments"
    answer = two.aino.inner.post(address, data={"comment": "Hm."}, headers=headers)
    assert "Hm." in answer.get_json()["comments"]
    assert two.aino.inner.post(address, data={"comment": ""}, headers=headers).get_json()["error"]


# --- second review --------------------------------------------------------------------------------------


def test_somebody_else_accepts_and_goes_on_to_the_next_that_waits(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.aino.save(two.batch, 3, "Three cats sat.")
    assert "Accept and next" in two.three(two.ben)
    assert two.judge(two.ben, "accept").endswith("/segments/3/second-review")
    assert two.hypothesis() == ("accepted", 0)
    assert "✓ Accepted by Ben" in two.page(two.aino)
    assert "last=1" in two.judge(two.ben, "accept", 3)


def test_a_later_correction_makes_a_verdict_count_no_more(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.judge(two.ben, "accept")
    two.aino.save(two.batch, 1, "One tabby sat.", version=1)
    assert two.hypothesis() == ("", 0)
    shown = two.page(two.ben)
    assert "No verdict on this text yet." in shown
    assert re.search(r"Before: ✓ Accepted by Ben", shown)


def test_a_text_is_sent_back_with_a_comment(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    assert "say in the comment" in two.judge(two.ben, "send-back", status=422, comment=" ")
    assert two.hypothesis() == ("", 0)
    two.judge(two.ben, "send-back", comment="A cat is a cat.")
    assert two.hypothesis() == ("sent-back", 0)
    assert "↩ Sent back by Ben" in two.page(two.aino)
    assert "A cat is a cat." in two.three(two.aino)


def test_a_text_is_changed_and_three_texts_are_shown(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.aino.save(two.batch, 1, "One feline sat down.", version=1)
    two.judge(two.ben, "change", text="One cat sat down.", version="2")
    assert two.hypothesis() == ("changed", 0)
    assert "One cat sat down." in two.ben.export(two.batch).decode()
    shown = two.three(two.aino)
    titles = re.findall(
        r"<h2>(Machine translation|First correction|As it stands)(?: <span[^>]*>(\w+))?", shown
    )
    assert titles == [("Machine translation", ""), ("First correction", "Aino"), ("As it stands", "Ben")]
    assert "<del>cat</del><ins>feline</ins> sat<ins> down</ins>" in shown
    assert "<del>feline</del><ins>cat</ins>" in shown
    assert "second-review by Ben" in two.aino.page(f"/batches/{two.batch}/segments/1/history")
    assert "Accept and next" in shown, "now Aino is the second reviewer of Ben’s text"


def test_a_change_to_the_same_text_accepts_it(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.judge(two.ben, "change", text="One feline sat.")
    assert two.hypothesis() == ("accepted", 0)


def test_the_maker_gives_no_verdict_where_others_could(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    assert "You made this text yourself" in two.three(two.aino)
    for do in ("accept", "send-back", "change"):
        two.judge(two.aino, do, status=422, comment="x", text="Another.")
    assert two.hypothesis() == ("", 0)


def test_what_nobody_has_reviewed_cannot_be_reviewed_again(two: Team) -> None:
    assert "has not been reviewed yet" in two.three(two.ben)
    two.judge(two.ben, "accept", status=422, version="0")


def test_a_verdict_on_a_text_that_has_changed_since_is_not_given(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.aino.save(two.batch, 1, "One tabby sat.", version=1)
    told = two.judge(two.ben, "send-back", status=422, comment="Not a feline.")
    assert "Your comment was: “Not a feline.”" in told
    told = two.judge(two.ben, "change", status=409, text="One lion sat.")
    assert "One lion sat." in told
    assert "One tabby sat." in told
    assert two.hypothesis() == ("", 0)


def test_a_verdict_sent_twice_is_given_once(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.")
    two.judge(two.ben, "accept")
    two.judge(two.ben, "accept")
    with two.app.extensions["tarkka"].engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM verdict")) == 1


def test_alone_one_may_review_again_and_is_told_what_that_is_worth(client: Client) -> None:
    batch = client.paste(TEXT)
    client.save(batch, 1, "One feline sat.")
    address = f"/batches/{batch}/segments/1/second-review"
    assert "not the eyes of a second person" in client.page(address)
    assert client.post(address, do="accept", version="1").status_code == 303
    assert "✓ Accepted by Reviewer" in client.page(address)


def test_the_export_with_everything_has_comments_and_verdicts(two: Team) -> None:
    two.aino.save(two.batch, 1, "One feline sat.", comment="Hm?")
    two.judge(two.ben, "send-back", comment="A cat.")
    records = [json.loads(line) for line in two.aino.export(two.batch, "jsonl").splitlines()]
    first = records[0]
    assert [(c["text"], c["reviewer"], c["version"]) for c in first["comments"]] == [("Hm?", "Aino", 0)]
    assert [(v["verdict"], v["comment"], v["version"]) for v in first["verdicts"]] == [
        ("sent-back", "A cat.", 1)
    ]
    assert records[1]["comments"] == records[1]["verdicts"] == []
