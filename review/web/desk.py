"""What every route needs: settings, database, queue."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, g
from flask_login import current_user

from review.formats.guard import Limits
from review.settings import Settings
from review.store.engine import Engine, Sitting
from review.work.importing import Queue


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that an application was put together from."""

    settings: Settings
    engine: Engine
    queue: Queue
    reviewer_ids: Mapping[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        """Who may sign in by picking a name: nobody, where there are accounts."""
        return () if self.settings.accounts else self.settings.reviewers

    @property
    def limits(self) -> Limits:
        return Limits(self.settings.max_segment)


def desk() -> Desk:
    """The desk of the application that serves this request."""
    found: Desk = current_app.extensions["tarkka"]
    return found


def viewer_id() -> int | None:
    """The id of whoever looks: signed in, or the only reviewer there is; None before signing in."""
    if current_user and current_user.is_authenticated:
        return int(current_user.reviewer.id)
    names = desk().names
    return desk().reviewer_ids[names[0]] if len(names) == 1 else None


def install(app: Flask) -> None:
    """Have each request read through one connection."""
    app.before_request(_sit_down)
    app.teardown_request(_get_up)


def _sit_down() -> None:
    g.sitting = Sitting(desk().engine).__enter__()


def _get_up(_error: BaseException | None) -> None:
    if sitting := g.pop("sitting", None):
        sitting.__exit__()
