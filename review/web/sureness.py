"""How sure the flags must be that a reviewer looks at: a slider, remembered in the browser's session."""

from flask import Blueprint, jsonify, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from review.model import DEFAULT_CONFIDENCE
from review.web.forms import local_path, wants_json, whole

blueprint = Blueprint("sureness", __name__)
_KEY = "confidence"


def confidence() -> float:
    """The confidence that flags are shown from."""
    kept = session.get(_KEY)
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
        else redirect(local_path(request.form.get("to")), 303)
    )
