"""How sure the flags must be that a reviewer looks at: a slider, remembered in the browser's session."""

import re

from flask import Blueprint, jsonify, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from review.model import DEFAULT_CONFIDENCE
from review.web.forms import local_path, sure_of, wants_json, whole

blueprint = Blueprint("sureness", __name__)
_KEY = "confidence"


def confidence() -> float:
    """The confidence that flags are shown from: the address says it, or the slider."""
    asked = sure_of(request.values)
    kept = session.get(_KEY) if asked is None else asked
    return kept / 100 if isinstance(kept, int) else DEFAULT_CONFIDENCE


def remember_confidence(form: MultiDict[str, str]) -> None:
    """Keep what the slider says, in per cent; nothing is kept where it stands at the default."""
    asked = min(whole(form, "confidence", round(100 * DEFAULT_CONFIDENCE)), 100)
    if asked == round(100 * DEFAULT_CONFIDENCE):
        session.pop(_KEY, None)
    else:
        session[_KEY] = asked


@blueprint.post("/sureness")
def change() -> ResponseReturnValue:
    """Show flags from another confidence on, from now on in this browser."""
    remember_confidence(request.form)
    return (
        jsonify(confidence=confidence())
        if wants_json()
        else redirect(_without_sure(local_path(request.form.get("to"))), 303)
    )


def _without_sure(address: str) -> str:
    """The address without its own word on the flags to show: the slider has just been moved."""
    return re.sub(r"(?<=[?&])sure=\d*&?", "", address)
