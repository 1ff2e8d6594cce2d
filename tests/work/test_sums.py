"""Whatever people do, the sums that pages show are what counting anew would find."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app import create_app
from review import checks
from review.formats.guard import Limits
from review.model import DEFAULT_CONFIDENCE, Level
from review.store.engine import Engine, reading
from review.store.mutes import get_muted
from review.store.sums import step_of
from review.work import (
    accepting,
    correcting,
    deepening,
    dismissing,
    models,
    muting,
    naming,
    replacing,
    scoring,
    steps,
)
from review.work.accepting import Kind
from review.work.access import find_batch, find_place
from review.work.correcting import Draft
from review.work.importing import Queue, import_batch
from review.work.models import DeepParts
from review.work.pairing import read_pasted
from review.work.patterns import Wanted
from review.work.replacing import Search
from tests.databases import settings_at
from tests.doing import flag_batch
from tests.work.deep_family import Unlikely, Words

_ARTICLE = "\n\n".join(
    (
        "Borrellin came to the the odd town.",
        "The the minister met Borrellin and and left .",
        "Nothing is wrong here.",
        "Borrell said an odd odd word.",
    )
)
_TEXTS = ("An odd day.", "Borrell came to the the town.", "Nothing is wrong here.", "Borrellin left left .")
_WEIGHTS = {"minor": 1, "major": 5, "critical": 25}


class Desk:
    """One reviewer's desk with one batch, and all that can be done to it."""

    def __init__(self, engine: Engine, queue: Queue) -> None:
        self.engine, self.queue, self.limits = engine, queue, Limits(100_000)
        pasted = read_pasted({"text": _ARTICLE, "source": "", "reference": ""}, self.limits)
        self.batch = import_batch(engine, queue, pasted, arrival="a", reviewer_id=1)
        self.made: list[int] = []  # steps of dismissing
        self.named: list[int] = []
        self.stepped: list[int] = []
        self.tokens = 0

    def place(self, number: int) -> Any:
        return find_place(self.engine, self.batch, 1, number)

    def draft(self, words: str, version: int) -> Draft:
        self.tokens += 1
        return Draft(words, version, f"token-{self.tokens}")

    def save(self, number: int, choice: int) -> None:
        place = self.place(number)
        words = (*_TEXTS, place.segment.hypothesis)[choice % (len(_TEXTS) + 1)]
        draft = self.draft(words, place.segment.version)
        correcting.save(self.engine, self.queue, place, draft, 1, self.limits)

    def restore(self, number: int, choice: int) -> None:
        place = self.place(number)
        version = choice % (place.segment.version + 1)
        draft = self.draft("", place.segment.version)
        correcting.restore(self.engine, self.queue, place, version, draft, 1, self.limits)

    def dismiss(self, number: int, choice: int) -> None:
        place = self.place(number)
        scope = dismissing.SCOPES[choice % len(dismissing.SCOPES)]
        for stored in place.segment.open_flags[:1]:
            step = dismissing.dismiss(self.engine, place, stored.id, scope, 1)
            self.made += [step] if step else []

    def reopen(self, number: int, _: int) -> None:
        place = self.place(number)
        for stored in place.segment.flags:
            dismissing.reopen(self.engine, place, stored.id, 1)

    def accept(self, number: int, _: int) -> None:
        place = self.place(number)
        for stored in place.segment.open_flags:
            if stored.flag.suggestions:
                draft = self.draft(place.segment.text, place.segment.version)
                correcting.accept(self.engine, self.queue, place, draft, stored.id, 0, 1, self.limits)
                return

    def undo(self, _: int, choice: int) -> None:
        if self.made:
            dismissing.undo(self.engine, self.batch, self.made[choice % len(self.made)], 1)

    def name(self, number: int, _: int) -> None:
        found = naming.preview(self.engine, self.batch, 1, "Borrellin", "Borrell")
        chosen = [c.segment.number for c in found.changes if not c.left_alone][:number]
        if chosen:
            right = ("Borrellin", "Borrell")
            step = naming.correct_everywhere(self.engine, self.queue, self.batch, 1, *right, chosen, 1)
            self.named.append(step)

    def unname(self, _: int, choice: int) -> None:
        if self.named:
            naming.undo(self.engine, self.queue, self.batch, self.named[choice % len(self.named)], 1)

    def replace(self, number: int, choice: int) -> None:
        wanted = Wanted(*(("the", "one"), ("odd", "strange"), ("Borrell", "Borrellin"))[choice % 3])
        search = Search(wanted, confirmed=choice % 2 == 0)
        found = replacing.page(self.engine, self.batch, 1, search, True, None, self.limits)
        ticked = {change.key for change in found.changes[:number]}
        if ticked:
            made = replacing.replace(self.engine, self.queue, self.batch, search, ticked, 1, self.limits)
            self.stepped.append(made.step)

    def accept_all(self, number: int, choice: int) -> None:
        kind = Kind(("repeated-word", "name-ending")[choice % 2], "", 0)
        found = accepting.page(self.engine, self.batch, 1, kind)
        chosen = [one.stored.id for one in found.flags][:number]
        if chosen:
            made = accepting.accept(self.engine, self.queue, self.batch, 1, kind, chosen, 1, self.limits)
            self.stepped.append(made.step)

    def unstep(self, _: int, choice: int) -> None:
        if self.stepped:
            steps.undo(self.engine, self.queue, self.batch, self.stepped[choice % len(self.stepped)], 1)

    def mute(self, _: int, choice: int) -> None:
        known = [
            check.id for check in checks.all_checks() if check.id.startswith(("repeat", "name-e", "unl"))
        ]
        muting.set_muted(self.engine, 1, known[choice % len(known)], choice % 2 == 0, 1)

    def flag(self, _: int, __: int) -> None:
        flag_batch(self.engine, self.batch)

    def deepen(self, _: int, __: int) -> None:
        deepening.ask_again(self.engine, self.batch)
        self.queue.deepen_batch(self.batch)


