"""What the reviewers of a study are measured on: statuses, words, worst marks, scores; what is missing."""

from flask import Flask
from sqlalchemy import text

from review.model import Status
from review.store.judgements import Judgement, list_judgements
from review.work.agreement import agreement_table, changed_words
from tests.conftest import Client


def judged(
    made: str, hypothesis: str = "a b c", marks: tuple[str, ...] = (), score: float | None = None
) -> Judgement:
    """What somebody made of a segment; an empty text stands for one that they have not reviewed."""
    status = Status.UNREVIEWED if not made else Status.CONFIRMED if made == hypothesis else Status.EDITED
    return Judgement(1, hypothesis, made or hypothesis, 1, status, "typed", marks, score)


def test_which_words_were_changed() -> None:
    assert changed_words("one two three", "one too three") == [False, True, False]
    assert changed_words("one two three", "three") == [True, True, False]
    assert changed_words("one two", "one more two") == [False, False], "a word put in changes none"
    assert changed_words("", "new") == []
    assert changed_words("Lavrovin’s plan", "Lavrov’s plan") == [True, False]


def test_measures_by_hand() -> None:
    rows = [
        {"A": judged("a b c", marks=("minor", "major")), "B": judged("a b c", marks=("major",), score=80)},
        {"A": judged("x b c", score=40), "B": judged("a b c", marks=("minor",), score=40)},
        {"A": judged("x b c"), "B": judged("")},
    ]
    found = {one.measure.title: one for one in agreement_table(rows)}
    statuses = found["Edited or confirmed"].overall
    assert (statuses.units, statuses.same) == (2, 0.5)
    words = found["Words changed"].overall
    assert (words.units, words.same) == (6, 5 / 6)
    worst = found["Worst error marked"].overall
    assert (worst.units, worst.same) == (2, 0.5)
    assert found["Segment score"].overall.units == 1
    assert all(one.pairs == {} for one in found.values()), "two people are the only pair"


def test_measures_that_nobody_used_are_left_out_and_pairs_are_compared() -> None:
    rows = [{name: judged("a b c") for name in "CBA"}, {name: judged("x b c") for name in "CBA"}]
    found = agreement_table(rows)
    assert [one.measure.title for one in found] == ["Edited or confirmed", "Words changed"]
    assert list(found[0].pairs) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert {one.alpha for one in found[0].pairs.values()} == {1.0}
    assert agreement_table([{"A": judged("a b c")}]) == []


def test_only_marks_and_scores_that_stand_are_judgements(client: Client, app: Flask) -> None:
    client.paste("One.")
    engine = app.extensions["tarkka"].engine
    now = "'2026-01-01 00:00:00'"
    marks = [("major", "NULL", now), ("minor", "1", "NULL"), ("critical", "NULL", now)]
    with engine.begin() as connection:
        for severity, replaces, withdrawn in marks:
            connection.execute(
                text(
                    'INSERT INTO annotation (hypothesis_id, version, side, start, "end", text, category, severity,'
                    f" reviewer_id, made_at, replaces, withdrawn_at) VALUES (1, 0, 'target', 0, 1, 'O', 'c',"
                    f" '{severity}', 1, {now}, {replaces}, {withdrawn})"
                )
            )
        for score in (10, 70):
            connection.execute(
                text(
                    "INSERT INTO assessment (hypothesis_id, version, score, reviewer_id, made_at)"
                    f" VALUES (1, 0, {score}, 1, {now})"
                )
            )
    (found,) = list_judgements(engine, 1)
    assert found.marks == ("minor",)
    assert found.score == 70
