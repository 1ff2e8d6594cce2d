"""Who is at work. With one reviewer the first change signs them in; of several, each picks a name.

In a team everybody signs in with a password, and programs by a token.
"""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, Flask, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from review.errors import NotFound, NotSignedIn
from review.model import Reviewer
from review.web.desk import desk, viewer_id
from review.web.forms import local_path
from review.web.roles import OPEN, SAFE
from review.web.sessions import bearer, in_api
from review.work import preferences, sessions, signing_in
from review.work.accounts import Person
from review.work.preferences import Likes

blueprint = Blueprint("accounts", __name__)


class SignedIn(UserMixin):  # type: ignore[misc]
    """A reviewer with the session that signed them in."""

    def __init__(
        self, token: str, reviewer: Reviewer, chosen: Mapping[str, Any] | None = None, admin: bool = False
    ) -> None:
        self.token = token
        self.reviewer = reviewer
        self.admin = admin
        self.chosen = chosen  # of how pages look; None: not read yet

    def get_id(self) -> str:
        return self.token


def install(app: Flask) -> None:
    """Know the reviewer of every request."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    manager.request_loader(_load_program)
    app.before_request(_require_reviewer)
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"reviewer_name": reviewer_name(), "likes": likes()})


def reviewer_id() -> int:
    """The id of whoever sends this request; it is signed in."""
    return int(current_user.reviewer.id)


def person() -> Person:
    """Whoever sends this request; they are signed in."""
    return Person(current_user.reviewer.id, current_user.reviewer.name)


def signed_in() -> bool:
    """Whether this request comes from somebody who has signed in."""
    return bool(current_user and current_user.is_authenticated)


def member_id() -> int | None:
    """The id of whoever sees only what they are a member of; None: they see everything."""
    return None if not desk().settings.accounts or current_user.admin else reviewer_id()


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
    names = desk().names
    return names[0] if len(names) == 1 else ""


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The page where one of several reviewers picks a name, or a member of a team gives a password."""
    page = "log_in.html" if desk().settings.accounts else "sign_in.html"
    return render_template(page, names=desk().names, to=local_path(request.args.get("to")))


@blueprint.post("/sign-in")
def sign_in_as() -> ResponseReturnValue:
    """Sign in under one of the names that the settings list, or by an account and its password."""
    name, to = request.form.get("name", ""), local_path(request.form.get("to"))
    if not desk().settings.accounts:
        _sign_in(name)
    elif not log_in(name, request.form.get("password", "")):
        return render_template("log_in.html", to=to, wrong=True), 422
    return redirect(to, 303)


def log_in(name: str, password: str) -> bool:
    """Begin the session of an account; what the browser had before is forgotten. False: wrong."""
    token = token_urlsafe(32)
    found = signing_in.sign_in(desk().engine, name, password, request.remote_addr or "", token)
    if found is None:
        return False
    session.clear()
    session.permanent = True  # as the application says: until nobody has asked for anything for so long
    login_user(SignedIn(token, found.reviewer, admin=found.admin))
    return True


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session: its cookie is worth nothing from now on."""
    if current_user.is_authenticated:
        sessions.end(desk().engine, current_user.token)
    logout_user()
    session.clear()
    return redirect(url_for("home.start"))


def _load(token: str) -> SignedIn | None:
    find = signing_in.session_of if desk().settings.accounts else sessions.find
    found = find(desk().engine, token)
    return None if found is None else SignedIn(token, found.reviewer, found.chosen, found.admin)


def _load_program(_request: Any) -> SignedIn | None:
    """Whoever a program acts as: by its token, or on one's own machine by a name, if there are several."""
    token = bearer()
    if token:
        found = signing_in.bearer_of(desk().engine, token)
        return None if found is None else SignedIn("", found.reviewer, found.chosen, found.admin)
    if not in_api():
        return None
    names, told = desk().names, request.authorization
    name = names[0] if len(names) == 1 else str(told.username) if told and told.type == "basic" else ""
    return SignedIn("", Reviewer(desk().reviewer_ids[name], name)) if name in names else None


def _require_reviewer() -> ResponseReturnValue | None:
    if request.endpoint in OPEN or current_user.is_authenticated:
        return None
    if bearer():
        signing_in.count_wrong_token(desk().engine, request.remote_addr or "")
        raise NotSignedIn("This token signs nobody in: it was revoked, or mistyped.")
    names = desk().names
    if in_api():
        told = "a token of your account (Authorization: Bearer TOKEN)"
        if not desk().settings.accounts:
            told = "the name of one of the reviewers, and no password (Authorization: Basic)"
        raise NotSignedIn(f"Say who you are: send {told}.")
    if len(names) != 1:
        return redirect(url_for("accounts.sign_in", to=request.full_path.rstrip("?")))
    if request.method not in SAFE:  # looking changes nothing, not even the table of sessions
        _sign_in(names[0])
    return None


def _sign_in(name: str) -> None:
    if name not in desk().names:
        raise NotFound("There is no reviewer of that name here.")
    token = token_urlsafe(32)
    reviewer = sessions.begin(desk().engine, name, token)
    login_user(SignedIn(token, reviewer))
