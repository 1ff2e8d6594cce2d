"""Drafts on the server, marked errors, comments, second review, blind studies, terms, preferences."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    verdict = sa.Column("verdict", sa.String(length=20), server_default="", nullable=False)
    op.add_column("hypothesis", verdict)
    for name in ("comments", "annotations"):
        op.add_column("hypothesis", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    _create_draft()
    _create_annotation()
    for name, columns in (
        ("assessment", [sa.Column("score", sa.Float(), nullable=False)]),
        ("comment", [_text("text"), sa.Column("withdrawn_at", sa.DateTime())]),
        ("verdict", [_string("kind", 20), _text("comment", "")]),
    ):
        _create(name, "hypothesis", sa.Column("version", sa.Integer(), nullable=False), *columns)
        op.create_index(f"ix_{name}_hypothesis_id", name, ["hypothesis_id"])
    _create_studies()
    _create_term_entry()
    _create_preference()


def _string(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _text(name: str, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(table: str, column: str, to: str, cascade: bool) -> sa.ForeignKeyConstraint:
    ondelete = "CASCADE" if cascade else None
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def _create(name: str, owner: str, *columns: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    """A table of what a reviewer adds to its owner, with who and when."""
    op.create_table(
        name,
        _whole("id"),
        _whole(f"{owner}_id"),
        *columns,
        _whole("reviewer_id"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        _refers(name, f"{owner}_id", owner, cascade=True),
        _refers(name, "reviewer_id", "reviewer", cascade=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _create_draft() -> None:
    op.create_table(
        "draft",
        _whole("hypothesis_id"),
        _whole("reviewer_id"),
        _whole("version"),
        _text("text"),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        _refers("draft", "hypothesis_id", "hypothesis", cascade=True),
        _refers("draft", "reviewer_id", "reviewer", cascade=False),
        sa.PrimaryKeyConstraint("hypothesis_id", "reviewer_id", name="pk_draft"),
    )


def _create_annotation() -> None:
    _create(
        "annotation",
        "hypothesis",
        _whole("version"),
        _string("side", 10),
        _whole("start"),
        _whole("end"),
        _text("text"),
        _string("category", 60),
        _string("severity", 20),
        _text("comment", ""),
        sa.Column("check", sa.String(length=60)),
        sa.Column("replaces", sa.Integer()),
        sa.Column("withdrawn_at", sa.DateTime()),
    )
    op.create_index("ix_annotation_hypothesis_id", "annotation", ["hypothesis_id"])


def _create_studies() -> None:
    closed = sa.Column("closed_at", sa.DateTime())
    system = _whole("system_id"), _refers("study", "system_id", "system", cascade=True)
    _create("study", "batch", *system, _text("title"), _whole("first"), _whole("last"), closed)
    op.create_index("ix_study_batch_id", "study", ["batch_id"])
    op.create_table(
        "study_copy",
        _whole("study_id"),
        _whole("reviewer_id"),
        _whole("batch_id"),
        _refers("study_copy", "study_id", "study", cascade=True),
        _refers("study_copy", "reviewer_id", "reviewer", cascade=False),
        _refers("study_copy", "batch_id", "batch", cascade=True),
        sa.PrimaryKeyConstraint("study_id", "reviewer_id", name="pk_study_copy"),
        sa.UniqueConstraint("batch_id", name="uq_study_copy_batch_id"),
    )


def _create_term_entry() -> None:
    _create(
        "term_entry",
        "project",
        _text("source"),
        _text("target"),
        sa.Column("forbidden", sa.Boolean(), nullable=False),
        _text("note", ""),
        _string("origin", 20),
        sa.Column("withdrawn_at", sa.DateTime()),
    )
    op.create_index("ix_term_entry_project_id_source", "term_entry", ["project_id", "source"])


def _create_preference() -> None:
    op.create_table(
        "preference",
        _whole("reviewer_id"),
        _string("name", 60),
        sa.Column("value", sa.JSON(), nullable=False),
        _refers("preference", "reviewer_id", "reviewer", cascade=True),
        sa.PrimaryKeyConstraint("reviewer_id", "name", name="pk_preference"),
    )
