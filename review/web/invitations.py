"""The page behind an invitation's link: make an account, or come in with one's own."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import log_in, person, signed_in
from review.web.desk import desk
from review.work import passwords, projects

blueprint = Blueprint("invitations", __name__, url_prefix="/invitations/<token>")


@blueprint.get("")
def show(token: str) -> str:
    """What one is invited to."""
    found = projects.find_invitation(desk().engine, token)
    meaning = projects.MEANINGS[found.role]
    return render_template(
        "invitation.html", found=found, token=token, meaning=meaning, shortest=passwords.SHORTEST
    )


@blueprint.post("/accept")
def accept(token: str) -> ResponseReturnValue:
    """Come in with the account that is signed in."""
    if not signed_in():
        return redirect(url_for("accounts.sign_in", to=url_for("invitations.show", token=token)), 303)
    project_id = projects.accept(desk().engine, token, person())
    return redirect(url_for("projects.show", project_id=project_id), 303)


@blueprint.post("/account")
def accept_newly(token: str) -> ResponseReturnValue:
    """Come in with a new account."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    project_id = projects.accept_newly(desk().engine, token, name, password)
    log_in(name, password)
    return redirect(url_for("projects.show", project_id=project_id), 303)
