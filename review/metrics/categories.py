"""The kinds of error that people mark, and what each weighs: MQM's core, or a team's own table."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from review.errors import BadInput
from review.model import Severity

NEUTRAL = "neutral"  # of a mark that is a remark, not an error
SEVERITIES = (NEUTRAL, *(severity.value for severity in Severity))

_DEFAULT = Path(__file__).parent / "categories.tsv"
_COLUMNS = ["category", "title", *SEVERITIES]
_LONGEST_ID = 60  # as the database holds it
_MOST = 500
_SYNONYMS = {"linguistic-conventions": "fluency", "locale-conventions": "locale-convention"}


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of error. `id` is "dimension" or "dimension/type"; `weights` are penalties by severity."""

    id: str
    title: str
    weights: Mapping[str, float]

    @property
    def dimension(self) -> str:
        return self.id.partition("/")[0]

    @property
    def is_dimension(self) -> bool:
        return "/" not in self.id


@dataclass(frozen=True)
class Categories:
    """All kinds of error, in the order of their table."""

    all: tuple[Category, ...]

    @cached_property
    def by_id(self) -> dict[str, Category]:
        return {category.id: category for category in self.all}

    def find(self, category_id: str) -> Category:
        """The category of that id, or BadInput."""
        if category_id not in self.by_id:
            raise BadInput(f"There is no kind of error “{category_id[:60]}”; choose one of the list.")
        return self.by_id[category_id]

    def nearest(self, category_id: str) -> Category:
        """The category that comes nearest to one of another table: itself, its dimension, or the last one."""
        dimension, _, kind = category_id.partition("/")
        dimension = _SYNONYMS.get(dimension, dimension)
        tried = (category_id, f"{dimension}/{kind}", dimension)
        return next((self.by_id[name] for name in tried if name in self.by_id), self.all[-1])

    def title(self, category_id: str) -> str:
        """As people read it: "Accuracy/Mistranslation"; an id that is no longer in the table as it is."""
        category = self.by_id.get(category_id)
        if category is None:
            return category_id
        above = self.by_id.get(category.dimension)
        return category.title if category.is_dimension or above is None else f"{above.title}/{category.title}"

    def named(self, title: str) -> Category:
        """The category that another tool calls by this title, or the nearest."""
        wanted = _plain(title)
        for category in self.all:
            if wanted in (_plain(self.title(category.id)), _plain(category.id)):
                return category
        return self.nearest("/".join(_plain(part) for part in title.split("/", 1)))

    def penalty(self, category_id: str, severity: str) -> float:
        """What an error weighs; one whose category is no longer in the table as the nearest."""
        return self.nearest(category_id).weights[severity]

    def groups(self) -> list[tuple[Category, tuple[Category, ...]]]:
        """The dimensions, each with its types."""
        return [
            (top, tuple(c for c in self.all if c.dimension == top.id and not c.is_dimension))
            for top in self.all
            if top.is_dimension
        ]


def read_categories(path: Path | None = None) -> Categories:
    """The categories of a TSV file, or those that come with Tarkka; BadInput names the line that is wrong."""
    path = path or _DEFAULT
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The table of categories {path} cannot be read ({_why(error)}).") from None
    rows = csv.reader(text.splitlines(), dialect="excel-tab", quoting=csv.QUOTE_NONE)
    found = tuple(_categories(rows, path.name))
    if not found:
        raise BadInput(f"{path.name}: there is no category under the header.")
    return Categories(found)


def _categories(rows: Iterator[list[str]], name: str) -> Iterator[Category]:
    seen: set[str] = set()
    for line, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if line == 1 and cells != _COLUMNS:
            raise BadInput(f"{name}, line 1: a header with {', '.join(_COLUMNS)} belongs here.")
        if line == 1 or not any(cells):
            continue
        category = _category(cells, f"{name}, line {line}")
        if category.id in seen:
            raise BadInput(f"{name}, line {line}: the category “{category.id}” stands there already.")
        if not category.is_dimension and category.dimension not in seen:
            raise BadInput(f"{name}, line {line}: “{category.dimension}” must stand above “{category.id}”.")
        seen.add(category.id)
        if len(seen) > _MOST:
            raise BadInput(f"{name}: more than {_MOST} categories are more than anybody chooses from.")
        yield category


def _category(cells: list[str], place: str) -> Category:
    if len(cells) != len(_COLUMNS):
        raise BadInput(f"{place}: {len(cells)} cells under a header of {len(_COLUMNS)}.")
    category_id, title, *weights = cells
    if not category_id or len(category_id) > _LONGEST_ID or category_id.count("/") > 1 or not title:
        raise BadInput(f"{place}: a category is “dimension” or “dimension/type”, with a title.")
    try:
        numbers = [float(weight) for weight in weights]
    except ValueError:
        numbers = [math.nan]
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        raise BadInput(f"{place}: the four weights are numbers from 0 on, such as 0.1 or 25.")
    return Category(category_id, title, dict(zip(SEVERITIES, numbers, strict=True)))


def _plain(name: str) -> str:
    """A name without what tools spell differently: "Non-translation!" is "non-translation"."""
    return name.strip().rstrip("!").removesuffix("/-").casefold().replace(" ", "-")


def _why(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "no access" if isinstance(error, OSError) else "it is not UTF-8"
