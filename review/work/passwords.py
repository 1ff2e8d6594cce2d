"""Passwords: kept as argon2 hashes, which take a while to make by design."""

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from review.errors import BadInput, MissingPart

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, _LONGEST = 10, 1000  # characters


def make_hash(password: str) -> str:
    """What is kept of a new password; BadInput for one that is too short."""
    if not SHORTEST <= len(password) <= _LONGEST or not password.isprintable():
        raise BadInput(f"A password has {SHORTEST} to {_LONGEST:,} characters, all of which can be seen.")
    return _hasher().hash(normalize("NFC", password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; without one (None) it takes as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobodys(), normalize("NFC", password[: _LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody’s password")


@cache
def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher
    except ModuleNotFoundError:
        raise MissingPart(
            "The package argon2-cffi is not installed, which accounts need: "
            "`pip install -r requirements-team.txt`."
        ) from None
    return PasswordHasher()


def get_ready() -> None:
    """Have all at hand, so that the first sign-in takes as long as any; MissingPart without argon2."""
    _nobodys()
