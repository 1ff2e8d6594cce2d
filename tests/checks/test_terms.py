"""A thing called by its own name and by a literal one in the same document."""

from review.checks.run import Checker
from review.model import Context, Document, Segment
from tests.checks.examples import flags_on, told


def test_a_literal_name_beside_the_usual_one_is_flagged() -> None:
    found = flags_on("Many MEPs voted.", "Two Euro representatives and a Euro MP left.")
    assert told(found) == [("Euro representatives", "MEPs"), ("Euro MP", "MEP")]


def test_two_literal_names_are_flagged_with_the_usual_one() -> None:
    found = flags_on("Two Euro MPs voted.", "An Eurodeputy left.", checks=("term-variants",))
    assert told(found) == [("Euro MPs", "MEPs"), ("Eurodeputy", "MEP")]


def test_one_name_throughout_and_two_usual_ones_are_left_alone() -> None:
    assert flags_on("Two Euro MPs voted.", "A Euro MP left.", checks=("term-variants",)) == []
    assert flags_on("A Member of the European Parliament spoke.", "Other MEPs left.") == []
    assert flags_on("The National Coalition Party won.", "The National Coalition Party lost.") == []


def test_a_rare_spelling_is_doubted_beside_a_common_one() -> None:
    [found] = flags_on("It is 5 per cent, 6 per cent, 7 per cent.", "It is 8 percent.")
    assert (found.text, found.suggestions, found.confidence < 0.6) == ("percent", ("per cent",), True)


def test_where_documents_have_no_known_ends_only_what_is_near_counts() -> None:
    filler = [Segment(n, "It was late.") for n in range(2, 40)]
    document = Document(
        [Segment(1, "Two MEPs voted."), *filler, Segment(40, "A Euro MP left.")], bounded=False
    )
    checker = Checker(Context(), {"term-variants"}).read(document)
    assert checker.flags(document.segments[-1]) == []
