"""Which encoding a file seems to have: the first choice of the page that asks."""

import io
from itertools import product

import pytest

from review.formats.encodings import likely_encodings

FINNISH = "Yö oli pitkä. Häät jäivät väliin, sää oli kylmä ja Åbossa satoi. “Niin”, hän sanoi – ehkä."
RUSSIAN = "Гавань закрыли вечером. Капитан сказал, что шторм продлится до утра."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *product(["yö;night\nhäät;wedding\n"], ["windows-1252", "mac-roman", "utf-8", "utf-16"]),
        *product([FINNISH, FINNISH * 20], ["windows-1252", "mac-roman", "cp850", "utf-8", "utf-16"]),
    ],
)
def test_finnish(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    assert data.decode(likely_encodings(io.BytesIO(data))[0]).lstrip("\ufeff") == data.decode(encoding)


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN * 20])
def test_russian(text: str) -> None:
    assert likely_encodings(io.BytesIO(text.encode("windows-1251")))[0] == "windows-1251"
