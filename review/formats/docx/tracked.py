"""Writes changes as tracked ones, which Word shows and accepts or rejects, and remarks as comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from review.formats.docx.edits import Pen
from review.formats.docx.runs import named
from review.formats.xml_guard import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

TARKKA = "Tarkka"


def stamp(element: "_Element", number: int, author: str, moment: datetime | None) -> dict[str, str]:
    """Who changed something and when, as attributes."""
    made = {named(element, "id"): str(number), named(element, "author"): author or TARKKA}
    if moment is not None:
        in_utc = moment.astimezone(UTC) if moment.tzinfo else moment
        made[named(element, "date")] = in_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    return made


@dataclass
class TrackingPen(Pen):
    """Leaves what is deleted and marks what is new, with who did it and when."""

    numbers: Iterator[int]
    author: str
    moment: datetime | None
    joins = False
    _deletions: list["_Element"] = field(default_factory=list)

    def delete(self, run: "_Element") -> None:
        for child in run:
            if local_name(child) == "t":
                child.tag = named(run, "delText")
        before = run.getprevious()
        if before is not None and any(before is one for one in self._deletions):
            before.append(run)
        else:
            self._deletions.append(self._wrap(run, "del"))

    def insert(self, run: "_Element") -> None:
        holder = run.getparent()
        if local_name(holder) in ("ins", "moveTo"):  # somebody else's, which is not ours to add to
            self._step_out(run, holder)
        self._wrap(run, "ins")

    def _wrap(self, run: "_Element", name: str) -> "_Element":
        mark = run.makeelement(named(run, name), stamp(run, next(self.numbers), self.author, self.moment))
        run.addprevious(mark)
        mark.append(run)
        return mark

    def _step_out(self, run: "_Element", holder: "_Element") -> None:
        """Part the holder in two around the run."""
        rest = holder.makeelement(holder.tag, dict(holder.attrib))
        rest.set(named(holder, "id"), str(next(self.numbers)))
        rest.extend(list(run.itersiblings()))
        holder.addnext(run)
        if len(rest):
            run.addnext(rest)
        if not len(holder):
            holder.getparent().remove(holder)