_ACTS = (
    "save",
    "restore",
    "dismiss",
    "reopen",
    "accept",
    "undo",
    "name",
    "unname",
    "mute",
    "flag",
    "deepen",
    "replace",
    "accept_all",
    "unstep",
)
_steps = st.tuples(st.sampled_from(_ACTS), st.integers(1, 4), st.integers(0, 11))


@pytest.mark.slow
# A dozen steps are short enough to read; making them fewer would take minutes.
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(_steps, min_size=4, max_size=12))
def test_sums_are_what_counting_anew_finds(tmp_path_factory: Any, done: list[tuple[str, int, int]]) -> None:
    whole, parts = checks.FAMILIES, models.deep_parts
    instant = checks.families_of(Level.INSTANT)
    checks.FAMILIES = (*instant, Unlikely())
    models.deep_parts = lambda *_: DeepParts(Words())
    try:
        desk = _desk(tmp_path_factory.mktemp("sums"))
        for act, number, choice in done:
            getattr(desk, act)(number, choice)
            compare(desk.engine, desk.batch)
    finally:
        checks.FAMILIES, models.deep_parts = whole, parts


def _desk(folder: Path) -> Desk:
    app = create_app(settings_at(folder, queue_url="immediate:", model="none"))
    kept = app.extensions["tarkka"]
    return Desk(kept.engine, kept.queue)


def compare(engine: Engine, batch: int) -> None:
    """The sums of an instance's only system are those that counting its tables anew gives."""
    system = find_batch(engine, batch).systems[0]
    muted = get_muted(engine, 1)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT * FROM hypothesis ORDER BY number")).all()
        flags = connection.execute(
            text(
                "SELECT f.*, f.version = h.version AS newest, h.system_id AS owner, h.number AS place FROM flag f"
                " JOIN hypothesis h ON h.id = f.hypothesis_id"
            )
        ).all()
        newest = connection.execute(
            text(
                "SELECT c.*, h.status FROM correction c JOIN hypothesis h ON h.id = c.hypothesis_id"
                " AND h.version = c.version"
            )
        ).all()
        tally = connection.execute(
            text('SELECT severity, "check", step, open FROM tally WHERE open != 0')
        ).all()
        decided = connection.execute(text('SELECT "check", kind, made FROM decided')).all()
        decisions = connection.execute(
            text('SELECT "check", kind, count(*) FROM decision GROUP BY 1, 2')
        ).all()
    assert all((f.system_id, f.number, f.current) == (f.owner, f.place, f.newest) for f in flags)
    standing = [f for f in flags if f.newest and f.state == "open"]
    shown = [f for f in standing if f.confidence >= DEFAULT_CONFIDENCE and f.check not in muted]
    by_severity = Counter(f.severity for f in shown)
    assert (system.minor, system.major, system.critical) == tuple(map(by_severity.__getitem__, _WEIGHTS))
    counted = Counter((f.severity, f.check, step_of(f.confidence)) for f in standing)
    assert {(severity, check, step): n for severity, check, step, n in tally} == counted
    assert sorted(decided) == sorted(decisions)
    for row in rows:
        own = [f for f in standing if f.hypothesis_id == row.id and f.check not in muted]
        assert row.gain == sum(int(100 * f.confidence + 0.5) * _WEIGHTS[f.severity] for f in own)
    reviewed = [c for c in newest if c.status != "unreviewed"]
    statuses = Counter(row.status for row in rows)
    assert (system.confirmed, system.edited) == (statuses["confirmed"], statuses["edited"])
    assert system.edition == sum(row.version for row in rows)
    assert system.seen == sum(row.deep_version == row.version for row in rows)
    assert (system.edits, system.words) == (sum(c.edits for c in reviewed), sum(c.length for c in reviewed))
    assert {row.id: row.reviewer_id for row in rows if row.version} == {
        c.hypothesis_id: c.reviewer_id for c in newest
    }
    effort = scoring.effort(system)
    assert effort.segments == len(reviewed)
