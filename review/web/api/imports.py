"""Imports in the background: how far each is, and ways to stop it or to go on with it."""

from typing import Annotated, Literal

from flask import url_for
from pydantic import Field

from review.web.api.operations import Noun
from review.web.api.shapes import Count, Id, Links, Told
from review.web.desk import desk
from review.work import import_jobs, staging

noun = Noun("imports", __name__, "/imports/<token>")
_TOKEN = {"token": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}


class ImportState(Told):
    """How far an import is; its batch once it is done, or why there is none.

    One that is broken may go through when it is tried again.
    """

    state: Literal["waiting", "reading", "storing", "done", "failed", "broken", "cancelled"]
    done: Annotated[Count, Field(description="Segments stored so far, of all, while it goes on")]
    total: Count
    batch: Id | None
    trouble: str
    links: Links


@noun.get(answers={200: ImportState}, places=_TOKEN)
def show(token: str) -> ImportState:
    """How far an import is."""
    return state_of(token)


@noun.post("/cancel", answers={200: ImportState}, places=_TOKEN)
def cancel(token: str) -> ImportState:
    """Stop an import; nothing of it stays, unless it is done already."""
    import_jobs.cancel(staging.folder_of(desk().settings), desk().queue, token)
    return state_of(token)


@noun.post("/again", answers={200: ImportState}, places=_TOKEN)
def again(token: str) -> ImportState:
    """Go on with an import that broke off."""
    import_jobs.try_again(staging.folder_of(desk().settings), desk().queue, token)
    return state_of(token)


def state_of(token: str) -> ImportState:
    """An import as a program is told of it."""
    now = import_jobs.state_of(staging.folder_of(desk().settings), token)
    links = {"self": url_for("api.imports.show", token=token)}
    if now.batch:
        links["batch"] = url_for("api.batches.show", batch_id=now.batch)
    return ImportState(
        state=now.state,  # type: ignore[arg-type]
        done=now.done,
        total=now.total,
        batch=now.batch or None,
        trouble=now.trouble,
        links=links,
    )
