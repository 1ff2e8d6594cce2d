"""The accounts of all people, for admins."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import person
from review.web.desk import desk
from review.web.forms import whole
from review.web.password_links import signing_key
from review.work import administering, password_links

blueprint = Blueprint("people", __name__, url_prefix="/accounts")


@blueprint.get("")
def index() -> str:
    """All accounts by name, with their roles."""
    sought, after = request.args.get("q", "").strip(), request.args.get("after", "")
    found = administering.listing(desk().engine, sought, after)
    return render_template("accounts.html", found=found, sought=sought, after=after)


@blueprint.get("/<int:account_id>")
def show(account_id: int) -> str:
    """An account, and what can be done about it."""
    return _page(account_id)


@blueprint.post("/<int:account_id>/disabled")
def set_disabled(account_id: int) -> ResponseReturnValue:
    """Let nobody in by an account, or let them in again."""
    disabled = bool(whole(request.form, "disabled", 0))
    administering.set_disabled(desk().engine, account_id, disabled, person())
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/admin")
def set_admin(account_id: int) -> ResponseReturnValue:
    """Make somebody an admin, or one no longer."""
    admin = bool(whole(request.form, "admin", 0))
    administering.set_admin(desk().engine, account_id, admin, person())
    return redirect(url_for("people.show", account_id=account_id), 303)


@blueprint.post("/<int:account_id>/remove")
def remove(account_id: int) -> ResponseReturnValue:
    """Remove an account whose name was typed to confirm it."""
    administering.remove(desk().engine, account_id, request.form.get("confirm", ""), person())
    return redirect(url_for("people.index"), 303)


@blueprint.post("/<int:account_id>/password-link")
def make_link(account_id: int) -> str:
    """Make a link for a new password; the page shows it this once."""
    token = password_links.make(desk().engine, signing_key(), account_id, person())
    return _page(account_id, url_for("password_links.show", token=token, _external=True))


def _page(account_id: int, link: str = "") -> str:
    known = administering.known(desk().engine, account_id)
    own = known.account.id == person().id
    return render_template("account_of.html", known=known, own=own, link=link)
