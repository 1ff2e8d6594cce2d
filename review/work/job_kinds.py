"""The kinds of jobs that are done in chunks. To add one: a `Kind` where its work is, a line here."""

from review.work.chunked import Kind
from review.work.deepening import DEEPENING
from review.work.flag_jobs import FLAGS
from review.work.scoring import SCORES

KINDS: dict[str, Kind] = {kind.id: kind for kind in (FLAGS, DEEPENING, SCORES)}
