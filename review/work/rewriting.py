"""Asks an OpenAI-compatible service for a rewrite of one segment, where one is configured.

Neither the text nor the key is logged, here or in what is raised.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from review.diff import Change, word_diff
from review.errors import BadInput, NoAnswer, NotFound
from review.formats.guard import Limits
from review.settings import Settings
from review.work.access import Place
from review.work.correcting import as_typed

_PATIENCE = 30.0  # seconds, for the whole answer
_LONGEST = 64 * 1024  # bytes of an answer
_TASK = (
    "You edit translations. Rewrite the translation you are given so that it reads well in its own "
    "language and says what the source says, if there is a source. Change no more than is needed. "
    "Answer with the rewritten translation alone: no comment, no quotation marks around it."
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rewritten text, and how it differs from the text it was asked for."""

    text: str
    changes: Sequence[Change]


def host(settings: Settings) -> str:
    """Where segments are sent for a rewrite; empty where no service is configured."""
    return urlsplit(settings.rewrite_url).netloc


def require(settings: Settings) -> None:
    """NotFound where no service is configured."""
    if not settings.rewrite_url:
        raise NotFound("No service that suggests rewrites is configured here: see TARKKA_REWRITE_URL.")


def propose(settings: Settings, place: Place, text: str, patience: float = _PATIENCE) -> Proposal:
    """A rewrite of a segment's text as it is typed; NoAnswer where the service does not give one."""
    answer = _asked(settings, _question(settings, place.segment.source, text), patience)
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"].strip()
        rewritten = as_typed(content, text, Limits(settings.max_segment))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, BadInput):
        raise _trouble(settings, "gave an answer that cannot be read") from None
    if not rewritten:
        raise _trouble(settings, "gave an empty answer")
    return Proposal(rewritten, word_diff(text, rewritten))


def _question(settings: Settings, source: str | None, text: str) -> Request:
    parts = [f"Translation:\n{text}"] if source is None else [f"Source:\n{source}", f"Translation:\n{text}"]
    body: dict[str, Any] = {
        "messages": [
            {"role": "system", "content": _TASK},
            {"role": "user", "content": "\n\n".join(parts)},
        ],
        "temperature": 0,
    }
    if settings.rewrite_model:
        body["model"] = settings.rewrite_model
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Tarkka"}
    if settings.rewrite_key:
        headers["Authorization"] = f"Bearer {settings.rewrite_key}"
    address = f"{settings.rewrite_url}/chat/completions"
    return Request(address, json.dumps(body).encode("ascii"), headers, method="POST")


def _asked(settings: Settings, question: Request, patience: float) -> bytes:
    """The body of the answer, bounded in size and time."""
    until = monotonic() + patience
    try:
        with _opener().open(question, timeout=patience) as answer:
            body = _read(answer, until)
    except HTTPError as error:
        error.close()
        raise _trouble(settings, f"answered with status {error.code}") from None
    except TimeoutError:
        raise _trouble(settings, "did not answer in time") from None
    except (OSError, HTTPException):
        raise _trouble(settings, "did not answer") from None
    except ValueError:
        raise _trouble(settings, "cannot be asked: its address or key has odd characters in it") from None
    if len(body) > _LONGEST:
        raise _trouble(settings, f"gave an answer longer than {_LONGEST // 1024} kB")
    return body


def _read(answer: HTTPResponse, until: float) -> bytes:
    """At most one byte more than an answer may have."""
    body = b""
    while len(body) <= _LONGEST and (part := answer.read1(_LONGEST + 1 - len(body))):
        body += part
        if monotonic() > until:
            raise TimeoutError
    return body


def _opener() -> OpenerDirector:
    """Opens http and https alone and follows no redirect, so that nothing goes to another host.

    A proxy of the environment is used for https alone: there it cannot read what passes.
    """
    opener = OpenerDirector()
    proxies = {scheme: proxy for scheme, proxy in getproxies().items() if scheme == "https"}
    for handler in (
        ProxyHandler(proxies),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _trouble(settings: Settings, what: str) -> NoAnswer:
    return NoAnswer(f"The rewriting service at {host(settings)} {what}; your text is as it was.")
