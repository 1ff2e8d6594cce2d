"""Fits the weights of review/checks/names/weights.tsv: which name a word is a form of.

usage: python bench/train_names.py SET_DIR…   (folders with source.fi, reference.en and sys.NAME.en)

What a word should have been is read off the reference: a word that stands there is right as it is, and
where one of its readings stands there instead, that is the name it was a form of. Words of which neither
holds teach nothing. The human reference counts as one more system, whose words are all right. Weights
are those of a conditional logit with a quadratic penalty, fitted by gradient steps (Adam).
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from review.checks.names.demonyms import is_demonym  # noqa: E402
from review.checks.names.evidence import NameEvidence, SourceHere  # noqa: E402
from review.checks.names.features import around_reading, around_word, of_word  # noqa: E402
from review.checks.names.frequency import english  # noqa: E402
from review.checks.names.mentions import Mention, mentions  # noqa: E402
from review.checks.names.morphology.languages import readings  # noqa: E402
from review.model import Context, Document, Segment  # noqa: E402
from review.text import WORD  # noqa: E402

WEIGHTS = ROOT / "review" / "checks" / "names" / "weights.tsv"
PENALTY = 1.0
STEPS = 800
STRETCH = 50  # segments
LEAKS = (0.0, 0.02, 0.1, 0.3)  # shares of the names that leak in a stretch
COMMON = 4.5  # "Then" is no form of "The"


@dataclass
class Group:
    """One word: the features of each option, and which option is right."""

    options: list[dict[str, float]]
    right: int
    place: tuple[str, int, str]
    weight: float = 1.0


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def right_words(reference: str) -> set[str]:
    found: set[str] = set()
    for match in WORD.finditer(reference):
        word = re.sub(r"['’]s?$", "", match.group()).casefold()
        found.update((word, *re.split(r"[-:]", word)))
    return found


@dataclass
class Set:
    """Line-aligned texts: translations by several systems of one source, and the reference."""

    name: str
    language: str
    sources: list[str]
    references: list[str]
    systems: list[list[str]]
    post_edited: bool = False


def read_set(path: Path) -> Set:
    """A folder with source.XX, reference.en and sys.NAME.en, or a TSV of post-edits named XX-en.*.tsv."""
    if path.is_dir():
        language = next(path.glob("source.*")).suffix[1:]
        systems = [read_lines(system) for system in sorted(path.glob("sys.*.en"))]
        sources, references = read_lines(path / f"source.{language}"), read_lines(path / "reference.en")
        return Set(path.name, language, sources, references, systems)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = ([row[name] for row in rows] for name in ("source", "post_edit", "mt"))
    sources, references, hypotheses = columns
    return Set(path.name, path.name[:2], sources, references, [hypotheses], post_edited=True)


def leak(texts: list[str], given: Set, random: Random) -> list[str]:
    """The texts with some names replaced by the inflected forms that their source has for them.

    Few real systems leak; so do these, in the manner of the weak ones, over whole stretches of text.
    """
    leaked = []
    for n, (text, source) in enumerate(zip(texts, given.sources, strict=True)):
        if n % STRETCH == 0:
            rate = random.choice(LEAKS)
        forms = {
            reading.base: mention.text
            for mention in mentions(source)
            for reading in readings(mention.text, given.language)
        }
        for mention in reversed(mentions(text)):
            form = forms.get(mention.text)
            plural = f"{mention.text}s"  # in Estonian a case, in English more often a plural
            if form and form not in (mention.text, plural) and random.random() < rate:
                text = text[: mention.start] + form + text[mention.end :]
        leaked.append(text)
    return leaked


def groups_of(given: Set, *, sourced: bool) -> Iterator[Group]:
    random = Random(1)
    leaked = [leak(texts, given, random) for texts in given.systems]
    for texts in [*given.systems, given.references, *leaked]:
        segments = [
            Segment(n, text, source if sourced else None)
            for n, (text, source) in enumerate(zip(texts, given.sources, strict=True), start=1)
        ]
        evidence = NameEvidence.of(Document(segments, bounded=False), Context(given.language))
        for segment, reference in zip(segments, given.references, strict=True):
            right = right_words(reference)
            here = SourceHere.of(segment, given.language) if sourced else None
            for mention in mentions(segment.text):
                group = group_of(mention, segment.number, evidence, here, right)
                if group and not (
                    given.post_edited and overlooked(mention, group, given.sources[segment.number - 1])
                ):
                    group.place = (given.name, segment.number, mention.text)
                    yield group


def overlooked(mention: Mention, group: Group, source: str) -> bool:
    """Whether a post-editor may have left a leaked name standing, so that it teaches the wrong thing."""
    known = any(english(reading.base) for reading in readings(mention.text, "et"))
    return not group.right and not english(mention.text) and known and mention.text in source


def group_of(
    mention: Mention, segment: int, evidence: NameEvidence, here: SourceHere | None, right: set[str]
) -> Group | None:
    options = [None, *readings(mention.text, evidence.language)]
    if len(options) == 1 or is_demonym(mention.text):
        return None
    bases = [(option.base if option else mention.text).casefold() for option in options]
    chosen = next((i for i, base in enumerate(bases) if base in right), None)
    if chosen is None or (chosen and english(mention.text) >= COMMON):
        return None
    found = []
    for option in options:
        values = dict(of_word(mention.text, option, evidence.language))
        if option is None:
            values.update(around_word(mention, segment, evidence, here))
        else:
            values.update(around_reading(mention, option, segment, evidence, here))
        found.append({name: value for name, value in values.items() if value})
    return Group(found, chosen, ("", 0, ""))


def weigh(groups: list[Group]) -> None:
    """Systems translate the same words: each place counts by the root of how often it is there."""
    count = Counter(group.place for group in groups)
    for group in groups:
        group.weight = count[group.place] ** -0.5


def fit(groups: list[Group]) -> dict[str, float]:
    """The weights that make the right options likeliest."""
    names = sorted({name for group in groups for option in group.options for name in option})
    column = {name: i for i, name in enumerate(names)}
    rows = [option for group in groups for option in group.options]
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    for r, option in enumerate(rows):
        for name, value in option.items():
            x[r, column[name]] = value
    sizes = np.array([len(group.options) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(groups)), sizes)
    weight = np.array([group.weight for group in groups], dtype=np.float32)
    target = np.zeros(len(rows), dtype=np.float32)
    target[starts + np.array([group.right for group in groups])] = 1
    w = np.zeros(len(names), dtype=np.float32)
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        score = x @ w
        score -= np.maximum.reduceat(score, starts)[owner]
        share = np.exp(score)
        share /= np.add.reduceat(share, starts)[owner]
        slope = x.T @ ((share - target) * weight[owner]) + PENALTY * w
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        rate = 0.05 if step < STEPS * 0.7 else 0.01
        w -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, w.tolist(), strict=True))


def report(groups: list[Group], weights: dict[str, float]) -> str:
    """How often the likeliest option is the right one, of garbled words and of right ones."""
    hits = garbled = alarms = told = 0
    for group in groups:
        scores = np.array([sum(weights.get(n, 0) * v for n, v in o.items()) for o in group.options])
        share = np.exp(scores - scores.max())
        share /= share.sum()
        flagged = share[0] < 0.5
        if group.right:
            garbled += 1
            hits += flagged
            told += bool(flagged and 1 + share[1:].argmax() == group.right)
        else:
            alarms += flagged
    found = f"{garbled} garbled words, found {hits / max(1, garbled):.3f}, rightly {told / max(1, hits):.3f}"
    return f"{found}; {alarms} false alarms on {len(groups) - garbled} right words"


def main() -> None:
    sets = [read_set(Path(arg)) for arg in sys.argv[1:]]
    fitted: dict[str, dict[str, float]] = {}
    for language in dict.fromkeys(given.language for given in sets):
        for sourced in (True, False):
            groups = [g for s in sets if s.language == language for g in groups_of(s, sourced=sourced)]
            weigh(groups)
            column = f"{language} {'with' if sourced else 'without'} source"
            fitted[column] = fit(groups)
            print(f"{column}: {report(groups, fitted[column])}")
    names = sorted({name for column in fitted.values() for name in column})
    lines = [f"# Made by bench/train_names.py from {', '.join(given.name for given in sets)}; see there."]
    lines.append("\t".join(("feature", *fitted)))
    for name in names:
        told = (f"{column[name]:.3f}" if name in column else "" for column in fitted.values())
        lines.append("\t".join((name, *told)))
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
