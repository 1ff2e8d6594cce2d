"""Where in a text something is missing, judged by where the source has it."""

from review.text import words


def gap(text: str, at: int, length: int) -> tuple[int, int] | None:
    """The two words around the place in `text` that is as far along as `at` is in a side of `length`.

    Finnish and English order their clauses alike, so the place is right within a few words. None for a
    text of fewer than two words.
    """
    found = words(text)
    if len(found) < 2:
        return None
    place = round(at / max(1, length) * len(found))
    after = min(max(place, 1), len(found) - 1)
    return found[after - 1].start, found[after].end
