"""What the deep checks have seen, standing dismissals, muted checks; sums count the default view."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Not by copying these two tables: dropping the old copy would take with it all that belongs to them.
    op.add_column("batch", sa.Column("deep_troubles", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("hypothesis", sa.Column("deep_version", sa.Integer(), nullable=True))
    # Batches from before the deep checks are left as they are until somebody asks for them.
    op.execute("UPDATE hypothesis SET deep_version = version")
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("operation_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_decision_operation_id", "operation", ["operation_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index("ix_decision_operation_id", ["operation_id"])
        table.create_index("ix_decision_check_kind", ["check", "kind"])
    _create_dismissal()
    _create_muting()
    _count_again()


def _create_dismissal() -> None:
    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_dismissal_project_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_dismissal_batch_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name="fk_dismissal_operation_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name="fk_dismissal_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dismissal"),
    )
    op.create_index("ix_dismissal_project_id_check", "dismissal", ["project_id", "check"])


def _create_muting() -> None:
    op.create_table(
        "muting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_muting_project_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name="fk_muting_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_muting"),
    )
    op.create_index("ix_muting_project_id_check", "muting", ["project_id", "check"])


def _count_again() -> None:
    """The sums count flags of confidence 0.7 and more; before, they counted all."""
    shown = (
        "SELECT count(*) FROM flag WHERE flag.hypothesis_id = hypothesis.id"
        " AND flag.version = hypothesis.version AND flag.state = 'open' AND flag.confidence >= 0.7"
    )
    for severity in ("minor", "major", "critical"):
        op.execute(f"UPDATE hypothesis SET {severity} = ({shown} AND flag.severity = '{severity}')")
        summed = f"SELECT coalesce(sum({severity}), 0) FROM hypothesis WHERE system_id = system.id"
        op.execute(f"UPDATE system SET {severity} = ({summed})")
