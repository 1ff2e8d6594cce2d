"""A reviewer's own keys: which may be chosen, and the page on which they are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from review.errors import BadInput
from review.web.accounts import likes, reviewer_id
from review.web.desk import desk
from review.web.keys import EVERYWHERE, KEYS, PLACES, Key, shown
from review.work import preferences

blueprint = Blueprint("own_keys", __name__)

_PRESS = re.compile(r"(Control\+)?(Alt\+)?(Shift\+)?(\S|[A-Z][A-Za-z]+|F\d{1,2})")
# Never to be had: browsers keep the first ones from pages, and with the others text is edited.
_BROWSERS = re.compile(r"Control\+(Shift\+)?[tnwqacvxyz]|F(1|3|5|6|7|10|11|12)|Tab|Alt\+(F4|Home|Tab)")
# What writes a character or moves the caret; it may only be bound where nothing is written.
_WRITES = re.compile(r"(Shift\+)?(.|Enter|Backspace|Delete|Tab|Arrow\w+|Home|End|Page\w+|Space)")


def keys_of(changed: Mapping[str, str]) -> list[Key]:
    """The table of keys with a reviewer's own in their places; those switched off have no key."""
    return [replace(key, press=changed.get(key.id, key.press)) for key in KEYS]


def keys_panel() -> str:
    """The panel that lists the reader's keys; drawn once for each choice of keys, because it is long."""
    return _drawn_panel(tuple(sorted(likes().keys.items())), request.script_root)


@lru_cache(maxsize=128)
def _drawn_panel(changed: tuple[tuple[str, str], ...], _root: str) -> str:
    return Markup(render_template("review/keys.html", keys=keys_of(dict(changed)), places=PLACES))


@blueprint.get("/keys")
def show() -> str:
    """Every key, to change or switch off."""
    return render_template("keys.html", keys=keys_of(likes().keys), first=KEYS, places=PLACES)


@blueprint.post("/keys")
def change() -> ResponseReturnValue:
    """Keep the keys that differ from the table's own."""
    if request.form.get("reset"):
        changed = {}
    else:
        asked = {key: request.form.get(key.id, key.press).strip() for key in KEYS}
        _refuse_unusable(asked)
        changed = {key.id: press for key, press in asked.items() if press != key.press}
    preferences.choose_keys(desk().engine, reviewer_id(), changed)
    return redirect(url_for("own_keys.show", saved=1), 303)


def _refuse_unusable(asked: Mapping[Key, str]) -> None:
    """BadInput naming the first key that cannot be chosen, and why."""
    taken: dict[tuple[str, str], Key] = {}
    for key, press in asked.items():
        if not press:
            continue
        if len(press) > 40 or not _PRESS.fullmatch(press):
            raise BadInput(
                f"{press[:40]!r} for “{key.meaning}” is not a key: write it like Control+Shift+F2 or j."
            )
        if press != key.press and _BROWSERS.fullmatch(press):
            raise BadInput(f"{shown(press)} for “{key.meaning}” belongs to the browser; choose another.")
        if key.place == EVERYWHERE and press != key.press and _WRITES.fullmatch(press):
            raise BadInput(
                f"{shown(press)} for “{key.meaning}” would act while you type; add Ctrl, or use a function key."
            )
        other = taken.setdefault((key.place, press), key)
        if other is not key:
            raise BadInput(
                f"{shown(press)} stands for “{other.meaning}” and “{key.meaning}”; change one of them."
            )
