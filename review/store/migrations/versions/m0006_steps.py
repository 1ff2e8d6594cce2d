"""The status with each version, for undoing steps; fingerprints of hypotheses, for finding equal ones."""

import zlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROWS_AT_ONCE = 5000


def upgrade() -> None:
    status = sa.Column("status", sa.String(length=20), server_default="edited", nullable=False)
    op.add_column("correction", status)
    op.execute(
        "UPDATE correction SET status = CASE WHEN origin IN ('name', 'undone') THEN 'unreviewed' "
        "WHEN text = (SELECT h.text FROM hypothesis h WHERE h.id = correction.hypothesis_id) THEN 'confirmed' "
        "ELSE 'edited' END"
    )
    op.add_column("hypothesis", sa.Column("fingerprint", sa.Integer()))
    _take_fingerprints(op.get_bind())
    op.create_index("ix_hypothesis_system_id_fingerprint", "hypothesis", ["system_id", "fingerprint"])


def _take_fingerprints(connection: sa.Connection) -> None:
    past = 0
    while True:
        query = sa.text("SELECT id, text FROM hypothesis WHERE id > :past ORDER BY id LIMIT :rows")
        rows = connection.execute(query, {"past": past, "rows": _ROWS_AT_ONCE}).all()
        if not rows:
            return
        update = sa.text("UPDATE hypothesis SET fingerprint = :of WHERE id = :id")
        prints = [{"id": row.id, "of": zlib.crc32(row.text.encode()) & 0x7FFFFFFF} for row in rows]
        connection.execute(update, prints)
        past = rows[-1].id
