"""Corrections of a segment: saved on the version that they were made on, each once."""

from typing import Annotated

from flask import url_for
from pydantic import Field

from review.store.records import Correction
from review.web.accounts import reviewer_id
from review.web.api.operations import JSON, Noun, Reply, once
from review.web.api.shapes import Count, Keyed, Moment, Number, OfSystem, Sent, Text, Told
from review.web.desk import desk
from review.web.forms import new_token
from review.work import sending
from review.work.access import find_place
from review.work.correcting import Draft

noun = Noun("corrections", __name__, "/batches/<int:batch_id>/segments/<int:number>")
_Version = Annotated[Number, Field(description="The version that it is made on")]
_GO_ON = {
    "getSegment": {
        "operationId": "api.segments.show",
        "parameters": {"batch_id": "$request.path.batch_id", "number": "$request.path.number"},
    }
}


class NewCorrection(Sent):
    """A text to stand from now on."""

    text: Text
    version: _Version


class Confirmation(Sent):
    """That a text is right as it stands."""

    version: _Version


class OneCorrection(Told):
    """A version of a segment’s text; version 0 is the machine’s, which nobody made."""

    version: Count
    text: str
    based_on: Count
    reviewer: str
    time: Moment | None
    origin: str


class Versions(Told):
    """Every version, the machine’s first."""

    corrections: list[OneCorrection]


@noun.get("/corrections", answers={200: Versions}, query=OfSystem)
def index(batch_id: int, number: int, query: OfSystem) -> Versions:
    """Every version of a segment’s text."""
    place = find_place(desk().engine, batch_id, query.system, number)
    return Versions(corrections=[_told(one) for one in sending.versions(desk().engine, place)])


@noun.post(
    "/corrections",
    answers={201: OneCorrection},
    query=OfSystem,
    headers=Keyed,
    bodies={JSON: NewCorrection},
    links=_GO_ON,
    conflicts=True,
)
def create(batch_id: int, number: int, query: OfSystem, headers: Keyed, body: NewCorrection) -> Reply:
    """Save a correction; 409 with both texts where somebody saved another one meanwhile.

    A text that stands already makes no new version.
    """
    return _save(batch_id, number, query.system, headers.key, body.version, body.text)


@noun.post(
    "/confirm",
    answers={201: OneCorrection},
    query=OfSystem,
    headers=Keyed,
    bodies={JSON: Confirmation},
    links=_GO_ON,
    conflicts=True,
)
def confirm(batch_id: int, number: int, query: OfSystem, headers: Keyed, body: Confirmation) -> Reply:
    """Confirm that a text is right as it stands; 409 where somebody saved another one meanwhile."""
    return _save(batch_id, number, query.system, headers.key, body.version, None)


def _save(batch_id: int, number: int, system: int, key: str, version: int, text: str | None) -> Reply:
    place = find_place(desk().engine, batch_id, system, number)
    draft = Draft(place.segment.text if text is None else text, version, once(key) or new_token())
    save = sending.confirm if text is None else sending.correct
    made = save(desk().engine, desk().queue, place, draft, reviewer_id(), desk().limits)
    other = system if system > 1 else None
    where = url_for("api.segments.show", batch_id=batch_id, number=number, system=other)
    return Reply(_told(made), 201, where)


def _told(one: Correction) -> OneCorrection:
    return OneCorrection(
        version=one.version,
        text=one.text,
        based_on=one.based_on,
        reviewer=one.reviewer,
        time=one.made_at,
        origin=one.origin,
    )
