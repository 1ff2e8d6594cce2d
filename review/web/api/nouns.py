"""The list of nouns of the API."""

from review.web.api import (
    batches,
    comments,
    corrections,
    exports,
    flags,
    imports,
    projects,
    scores,
    segments,
)

NOUNS = tuple(
    one.noun for one in (projects, batches, imports, segments, corrections, flags, comments, scores, exports)
)
OPERATIONS = tuple(operation for noun in NOUNS for operation in noun.operations)
