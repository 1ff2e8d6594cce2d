"""Work off the request: jobs, and the chunks that they are done in."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from review.store.schema import Moment, belongs_to, count, metadata, own_id

# The last job of each kind that a batch had; asked for again, it takes the place of the one before.
job = Table(
    "job",
    metadata,
    own_id(),
    belongs_to("batch"),
    Column("kind", String(20), nullable=False),  # flags, deep, scores
    Column("lane", String(20), nullable=False),
    Column("state", String(20), nullable=False),  # running, done, failed, cancelled
    *(count(name) for name in ("total", "done")),  # texts
    Column("asked_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),  # when a worker last took or brought something
    UniqueConstraint("batch_id", "kind"),
    sqlite_autoincrement=True,  # a worker that is late must not take a new job for its own
)

# A part of a job that one worker does at a time. What it has `reached` is stored with what it found up to there.
chunk = Table(
    "chunk",
    metadata,
    own_id(),
    belongs_to("job"),
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE")),  # none: of the whole batch
    *(count(name) for name in ("first", "last", "reached")),  # numbers of segments
    Column("state", String(20), nullable=False),  # waiting, taken, done, failed
    Column("worker", String(200)),
    Column("held_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("trouble", Text, nullable=False, server_default=""),
    Index(None, "job_id", "state"),
    sqlite_autoincrement=True,
)
