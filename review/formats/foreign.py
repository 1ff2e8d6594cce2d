"""Says what a file seems to be that no format here reads, by how it begins."""

from review.errors import BadInput

_OLD_OFFICE = ("an old Word, Excel or PowerPoint file", "save it as DOCX or XLSX")
_PICTURE = ("a picture", "type or recognise its text first")
_PACKED = ("a compressed archive", "unpack it and import what is in it")
_BEGINNINGS = (
    (b"%PDF-", ("a PDF", "save its text as DOCX or as plain text")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"{\\rtf", ("an RTF document", "save it as DOCX")),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
    (b"SQLite format 3\0", ("a database", "export its texts as TSV or JSONL")),
    (b"\x7fELF", ("a program", "choose the file with the translation")),
    (b"<?xml", ("XML of a kind that is not known here", "convert it to XLIFF, TMX or plain text")),
)
_ZIP = b"PK\x03\x04"
# What stands in the first part's name, or in the names of the first few, of a zipped document.
_ZIPPED = (
    (b"application/vnd.oasis.opendocument.text", ("an OpenDocument text", "save it as DOCX")),
    (b"application/vnd.oasis.opendocument.spreadsheet", ("an OpenDocument sheet", "save it as XLSX or CSV")),
    (b"application/epub+zip", ("an EPUB book", "save its chapters as HTML")),
    (b"ppt/", ("a PowerPoint presentation", "save its text as DOCX or plain text")),
    (b"word/", ("a Word document that is damaged", "open it in Word and save it again as DOCX")),
    (b"xl/", ("a sheet that is damaged", "open it and save it again as XLSX")),
)


def refuse_foreign(start: bytes, name: str) -> None:
    """BadInput for a file that begins like something that is not read here; it says what that seems to be."""
    if seems := _seems(start.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n") or start):
        what, instead = seems
        raise BadInput(f"{name}: this seems to be {what}, which Tarkka does not read; {instead}.")


def _seems(start: bytes) -> tuple[str, str] | None:
    if start.startswith(b"<?xml") and b"<!DOCTYPE" in start:
        return "XML with a document type (<!DOCTYPE …>)", "remove that declaration and try again"
    if start.startswith(_ZIP):
        return next((seems for part, seems in _ZIPPED if part in start), _PACKED)
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return _PICTURE
    return next((seems for beginning, seems in _BEGINNINGS if start.startswith(beginning)), None)
