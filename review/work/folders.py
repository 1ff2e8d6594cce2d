"""A folder of files that belong together: the source, references and every system of a test set, told by their names."""

import re
from collections.abc import Sequence

from review.errors import BadInput
from review.formats.guard import Limits
from review.formats.naming import path_of
from review.formats.wmt import role_of
from review.work.aligning import read_aligned
from review.work.intake import Given, Intake

# A part of a file's name, or the folder's that it lies in, as test sets are packed.
_ROLES = (
    ("source", re.compile(r"src|sources?", re.IGNORECASE)),
    ("reference", re.compile(r"ref[a-z]?|references?", re.IGNORECASE)),
    ("documents", re.compile(r"docs?|docids?|documents?", re.IGNORECASE)),
)
_OTHER = re.compile(r"(?:readme|licen[cs]e|changelog|\.).*|.*\.(?:md|tsv|csv|json|py|sh)", re.IGNORECASE)


def read_folder(files: Sequence[Given], limits: Limits, encoding: str | None = None) -> Intake:
    """The files of a folder as one import; BadInput where no translation is among them.

    A file is the source, a reference or the documents' ids where a part of its name or its folder's says so
    (source.fi, newstest-fien-ref.en.sgm, references/a.txt) or, in SGML, its content does; any other is a system,
    named by what its name has of its own. Readmes, tables and scripts are passed over.
    """
    by_role: dict[str, list[Given]] = {"source": [], "reference": [], "documents": [], "system": []}
    for given in sorted(files, key=lambda given: given.name):
        if not _OTHER.fullmatch(path_of(given.name).name):
            by_role[_role(given)].append(given)
    systems = by_role["system"]
    if not systems:
        raise BadInput(
            "No file here is a translation, by its name: give them one by one with --hypothesis, --source and "
            "--reference."
        )
    for role in ("source", "documents"):
        if len(by_role[role]) > 1:
            names = ", ".join(path_of(given.name).name for given in by_role[role])
            raise BadInput(f"Several files seem to be the {role}: {names}. Name one with --{role}.")
    source, documents = (next(iter(by_role[role]), None) for role in ("source", "documents"))
    named = list(zip(_own_names([given.label for given in systems]), systems, strict=True))
    return read_aligned(named, source, by_role["reference"], documents, limits=limits, encoding=encoding)


def _role(given: Given) -> str:
    if told := role_of(given.start()):
        return told
    *folders, name = path_of(given.name).parts
    words = [*re.split(r"[._-]", name)[:-1], *folders[-1:]]
    for role, pattern in _ROLES:
        if any(pattern.fullmatch(word) for word in words):
            return role
    return "system"


def _own_names(labels: Sequence[str]) -> list[str]:
    """Labels without the words that all of them begin and end with."""
    words = [re.split(r"(?<=[._-])", label) for label in labels]
    begin = _common(words)
    end = _common([label[begin:][::-1] for label in words])
    own = ["".join(label[begin : len(label) - end]).rstrip("._-") for label in words]
    return own if len(labels) > 1 and all(own) else list(labels)


def _common(words: Sequence[Sequence[str]]) -> int:
    """How many words the shortest list begins with that all the others begin with too."""
    return next(
        (n for n, column in enumerate(zip(*words, strict=False)) if len(set(column)) > 1),
        min(map(len, words)),
    )
