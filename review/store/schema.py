"""The tables. `migrations/` makes them; a test holds the two together."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC in the database and aware in Python."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def own_id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def belongs_to(table: str) -> Column[int]:
    """Belongs to: goes when its owner goes."""
    return Column(f"{table}_id", ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def made_by(name: str = "reviewer_id") -> Column[int]:
    """Made by: a reviewer whose work stands cannot be removed."""
    return Column(name, ForeignKey("reviewer.id"), nullable=False)


def count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


reviewer = Table(
    "reviewer",
    metadata,
    own_id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

session = Table(
    "session",
    metadata,
    own_id(),
    belongs_to("reviewer"),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("with_password", Boolean, nullable=False, server_default=false()),
)

project = Table(
    "project",
    metadata,
    own_id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    own_id(),
    belongs_to("project"),
    made_by("created_by"),
    Column("created_at", Moment, nullable=False),
    Column("name", String(300), nullable=False),
    Column("source_lang", String(20), nullable=False),
    Column("target_lang", String(20), nullable=False),
    Column("format", String(20), nullable=False),
    Column("bounded", Boolean, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("has_source", Boolean, nullable=False),
    Column("references", Integer, nullable=False),
    Column(
        "arrival", String(64), unique=True, index=True
    ),  # of what stores or removes it: nobody sees it then
    Column("token", String(64), unique=True),  # of the form it came from: a second send finds the first
    Column("flagging", String(20), nullable=False),  # waiting, running, done
    count("flagged"),
    Column("failures", JSON, nullable=False),  # ids of families that raised
    Column("deep_troubles", JSON, nullable=False, server_default="[]"),  # sentences: what did not run
)

system = Table(
    "system",
    metadata,
    own_id(),
    belongs_to("batch"),
    Column("position", Integer, nullable=False),
    Column("name", String(300), nullable=False),
    Column("skeleton", JSON, nullable=False),
    # Sums over its hypotheses, kept with every change so that no page has to count: by status, open flags of
    # the default view, what the deep checks have seen, and TER edits and words of what is reviewed.
    *(count(name) for name in ("confirmed", "edited", "minor", "major", "critical", "seen")),
    *(Column(name, Float, nullable=False, server_default="0") for name in ("edits", "words")),
    count("edition"),  # raised by every change of a text
    UniqueConstraint("batch_id", "position"),
)

segment = Table(
    "segment",
    metadata,
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("document", Text),
    Column("source", Text),
    Column("notes", JSON(none_as_null=True)),  # what the file says to whoever reviews the segment
)

# The file that a batch came in, where it holds more than its segments' texts: it goes out again around them.
original = Table(
    "original",
    metadata,
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

reference = Table(
    "reference",
    metadata,
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

# `text` is the machine's and never changes; the other columns are what review has made of it.
hypothesis = Table(
    "hypothesis",
    metadata,
    own_id(),
    belongs_to("system"),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(20), nullable=False, server_default="unreviewed"),
    count("version"),
    Column("deep_version", Integer),  # the version that the deep checks have seen last
    Column("verdict", String(20), nullable=False, server_default=""),  # of second review: accepted, sent-back
    count("comments"),
    count("annotations"),
    Column("reviewer_id", Integer),  # who made the newest correction
    count("gain"),  # what review may be worth: the open flags' severities times confidences, in hundredths
    UniqueConstraint("system_id", "number"),
)

# Finds equal hypotheses without reading them. A table and no index, for rows that arrive in the order of their values
# are put in place in a third of the time.
fingerprint = Table(
    "fingerprint",
    metadata,
    Column("system_id", ForeignKey("system.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

# Several corrections or decisions made by one step ("correct everywhere"), which one undo takes back.
operation = Table(
    "operation",
    metadata,
    own_id(),
    belongs_to("batch"),
    Column("title", Text, nullable=False),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("undone_at", Moment),
)

correction = Table(
    "correction",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),  # 1, 2, …; 0 is the hypothesis
    Column("based_on", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # The hypothesis's with this version, so that an undo brings back the one before.
    Column("status", String(20), nullable=False, server_default="edited"),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("origin", String(20), nullable=False),  # typed, accepted, confirmed, restored, or of a step
    Column("seconds", Float),
    Column("reference_in_view", Boolean, nullable=False),
    Column("edits", Float, nullable=False),  # TER edits from the hypothesis
    Column("length", Float, nullable=False),  # words of the correction, as TER counts them
    Column("token", String(64), nullable=False),
    Column("operation_id", ForeignKey("operation.id"), index=True),
    UniqueConstraint("hypothesis_id", "version"),
    UniqueConstraint("hypothesis_id", "token"),
)

flag = Table(
    "flag",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("check", String(60), nullable=False),
    Column("category", String(60), nullable=False),
    Column("severity", String(20), nullable=False),
    Column("message", Text, nullable=False),
    Column("suggestions", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("state", String(20), nullable=False),  # open, accepted, dismissed
    # What its hypothesis says too, here so that one index finds a check's open flags in order.
    *(count(name) for name in ("system_id", "number")),
    Column("current", Boolean, nullable=False, server_default="1"),  # whether its version is the newest
    Index(None, "hypothesis_id", "version"),
)

decision = Table(
    "decision",
    metadata,
    own_id(),
    belongs_to("hypothesis"),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("check", String(60), nullable=False),
    Column("kind", String(20), nullable=False),  # accepted, dismissed, reopened
    Column("suggestion", Text),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("operation_id", ForeignKey("operation.id", ondelete="SET NULL"), index=True),
    Index(None, "hypothesis_id"),
    Index(None, "check", "kind"),
)

# The last scores of a batch that is too large to score while its page is asked for.
score = Table(
    "score",
    metadata,
    Column("batch_id", ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("computed_at", Moment, nullable=False),
    Column("corrections", Integer, nullable=False),  # how many had been made then
    Column("table", JSON, nullable=False),
)
