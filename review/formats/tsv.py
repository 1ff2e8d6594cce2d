"""TSV for spreadsheets and scripts: a header, a row a segment; written only."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO


class Tsv:
    """Cells stay exact: one with a tab, a quote or a line break is quoted as spreadsheets quote it."""

    id = "tsv"
    title = "TSV: one row a segment, source, hypothesis, correction"
    suffixes = (".tsv",)
    drops = "flags, decisions and history"

    def write(self, header: Sequence[str], rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, dialect="excel-tab", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        text.detach()
