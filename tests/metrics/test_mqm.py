"""MQM and ESA by hand-computed tables, and the table of categories that a team may bring."""

from pathlib import Path

import pytest

from review.checks import all_checks
from review.errors import BadInput
from review.metrics.categories import SEVERITIES, read_categories
from review.metrics.mqm import Error, MqmSum, mean_esa, segment_sum

HEADER = "category\ttitle\tneutral\tminor\tmajor\tcritical\n"
DEFAULT = read_categories()


@pytest.mark.parametrize(
    ("errors", "penalty"),
    [
        ([], 0),
        ([("accuracy/mistranslation", "minor")], 1),
        ([("accuracy/mistranslation", "major")], 5),
        ([("accuracy/mistranslation", "critical")], 25),
        ([("style/awkward", "neutral")], 0),
        ([("fluency/punctuation", "minor")], 0.1),
        ([("fluency/punctuation", "major")], 5),
        ([("non-translation", "major")], 25),
        ([("non-translation", "minor")], 25),
        ([("source", "major")], 0),
        ([("accuracy/omission", "major"), ("fluency/punctuation", "minor"), ("style", "minor")], 6.1),
        ([("linguistic-conventions/grammar", "minor"), ("gone/from-the-table", "major")], 6),
    ],
)
def test_penalties_add_up_by_weight(errors: list[tuple[str, str]], penalty: float) -> None:
    found = segment_sum("Five words are in here.", [Error(*e) for e in errors], DEFAULT)
    assert found.penalty == pytest.approx(penalty)
    assert (found.segments, found.words) == (1, 5)


def test_a_system_is_the_sum_of_its_segments() -> None:
    first = segment_sum("One two three four.", [Error("accuracy/omission", "major")], DEFAULT)
    second = segment_sum("One two three four five six.", [], DEFAULT)
    third = segment_sum("", [Error("fluency/punctuation", "minor")], DEFAULT)
    whole = first + second + third
    assert whole.per_segment == pytest.approx(5.1 / 3)
    assert whole.per_thousand_words == pytest.approx(510)
    assert whole.errors == {"major": 1, "minor": 1}


def test_nothing_rated_has_no_score() -> None:
    assert MqmSum().per_segment is None
    assert MqmSum().per_thousand_words is None
    assert mean_esa([]) is None


@pytest.mark.parametrize(
    ("scores", "mean"),
    [([[80]], 80), ([[80, 60], [50]], 60), ([[0], [100], []], 50), ([[66, 33, 0]], 33)],
)
def test_esa_is_the_mean_of_each_segments_mean(scores: list[list[float]], mean: float) -> None:
    assert mean_esa(scores) == pytest.approx(mean)


def test_every_check_has_a_category_that_people_can_mark() -> None:
    for check in all_checks():
        found = DEFAULT.nearest(check.category)
        assert found.id != "other", check.category


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Accuracy/Mistranslation", "accuracy/mistranslation"),
        ("Terminology/Inappropriate for context", "terminology/inappropriate"),
        ("Non-translation!", "non-translation"),
        ("Source error/-", "source"),
        ("Locale convention/Date format", "locale-convention/date-format"),
        ("Fluency/Display", "fluency"),
        ("Other", "other"),
        ("Whatever/Else", "other"),
        ("linguistic-conventions/grammar", "fluency/grammar"),
    ],
)
def test_titles_of_the_public_data_are_understood(title: str, category: str) -> None:
    assert DEFAULT.named(title).id == category


def test_every_category_is_found_by_its_title() -> None:
    for category in DEFAULT.all:
        assert DEFAULT.named(DEFAULT.title(category.id)) == category


def test_a_team_brings_its_own_table(tmp_path: Path) -> None:
    file = tmp_path / "ours.tsv"
    file.write_text(
        HEADER + "meaning\tMeaning\t0\t2\t7.5\t30\n\nmeaning/name\tA name\t0\t1\t1\t1\n", encoding="utf-8"
    )
    ours = read_categories(file)
    assert [c.id for c in ours.all] == ["meaning", "meaning/name"]
    assert ours.penalty("meaning", "major") == 7.5
    assert ours.title("meaning/name") == "Meaning/A name"
    assert set(ours.all[0].weights) == set(SEVERITIES)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\tb\n", "line 1: a header with category, title, neutral"),
        ("", "no category under the header"),
        (HEADER, "no category under the header"),
        (HEADER + "a\tA\t0\t1\t5\n", "line 2: 5 cells under a header of 6"),
        (HEADER + "a\tA\t0\t1\t5\tx\n", "line 2: the four weights are numbers"),
        (HEADER + "a\tA\t0\t1\t5\t-1\n", "line 2: the four weights are numbers"),
        (HEADER + "a\tA\t0\t1\t5\tnan\n", "line 2: the four weights are numbers"),
        (HEADER + "a/b\tB\t0\t1\t5\t25\n", "line 2: “a” must stand above “a/b”"),
        (HEADER + "a\tA\t0\t1\t5\t25\n" * 2, "line 3: the category “a” stands there already"),
        (HEADER + "a/b/c\tB\t0\t1\t5\t25\n", "line 2: a category is “dimension” or"),
        (HEADER + "\tB\t0\t1\t5\t25\n", "line 2: a category is “dimension” or"),
    ],
)
def test_a_bad_table_is_told_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "ours.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=sentence):
        read_categories(file)


def test_a_table_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_categories(tmp_path / "none.tsv")
    file = tmp_path / "latin.tsv"
    file.write_bytes(b"\xff\xfe\xe4")
    with pytest.raises(BadInput, match="not UTF-8"):
        read_categories(file)
