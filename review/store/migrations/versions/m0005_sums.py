"""Sums and indexes, so that no page of a large batch has to count or to look further than it shows."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_OPEN = "current AND state = 'open'"
_WEIGHT = "CASE severity WHEN 'critical' THEN 25 WHEN 'major' THEN 5 ELSE 1 END"


def upgrade() -> None:
    # Plain additions: copying a table would take with it all that belongs to its rows.
    _add("flag", "system_id", sa.Integer())
    _add("flag", "number", sa.Integer())
    _add("flag", "current", sa.Boolean(), "1")
    _add("hypothesis", "gain", sa.Integer())
    op.add_column("hypothesis", sa.Column("reviewer_id", sa.Integer(), nullable=True))
    for name in ("minor", "major", "critical"):
        op.drop_column("hypothesis", name)  # the tally says it
    _add("system", "seen", sa.Integer())
    _add("system", "edition", sa.Integer())
    _add("system", "edits", sa.Float())
    _add("system", "words", sa.Float())
    _create_sums()
    _fill_flags()
    _create_indexes()
    _fill_sums()


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], default: str = "0") -> None:
    op.add_column(table, sa.Column(name, kind, server_default=default, nullable=False))


def _create_sums() -> None:
    op.create_table(
        "tally",
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("open", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name="fk_tally_system_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("system_id", "severity", "check", "step", name="pk_tally"),
    )
    op.create_table(
        "decided",
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name="fk_decided_system_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("check", "kind", "system_id", name="pk_decided"),
    )


def _fill_flags() -> None:
    of_this = "FROM hypothesis WHERE hypothesis.id = flag.hypothesis_id"
    op.execute(
        f"UPDATE flag SET system_id = (SELECT system_id {of_this}), number = (SELECT number {of_this}),"
        f" current = (SELECT hypothesis.version = flag.version {of_this})"
    )


def _create_indexes() -> None:
    by_number: dict[str, tuple[list[str], str | None]] = {
        "status": (["status"], None),
        "reviewed": ([], "status != 'unreviewed'"),
        "verdict": (["verdict"], "verdict != ''"),
        "commented": ([], "comments > 0"),
        "marked": ([], "annotations > 0"),
        "maker": (["reviewer_id"], "reviewer_id IS NOT NULL"),
        "gain": (["gain DESC"], None),
        "status_gain": (["status", "gain DESC"], None),
    }
    for name, (columns, where) in by_number.items():
        _index(f"ix_hypothesis_{name}", "hypothesis", ["system_id", *columns, "number"], where)
    open_flags = {
        "check": ["check", "system_id", "number", "severity", "confidence"],
        "severity": ["system_id", "severity", "number", "check", "confidence"],
        "number": ["system_id", "number", "check", "severity", "confidence"],
    }
    for name, columns in open_flags.items():
        _index(f"ix_flag_open_{name}", "flag", columns, _OPEN)
    op.create_index("ix_draft_reviewer_id", "draft", ["reviewer_id"])


def _index(name: str, table: str, columns: list[str], where: str | None) -> None:
    by = [sa.text(column) if " " in column else column for column in columns]
    condition = None if where is None else sa.text(where)
    # SQLite has no booleans, and takes a partial index only for the very words of its condition.
    numbered = None if where is None else sa.text(where.replace("current AND", "current = 1 AND"))
    op.create_index(name, table, by, sqlite_where=numbered, postgresql_where=condition)


def _whole(number: str) -> str:
    """What is before the point: a cast cuts off the rest in SQLite, and rounds in PostgreSQL."""
    cut = f"floor({number})" if op.get_bind().dialect.name == "postgresql" else number
    return f"CAST({cut} AS INTEGER)"


def _fill_sums() -> None:
    step = _whole("confidence * 20 + 0.000001")
    op.execute(
        'INSERT INTO tally (system_id, severity, "check", step, open)'
        f' SELECT system_id, severity, "check", {step}, count(*) FROM flag WHERE {_OPEN}'
        f' GROUP BY system_id, severity, "check", {step}'
    )
    op.execute(
        'INSERT INTO decided ("check", kind, system_id, made)'
        ' SELECT "check", kind, system_id, count(*) FROM decision'
        " JOIN hypothesis ON hypothesis.id = decision.hypothesis_id GROUP BY 1, 2, 3"
    )
    muted = (
        'SELECT "check" FROM muting WHERE muted'
        ' AND id IN (SELECT max(id) FROM muting GROUP BY project_id, "check")'
    )
    worth = f"SELECT sum({_whole('confidence * 100 + 0.5')} * {_WEIGHT}) FROM flag"
    op.execute(
        f"UPDATE hypothesis SET gain = coalesce(({worth} WHERE hypothesis_id = hypothesis.id AND {_OPEN}"
        f' AND "check" NOT IN ({muted})), 0)'
    )
    newest = "FROM correction WHERE hypothesis_id = hypothesis.id AND correction.version = hypothesis.version"
    op.execute(f"UPDATE hypothesis SET reviewer_id = (SELECT reviewer_id {newest}) WHERE version > 0")
    of_system = "FROM hypothesis WHERE system_id = system.id"
    corrected = (
        "FROM hypothesis JOIN correction ON correction.hypothesis_id = hypothesis.id"
        " AND correction.version = hypothesis.version"
        " WHERE system_id = system.id AND status != 'unreviewed'"
    )
    op.execute(
        f"UPDATE system SET seen = (SELECT count(*) {of_system} AND deep_version = version),"
        f" edition = (SELECT coalesce(sum(version), 0) {of_system}),"
        f" edits = (SELECT coalesce(sum(correction.edits), 0) {corrected}),"
        f" words = (SELECT coalesce(sum(length), 0) {corrected})"
    )
