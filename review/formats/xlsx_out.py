"""Writes an XLSX file with one sheet of texts, row by row: none of it is kept in memory."""

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from review.errors import BadInput

LONGEST = 32_767  # characters that a cell holds
# Characters that XML cannot hold stand as _x0001_ in a cell, and so what looks like that is escaped too.
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/{{}}" Target="{{}}"/></Relationships>'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": _RELATION.format("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _RELATION.format("worksheet", "worksheets/sheet1.xml"),
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Segments" sheetId="1" r:id="rId1"/></sheets></workbook>',
}
# The header stays in sight, and columns are wide enough to read.
_BEFORE = (
    f'<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="50" width="24" customWidth="1"/></cols><sheetData>'
)
_AFTER = "</sheetData></worksheet>"


def write_sheet(rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    """A workbook of texts, none of them a formula; BadInput names a cell that is too long."""
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, _XML + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_XML + _BEFORE).encode())
            for number, row in enumerate(rows, start=1):
                cells = "".join(_cell(text, number) for text in row)
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(_AFTER.encode())


def _cell(text: str, row: int) -> str:
    told = _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    if len(told) > LONGEST:
        advice = "longer than a cell of XLSX holds; export it as TSV or JSONL"
        raise BadInput(f"Row {row}: its text is {advice}.")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(told)}</t></is></c>'
