"""The file formats, each in a file of its own; found by content."""

from review.formats.article import Article
from review.formats.jsonl import Jsonl
from review.formats.lines import Lines
from review.formats.shape import TextFormat
from review.formats.tsv import Tsv

ARTICLE = Article()
LINES = Lines()
JSONL = Jsonl()
TSV = Tsv()

# Formats that hold one text a segment, by the id that a system's skeleton is stored with.
TEXT_FORMATS: dict[str, TextFormat] = {f.id: f for f in (ARTICLE, LINES)}
