"""Texts that were saved before the instant checks had looked at them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "unchecked",
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"], ["hypothesis.id"], name="fk_unchecked_hypothesis_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hypothesis_id", name="pk_unchecked"),
    )
    op.create_index("ix_unchecked_system_id", "unchecked", ["system_id"])
