"""The tables of what reviewers have ruled for all of a project: dismissals, muted checks, names, terms."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from review.store.schema import Moment, belongs_to, made_by, metadata, own_id

# Flags that are dismissed as soon as they are found: those of a check on this very text, in one batch or
# (without a batch) in all of a project, until it is withdrawn.
dismissal = Table(
    "dismissal",
    metadata,
    own_id(),
    belongs_to("project"),
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE")),
    Column("operation_id", ForeignKey("operation.id", ondelete="SET NULL")),
    Column("check", String(60), nullable=False),
    Column("text", Text, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index(None, "project_id", "check"),
)

# Whether a project's flags of a check are hidden: appended to, the newest row on a check counts.
muting = Table(
    "muting",
    metadata,
    own_id(),
    belongs_to("project"),
    Column("check", String(60), nullable=False),
    Column("muted", Boolean, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Index(None, "project_id", "check"),
)

# What reviewers decided about names, for all batches of a project: another form is right, or this one is.
# The newest entry on a variant that is not withdrawn counts.
name_entry = Table(
    "name_entry",
    metadata,
    own_id(),
    belongs_to("project"),
    Column("variant", Text, nullable=False),
    Column("right", Text),  # None: the variant is right as it is
    Column("origin", String(20), nullable=False),  # page, correction, import
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index(None, "project_id", "variant"),
)

# How a project translates a term. The newest entry on a source and target that is not withdrawn counts.
term_entry = Table(
    "term_entry",
    metadata,
    own_id(),
    belongs_to("project"),
    Column("source", Text, nullable=False),  # "" where only the translation is ruled on
    Column("target", Text, nullable=False),
    Column("forbidden", Boolean, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("origin", String(20), nullable=False),  # page, import
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index(None, "project_id", "source"),
)
