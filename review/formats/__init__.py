"""The file formats, each in a file of its own; found by content."""

from review.formats.article import Article
from review.formats.bilingual import Csv, Tsv, Xlsx
from review.formats.docx import Docx
from review.formats.html import Html
from review.formats.jsonl import Jsonl
from review.formats.lines import Lines
from review.formats.po import Po
from review.formats.shape import DocumentFormat, TextFormat
from review.formats.tmx import Tmx
from review.formats.wmt import WmtSgm, WmtXml
from review.formats.xliff import Xliff

ARTICLE = Article()
LINES = Lines()
JSONL = Jsonl()
TSV = Tsv()
CSV = Csv()
XLSX = Xlsx()

# Formats that hold one text a segment, by the id that a system's skeleton is stored with.
TEXT_FORMATS: dict[str, TextFormat] = {f.id: f for f in (ARTICLE, LINES)}

# Formats whose files are kept whole, by id, in the order in which they are asked whether a file is theirs.
_ASKED: tuple[DocumentFormat, ...] = (Xliff(), Tmx(), WmtXml(), WmtSgm(), Po(), Docx(), Html())
DOCUMENT_FORMATS = {f.id: f for f in _ASKED}


def find_document_format(start: bytes) -> DocumentFormat | None:
    """The format of a file that begins so (64 kB), if it is one of those whose files are kept whole."""
    return next((one for one in DOCUMENT_FORMATS.values() if one.recognises(start)), None)
