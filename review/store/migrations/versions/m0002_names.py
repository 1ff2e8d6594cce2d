"""Names that reviewers decided about, and operations of several corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "name_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_name_entry_project_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name="fk_name_entry_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_name_entry"),
    )
    op.create_index("ix_name_entry_project_id_variant", "name_entry", ["project_id", "variant"])
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_operation_batch_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name="fk_operation_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_operation"),
    )
    with op.batch_alter_table("correction") as table:
        table.add_column(sa.Column("operation_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_correction_operation_id", "operation", ["operation_id"], ["id"])
        table.create_index("ix_correction_operation_id", ["operation_id"])
