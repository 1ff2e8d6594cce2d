"""Accounts, roles in projects, invitations, tokens, and a log of who did what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column(
        "session", sa.Column("with_password", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _account()
    _membership()
    _invitation()
    _tokens_and_attempts()
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def _refers(table: str, column: str, other: str, cascade: bool = True) -> Any:
    name = f"fk_{table}_{column}"
    gone = "CASCADE" if cascade else None
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=gone)


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("disabled_at", sa.DateTime()),
        _refers("account", "reviewer_id", "reviewer"),
        sa.PrimaryKeyConstraint("reviewer_id", name="pk_account"),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        _refers("membership", "project_id", "project"),
        _refers("membership", "reviewer_id", "reviewer"),
        sa.PrimaryKeyConstraint("project_id", "reviewer_id", name="pk_membership"),
    )
    op.create_index("ix_membership_reviewer_id", "membership", ["reviewer_id"])


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_by", sa.Integer()),
        sa.Column("withdrawn_at", sa.DateTime()),
        _refers("invitation", "project_id", "project"),
        _refers("invitation", "reviewer_id", "reviewer", cascade=False),
        _refers("invitation", "used_by", "reviewer", cascade=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )


def _tokens_and_attempts() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime()),
        _refers("api_token", "reviewer_id", "reviewer"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    op.create_index("ix_api_token_reviewer_id", "api_token", ["reviewer_id"])
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
