"""What whoever watches over the server may ask: is it alive, is it ready, what does it count."""

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from review import meters
from review.web.desk import desk
from review.web.forms import wants_json
from review.work import observing

blueprint = Blueprint("watching", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """This process answers; nothing else is asked."""
    return _lines(["ok"], 200)


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Whether everything that work needs is there; 503 with a line for each part that is not."""
    troubles = observing.troubles(desk().engine, desk().queue)
    status = 503 if troubles else 200
    if wants_json():
        return jsonify(ready=not troubles, troubles=troubles), status
    return _lines(troubles or ["ready"], status)


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """What this server counts, and what database and queue say, for Prometheus."""
    if not observing.may_read(desk().settings, request.headers.get("Authorization", "")):
        abort(404)
    page = meters.page(observing.figures(desk().engine, desk().queue))
    return Response(page, content_type=meters.CONTENT_TYPE)


def _lines(lines: list[str], status: int) -> ResponseReturnValue:
    return Response("".join(f"{line}\n" for line in lines), status, content_type="text/plain; charset=utf-8")
