"""What a file's name and its languages' codes say."""

from pathlib import PurePosixPath, PureWindowsPath


def path_of(name: str) -> PurePosixPath:
    """A file's name as a path, whichever way its slashes lean."""
    return PurePosixPath(PureWindowsPath(name).as_posix())


def label_of(name: str) -> str:
    """A file's name without folders, suffix and a leading "sys.": what a system is called after."""
    base = path_of(name).name
    return (base.rpartition(".")[0] or base).removeprefix("sys.") or "system"


def language_of(code: str | None) -> str:
    """The ISO 639-1 code of a language tag such as en-GB or fi_FI, "" where it has none."""
    primary = (code or "").strip().replace("_", "-").partition("-")[0].lower()
    return primary if len(primary) == 2 and primary.isalpha() else ""
