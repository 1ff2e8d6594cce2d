"""What the team makes of each check, which ones it has muted, and which it might want to."""

from collections.abc import Collection
from dataclasses import dataclass

from review.checks import all_checks
from review.errors import NotFound
from review.model import View
from review.store import decisions, mutes
from review.store.engine import Engine

# A check is proposed for muting, and never muted by itself, once so many of its flags were decided on and
# this share of them was dismissed.
_ENOUGH = 20
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Record:
    """How often the team took a suggestion of a check, and how often it dismissed its flag."""

    accepted: int
    dismissed: int

    @property
    def decided(self) -> int:
        return self.accepted + self.dismissed

    @property
    def mostly_dismissed(self) -> bool:
        return self.decided >= _ENOUGH and self.dismissed >= _MOSTLY * self.decided


NOTHING_DECIDED = Record(0, 0)


def records(engine: Engine, project_id: int) -> dict[str, Record]:
    """A project's record of each check that anything was decided about; a reopened flag was not dismissed."""
    made = decisions.count_decisions(engine, project_id)
    return {
        check: Record(
            made.get((check, "accepted"), 0),
            max(0, made.get((check, "dismissed"), 0) - made.get((check, "reopened"), 0)),
        )
        for check in sorted({check for check, _ in made})
    }


def proposed(engine: Engine, project_id: int, muted: Collection[str]) -> dict[str, Record]:
    """The checks that people dismiss mostly and nobody has muted yet."""
    known = {check.id for check in all_checks()} - set(muted)
    return {
        check: r for check, r in records(engine, project_id).items() if check in known and r.mostly_dismissed
    }


def view_from(engine: Engine, project_id: int, confidence: float) -> View:
    """The view of a reviewer who looks at flags from this confidence on."""
    return View(confidence, mutes.get_muted(engine, project_id))


def set_muted(engine: Engine, project_id: int, check: str, muted: bool, reviewer_id: int) -> None:
    """Hide a check's flags in all batches of a project, or show them again; NotFound where there is no such check."""
    if check not in {one.id for one in all_checks()} | mutes.get_muted(engine, project_id):
        raise NotFound(f"There is no check “{check[:60]}”.")
    mutes.append_mute(engine, project_id, check, muted, reviewer_id)
