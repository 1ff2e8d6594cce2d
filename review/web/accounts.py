"""Who is at work. With one reviewer the first change signs them in; of several, each picks a name."""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from review.errors import NotFound
from review.model import Reviewer
from review.web.desk import desk, viewer_id
from review.web.forms import local_path
from review.work import preferences, sessions
from review.work.preferences import Likes

blueprint = Blueprint("accounts", __name__)
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN_TO_ALL = ("accounts.sign_in", "accounts.sign_in_as", "static")


class SignedIn(UserMixin):  # type: ignore[misc]
    """A reviewer with the session that signed them in."""

    def __init__(self, token: str, reviewer: Reviewer, chosen: Mapping[str, Any] | None = None) -> None:
        self.token = token
        self.reviewer = reviewer
        self.chosen = chosen  # of how pages look; None: not read yet

    def get_id(self) -> str:
        return self.token


def install(app: Flask) -> None:
    """Know the reviewer of every request."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.before_request(_require_reviewer)
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"reviewer_name": reviewer_name(), "likes": likes()})


def reviewer_id() -> int:
    """The id of whoever sends this request; it is signed in."""
    return int(current_user.reviewer.id)


def likes() -> Likes:
    """What whoever looks has chosen, read once for each request."""
    if "likes" not in g:
        if current_user and current_user.is_authenticated and current_user.chosen is not None:
            g.likes = preferences.likes_from(current_user.chosen)
        else:
            g.likes = preferences.likes_of(desk().engine, viewer_id())
    found: Likes = g.likes
    return found


def reviewer_name() -> str:
    """The name to show: of the signed-in reviewer, or of the only one there is."""
    if current_user and current_user.is_authenticated:
        return str(current_user.reviewer.name)
    names = desk().settings.reviewers
    return names[0] if len(names) == 1 else ""


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The page where one of several reviewers picks a name."""
    return render_template(
        "sign_in.html", names=desk().settings.reviewers, to=local_path(request.args.get("to"))
    )


@blueprint.post("/sign-in")
def sign_in_as() -> ResponseReturnValue:
    """Sign in under one of the names that the settings list."""
    _sign_in(request.form.get("name", ""))
    return redirect(local_path(request.form.get("to")))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session: its cookie is worth nothing from now on."""
    if current_user.is_authenticated:
        sessions.end(desk().engine, current_user.token)
    logout_user()
    return redirect(url_for("home.start"))


def _load(token: str) -> SignedIn | None:
    session = sessions.find(desk().engine, token)
    return None if session is None else SignedIn(token, session.reviewer, session.chosen)


def _require_reviewer() -> ResponseReturnValue | None:
    if request.endpoint in _OPEN_TO_ALL or current_user.is_authenticated:
        return None
    names = desk().settings.reviewers
    if len(names) > 1:
        return redirect(url_for("accounts.sign_in", to=request.full_path.rstrip("?")))
    if request.method not in _SAFE:  # looking changes nothing, not even the table of sessions
        _sign_in(names[0])
    return None


def _sign_in(name: str) -> None:
    if name not in desk().settings.reviewers:
        raise NotFound("There is no reviewer of that name here.")
    token = token_urlsafe(32)
    reviewer = sessions.begin(desk().engine, name, token)
    login_user(SignedIn(token, reviewer))
