"""The page on which the systems of a batch are compared, and its exports."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from review.errors import BadInput
from review.metrics.catalogue import METRICS
from review.web import compare_charts
from review.web.desk import desk
from review.web.forms import whole
from review.work import comparing
from review.work.compare_choice import BUCKETS, MOST_SYSTEMS, TESTS, Choice
from review.work.compare_exports import COMPARE_FORMATS, find_compare_format
from review.work.compare_found import Found
from review.work.compare_segments import ORDERS, Range, range_page

blueprint = Blueprint("comparisons", __name__, url_prefix="/batches/<int:batch_id>/compare")

_TITLES = dict(zip(METRICS, ("BLEU", "chrF2", "chrF2++", "TER"), strict=True))


@blueprint.get("")
def show(batch_id: int) -> str:
    """The comparison that the address asks for: all systems, if it asks for nothing."""
    page = comparing.compare_page(
        desk().engine, batch_id, choice_of(request.args), desk().settings.categories
    )
    return render_template(
        "compare.html",
        page=page,
        asked=query_of_choice(page.choice),
        charts=_charts(page.found) if page.found else None,
        waiting="waiting" in request.args and not page.found,
        metric_titles=_TITLES,
        tests=TESTS,
        buckets=BUCKETS,
        formats=COMPARE_FORMATS,
        most=MOST_SYSTEMS,
        width=compare_charts.WIDTH,
        height=compare_charts.HEIGHT,
    )


@blueprint.post("")
def ask(batch_id: int) -> ResponseReturnValue:
    """Have a comparison made that takes long."""
    choice = comparing.ask_comparison(desk().engine, desk().queue, batch_id, choice_of(request.form))
    return redirect(url_for("comparisons.show", batch_id=batch_id, **query_of_choice(choice), waiting=1), 303)


@blueprint.get("/waiting")
def waiting(batch_id: int) -> ResponseReturnValue:
    """Whether a comparison is there, for the page that waits for it."""
    return jsonify(found=comparing.is_found(desk().engine, batch_id, choice_of(request.args)))


@blueprint.get("/segments")
def segments(batch_id: int) -> str:
    """The segments of a system that score in a range."""
    page = range_page(desk().engine, batch_id, _range_of(request.args))
    return render_template("compare_segments.html", page=page, metric_titles=_TITLES, orders=ORDERS)


@blueprint.get("/export/<kind>")
def export(batch_id: int, kind: str) -> Response:
    """A comparison as a file."""
    chosen = find_compare_format(kind)
    batch, found = comparing.found_comparison(desk().engine, batch_id, choice_of(request.args))
    name = re.sub(r"[^\w-]+", "-", f"{batch.name[:60]} comparison").strip("-") + chosen.suffix
    answer = Response(chosen.write(found), mimetype=chosen.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def choice_of(values: MultiDict[str, str]) -> Choice:
    """What an address or a form asks for; what it leaves out is as at first."""
    standard = Choice()
    test = values.get("test") or standard.test
    return Choice(
        systems=_positions(values),
        metrics=tuple(values.getlist("metric")) or standard.metrics,
        baseline=whole(values, "baseline", 0),
        other=whole(values, "other", 0),
        drawn=values.get("drawn", ""),
        every_pair=values.get("pairs") == "all",
        test=test,
        samples=whole(values, "samples", standard.samples),
        seed=whole(values, "seed", standard.seed),
        common=values.get("common") == "1",
        bucket=values.get("by", ""),
    )


def _positions(values: MultiDict[str, str]) -> tuple[int, ...]:
    found = {whole(MultiDict({"of": text}), "of", 0) for text in values.getlist("of")}
    if 0 in found:
        raise BadInput("Systems are numbered from 1 on.")
    return tuple(sorted(found))


def _range_of(values: MultiDict[str, str]) -> Range:
    """The segments that an address asks for."""
    low, high = (whole(values, name, 0) if values.get(name) else None for name in ("low", "high"))
    return Range(
        system=whole(values, "system", 1),
        beside=whole(values, "beside", 0),
        metric=values.get("metric") or "bleu",
        low=low,
        high=high,
        order=values.get("order") or "low",
        first=whole(values, "from", 1),
    )


def query_of_choice(choice: Choice) -> dict[str, Any]:
    """The part of an address that carries a choice."""
    return {
        "of": choice.systems,
        "metric": choice.metrics,
        "baseline": choice.baseline,
        "other": choice.other or None,
        "drawn": choice.drawn,
        "pairs": "all" if choice.every_pair else None,
        "test": choice.test,
        "samples": choice.samples,
        "seed": choice.seed,
        "common": 1 if choice.common else None,
        "by": choice.bucket or None,
    }


def _charts(found: Found) -> dict[str, Any]:
    pictures = found["pictures"]
    drawn = next(n for n, metric in enumerate(found["metrics"]) if metric["id"] == pictures["drawn"])
    rows, higher = (found["systems"], found["corrected"]), found["metrics"][drawn]["higher"]
    return {
        "intervals": compare_charts.intervals(*rows, drawn, pictures["baseline"], higher),
        "spread": compare_charts.histograms(pictures),
        "differences": compare_charts.differences(pictures["differences"]),
        "length": compare_charts.scattered(pictures["by_length"], pictures["length_means"]),
        "flags": compare_charts.scattered(pictures["by_flags"], pictures["flag_means"]),
    }
