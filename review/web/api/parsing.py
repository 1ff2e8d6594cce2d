"""Reads a program's request into the models that describe it; what does not fit is told with its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from review.errors import BadFields, TooLarge
from review.web.api.shapes import File
from review.work.uploads import AT_ONCE

_MOST_TOLD = 20  # wrong fields
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?")


def query_of(model: type[BaseModel] | None) -> BaseModel | None:
    """The query of the address; BadFields for what the operation does not take."""
    if model is None:
        _refuse_unknown("query", request.args, ())
        return None
    fields = _typed(model, request.args.items(multi=True), "query")
    return _validated(model, fields, "query")


def headers_of(model: type[BaseModel]) -> BaseModel:
    """Those headers that the operation knows."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return _validated(model, {n: request.headers[n] for n in names if n in request.headers}, "header")


def body_of(models: Mapping[str, type[BaseModel]]) -> BaseModel:
    """The body, by what it says it is."""
    model = models.get(request.mimetype)
    if model is None:
        raise UnsupportedMediaType(f"Send {' or '.join(models)}, and say so in Content-Type.")
    return _of_form(model) if request.mimetype.startswith("multipart/") else _of_json(model)


def _of_json(model: type[BaseModel]) -> BaseModel:
    if (request.content_length or 0) > AT_ONCE:
        raise TooLarge(f"More than {AT_ONCE // 2**20} MB cannot come as JSON: send a file.")
    request.max_content_length = AT_ONCE
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise _bad(error, "body") from None


def _of_form(model: type[BaseModel]) -> BaseModel:
    files: dict[str, Any] = {}
    for name, several in request.files.lists():
        takes_one = name in model.model_fields and model.model_fields[name].annotation == File | None
        files[name] = several[0] if takes_one and len(several) == 1 else several
    texts = _typed(model, request.form.items(multi=True), "body")
    return _validated(model, {**texts, **files}, "body")


def _typed(
    model: type[BaseModel], given: Iterable[tuple[str, str]], where: str
) -> dict[str, str | int | float]:
    """Texts as what the model's fields are: numbers where they are to be."""
    found: dict[str, str | int | float] = {}
    for name, text in given:
        if name in found:
            raise BadFields([(f"{where}/{name}", "It is given twice.")])
        found[name] = _number(text) if name in _numbers(model) else text
    return found


@cache
def _numbers(model: type[BaseModel]) -> frozenset[str]:
    """The fields that are numbers, or left out."""
    fields = model.model_json_schema()["properties"].items()
    kinds = {name: {one.get("type") for one in (about, *about.get("anyOf", ()))} for name, about in fields}
    return frozenset(name for name, its in kinds.items() if its & {"integer", "number"})


def _number(text: str) -> str | int | float:
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if text.removeprefix("-").isdigit() else float(text)


def _validated(model: type[BaseModel], fields: Mapping[str, Any], where: str) -> BaseModel:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise _bad(error, where) from None


def _refuse_unknown(where: str, given: Iterable[str], known: Sequence[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise BadFields([(f"{where}/{name}", "There is no such field.") for name in unknown])


def _bad(error: ValidationError, where: str) -> BadFields:
    told: dict[str, str] = {}  # of a field that may be of several kinds, what is wrong as the first of them
    for one in error.errors(include_url=False, include_context=False, include_input=False)[:_MOST_TOLD]:
        told.setdefault("/".join([where, *_place(one["loc"])]), f"{one['msg']}.")
    return BadFields(list(told.items()))


def _place(steps: Iterable[int | str]) -> list[str]:
    """The way to a field, without the names that pydantic gives to the kinds of a field with several."""
    return [str(step) for step in steps if not re.match(r"constrained-|dict\[", str(step))]
