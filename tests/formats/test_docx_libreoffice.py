"""Documents that were written here, opened and saved again by LibreOffice, where that is installed."""

import io
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from review.formats.docx import Docx
from review.formats.docx.changes import write_tracked, write_tracked_anew
from tests.formats.reading import SAMPLES, corrected, read, write
from tests.formats.test_docx_changes import FLAG
from tests.formats.word import part

pytestmark = [
    pytest.mark.exhaustive,
    # In CI it must be there, and its absence is a failure.
    pytest.mark.skipif(
        shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
    ),
]
LIBRE = (SAMPLES / "libreoffice.docx").read_bytes()
NEW = {
    0: "The harbour opens in May",
    1: "The new berth of Vuorisalmi is nearly ready, and work on it cost four million.",
    2: "More is told on the web pages of the city, in Finnish.\nSecond line\tafter a tab, too.",
    4: "42 berths",
    6: "3.5 metres",
    8: "Boxed words stand here.",
    9: "Said by the harbourmaster Lehto.",
    10: "News of the harbour",
}


def saved_again(data: bytes, folder: Path) -> bytes:
    (folder / "made.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "made.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "out" / "made.docx").read_bytes()


def texts(data: bytes) -> list[str]:
    return [s.hypotheses[0] for s in read(Docx(), data, "a.docx").segments]


@pytest.mark.parametrize("tracked", [False, True])
def test_it_reads_what_was_corrected(tmp_path: Path, tracked: bool) -> None:
    segments = [
        replace(s, reviewer="Vieno", made_at=datetime(2026, 11, 25, tzinfo=UTC), comments=("Bertta: Sure?",))
        for s in corrected(read(Docx(), LIBRE, "a.docx"), NEW)
    ]
    out = io.BytesIO()
    write_tracked(LIBRE, segments, out)
    made = out.getvalue() if tracked else write(Docx(), LIBRE, segments)
    again = saved_again(made, tmp_path)
    assert texts(again) == [s.text for s in segments]
    assert ('w:author="Vieno"' in part(again)) == tracked
    assert ("w:commentReference" in part(again)) == tracked


def test_it_reads_what_was_made_anew(tmp_path: Path) -> None:
    segments = [
        replace(s, reviewer="Vieno", flags=(FLAG,)) for s in corrected(read(Docx(), LIBRE, "a.docx"), NEW)
    ]
    out = io.BytesIO()
    write_tracked_anew(segments, "Satama", "fi", out)
    assert texts(saved_again(out.getvalue(), tmp_path)) == [s.text for s in segments]
