"""All tables at once, for whoever handles the database as a whole."""

from review.store import schema_rules, schema_scores, schema_sums, schema_team, schema_teamwork, schema_work
from review.store.schema import metadata

__all__ = [
    "metadata",
    "schema_rules",
    "schema_scores",
    "schema_sums",
    "schema_team",
    "schema_teamwork",
    "schema_work",
]
