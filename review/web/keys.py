"""The keys of the review page: one table that binds them, draws their list and documents them."""

from dataclasses import dataclass

EVERYWHERE = "everywhere"
OUTSIDE = "outside"
FLAGS = "flags"
INSERT = "insert"
PLACES = {
    EVERYWHERE: "while you type",
    OUTSIDE: "after Esc has left the text",
    FLAGS: "on a flag",
    INSERT: "in the list of what to insert",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the action it stands for. `press` is in the words of KeyboardEvent: "Control+Enter".

    On a Mac, Control also answers to Command. `place` is where it works: everywhere, so also while typing;
    outside the text; or on a flag. What works everywhere carries Control, Alt with an arrow, or is a function
    key without a meaning of its own in browsers, so that it never stands for a character.
    """

    press: str
    action: str
    meaning: str
    group: str
    place: str = EVERYWHERE

    @property
    def id(self) -> str:
        """Names the key in a reviewer's own choice of keys: an action may have one key in each place."""
        return f"{self.action}@{self.place}"

    @property
    def shown(self) -> str:
        """As people write it."""
        return shown(self.press)


def shown(press: str) -> str:
    """A key as people write it: "Ctrl+↓"."""
    names = {"Control": "Ctrl", "ArrowDown": "↓", "ArrowUp": "↑", "Escape": "Esc", "": "off"}
    return "+".join(names.get(part, part) for part in press.split("+")) if press != "+" else "+"


def _insertion(press: str, what: str) -> Key:
    return Key(press, f"insert-{press}", f"put in {what}", "Inserting", INSERT)


def _suggestion(number: int) -> Key:
    return Key(str(number), f"take-{number}", f"put in its suggestion {number}", "Flags", OUTSIDE)


KEYS = (
    Key("Control+Enter", "save-next", "save and go to the next segment; unchanged text is confirmed as right", "Saving"),
    Key("Control+Shift+Enter", "save-flagged", "save and go to the next segment with open flags", "Saving"),
    Key("Control+Alt+Enter", "save", "save and stay", "Saving"),
    Key("Alt+ArrowDown", "next", "go to the next segment without saving (the draft is kept)", "Moving"),
    Key("Alt+ArrowUp", "previous", "go to the previous segment without saving (the draft is kept)", "Moving"),
    Key("j", "next", "next segment", "Moving", OUTSIDE),
    Key("k", "previous", "previous segment", "Moving", OUTSIDE),
    Key("g", "go-to", "go to a segment by its number", "Moving", OUTSIDE),
    Key("a", "article", "the article as it will be published, and back", "Moving", OUTSIDE),
    Key("Alt+Shift+F9", "article", "the article as it will be published, and back", "Moving"),
    Key("Escape", "leave", "leave the text for the keys without Ctrl; from elsewhere, go back to the text", "Moving"),
    Key("Enter", "write", "go back to the text", "Moving", OUTSIDE),
    Key("F8", "next-flag", "go to the next flag", "Flags"),
    Key("Shift+F8", "previous-flag", "go to the previous flag", "Flags"),
    Key("ArrowDown", "next-flag", "next flag", "Flags", OUTSIDE),
    Key("ArrowUp", "previous-flag", "previous flag", "Flags", OUTSIDE),
    Key("F2", "accept", "put in the first suggestion of the flag you are at", "Flags"),
    *(_suggestion(number) for number in range(1, 5)),
    Key("Control+.", "suggestions", "go to the suggestions of the flag; Enter puts one in, Esc goes back", "Flags"),
    Key("Delete", "dismiss-here", "dismiss this flag", "Flags", FLAGS),
    Key("Shift+F2", "dismiss", "dismiss the flag you are at", "Flags"),
    Key("Alt+Shift+F8", "dismiss-next", "dismiss it and go on to the next flag, in the next segment if need be", "Flags"),
    Key("d", "dismiss-next", "dismiss it and go on to the next flag", "Flags", OUTSIDE),
    Key("Control+Shift+F2", "dismiss-batch", "dismiss it everywhere in this batch: this check on this text", "Flags"),
    Key("Alt+Shift+F2", "dismiss-always", "dismiss it always, in later batches too", "Flags"),
    Key("Control+Shift+F8", "undo-dismissal", "take the last dismissal back", "Flags"),
    Key("Control+F8", "propagate", "correct the segments with the same machine text too; again: take it back", "Batch"),
    Key("p", "propagate", "correct the segments with the same machine text too", "Batch", OUTSIDE),
    Key("Shift+F4", "concordance", "where the selected word stands in all batches, and what became of it", "Batch"),
    Key("Control+Shift+F7", "mark", "mark the selected words as an error, or go to what might be marked", "Errors"),
    Key("e", "mark", "mark the selected words as an error", "Errors", OUTSIDE),
    Key("s", "score", "score the machine’s translation, 0 to 100", "Errors", OUTSIDE),
    Key("Control+F9", "insert", "the list of what to insert: numbers and names of the source, dashes, marks", "Inserting"),
    Key("i", "insert", "the list of what to insert", "Inserting", OUTSIDE),
    *(_insertion(str(number), f"the source’s number or name {number}") for number in range(1, 10)),
    *(_insertion(*one) for one in (("n", "an en dash"), ("m", "an em dash"), ("q", "an opening quotation mark"), ("w", "a closing quotation mark"), ("s", "a non-breaking space"))),
    Key("Control+Shift+F9", "add-term", "add what is selected in source and text to the term list", "Inserting"),
    Key("t", "add-term", "add what is selected in source and text to the term list", "Inserting", OUTSIDE),
    Key("l", "layout", "texts side by side or stacked", "Reading", OUTSIDE),
    Key("r", "differences", "show differences: from the reference, from other systems, none", "Reading", OUTSIDE),
    Key("c", "columns", "show the other systems beside this one, or hide them", "Reading", OUTSIDE),
    Key("Control+F2", "comment", "write a comment; it is saved with the text, or added by its button", "Together"),
    Key("n", "comment", "write a comment", "Together", OUTSIDE),
    Key("v", "second-review", "second review: machine, first correction and text as it stands", "Together", OUTSIDE),
    Key("?", "keys", "this list", "Reading", OUTSIDE),
)  # fmt: skip
