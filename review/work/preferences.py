"""What a reviewer likes of the pages: how they look, and which keys do what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from review.errors import BadInput
from review.store import preferences
from review.store.engine import Engine

_KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; the first option is what pages show to who has not chosen."""

    name: str
    title: str
    options: Mapping[str, str]  # value → as people read it


CHOICES = (
    Choice("layout", "Texts", {"side": "side by side", "stacked": "stacked"}),
    Choice("columns", "Systems", {"one": "this one", "all": "all, in columns"}),
    Choice("reference", "Reference", {"shown": "shown", "hidden": "hidden"}),
    Choice(
        "differences",
        "Differences",
        {
            "both": "from the reference and other systems",
            "reference": "from the reference",
            "systems": "between systems",
            "none": "not marked",
        },
    ),
    Choice("theme", "Colours", {"system": "as the system has them", "light": "light", "dark": "dark"}),
)
_DEFAULTS = {choice.name: next(iter(choice.options)) for choice in CHOICES}


@dataclass(frozen=True, slots=True)
class Likes:
    """A reviewer's choices, complete; `keys` holds only those that were changed, "" for one switched off."""

    look: Mapping[str, str] = field(default_factory=lambda: dict(_DEFAULTS))
    keys: Mapping[str, str] = field(default_factory=dict)


def likes_of(engine: Engine, reviewer_id: int | None) -> Likes:
    """What a reviewer likes, or what everybody is shown first."""
    return likes_from(preferences.get_preferences(engine, reviewer_id) if reviewer_id else {})


def likes_from(stored: Mapping[str, Any]) -> Likes:
    """The likes that stored choices make; what can no longer be chosen is passed over."""
    known = {c.name: stored[c.name] for c in CHOICES if stored.get(c.name) in c.options}
    return replace(Likes(_DEFAULTS | known), keys=stored.get(_KEYS, {}))


def choose(engine: Engine, reviewer_id: int, chosen: Mapping[str, str]) -> None:
    """Keep what was chosen of how pages look; BadInput for what cannot be chosen."""
    options = {choice.name: choice.options for choice in CHOICES}
    for name, value in chosen.items():
        if value not in options.get(name, ()):
            raise BadInput(f"“{name}” cannot be {value[:20]!r}.")
    preferences.put_preferences(engine, reviewer_id, chosen)


def choose_keys(engine: Engine, reviewer_id: int, changed: Mapping[str, str]) -> None:
    """Keep which keys a reviewer has changed."""
    preferences.put_preferences(engine, reviewer_id, {_KEYS: dict(changed)})
