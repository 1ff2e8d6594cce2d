"""The page behind a link for a new password: choose it, by the link alone."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.desk import desk
from review.work import password_links, passwords

blueprint = Blueprint("password_links", __name__, url_prefix="/new-password/<token>")


@blueprint.get("")
def show(token: str) -> str:
    """Where the new password is chosen."""
    found = password_links.find(desk().engine, signing_key(), token, request.remote_addr or "")
    return render_template("new_password.html", name=found.name, token=token, shortest=passwords.SHORTEST)


@blueprint.post("")
def use(token: str) -> ResponseReturnValue:
    """Change the password; whoever has done so signs in by it."""
    address, password = request.remote_addr or "", request.form.get("password", "")
    password_links.use(desk().engine, signing_key(), token, address, password)
    return redirect(url_for("accounts.sign_in", changed=1), 303)


def signing_key() -> str:
    """What links are signed by: the key that cookies are signed by, too."""
    return str(current_app.secret_key)
