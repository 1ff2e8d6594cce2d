"""Every refusal a user can meet, with its HTTP status and its exit code."""


class TarkkaError(Exception):
    """Base of all refusals; its text is one sentence for the user."""

    status = 500
    exit_code = 2


class BadInput(TarkkaError):
    """What was given cannot be used; the sentence names the place and what to do."""

    status = 422


class BadFields(BadInput):
    """Fields of a program's request that cannot be used: the place of each, and what is wrong there."""

    def __init__(self, places: list[tuple[str, str]]) -> None:
        told = (
            f"{places[0][0]}: {places[0][1]}" if len(places) == 1 else f"{len(places)} fields cannot be used."
        )
        super().__init__(told)
        self.places = places


class WrongEncoding(BadInput):
    """Bytes that are not text in the encoding they were read with."""

    def __init__(self, message: str, *, name: str, data: bytes) -> None:
        super().__init__(message)
        self.name = name
        self.data = data


class UnequalParagraphs(BadInput):
    """A source or reference (`other` says which) that does not pair up with the translation."""

    def __init__(self, message: str, *, other: str) -> None:
        super().__init__(message)
        self.other = other


class NotFound(TarkkaError):
    """No such batch, system or segment for this reviewer."""

    status = 404


class Conflict(TarkkaError):
    """A save made on a version that is no longer the current one."""

    status = 409

    def __init__(
        self, message: str, *, yours: str, theirs: str, merged: str | None, version: int, language: str
    ) -> None:
        super().__init__(message)
        self.yours = yours
        self.theirs = theirs
        self.merged = merged  # with both changes, None where they collide
        self.version = version
        self.language = language  # of the texts


class TooLarge(TarkkaError):
    """Over a limit that a setting names."""

    status = 413


class Busy(TarkkaError):
    """The database or the queue did not answer in time; trying again may help."""

    status = 503


class NoAnswer(TarkkaError):
    """A service outside Tarkka did not give what it was asked for; the sentence names its host."""

    status = 503


class MissingPart(TarkkaError):
    """An optional part is not installed or is damaged; the sentence says how to get it."""

    status = 503


class NotSignedIn(TarkkaError):
    """A token that signs nobody in."""

    status = 401


class NotAllowed(TarkkaError):
    """A role that does not suffice; the sentence names the one that is needed."""

    status = 403


class TooOften(TarkkaError):
    """Tried too many times of late; the sentence says when to try again."""

    status = 429
