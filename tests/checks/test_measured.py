"""The table of measurements is about checks that there are, and says shares."""

from pathlib import Path

import pytest

from review.checks import all_checks, measured


def test_every_row_is_about_a_check_and_holds_shares() -> None:
    known = {check.id for check in all_checks()}
    for row in measured._every():
        assert row.check in known
        assert row.flags >= 0
        assert all(share is None or 0 <= share <= 1 for share in (row.precision, row.recall))


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "measured.tsv"
    monkeypatch.setattr(measured, "_FILE", file)
    measured._every.cache_clear()
    return file


def test_what_was_not_measured_is_none(table: Path) -> None:
    rows = ["check\tdata\tflags\tprecision\trecall\tnote", "a\tseed article\t12\t0.75\t\tsmall"]
    table.write_text("\n".join([*rows, ""]), encoding="utf-8")
    assert measured.measures("a") == (measured.Measure("a", "seed article", 12, 0.75, None, "small"),)
    assert measured.measures("b") == ()
    measured._every.cache_clear()


def test_other_columns_are_refused(table: Path) -> None:
    table.write_text("check\tdata\n", encoding="utf-8")
    with pytest.raises(ValueError, match="must have the columns check, data, flags"):
        measured.measures("a")
