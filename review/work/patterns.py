"""What a reviewer looks for and puts instead: words or a regular expression, bounded in time."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import regex

from review.errors import BadInput
from review.formats.guard import check_characters

_LONGEST = 1000  # characters of an expression or a replacement
_ONE_TEXT = 0.5  # s that an expression may take on one text
_ALL_TEXTS = 5.0  # s that it may take on all of them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for, how, and what to put instead."""

    find: str
    put: str = ""
    case: bool = False
    word: bool = False
    expression: bool = False


class Finder:
    """Finds and replaces in one text after another; BadInput for an expression that is wrong or too slow."""

    def __init__(self, wanted: Wanted) -> None:
        for text in (wanted.find, wanted.put):
            check_characters(text, "What to look for and to put")
            if len(text) > _LONGEST:
                raise BadInput(f"What to look for and to put may have {_LONGEST:,} characters each.")
        if not wanted.find:
            raise BadInput("Say what to look for.")
        self._put: Any = wanted.put if wanted.expression else lambda _: wanted.put
        self._left = _ALL_TEXTS
        self._pattern = _compiled(wanted)

    def found(self, text: str) -> bool:
        """Whether it stands in the text."""
        return bool(self._bounded(self._pattern.search, text))

    def replaced(self, text: str) -> str:
        """The text with the replacement put in everywhere."""
        try:
            return str(self._bounded(self._pattern.sub, self._put, text))
        except (regex.error, IndexError) as error:
            raise BadInput(f"The replacement cannot be used: {error}. A backslash itself is \\\\.") from None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands; what matches no character is left out."""
        found = self._bounded(lambda text, **bounds: list(self._pattern.finditer(text, **bounds)), text)
        return [match.span() for match in found if match.end() > match.start()]

    def _bounded(self, act: Any, *given: str) -> Any:
        """Do it within the time that is left, other threads running on meanwhile."""
        begun = perf_counter()
        try:
            return act(*given, timeout=min(_ONE_TEXT, max(self._left, 0.001)), concurrent=True)
        except TimeoutError:
            raise BadInput(
                "This expression takes too long on these texts; make it simpler, above all a repetition "
                "inside a repetition."
            ) from None
        finally:
            self._left -= perf_counter() - begun


def _compiled(wanted: Wanted) -> Any:
    source = wanted.find if wanted.expression else regex.escape(wanted.find, special_only=True)
    if wanted.word:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        return regex.compile(source, 0 if wanted.case else regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError) as error:
        raise BadInput(f"This is no regular expression: {error}.") from None
