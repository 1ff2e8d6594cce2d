"""Runs checks on examples the way the application does."""

from review.checks.run import Checker
from review.model import Context, Document, Flag, Segment


def flags_on(
    *texts: str,
    source: str | None = None,
    reference: str | None = None,
    checks: tuple[str, ...] | None = None,
    source_lang: str = "fi",
) -> list[Flag]:
    """The flags on a document of these segments; source and reference belong to the last one."""
    last = len(texts)
    segments = [
        Segment(n, text, source if n == last else None, (reference,) if reference and n == last else ())
        for n, text in enumerate(texts, start=1)
    ]
    checker = Checker(Context(source_lang, "en"), checks).read(Document(segments))
    found = [flag for segment in segments for flag in checker.flags(segment)]
    assert not checker.failures
    for flag in found:
        assert texts[flag.segment - 1][flag.start : flag.end] == flag.text
    return found


def told(flags: list[Flag]) -> list[tuple[str, str]]:
    """Each flag's text and first suggestion."""
    return [(flag.text, (*flag.suggestions, "")[0]) for flag in flags]
