"""Lists of flags for people and machines: text, JSONL, SARIF 2.1.0."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from review.model import Flag, Severity

_SARIF_LEVELS = {Severity.MINOR: "note", Severity.MAJOR: "warning", Severity.CRITICAL: "error"}


def write_text(flags: Iterable[Flag], file: str, out: TextIO) -> None:
    """One flag a line: segment:start-end, severity, check, what and why."""
    for flag in flags:
        instead = f" → {flag.suggestions[0]!r}" if flag.suggestions else ""
        out.write(
            f"{file}:{flag.segment}:{flag.start}-{flag.end} {flag.severity} {flag.check} "
            f"{flag.confidence:.2f} {flag.text!r}{instead}  {flag.message}\n"
        )


def write_jsonl(flags: Iterable[Flag], file: str, out: TextIO) -> None:
    """One JSON object a line, keys in a fixed order."""
    for flag in flags:
        out.write(json.dumps(asdict(flag), ensure_ascii=False) + "\n")


def write_sarif(flags: Sequence[Flag], file: str, out: TextIO) -> None:
    """One SARIF run; a segment stands for a line, columns are code points from 1."""
    rules = sorted({flag.check for flag in flags})
    run = {
        "tool": {"driver": {"name": "Tarkka", "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(flag, file) for flag in flags],
    }
    log = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}
    json.dump(log, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _result(flag: Flag, file: str) -> dict[str, Any]:
    region = {"startLine": flag.segment, "startColumn": flag.start + 1, "endColumn": flag.end + 1}
    location = {"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}
    return {
        "ruleId": flag.check,
        "level": _SARIF_LEVELS[flag.severity],
        "message": {"text": flag.message},
        "locations": [location],
        "rank": round(100 * flag.confidence, 1),
        "properties": {"suggestions": flag.suggestions},
    }


WRITERS: dict[str, Callable[[Sequence[Flag], str, TextIO], None]] = {
    "text": write_text,
    "jsonl": write_jsonl,
    "sarif": write_sarif,
}
