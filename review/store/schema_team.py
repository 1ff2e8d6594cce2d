"""The tables of a team: accounts, who may do what in which project, and a log of who did what."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from review.store.schema import Moment, belongs_to, made_by, metadata, own_id

# A reviewer who signs in with a password. Without an account a reviewer is only a name beside some work.
account = Table(
    "account",
    metadata,
    Column("reviewer_id", ForeignKey("reviewer.id", ondelete="CASCADE"), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

membership = Table(
    "membership",
    metadata,
    Column("project_id", ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer_id", ForeignKey("reviewer.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), nullable=False),  # reader, reviewer, lead
    Index(None, "reviewer_id"),
)

# A link by which somebody becomes a member, once. Only the hash of its token is kept.
invitation = Table(
    "invitation",
    metadata,
    own_id(),
    belongs_to("project"),
    Column("role", String(20), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    made_by(),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", ForeignKey("reviewer.id")),
    Column("withdrawn_at", Moment),
)

api_token = Table(
    "api_token",
    metadata,
    own_id(),
    belongs_to("reviewer"),
    Column("name", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index(None, "reviewer_id"),
)

# Sign-ins that failed lately, or are being looked at: servers count them together.
sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    own_id(),
    Column("name", String(200), nullable=False),
    Column("address", String(60), nullable=False),
    Column("made_at", Moment, nullable=False),
)

# Who did what; appended to only. `who` is a name and not a reference: it may be nobody's.
audit = Table(
    "audit",
    metadata,
    own_id(),
    Column("made_at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("about", Text, nullable=False),  # never a segment's text
    Column("project_id", Integer),
)
