"""What makes large batches quick: tables of sums, and an index for each way to choose segments."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, and_, literal_column

from review.store.schema import count, flag, hypothesis, metadata

# How many open flags a system's texts have, by the confidence's step of five per cent: what any view shows
# is the sum of a few rows.
tally = Table(
    "tally",
    metadata,
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE"), primary_key=True),
    Column("severity", String(20), primary_key=True),
    Column("check", String(60), primary_key=True),
    Column("step", Integer, primary_key=True, autoincrement=False),
    count("open"),
)

# How many decisions of a kind were made on a check's flags.
decided = Table(
    "decided",
    metadata,
    Column("check", String(60), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE"), primary_key=True),
    count("made"),
)

# Texts that were saved before the instant checks had looked at them: a save does not wait for these.
unchecked = Table(
    "unchecked",
    metadata,
    Column("hypothesis_id", ForeignKey("hypothesis.id", ondelete="CASCADE"), primary_key=True),
    Column("system_id", Integer, nullable=False, index=True),
    count("number"),
)

# The conditions of partial indexes are literal: SQLite would not see that one answers a bound parameter.
is_open = and_(flag.c.current, flag.c.state == literal_column("'open'"))
is_reviewed = hypothesis.c.status != literal_column("'unreviewed'")
has_verdict = hypothesis.c.verdict != literal_column("''")
has_comments = hypothesis.c.comments > literal_column("0")
has_annotations = hypothesis.c.annotations > literal_column("0")
has_maker = hypothesis.c.reviewer_id.is_not(None)

_NUMBER, _GAIN = hypothesis.c.number, hypothesis.c.gain.desc()


def _hypotheses_by(name: str, *columns: Any, where: Any = None) -> None:
    by = (hypothesis.c.system_id, *columns)
    Index(f"ix_hypothesis_{name}", *by, sqlite_where=where, postgresql_where=where)


_hypotheses_by("status", hypothesis.c.status, _NUMBER)
_hypotheses_by("reviewed", _NUMBER, where=is_reviewed)
_hypotheses_by("verdict", hypothesis.c.verdict, _NUMBER, where=has_verdict)
_hypotheses_by("commented", _NUMBER, where=has_comments)
_hypotheses_by("marked", _NUMBER, where=has_annotations)
_hypotheses_by("maker", hypothesis.c.reviewer_id, _NUMBER, where=has_maker)
_hypotheses_by("gain", _GAIN, _NUMBER)
_hypotheses_by("status_gain", hypothesis.c.status, _GAIN, _NUMBER)


def _open_flags_by(name: str, *columns: str) -> None:
    by = (flag.c[column] for column in columns)
    Index(f"ix_flag_open_{name}", *by, sqlite_where=is_open, postgresql_where=is_open)


_open_flags_by("check", "check", "system_id", "number", "severity", "confidence")
_open_flags_by("severity", "system_id", "severity", "number", "check", "confidence")
_open_flags_by("number", "system_id", "number", "check", "severity", "confidence")
