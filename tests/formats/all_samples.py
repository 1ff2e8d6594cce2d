"""A small file of every format that can be imported."""

import io

from review.formats.xlsx_out import write_sheet
from tests.formats.reading import SAMPLES
from tests.formats.test_damaged_files import PAGE as HTML
from tests.formats.test_po import DATA as PO
from tests.formats.test_tmx import SAMPLE as TMX


def _sheet() -> bytes:
    out = io.BytesIO()
    write_sheet([["id", "source", "mt"], ["1", "yksi", "one"], ["2", "kaksi", "two"]], out)
    return out.getvalue()


WMT_XML = """<?xml version='1.0' encoding='utf-8'?>
<dataset id="set"><doc origlang="fi" id="a">
<src lang="fi"><p><seg id="1">Yksi.</seg><seg id="2">Kaksi.</seg></p></src>
<ref lang="en" translator="A"><p><seg id="1">One.</seg><seg id="2">Two.</seg></p></ref>
<hyp lang="en" system="north"><p><seg id="1">One!</seg><seg id="2">Tow.</seg></p></hyp>
</doc></dataset>
"""
WMT_SGM = """<tstset setid="set" srclang="fi" trglang="en">
<doc docid="a" sysid="north"><seg id="1">One!</seg>
<seg id="2">Tow.</seg></doc></tstset>
"""
MARKS = (
    "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    "north\ta\t1\t1\trater1\tYksi.\t<v>One</v>!\tAccuracy/Mistranslation\tMajor\n"
    "north\ta\t2\t2\trater1\tKaksi.\tTow.\tNo-error\tNo-error\n"
)
EVERY: dict[str, bytes] = {
    **{f"xliff {file.stem}": file.read_bytes() for file in sorted(SAMPLES.glob("*.xlf"))},
    "tmx": TMX,
    "po": PO,
    "wmt xml": WMT_XML.encode(),
    "wmt sgm": WMT_SGM.encode(),
    "mqm-tsv": MARKS.encode(),
    "docx": (SAMPLES / "libreoffice.docx").read_bytes(),
    "html": HTML,
    "xlsx": _sheet(),
    "csv": b'id,source,mt\n1,yksi,one\n2,"kak,si",two\n',
    "tsv": b"source\tmt north\tmt south\nyksi\tone\tOne\nkaksi\ttwo\tTwo\n",
    "jsonl": b'{"source": "yksi", "hypothesis": "one"}\n{"source": "kaksi", "hypothesis": "two"}\n',
    "article": "First paragraph.\n\nSecond one, with “quotes”.\n".encode(),
}
