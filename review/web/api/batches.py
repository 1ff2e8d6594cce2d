"""Batches: listed, made, looked at, removed."""

from collections.abc import Sequence
from typing import Annotated

from flask import url_for
from pydantic import Field

from review.model import Severity
from review.store.records import Batch, System
from review.web.accounts import member_id, reviewer_id, reviewer_name
from review.web.api.imports import ImportState, state_of
from review.web.api.new_batches import NewBatch, NewFiles
from review.web.api.operations import FORM, JSON, Noun, Reply, once
from review.web.api.shapes import Count, Id, Keyed, Links, Moment, Sent, Title, Told
from review.web.desk import desk
from review.web.guard import project_id
from review.work import batch_pages, managing, scoring, uploads
from review.work.access import find_batch
from review.work.batch_states import Checks, CheckState, ScoreState, deep_checks, quick_checks, score_state

noun = Noun("batches", __name__, "/batches")
_CREATED = {
    "getBatch": {"operationId": "api.batches.show", "parameters": {"batch_id": "$response.body#/id"}},
    "listSegments": {"operationId": "api.segments.index", "parameters": {"batch_id": "$response.body#/id"}},
    "listFlags": {"operationId": "api.flags.index", "parameters": {"batch_id": "$response.body#/id"}},
    "getScores": {"operationId": "api.scores.show", "parameters": {"batch_id": "$response.body#/id"}},
    "deleteBatch": {
        "operationId": "api.batches.delete",
        "parameters": {"batch_id": "$response.body#/id", "title": "$response.body#/title"},
    },
}


class Listing(Sent):
    """Which batches to list."""

    project: Annotated[Id | None, Field(description="Of this project only")] = None
    before: Annotated[
        Id | None, Field(description="Those older than this one: `next` of the page before")
    ] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Place(Sent):
    """Where a batch is to be."""

    project: Annotated[
        Id | None, Field(description="Without it: the first one in which your role suffices")
    ] = None


class Confirmation(Sent):
    """What makes sure that the right batch is meant."""

    title: Annotated[Title, Field(description="The batch’s title, as it is")]


class Progress(Told):
    """How many texts checks have seen, whether they go on, and what went wrong, in sentences."""

    state: CheckState
    done: Count
    total: Count
    troubles: list[str]


class OpenFlags(Told):
    """Open flags that a page shows at first, by severity."""

    minor: Count
    major: Count
    critical: Count


class OneSystem(Told):
    """A system of a batch, and what review has made of it."""

    number: Annotated[Id, Field(description="What `system` means elsewhere")]
    name: str
    confirmed: Count
    edited: Count
    open_flags: OpenFlags
    hter: Annotated[float | None, Field(description="Per cent, over what is reviewed; null where nothing is")]


class ListedBatch(Told):
    """A batch, how far its checks are, and what review has made of it."""

    id: Id
    project: Id
    title: str
    source_lang: str
    target_lang: str
    format: str
    segments: Count
    has_source: bool
    references: Count
    created_at: Moment
    created_by: str
    checks: Annotated[Progress, Field(description="Texts that the quick checks have seen")]
    deep_checks: Annotated[Progress, Field(description="Texts that the deep checks have seen, as they stand")]
    systems: list[OneSystem]
    links: Links


class OneBatch(ListedBatch):
    """A batch with the state of its scores; `missing` ones are computed once they are asked for."""

    scores: ScoreState


class BatchList(Told):
    """A page of batches, newest first; `next` is null on the last one."""

    batches: list[ListedBatch]
    next: Id | None


@noun.get(answers={200: BatchList}, query=Listing)
def index(query: Listing) -> BatchList:
    """Batches, newest first."""
    found = batch_pages.list_page(
        desk().engine, query.before, reviewer_name(), member_id(), query.project, query.limit + 1
    )
    more = found[query.limit - 1].id if len(found) > query.limit else None
    return BatchList(batches=[_listed(one) for one in found[: query.limit]], next=more)


@noun.post(
    answers={201: OneBatch, 202: ImportState},
    query=Place,
    headers=Keyed,
    bodies={JSON: NewBatch, FORM: NewFiles},
    links=_CREATED,
)
def create(query: Place, headers: Keyed, body: NewBatch | NewFiles) -> Reply:
    """Make a batch of segments, or of files as the upload page takes them.

    Files of more than 8 MB in all become a batch in the background: the answer is 202, and says where to ask.
    """
    upload = body.upload(reviewer_id(), project_id(), once(headers.key))
    taken = uploads.take_upload(desk().engine, desk().queue, desk().settings, body.files(), upload)
    if taken.job:
        return Reply(state_of(taken.job), 202, url_for("api.imports.show", token=taken.job))
    made = told(find_batch(desk().engine, taken.batch or 0))
    return Reply(made, 201, made.links["self"])


@noun.get("/<int:batch_id>", answers={200: OneBatch})
def show(batch_id: int) -> OneBatch:
    """One batch."""
    return told(find_batch(desk().engine, batch_id))


@noun.delete("/<int:batch_id>", answers={204: None}, query=Confirmation)
def delete(batch_id: int, query: Confirmation) -> None:
    """Remove a batch with all that was made of it; its title confirms it."""
    managing.delete(desk().engine, desk().queue, batch_id, query.title, reviewer_name())


def told(batch: Batch) -> OneBatch:
    """A batch as a program is told of it."""
    return OneBatch(**dict(_listed(batch)), scores=score_state(desk().engine, batch))


def _listed(batch: Batch) -> ListedBatch:
    failed = [f"The checks “{one}” failed; the server’s log says why." for one in batch.failures]
    return ListedBatch(
        id=batch.id,
        project=batch.project_id,
        title=batch.name,
        source_lang=batch.source_lang,
        target_lang=batch.target_lang,
        format=batch.format,
        segments=batch.segments,
        has_source=batch.has_source,
        references=batch.references,
        created_at=batch.created_at,
        created_by=batch.created_by,
        checks=_progress(quick_checks(batch), failed),
        deep_checks=_progress(deep_checks(desk().engine, batch), batch.deep_troubles),
        systems=[_system(one) for one in batch.systems],
        links={
            "self": url_for("api.batches.show", batch_id=batch.id),
            "segments": url_for("api.segments.index", batch_id=batch.id),
            "flags": url_for("api.flags.index", batch_id=batch.id),
            "scores": url_for("api.scores.show", batch_id=batch.id),
            "exports": url_for("api.exports.index", batch_id=batch.id),
            "page": url_for("batches.show", batch_id=batch.id),
        },
    )


def _progress(checks: Checks, troubles: Sequence[str]) -> Progress:
    return Progress(state=checks.state, done=checks.done, total=checks.total, troubles=list(troubles))


def _system(system: System) -> OneSystem:
    flags = {severity.value: getattr(system, severity.value) for severity in Severity}
    return OneSystem(
        number=system.position + 1,
        name=system.name,
        confirmed=system.confirmed,
        edited=system.edited,
        open_flags=OpenFlags(**flags),
        hter=scoring.effort(system).hter,
    )
