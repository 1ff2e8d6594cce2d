"""What scores are made of: each segment's statistics, their sums, and comparisons that took long to make."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String, Table

from review.store.schema import Moment, metadata

# What a hypothesis and its text as it stands count for against the references, as packed numbers.
statistic = Table(
    "statistic",
    metadata,
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # of the text that `standing` belongs to
    # Both are empty where the segment lacks a reference that others have: then it is not scored.
    Column("machine", LargeBinary, nullable=False),
    Column("standing", LargeBinary, nullable=False),
)

# The sums of a system's statistics, so that a corrected segment changes its scores without reading the others.
statistic_sum = Table(
    "statistic_sum",
    metadata,
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(100), nullable=False),  # of the statistics: others cannot be added to them
    Column("segments", Integer, nullable=False),
    Column("edition", Integer, nullable=False),  # the sum of the versions; the system's own where all are in
    Column("machine", LargeBinary, nullable=False),
    Column("standing", LargeBinary, nullable=False),
)

# A comparison of systems, kept until somebody asks for it again.
comparison = Table(
    "comparison",
    metadata,
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("wanted", String(64), primary_key=True),  # a digest of what was asked, and of which texts
    Column("made_at", Moment, nullable=False),
    Column("found", JSON, nullable=False),
)
