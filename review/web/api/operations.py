"""Operations of the API: each says what it takes and answers, which is checked and described from one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel

from review.web.accounts import reviewer_id
from review.web.api import parsing

PREFIX = "/api/v1"
JSON, FORM = "application/json", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with another status than the first one, or with a place to look at."""

    body: BaseModel | None
    status: int = 0  # 0: the first of those that the operation answers
    location: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """What there is to know about a route: what it takes, and by which models it answers.

    `answers` are models by status, or None for an answer without a body; `files` are the media types of one
    that is a file. `places` are schemas of those parts of the path that are not numbers.
    """

    method: str
    path: str
    endpoint: str
    run: Callable[..., Any]
    answers: Mapping[int, type[BaseModel] | None]
    query: type[BaseModel] | None = None
    bodies: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    headers: type[BaseModel] | None = None
    places: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    links: Mapping[str, Any] = field(default_factory=dict)  # of the first answer: operations to go on with
    conflicts: bool = False

    def answer(self, **places: Any) -> Response:
        """Take a request apart, run the operation and put its answer together."""
        given = dict(places)
        read = parsing.query_of(self.query)
        if read is not None:
            given["query"] = read
        if self.headers:
            given["headers"] = parsing.headers_of(self.headers)
        if self.bodies:
            given["body"] = parsing.body_of(self.bodies)
        made = self.run(**given)
        return made if isinstance(made, Response) else self._told(made)

    def _told(self, made: BaseModel | Reply | None) -> Response:
        reply = made if isinstance(made, Reply) else Reply(made)
        status = reply.status or next(iter(self.answers))
        body = "" if reply.body is None else reply.body.model_dump_json()
        answer = Response(body, status, mimetype=JSON)
        if reply.body is None:
            del answer.headers["Content-Type"]
        if reply.location:
            answer.headers["Location"] = reply.location
        return answer


class Noun:
    """A blueprint of the API, with its operations."""

    def __init__(self, name: str, import_name: str, prefix: str = "") -> None:
        self.name, self.prefix = name, prefix
        self.blueprint = Blueprint(name, import_name, url_prefix=prefix or None)
        self.operations: list[Operation] = []

    def get(self, path: str = "", **about: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """What answers a GET."""
        return self._method("GET", path, about)

    def post(self, path: str = "", **about: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """What answers a POST."""
        return self._method("POST", path, about)

    def delete(self, path: str = "", **about: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """What answers a DELETE."""
        return self._method("DELETE", path, about)

    def _method(
        self, method: str, path: str, about: dict[str, Any]
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def keep(run: Callable[..., Any]) -> Callable[..., Any]:
            endpoint = f"api.{self.name}.{run.__name__}"
            operation = Operation(method, PREFIX + self.prefix + path, endpoint, run, **about)
            self.operations.append(operation)

            @wraps(run)
            def view(**places: Any) -> Response:
                return operation.answer(**places)

            self.blueprint.add_url_rule(path, run.__name__, view, methods=[method])
            return run

        return keep


def once(key: str) -> str:
    """The token of a save that a key names: each person's keys are their own, for each thing that they ask."""
    if not key:
        return ""
    return sha256(f"{request.endpoint} {reviewer_id()} {key}".encode()).hexdigest()
