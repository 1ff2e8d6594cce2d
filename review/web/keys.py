"""The keys of the review page: one table that binds them, draws their list and documents them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the action it stands for. `press` is in the words of KeyboardEvent: "Control+Enter".

    On a Mac, Control also answers to Command.
    """

    press: str
    action: str
    meaning: str

    @property
    def shown(self) -> str:
        """As people write it."""
        names = {"Control": "Ctrl", "ArrowDown": "↓", "ArrowUp": "↑"}
        return "+".join(names.get(part, part) for part in self.press.split("+"))


# All work while typing, so each carries Ctrl, Alt with an arrow, or is a function key without a meaning
# of its own in browsers.
KEYS = (
    Key("Control+Enter", "save-next", "save and go to the next segment"),
    Key("Control+Shift+Enter", "save-flagged", "save and go to the next segment with open flags"),
    Key("Control+s", "save", "save and stay"),
    Key("Alt+ArrowDown", "next", "go to the next segment without saving (the draft is kept)"),
    Key("Alt+ArrowUp", "previous", "go to the previous segment without saving (the draft is kept)"),
    Key("F8", "next-flag", "go to the next flag"),
    Key("Shift+F8", "previous-flag", "go to the previous flag"),
    Key("F2", "accept", "put in the first suggestion of the flag you are at"),
    Key("Shift+F2", "dismiss", "dismiss the flag you are at"),
    Key("Control+Shift+F2", "dismiss-batch", "dismiss it everywhere in this batch: this check on this text"),
    Key("Alt+Shift+F2", "dismiss-always", "dismiss it always, in later batches too"),
    Key("Control+Shift+F8", "undo-dismissal", "take the last dismissal back"),
    Key(
        "Control+.",
        "suggestions",
        "go to the suggestions of the flag; Enter puts one in, Delete dismisses, Esc goes back",
    ),
)
