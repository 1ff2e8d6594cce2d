"""The files that WMT hands out: XML with several systems, and SGML with one text a file."""

from review.formats.wmt.sgm import WmtSgm, role_of
from review.formats.wmt.writing import SetSegment, write_wmt_xml
from review.formats.wmt.xml_set import WmtXml

__all__ = ["SetSegment", "WmtSgm", "WmtXml", "role_of", "write_wmt_xml"]
