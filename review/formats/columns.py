"""What the columns of a table hold: found by their header, or said by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.errors import BadInput

# What a column may be, with its title for people; "" is left out.
ROLES: Mapping[str, str] = {
    "": "left out",
    "source": "source",
    "hypothesis": "machine translation",
    "reference": "reference",
    "document": "document",
    "notes": "notes",
    "id": "id, must not come twice",
    "system": "name of the system",
}
_NAMES: Mapping[str, str] = {
    "source": "source|src|source text|source segment|source language text|original|original text|"
    "lähde|lähdeteksti|lähtöteksti|alkuteksti|lähdesegmentti|alkuperäinen",
    "hypothesis": "hypothesis|hyp|target|tgt|target text|target segment|translation|translated text|mt|mt output|"
    "machine translation|output|raw mt|mt text|käännös|konekäännös|kohde|kohdeteksti|kohdesegmentti|kone",
    "reference": "reference|ref|reference translation|human translation|gold|post edit|postedit|pe|"
    "referenssi|vertailu|vertailukäännös|mallikäännös|ihmiskäännös",
    "document": "document|doc|doc id|docid|document id|document name|file|filename|file name|dokumentti|"
    "asiakirja|tiedosto",
    "notes": "notes|note|comment|comments|remark|remarks|context|description|developer comments|instructions|"
    "huomautus|huomautukset|huomio|kommentti|kommentit|konteksti|ohje",
    "id": "id|segment|segment id|seg|seg id|segid|segment number|key|string id|unit id|no|nr|nro|tunniste|"
    "segmentti|avain|numero",
    "system": "system|mt system|engine|mt engine|system name|järjestelmä|kone nimi",
    # What review made of the text, in our own exports: the machine's text is imported.
    "": "correction|status|corrected|korjaus|tila",
}
HEADERS = {name: role for role, names in _NAMES.items() for name in names.split("|")}
_LONGEST = 60  # characters of a header's cell


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is; a hypothesis may have the name of its system."""

    role: str
    name: str = ""


def known_columns(header: Sequence[str]) -> list[Column] | None:
    """What each column is by its header; None where no column is a machine translation."""
    if any(len(cell) > _LONGEST for cell in header):
        return None
    columns = likely_columns(header)
    return columns if any(column.role == "hypothesis" for column in columns) else None


def likely_columns(header: Sequence[str]) -> list[Column]:
    """What each column is as far as its header says so."""
    return [_column(cell) for cell in header]


def _column(cell: str) -> Column:
    plain = " ".join(re.sub(r"[\W_]+", " ", cell.casefold()).split())
    if plain in HEADERS:
        return Column(HEADERS[plain])
    if re.fullmatch(r"(?:\D+) ?\d+", plain) and (role := HEADERS.get(plain.rstrip(" 0123456789"))):
        return Column(role, cell.strip() if role == "hypothesis" else "")
    first, _, rest = cell.strip().partition(" ")
    if rest and HEADERS.get(first.casefold().rstrip(":")) == "hypothesis":
        return Column("hypothesis", rest.strip("() "))
    return Column("")


def chosen_columns(told: str, header: Sequence[str]) -> tuple[list[Column], bool]:
    """What "source=1,hypothesis=2" says of a table that begins with this row, and whether that is a header.

    A column is told by its number, or by its header; a hypothesis's system as in "hypothesis:NAME=2".
    """
    columns = [Column("") for _ in header]
    by_name = False
    for part in told.split(","):
        what, equals, where = part.strip().partition("=")
        role, _, name = what.strip().partition(":")
        if not equals or role not in ROLES or not role:
            raise BadInput(f"--columns takes source=1,hypothesis=2 and the like, not {part.strip()!r}.")
        named = where.strip() in [cell.strip() for cell in header]
        by_name = by_name or (named and not where.strip().isdigit())
        columns[_place(where.strip(), header)] = Column(role, name)
    return checked(columns), by_name or known_columns(header) is not None


def _place(where: str, header: Sequence[str]) -> int:
    cells = [cell.strip() for cell in header]
    if where.isascii() and where.isdigit() and 1 <= int(where) <= len(header):
        return int(where) - 1
    if where in cells:
        return cells.index(where)
    raise BadInput(f"There is no column “{where}”; the first row has {len(header)} cells: {_shown(cells)}.")


def checked(columns: Sequence[Column]) -> list[Column]:
    """The columns; BadInput where no table can be read so."""
    roles = [column.role for column in columns]
    if "hypothesis" not in roles:
        raise BadInput("No column is said to be the machine translation; choose at least one.")
    for role in ("source", "document", "id", "system"):
        if roles.count(role) > 1:
            raise BadInput(f"Two columns are said to be the {role}; choose one.")
    return list(columns)


def unknown(header: Sequence[str], place: str) -> BadInput:
    """That nothing in the header says which column is the machine translation."""
    return BadInput(
        f"{place}: no header says which column is the machine translation ({_shown(header)}); "
        "say so with --columns source=1,hypothesis=2, say."
    )


def _shown(cells: Sequence[str]) -> str:
    some = ", ".join(cell.strip()[:20] or "(empty)" for cell in cells[:6])
    return some + (", …" if len(cells) > 6 else "")
