"""Guesses which language a text is in (py3langid), and names languages for people (Babel)."""

from functools import cache

# The languages that a newsroom around the Baltic meets; a guess among these is right far more often
# than one among all ninety-seven that the model knows.
KNOWN = ("en", "fi", "sv", "et", "de", "ru", "uk", "fr", "es", "no", "da", "lv", "lt", "pl", "nl", "it")
_ENOUGH = 4000
_TOO_LITTLE = 60  # characters


def guess_language(text: str, if_short: str = "") -> str:
    """The ISO 639-1 code of the likeliest language of `text`; of a few words no guess is made."""
    if len(text) < _TOO_LITTLE and if_short:
        return if_short
    import py3langid  # heavy: half a second

    _limit()
    return str(py3langid.classify(text[:_ENOUGH])[0])


@cache
def _limit() -> None:
    import py3langid

    py3langid.set_languages(list(KNOWN))


@cache
def language_name(code: str) -> str:
    """The English name of a language, or the code where it has none."""
    from babel import Locale

    return Locale("en").languages.get(code, code) if code else "unknown"
