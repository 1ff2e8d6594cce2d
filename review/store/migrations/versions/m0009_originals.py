"""Files that batches came in, kept whole; notes beside segments."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("segment", sa.Column("notes", sa.JSON()))
    op.create_table(
        "original",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_original_batch_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch_id", name="pk_original"),
    )
