"""Numbers, dates and times in Finnish form are flagged with the English one; English forms are not."""

import pytest

from tests.checks.examples import flags_on, told

BAD = [
    ("It grew by 3,5 per cent and 0,75 metres.", [("3,5", "3.5"), ("0,75", "0.75")]),
    ("Some 10 000 people, then 1 200 300 more.", [("10 000", "10,000"), ("1 200 300", "1,200,300")]),
    ("It grew by 50 %.", [(" %", "%")]),
    ("It cost 100 € or 1.5 €.", [("100 €", "€100"), ("1.5 €", "€1.5")]),
    ("It opened on 1.5.2021.", [("1.5.2021", "1 May 2021")]),
    ("It opened on 14. February and 3. of May.", [("14. February", "14 February"), ("3. of May", "3 May")]),
    ("In the 1990-luvulla they left.", [("1990-luvulla", "1990s")]),
    ("It opens klo 14.30.", [("klo 14.30", "at 2:30 p.m.")]),
    ("It opens at klo 9.", [("at klo 9", "at 9 a.m.")]),
    ("It opens kello 12.00 and klo 0.15.", [("kello 12.00", "at 12 p.m."), ("klo 0.15", "at 12:15 a.m.")]),
    ("It opens at 19.30 on Friday.", [("at 19.30", "at 7:30 p.m.")]),
]
GOOD = [
    "It grew by 3.5%, to 10,000 people and €1,200,300.",
    "Rooms 1,2,3 and 4, 5, 6; 1,234 and 12,345.6.",
    "On 1 May 2021, on May 1, 2021, at 14:30, at 2.30 p.m. and 7.30pm.",
    "Version 1.2.2021.4, section 2.13.2020, address 192.168.10.20, 32.13.2020.",
    "Call 09 123 456 or +358 40 123 456; Boeing 737 800s, model 5 000X.",
    "Growth stood at 13.25 per cent, at 21.50 million.",
    "In the 1990s and the ’90s, 3–1, 6-4, 10:30.",
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_flags_finnish_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(flags_on(text)) == expected


@pytest.mark.parametrize("text", GOOD)
def test_leaves_english_forms_alone(text: str) -> None:
    assert flags_on(text, checks=("number-format", "date-format", "time-format")) == []


def test_a_space_before_the_per_cent_sign_is_no_fault_in_tokenised_text() -> None:
    tokenised = ["It grew by 5 % , they said .", "It fell by 6 % , they said ."]
    assert flags_on(*tokenised) == []
