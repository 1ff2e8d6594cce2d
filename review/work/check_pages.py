"""What the pages about the checks show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from review.checks import FAMILIES
from review.checks.family import Check, Family
from review.checks.measured import Measure, measures
from review.errors import NotFound
from review.store import dismissals, mutes
from review.store.dismissals import Dismissal
from review.store.engine import Engine
from review.store.mutes import Mute
from review.work import muting
from review.work.muting import NOTHING_DECIDED, Record


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check with what was measured, and what the team makes of it."""

    family: Family[Any]
    check: Check
    measures: Sequence[Measure]
    record: Record
    muted: bool

    @property
    def proposed(self) -> bool:
        """Whether muting it is proposed."""
        return self.record.mostly_dismissed and not self.muted


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One check, who muted it or let it be heard again, and what is always dismissed."""

    row: CheckRow
    mutes: Sequence[Mute]
    always: Sequence[Dismissal]


def checks_page(engine: Engine, project_id: int) -> list[CheckRow]:
    """Every check, family by family, with what a project makes of it."""
    made, muted = muting.records(engine, project_id), mutes.get_muted(engine, project_id)
    return [
        CheckRow(family, check, measures(check.id), made.get(check.id, NOTHING_DECIDED), check.id in muted)
        for family in FAMILIES
        for check in family.checks
    ]


def check_page(engine: Engine, project_id: int, check_id: str) -> CheckPage:
    """One check, or NotFound."""
    for row in checks_page(engine, project_id):
        if row.check.id == check_id:
            muted = mutes.list_mutes(engine, project_id, check_id)
            return CheckPage(row, muted, dismissals.list_always(engine, project_id, check_id))
    raise NotFound(f"There is no check “{check_id[:60]}”.")
