"""Files that translate-toolkit's own converters make are read, corrected, and read again by the toolkit."""

import io
from collections.abc import Callable

import pytest
from translate.convert import csv2po, po2tmx, po2xliff, xliff2po
from translate.storage.poxliff import PoXliffFile
from translate.storage.pypo import pofile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from review.formats.po import Po
from review.formats.shape import DocumentFormat
from review.formats.tmx import Tmx
from review.formats.xliff import Xliff
from tests.formats.reading import corrected, read, unreviewed, write
from tests.formats.test_po import DATA

_CSV = '"location","source","target"\n"quay.c:1","Avaa <b>ovi</b>","Open the <b>door</b>"\n"quay.c:2","Sulje","Close"\n'


def converted(convert: Callable[..., object], data: bytes, **more: object) -> bytes:
    out = io.BytesIO()
    assert convert(io.BytesIO(data), out, None, **more)
    return out.getvalue()


def to_tmx(data: bytes) -> bytes:
    """po2tmx as its command line calls it, with one store for all files."""
    store = tmxfile()
    holder = io.BytesIO()
    holder.tmxfile = store  # type: ignore[attr-defined]
    po2tmx.convertpo(io.BytesIO(data), holder, None, sourcelanguage="fi", targetlanguage="en")
    out = io.BytesIO()
    store.serialize(out)
    return out.getvalue()


def from_csv() -> bytes:
    return converted(csv2po.convertcsv, _CSV.encode())


def to_po(data: bytes) -> bytes:
    return converted(xliff2po.convertxliff, data)


FILES: dict[str, tuple[DocumentFormat, bytes, Callable[[bytes], object]]] = {
    "po2xliff": (Xliff(), converted(po2xliff.convertpo, DATA), PoXliffFile.parsestring),
    "po2tmx": (Tmx(), to_tmx(DATA), tmxfile.parsestring),
    "csv2po": (Po(), from_csv(), pofile.parsestring),
    "csv2po, po2xliff": (Xliff(), converted(po2xliff.convertpo, from_csv()), xlifffile.parsestring),
    "po2xliff, xliff2po": (Po(), to_po(converted(po2xliff.convertpo, DATA)), pofile.parsestring),
}


@pytest.mark.parametrize("name", FILES)
def test_converted_files_are_read_and_corrected(name: str) -> None:
    fmt, data, parse = FILES[name]
    assert fmt.recognises(data)
    parsed = read(fmt, data)
    sources = [s.source for s in parsed.segments]
    assert {"yksi alus", "Avaa <b>ovi</b>"} & set(sources)
    assert write(fmt, data, unreviewed(parsed)) == data
    at = len(sources) - 1
    after = write(fmt, data, corrected(parsed, {at: "Unlock & “open” %s"}))
    [mended] = [unit for unit in parse(after).units if str(unit.target) == "Unlock & “open” %s"]
    assert str(mended.source) == sources[at]
    others = [s.hypotheses for n, s in enumerate(read(fmt, after).segments) if n != at]
    assert others == [s.hypotheses for n, s in enumerate(parsed.segments) if n != at]
