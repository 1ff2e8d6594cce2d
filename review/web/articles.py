"""The article view: a batch's corrected text as it will be published."""

from flask import Blueprint, render_template, request

from review.web.accounts import likes
from review.web.desk import desk
from review.web.forms import filter_of, whole
from review.web.own_keys import keys_of
from review.work import article

blueprint = Blueprint("articles", __name__)


@blueprint.get("/batches/<int:batch_id>/article")
def show(batch_id: int) -> str:
    """The document around a segment."""
    system, number = whole(request.args, "system", 1), whole(request.args, "segment", 1)
    page = article.article_page(desk().engine, batch_id, system, number)
    keys = [key for key in keys_of(likes().keys) if key.action in ("article", "leave") and key.press]
    return render_template("article.html", page=page, chosen=filter_of(request.args), keys=keys)
