"""Statistics of each segment and their sums, for scores that follow every correction; comparisons of systems."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "statistic",
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("machine", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.LargeBinary(), nullable=False),
        _of("statistic", "system"),
        sa.PrimaryKeyConstraint("system_id", "number", name="pk_statistic"),
    )
    op.create_table(
        "statistic_sum",
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("machine", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.LargeBinary(), nullable=False),
        _of("statistic_sum", "system"),
        sa.PrimaryKeyConstraint("system_id", name="pk_statistic_sum"),
    )
    op.create_table(
        "comparison",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        _of("comparison", "batch"),
        sa.PrimaryKeyConstraint("batch_id", "wanted", name="pk_comparison"),
    )


def _of(table: str, owner: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{owner}_id"
    return sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}.id"], name=name, ondelete="CASCADE")
