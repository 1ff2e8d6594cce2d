"""The description of the API (OpenAPI 3.1), put together from the operations and the models that they check with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from inspect import cleandoc
from typing import Any

from flask import Blueprint, Response, jsonify
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from review.web.api.nouns import OPERATIONS
from review.web.api.operations import FORM, Operation
from review.web.api.shapes import LARGEST, Model, Text, Told
from review.web.desk import desk
from review.web.problems import MIMETYPE
from review.web.roles import SAFE, role_for

blueprint = Blueprint("description", __name__)
_SCHEMAS = "#/components/schemas/{model}"
_NUMBER = {"type": "integer", "minimum": 0, "maximum": LARGEST}
_ABOUT = """\
What people do on the pages, for programs. Refusals are problem details (RFC 9457) and say in one sentence what to do.
Lists come in pages: `next` of one is `after` (or `before`) of the following. With accounts on, send
`Authorization: Bearer TOKEN` with a token from the page of your account. Without, the server answers its own machine
alone, and whatever changes something has to name the server itself as its `Origin`."""
_REFUSALS = {
    400: "The request, or the host it names, cannot be understood",
    401: "Nobody is signed in by this",
    403: "The role does not suffice, or the request comes from elsewhere",
    404: "There is no such thing, for whoever asks",
    409: "Somebody saved another text meanwhile: both are here",
    413: "More than is taken at once",
    415: "A body of another kind than this takes",
    422: "Something cannot be used: the sentence says what, and `errors` where",
    429: "Too many tokens that sign nobody in",
    503: "The database is busy or away: try again",
}


class WrongField(Told):
    """A field that cannot be used."""

    place: str
    detail: str


class Problem(Model):
    """What is wrong. `errors` are the places of wrong fields; the others come with a 409 on a text."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField] | None = None
    yours: Text | None = None
    theirs: Text | None = None
    merged: str | None = Field(None, description="With both changes; null where they collide")
    version: int | None = None


@blueprint.get("/openapi.json")
def show() -> Response:
    """This description."""
    settings = desk().settings
    scheme = "bearer" if settings.accounts else "basic" if len(settings.reviewers) > 1 else ""
    return jsonify(description(scheme))


@cache
def description(scheme: str) -> dict[str, Any]:
    """The description for a server where programs sign in by this scheme of HTTP, or "" where they need not."""
    references, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", one.path)
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, references, scheme)
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Tarkka", "version": "1", "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": schemas, "responses": _refusals(references)},
    }
    if scheme:
        described["components"]["securitySchemes"] = {scheme: {"type": "http", "scheme": scheme}}
        described["security"] = [{scheme: []}]
    return described


def _schemas() -> tuple[Mapping[type[BaseModel], dict[str, Any]], dict[str, Any]]:
    """A reference to each model that stands in a body, and the schemas that these lead to."""
    sent = [model for one in OPERATIONS for model in one.bodies.values()]
    told = [model for one in OPERATIONS for model in one.answers.values() if model]
    wanted: list[Any] = [(model, "validation") for model in dict.fromkeys(sent)]
    wanted += [(model, "serialization") for model in dict.fromkeys([*told, Problem])]
    found, definitions = models_json_schema(wanted, ref_template=_SCHEMAS)
    for model in {one.bodies[FORM] for one in OPERATIONS if FORM in one.bodies}:
        fields = definitions["$defs"][model.__name__]["properties"]
        fields |= {name: _without_null(about) for name, about in fields.items()}
    by_model: dict[Any, dict[str, Any]] = {model: schema for (model, _), schema in found.items()}
    return by_model, definitions["$defs"]


def _operation(
    one: Operation, references: Mapping[type[BaseModel], dict[str, Any]], scheme: str
) -> dict[str, Any]:
    summary, _, more = cleandoc(one.run.__doc__ or "").partition("\n\n")
    role = role_for(one.endpoint, one.method)
    described: dict[str, Any] = {
        "operationId": one.endpoint,
        "tags": [one.endpoint.split(".")[1]],
        "summary": summary.rstrip("."),
        "parameters": [*_places(one), *_fields(one.query, "query"), *_fields(one.headers, "header")],
        "responses": dict(_answers(one, references)),
    }
    if more:
        described["description"] = more.strip()
    if role:
        described["x-role"] = role.value
    if scheme != "bearer" and one.method not in SAFE:
        described["parameters"].append(_origin())
    if one.bodies:
        content = {kind: {"schema": references[model]} for kind, model in one.bodies.items()}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _origin() -> dict[str, Any]:
    told = "The server itself, as in http://127.0.0.1:5000: no page of another site can say so"
    return {
        "name": "Origin",
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": told,
    }


def _places(one: Operation) -> Iterator[dict[str, Any]]:
    for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", one.path):
        schema = _NUMBER if kind == "int" else one.places[name]
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _fields(model: type[BaseModel] | None, where: str) -> Iterator[dict[str, Any]]:
    if model is None:
        return
    schema = model.model_json_schema()
    for name, about in schema["properties"].items():
        about = {key: value for key, value in about.items() if key != "title"}
        told = about.pop("description", "")
        required = name in schema.get("required", ())
        parameter = {"name": name, "in": where, "required": required, "schema": _without_null(about)}
        yield parameter | ({"description": told} if told else {})


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of something that is sent or left out: addresses and forms have no null."""
    kinds: list[dict[str, Any]] = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {
        key: value for key, value in schema.items() if key not in ("anyOf", "default") or value is not None
    }
    if len(kinds) != 1:
        return rest
    return {key: value for key, value in rest.items() if key != "anyOf"} | kinds[0]


def _answers(
    one: Operation, references: Mapping[type[BaseModel], dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, model in one.answers.items():
        answer: dict[str, Any] = {"description": "Done" if model is None else cleandoc(model.__doc__ or "")}
        if model is not None:
            answer["content"] = {"application/json": {"schema": references[model]}}
        if one.files:
            answer = {"description": "The file", "content": {kind: {} for kind in one.files}}
        if status in (201, 202):
            located = {"schema": {"type": "string"}, "description": "Where to look at it"}
            answer["headers"] = {"Location": located}
        if one.links and status == next(iter(one.answers)):
            answer["links"] = one.links
        yield str(status), answer
    for status in _statuses(one):
        yield str(status), {"$ref": f"#/components/responses/{status}"}


def _refusals(references: Mapping[type[BaseModel], dict[str, Any]]) -> dict[str, Any]:
    content = {MIMETYPE: {"schema": references[Problem]}}
    return {str(status): {"description": told, "content": content} for status, told in _REFUSALS.items()}


def _statuses(one: Operation) -> Sequence[int]:
    left_out = set() if one.conflicts else {409}
    left_out |= set() if one.bodies else {413, 415}
    return [status for status in _REFUSALS if status not in left_out]
