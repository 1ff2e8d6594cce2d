"""Batches that arrive piece by piece; fingerprints of hypotheses in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("batch", sa.Column("arrival", sa.String(length=64)))
    op.create_index("ix_batch_arrival", "batch", ["arrival"], unique=True)
    columns = ("system_id", "value", "number")
    op.create_table(
        "fingerprint",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in columns),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name="fk_fingerprint_system_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*columns, name="pk_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO fingerprint (system_id, value, number) "
        "SELECT system_id, fingerprint, number FROM hypothesis ORDER BY system_id, fingerprint, number"
    )
    op.drop_index("ix_hypothesis_system_id_fingerprint", "hypothesis")
    op.drop_column("hypothesis", "fingerprint")
