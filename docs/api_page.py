"""The page about the API, made from the description that the server gives of itself."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from review.web.api.description import description
from review.web.api.nouns import OPERATIONS
from review.web.api.operations import FORM, JSON, Operation

_INTRODUCTION = """\
# API

What people do on the pages, for programs: create batches, upload files, read segments and flags, post corrections,
ask for scores, fetch exports. The server describes it all in OpenAPI 3.1 at `/api/v1/openapi.json`; this page is made
from that description, which is made from the models that check every request and answer.

**Who you are.** With accounts on ([teams](teams.md)), send a token from the page of your account
(`Authorization: Bearer TOKEN`); you act as its owner, in the roles below. Without accounts the server answers its own
machine alone: no token, but whatever changes something names the server itself as its `Origin`, as no page of another
site can (in a team nobody looks at it). Where `TARKKA_REVIEWERS` names several people, say which one you are, with no password (`curl -u Päivi: …`).
Cookies are never looked at.

**Refusals** are problem details (RFC 9457, `application/problem+json`): `title`, `status`, and in `detail` one sentence
that says what to do; `errors` names the `place` of each field that cannot be used. A correction that was made on an
older version is a 409 with `yours`, `theirs`, `version` and, where the changes do not touch, `merged`. What is not yours
is not there (404). After 503 and 429, `Retry-After` says when to try again.

**Lists come in pages**: `next` of one is `after` (of batches: `before`) of the following, null on the last.

**Twice is once.** With an `Idempotency-Key` of your own, a save or an import that is sent again finds the first.

**In the background.** Files of more than 8 MB in all are answered with 202 and a `Location` to ask. Flags come in
while `checks` and `deep_checks` of a batch are `waiting` or `running`. Small batches are scored by themselves; for others
POST to their scores, and ask until `state` is `there`.

```
HERE=http://127.0.0.1:5000
```
"""
_OF_A_BATCH = {"batch_id": "1", "number": "2", "flag_id": "3", "format_id": "tmx", "token": "TOKEN"}
_EXAMPLES: dict[str, Any] = {
    "NewBatch": {"segments": [{"hypothesis": "Lavrovin said so.", "source": "Lavrov sanoi niin."}]},
    "NewCorrection": {"text": "Lavrov said so.", "version": 0},
    "Confirmation": {"version": 0},
    "Dismissal": {"scope": "once"},
    "NewComment": {"text": "Which talks?"},
}
_QUERIES = {
    "api.batches.delete": {"title": "The talks"},
    "api.segments.index": {"status": "flagged", "limit": 50},
    "api.flags.index": {"check": "name-ending", "confidence": 0.9},
}


def lines() -> Iterator[str]:
    """The page, paragraph by paragraph."""
    described = description("")
    yield _INTRODUCTION
    noun = ""
    for one in OPERATIONS:
        path = _path(one)
        about = described["paths"][path][one.method.lower()]
        if about["tags"][0] != noun:
            noun = about["tags"][0]
            yield f"## {noun.capitalize()}\n"
        yield f"### {one.method} {path}\n"
        yield f"{about['summary']}. {about.get('description', '')}".strip() + "\n"
        role = about.get("x-role")
        yield f"Takes {'the role ' + role if role else 'an account'} in a team. {_answers(one)}\n"
        yield from _parameters(about["parameters"])
        for kind, model in one.bodies.items():
            yield f"Body as `{kind}`:\n"
            yield from _fields(described, model.__name__, sent=True)
        yield f"```\n{_curl(one)}\n```\n"
    yield "## What comes back\n"
    sent = {model.__name__ for one in OPERATIONS for model in one.bodies.values()} | {"NewSegment"}
    for name, schema in described["components"]["schemas"].items():
        if name not in sent and schema.get("properties"):
            yield f"### {name}\n"
            yield f"{_one_line(schema.get('description', ''))}\n"
            yield from _fields(described, name)


def _path(one: Operation) -> str:
    path = one.path
    for name in _OF_A_BATCH:
        path = path.replace(f"<int:{name}>", f"{{{name}}}").replace(f"<{name}>", f"{{{name}}}")
    return path


def _answers(one: Operation) -> str:
    told = [
        f"{status} with " + ("a file" if one.files else f"`{model.__name__}`" if model else "nothing")
        for status, model in one.answers.items()
    ]
    return f"Answers {', or '.join(told)}."


def _parameters(parameters: list[dict[str, Any]]) -> Iterator[str]:
    shown = [one for one in parameters if one["name"] != "Origin" and one["name"] not in _OF_A_BATCH]
    shown += [one for one in parameters if one["name"] in ("format_id",)]
    if not shown:
        return
    yield "| parameter | | |\n| --- | --- | --- |"
    for one in shown:
        needed = " needed" if one["required"] and one["in"] != "path" else ""
        yield f"| `{one['name']}` | {one['in']}{needed}, {_kind(one['schema'])} | {one.get('description', '')} |"
    yield ""


def _fields(described: dict[str, Any], name: str, sent: bool = False) -> Iterator[str]:
    schema = described["components"]["schemas"][name]
    yield "| field | | |\n| --- | --- | --- |"
    for field, about in schema["properties"].items():
        needed = " needed," if sent and field in schema.get("required", ()) else ""
        yield f"| `{field}` |{needed} {_kind(about)} | {about.get('description', '')} |"
    yield ""
    if name == "NewBatch":
        yield "Each of the segments:\n"
        yield from _fields(described, "NewSegment", sent=True)


def _kind(schema: dict[str, Any]) -> str:
    """What a schema takes, in few words."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if several := schema.get("anyOf"):
        return " or ".join(_kind(one) for one in several)
    if choices := schema.get("enum"):
        told = "one of " + ", ".join(f"`{one}`" for one in choices if one)
        return f"{told}; `{schema['default']}` without it" if schema.get("default") else told
    kind = str(schema.get("type", ""))
    if kind == "array":
        return f"list of {_kind(schema['items'])}"
    if kind == "object" and "patternProperties" in schema:
        return "texts by name"
    named = {"string": "file" if schema.get("format") == "binary" else "text", "integer": "whole number"}
    told = named.get(kind, kind)
    bounds = [
        f"{word} {schema[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if key in schema
    ]
    if bounds and schema.get("maximum") != 10**9 - 1:
        told += f" {' '.join(bounds)}"
    default = schema.get("default")
    return told if default in (None, "", []) else f"{told}, {default} without it"


def _curl(one: Operation) -> str:
    path = _path(one)
    for name, value in _OF_A_BATCH.items():
        path = path.replace(f"{{{name}}}", value)
    query = urlencode(_QUERIES.get(one.endpoint, {}))
    address = f'"$HERE{path}{"?" + query if query else ""}"'
    if one.method == "GET":
        return f"curl {'-OJ ' if one.files else ''}{address}"
    parts = [
        "curl",
        *(["-X", one.method] if one.method != "POST" or not one.bodies else []),
        '-H "Origin: $HERE"',
        address,
    ]
    command = " ".join(parts)
    shown = []
    for kind, model in one.bodies.items():
        if kind == JSON:
            sent = json.dumps(_EXAMPLES[model.__name__], ensure_ascii=False)
            shown.append(f"{command} --json '{sent}'")
        elif kind == FORM:
            files = "-F translation=@sys.north.en -F translation=@sys.south.en -F source=@source.fi -F reference=@reference.en"
            shown.append(f"{command} \\\n  {files} -F source_lang=fi")
    return "\n".join(shown) or command


def _one_line(text: str) -> str:
    return " ".join(text.split())
