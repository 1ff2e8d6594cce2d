"""Fifty people at work on one batch, each of whom notes what the server has acknowledged."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from http.client import HTTPException

from tests.running import Answer, Visitor

GROUPS, TWINS = 50, 4
SEGMENTS = GROUPS * TWINS
_PAUSE = 0.2  # seconds before what got no answer is sent again


def machine_text(number: int) -> str:
    """What stands in a segment: each text in four of them, with a word twice to be flagged."""
    return f"This is is the text of group {(number - 1) % GROUPS}."


@dataclass(frozen=True)
class Sent:
    """Something that was sent: whether it was acknowledged, or (None) no answer ever came."""

    kind: str
    number: int
    acknowledged: bool | None
    name: str  # of the save its token; the comment itself; the flag's or the step's number
    text: str = ""
    version: int = 0


class Client(threading.Thread):
    """One of them, with a session of their own."""

    def __init__(self, address: str, name: str, done: Callable[[], None], operations: int) -> None:
        super().__init__(name=name, daemon=True)
        self.visitor = Visitor(address)
        self.random = random.Random(name)
        self.done, self.operations = done, operations
        self.sent: list[Sent] = []
        self.unexpected: list[str] = []

    def run(self) -> None:
        self._send("/sign-in", always=True, name=self.name)
        acts = (self.correct, self.correct, self.comment, self.dismiss, self.propagate)
        for count in range(self.operations):
            self.random.choice(acts)(self.random.randint(1, SEGMENTS), count)
            self.done()

    def correct(self, number: int, count: int) -> None:
        page = self._page(number)
        found = re.search(r'name="version" value="(\d+)"', page)
        assert found
        version, token = int(found.group(1)), f"{self.name}-{count}"
        text = f"{machine_text(number)[:-1]}, as {token} has it."
        fields = {"text": text, "version": str(version), "system": "1", "token": token, "then": "stay"}
        answer = self._send(self._path(number), **fields)
        self._note(answer, Sent("correct", number, self._took(answer, 409), token, text, version))

    def comment(self, number: int, count: int) -> None:
        said = f"{self.name} says {count}."
        # The page's script asks so: the form without it saves the text area beside the comment, too.
        answer = self._send(self._path(number, "/comments"), json=True, comment=said, system="1")
        self._note(answer, Sent("comment", number, self._took(answer), said))

    def dismiss(self, number: int, _: int) -> None:
        flags = re.findall(r'name="dismiss" value="(\d+)"', self._page(number))
        if not flags:
            return
        chosen = self.random.choice(flags)
        fields = {"flag": chosen, "kind": "dismissed", "scope": "once", "system": "1"}
        answer = self._send(self._path(number, "/decide"), json=True, **fields)
        self._note(answer, Sent("dismiss", number, self._took(answer, 404, 422), chosen))

    def propagate(self, number: int, _: int) -> None:
        answer = self._send(self._path(number, "/propagate"), all="1", system="1")
        step = re.search(r"step=(\d+)", answer.location) if answer else None
        name = step.group(1) if step else ""
        self._note(answer, Sent("propagate", number, self._took(answer, 422), name))

    @staticmethod
    def _path(number: int, more: str = "") -> str:
        return f"/batches/1/segments/{number}{more}"

    def _page(self, number: int) -> str:
        return unescape(self._until_answered(lambda: self.visitor.get(self._path(number))).text)

    def _send(self, path: str, always: bool = False, json: bool = False, **fields: str) -> Answer | None:
        """Send a form until it is answered, or give up at some failure: then nobody knows what became of it."""
        accept = "application/json" if json else "text/html"
        give_up = not always and self.random.random() < 0.4

        def post() -> Answer | None:
            return self.visitor.post(path, accept=accept, **fields)

        return self._until_answered(post, give_up)

    def _until_answered(self, ask: Callable[[], Answer | None], give_up: bool = False) -> Answer | None:
        while True:
            try:
                answer = ask()
            except (OSError, HTTPException):
                answer = None
            if answer and answer.status != 503:
                return answer
            if give_up:
                return None
            time.sleep(_PAUSE)

    @staticmethod
    def _took(answer: Answer | None, *refusals: int) -> bool | None:
        return None if answer is None else answer.status not in refusals

    def _note(self, answer: Answer | None, sent: Sent) -> None:
        self.sent.append(sent)
        if answer and sent.acknowledged and answer.status not in (200, 303):
            self.unexpected.append(f"{sent.kind}: {answer.status} {answer.text[:300]}")
