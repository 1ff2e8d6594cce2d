"""The start page: paste a text, and one button."""

from flask import Blueprint, render_template

from review.web.accounts import reviewer_name
from review.web.desk import desk
from review.work import batch_pages

blueprint = Blueprint("home", __name__)
_RECENT = 5


@blueprint.get("/")
def start() -> str:
    """The text area, and the newest batches."""
    recent = batch_pages.list_page(desk().engine, reader=reviewer_name())[:_RECENT]
    return render_template("start.html", recent=recent, form={})
