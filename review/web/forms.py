"""Reads forms and query strings into typed values."""

import json
import re
from secrets import token_urlsafe
from urllib.parse import urlsplit

from flask import request
from werkzeug.datastructures import MultiDict

from review.errors import BadInput
from review.model import Filter
from review.work.correcting import Draft
from review.work.intake import Given

_FILTER = {"show": "status", "check": "check", "severity": "severity", "q": "text"}


def new_token() -> str:
    """A name for one sending of a form, so that a second one is recognised."""
    return token_urlsafe(16)


def whole(values: MultiDict[str, str], name: str, default: int) -> int:
    """A whole number, or the default; BadInput for anything else."""
    text = values.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadInput(f"“{name}” must be a whole number, not {text[:20]!r}.")
    return int(text)


def filter_of(values: MultiDict[str, str]) -> Filter:
    """The filter that an address carries."""
    return Filter(**{field: values.get(name, "").strip() for name, field in _FILTER.items()})


def filter_query(chosen: Filter) -> dict[str, str]:
    """The part of an address that carries a filter."""
    return {name: getattr(chosen, field) for name, field in _FILTER.items() if getattr(chosen, field)}


def draft_of(form: MultiDict[str, str]) -> Draft:
    """The correction that a form holds."""
    return Draft(
        text=form.get("text", ""),
        version=whole(form, "version", 0),
        token=form.get("token", "")[:64] or new_token(),
        seconds=_seconds(form.get("seconds", "")),
        reference_in_view=form.get("reference_in_view") == "1",
        accepted=_accepted(form.get("accepted", "")),
    )


def numbers(form: MultiDict[str, str], name: str) -> set[int]:
    """The whole numbers of the boxes that were ticked."""
    return {int(n) for n in form.getlist(name) if n.isascii() and n.isdigit() and len(n) < 10}


def ticked(form: MultiDict[str, str], name: str = "change") -> set[str]:
    """The keys of the ticked changes of a step: hypothesis and version."""
    return {key for key in form.getlist(name) if re.fullmatch(r"[0-9]{1,15}:[0-9]{1,9}", key)}


def wants_json() -> bool:
    """Whether a page's script asks, and not a browser that goes to another page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def uploads(field: str) -> list[Given]:
    """The files that were chosen for a field."""
    return [Given(f.filename, f.stream) for f in request.files.getlist(field) if f.filename]  # type: ignore[arg-type]


def local_path(address: str | None) -> str:
    """An address if it is one of ours, else the start page: no redirect leads elsewhere."""
    parts = urlsplit(address or "/")
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return (address or "/") if ours and not (address or "").startswith(("//", "/\\")) else "/"


def _seconds(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _accepted(text: str) -> list[tuple[int, str]]:
    """The suggestions that the page put into the text, as JSON [[flag id, suggestion], …]."""
    try:
        pairs = json.loads(text or "[]")
        return [(int(flag_id), str(suggestion)) for flag_id, suggestion in pairs]
    except (ValueError, TypeError):
        raise BadInput("The list of accepted suggestions cannot be read; reload the page.") from None
