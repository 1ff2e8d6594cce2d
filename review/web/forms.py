"""Reads forms and query strings into typed values."""

import json
import re
from secrets import token_urlsafe
from urllib.parse import urlsplit

from flask import request
from werkzeug.datastructures import MultiDict

from review.errors import BadInput
from review.model import CONFIDENCE_STEP, STATUSES, Filter, Severity, Spot
from review.web.desk import viewer_id
from review.work.correcting import Draft
from review.work.intake import Given

_FILTER = {
    "show": "status",
    "check": "check",
    "severity": "severity",
    "by": "reviewer",
    "q": "text",
    "order": "order",
}
_CHOICES = {"show": STATUSES, "severity": tuple(Severity), "order": ("document", "gain")}


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
    """The filter that an address carries; BadInput for a choice that there is not."""
    given = {name: values.get(name, "").strip() for name in _FILTER}
    for name, choices in _CHOICES.items():
        if given[name] and given[name] not in choices:
            raise BadInput(f"“{name}” is one of {', '.join(choices)}, not {given[name][:20]!r}.")
    given["order"] = given["order"].removeprefix("document")
    chosen = {field: given[name] for name, field in _FILTER.items()}
    return Filter(**chosen, sure=sure_of(values), reader=viewer_id() or 0)


def sure_of(values: MultiDict[str, str]) -> int | None:
    """From how many per cent on flags count, where an address says so: a step of the slider."""
    if not values.get("sure"):
        return None
    step = round(100 * CONFIDENCE_STEP)
    return min(whole(values, "sure", 0), 100 - step) // step * step


def spot_of(values: MultiDict[str, str]) -> Spot | None:
    """The segment that a page of segments begins with; None: the first one."""
    number = whole(values, "from", 0)
    return Spot(number, whole(values, "gain", 0)) if number else None


def gain_of(values: MultiDict[str, str], chosen: Filter) -> int | None:
    """What a segment was worth when the reviewer came to it, in a queue by gain."""
    return whole(values, "gain", 0) if chosen.by_gain and values.get("gain") else None


def filter_query(chosen: Filter) -> dict[str, str]:
    """The part of an address that carries a filter."""
    query = {name: getattr(chosen, field) for name, field in _FILTER.items() if getattr(chosen, field)}
    return query if chosen.sure is None else query | {"sure": str(chosen.sure)}


def draft_of(form: MultiDict[str, str], text: str | None = None) -> Draft:
    """The correction that a form holds, with its text or this one.

    BadInput for a form without: a text that is missing is not an empty one.
    """
    text = form.get("text", text)
    if text is None:
        raise BadInput(
            "The form came without its text, and nothing was saved: reload the page and try again."
        )
    return Draft(
        text=text,
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
