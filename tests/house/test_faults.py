"""Every promise about what goes wrong has a test, and every test names a promise that there is."""

from tests.faults import ROWS, held


def test_every_row_has_a_test() -> None:
    tests = held()
    assert [row for row in ROWS if not tests.get(row)] == []
    assert sorted(tests) == sorted(ROWS)
