"""Runs a command of Tarkka with faults planted in it that quote texts, as mistakes of ours might.

usage: python -m tests.planted COMMAND …
"""

from collections.abc import Iterator
from typing import Any

from review import checks
from review.checks.family import Family
from review.cli import main
from review.model import Context, Document, Flag, Segment

MARKER = "Zanzibarissimo"


class Quoting(Family[None]):
    """A check that fails on every text, which it quotes."""

    id = "quoting"
    title = "Quoting"
    checks = checks.FAMILIES[0].checks

    def gather(self, document: Document, context: Context) -> None:
        return None

    def flags(self, segment: Segment, evidence: None) -> Iterator[Flag]:
        raise ValueError(f"cannot read {segment.text!r}")


def fail(*about: Any) -> Any:
    raise LookupError(f"nothing for {about} of {MARKER}")


def plant() -> None:
    """Put the faults into this process: a check that fails, a job, a request."""
    checks.FAMILIES = (*checks.FAMILIES, Quoting())
    from review.work import commenting, measuring  # after the check is there

    measuring.keep_up = fail
    commenting.take_back = fail


if __name__ == "__main__":
    plant()
    main()
