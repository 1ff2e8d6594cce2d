"""Comments on a segment."""

from flask import url_for

from review.web.accounts import reviewer_id
from review.web.api.operations import JSON, Noun, Reply
from review.web.api.segments import OneComment, told_comment
from review.web.api.shapes import OfSystem, Sent, Told, Words
from review.web.desk import desk
from review.work import commenting
from review.work.access import find_place

noun = Noun("comments", __name__, "/batches/<int:batch_id>/segments/<int:number>/comments")


class NewComment(Sent):
    """What to say."""

    text: Words


class Comments(Told):
    """What people say of a segment, oldest first."""

    comments: list[OneComment]


@noun.get(answers={200: Comments}, query=OfSystem)
def index(batch_id: int, number: int, query: OfSystem) -> Comments:
    """The comments on a segment."""
    place = find_place(desk().engine, batch_id, query.system, number)
    return Comments(comments=[told_comment(one) for one in commenting.said(desk().engine, place)])


@noun.post(answers={201: OneComment}, query=OfSystem, bodies={JSON: NewComment})
def create(batch_id: int, number: int, query: OfSystem, body: NewComment) -> Reply:
    """Comment on a segment; the words of your newest comment again are that one."""
    place = find_place(desk().engine, batch_id, query.system, number)
    said = commenting.say(desk().engine, place, body.text, reviewer_id())
    other = query.system if query.system > 1 else None
    where = url_for("api.comments.index", batch_id=batch_id, number=number, system=other)
    return Reply(told_comment(said), 201, where)
