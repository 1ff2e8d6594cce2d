"""Jobs in chunks."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

# What the deep checks had seen whole before there were jobs is not to be looked at again.
_SEEN = """
INSERT INTO job (batch_id, kind, lane, state, total, done, asked_at, touched_at)
SELECT batch.id, 'deep', 'deep', 'done', sum(batch.segments), sum(batch.segments), batch.created_at, batch.created_at
FROM batch JOIN system ON system.batch_id = batch.id
GROUP BY batch.id, batch.created_at HAVING sum(system.seen) = sum(batch.segments)
"""


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=20), nullable=False) for name in ("kind", "lane", "state")),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in ("total", "done")),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_job_batch_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("batch_id", "kind", name="uq_job_batch_id_kind"),
        sqlite_autoincrement=True,
    )
    numbers = ("first", "last", "reached")
    op.create_table(
        "chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("system_id", sa.Integer()),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in numbers),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("worker", sa.String(length=200)),
        sa.Column("held_until", sa.DateTime()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_chunk_job_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name="fk_chunk_system_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_chunk"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chunk_job_id_state", "chunk", ["job_id", "state"])
    op.execute(_SEEN)
