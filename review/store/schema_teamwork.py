"""The tables of what people add to a text besides corrections: drafts, marks, comments, verdicts."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from review.store.schema import Moment, belongs_to, made_by, metadata, own_id

# What somebody types and has not saved: one for each reviewer and hypothesis, replaced as it grows.
draft = Table(
    "draft",
    metadata,
    Column("hypothesis_id", ForeignKey("hypothesis.id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer_id", ForeignKey("reviewer.id"), primary_key=True),
    Column("version", Integer, nullable=False),  # that it was begun on
    Column("text", Text, nullable=False),
    Column("accepted", JSON, nullable=False),  # [[flag id, suggestion], …]
    Column("saved_at", Moment, nullable=False),
    Index(None, "reviewer_id"),
)

# An error that a person marked (MQM, ESA). A change is a new row that says which one it replaces.
annotation = Table(
    "annotation",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),  # of the text that the span counts in
    Column("side", String(10), nullable=False),  # target, source
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("category", String(60), nullable=False),
    Column("severity", String(20), nullable=False),  # neutral besides those of flags
    Column("comment", Text, nullable=False, server_default=""),
    Column("check", String(60)),  # of the flag that it was started from
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("replaces", Integer),  # id of the row that this one changes
    Column("withdrawn_at", Moment),
    Index(None, "hypothesis_id"),
)

# ESA's score of a whole segment, 0 to 100: appended to, a reviewer's newest row counts.
assessment = Table(
    "assessment",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),
    Column("score", Float, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Index(None, "hypothesis_id"),
)

comment = Table(
    "comment",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index(None, "hypothesis_id"),
)

# What a second reviewer made of a version: appended to, the newest row on the current version counts.
verdict = Table(
    "verdict",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),  # accepted, changed, sent-back
    Column("comment", Text, nullable=False, server_default=""),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Index(None, "hypothesis_id"),
)

# Several people on the same segments without seeing one another: each works on a copy of the batch.
study = Table(
    "study",
    metadata,
    own_id(),
    belongs_to("batch"),
    belongs_to("system"),
    Column("title", Text, nullable=False),
    Column("first", Integer, nullable=False),  # segments of the batch that it is about
    Column("last", Integer, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("closed_at", Moment),  # from then on everybody sees everything
    Index(None, "batch_id"),
)

study_copy = Table(
    "study_copy",
    metadata,
    Column("study_id", ForeignKey("study.id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer_id", ForeignKey("reviewer.id"), primary_key=True),
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), nullable=False, unique=True),
)

# What a reviewer likes: keys, layout, theme. One row for each name.
preference = Table(
    "preference",
    metadata,
    Column("reviewer_id", ForeignKey("reviewer.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)
