"""One's own account: the password, and tokens for programs."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from review.web.accounts import log_in, person
from review.web.desk import desk
from review.web.forms import whole
from review.work import api_tokens, signing_in

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def show() -> str:
    """The page of one's account."""
    return _page()


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    """Change one's password: all sessions end, and this browser is signed in anew."""
    new = request.form.get("new", "")
    old, address = request.form.get("old", ""), request.remote_addr or ""
    signing_in.change_password(desk().engine, person(), address, old, new)
    log_in(person().name, new)
    return redirect(url_for("account.show", changed=1), 303)


@blueprint.post("/tokens")
def make_token() -> str:
    """Make a token; the page shows it this once."""
    return _page(api_tokens.make(desk().engine, person(), request.form.get("name", "")))


@blueprint.post("/tokens/revoke")
def revoke_token() -> ResponseReturnValue:
    """Have a token work no more."""
    api_tokens.revoke(desk().engine, person(), whole(request.form, "token", 0))
    return redirect(url_for("account.show"), 303)


def _page(token: str = "") -> str:
    tokens = api_tokens.listed(desk().engine, person())
    return render_template("account.html", tokens=tokens, token=token, changed=request.args.get("changed"))
