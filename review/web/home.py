"""The start page: paste a text, and one button."""

from flask import Blueprint, render_template

from review.store.roles import Role
from review.web.accounts import member_id, reviewer_name
from review.web.desk import desk
from review.web.guard import last_project, own_projects
from review.work import batch_pages

blueprint = Blueprint("home", __name__)
_RECENT = 5


@blueprint.get("/")
def start() -> str:
    """The text area, and the newest batches."""
    recent = batch_pages.list_page(desk().engine, None, reviewer_name(), member_id())[:_RECENT]
    projects = own_projects(Role.LEAD) if desk().settings.accounts else ()
    return render_template("start.html", recent=recent, form={}, projects=projects, chosen=last_project())
