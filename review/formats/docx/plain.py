"""A document of plain paragraphs, for texts that came from elsewhere."""

from collections.abc import Iterable
from io import BytesIO

from review.formats.docx.runs import plain_run
from review.formats.xml_guard import check_xml_text


def plain_document(texts: Iterable[str], title: str, language: str) -> bytes:
    """A document with one paragraph for each text; BadInput for a text that it cannot hold."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = language
    for element in document.styles.element.iter(qn("w:lang")):
        if language:
            element.set(qn("w:val"), language)
    body = document.element.body
    end = body.sectPr  # of the body; what is added by the library itself takes longer with each paragraph
    for number, text in enumerate(texts, start=1):
        check_xml_text(text, f"Segment {number}")
        paragraph = body.makeelement(qn("w:p"))
        end.addprevious(paragraph)
        if text:
            paragraph.append(plain_run(paragraph, text))
    out = BytesIO()
    document.save(out)
    return out.getvalue()
