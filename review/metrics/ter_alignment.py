"""The alignment that TER's shifts are chosen by: an edit distance whose rows are bits of integers.

Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003). Of the shortest ways
it takes sacreBLEU's: from the end back, a match or substitution before a hypothesis word too much, that before
a missing one.
"""

from itertools import repeat

_NEVER = 1 << 30  # where no error follows


class Alignment:
    """A hypothesis beside a reference, a character for each word of either.

    Row i is that of the hypothesis' first i words, its bit j - 1 stands for the reference's first j words.
    `places` is where the reference has a word; after `trace`, `target[j]` is how many words of the hypothesis
    are used up by the reference's first j, and `wrong_hypothesis[i]`, `wrong_reference[j]` are the ends of the
    first error at word i, j or after it.
    """

    __slots__ = (
        "_masks",
        "broken",
        "down",
        "falls",
        "missed",
        "places",
        "reference",
        "rises",
        "target",
        "wrong",
    )

    def __init__(self, reference: str) -> None:
        self.reference = reference
        places: dict[str, tuple[int, ...]] = {}
        masks: dict[str, int] = {}
        bit = 1
        for place, word in enumerate(reference):
            if word in masks:
                masks[word] |= bit
                places[word] += (place,)
            else:
                masks[word] = bit
                places[word] = (place,)
            bit += bit
        self.places, self._masks = places, masks
        self.rises = [bit - 1]  # the distance grows with this word of the reference
        self.falls = [0]  # … or sinks
        self.down = [0]  # it grows with this word of the hypothesis
        self.broken = [0]  # neither a match nor a substitution is on a shortest way

    def fill(self, hypothesis: str, unchanged: int = 0) -> None:
        """The rows of a hypothesis, the first words of which are those of the one before.

        Bits above a row's last do no harm: nothing moves down.
        """
        rises, falls, down, broken = self.rises, self.falls, self.down, self.broken
        del rises[unchanged + 1 :], falls[unchanged + 1 :], down[unchanged + 1 :], broken[unchanged + 1 :]
        full = rises[0]
        rise, fall = rises[-1], falls[-1]
        for same in map(self._masks.get, hypothesis[unchanged:], repeat(0)):
            level = (((same & rise) + rise) ^ rise) | same | fall
            higher = fall | (full ^ (level | rise))
            before = higher << 1 | 1
            rise = full & ((level & rise) << 1 | ~(level | before))
            fall = level & before
            rises.append(rise)
            falls.append(fall)
            down.append(higher)
            broken.append(level ^ same)

    def trace(self, hypothesis: str, distance: int) -> None:
        """Follow the way of the hypothesis that the rows were filled for, this far from the reference."""
        reference, broken, down = self.reference, self.broken, self.down
        i, j = len(hypothesis), len(reference)
        target, missed = [0] * (j + 1), [_NEVER] * j
        wrong: list[int] = []
        next_missed = _NEVER
        while distance and i and j:
            last = j - 1
            if not broken[i] >> last & 1:
                target[j] = i
                i -= 1
                if hypothesis[i] != reference[last]:
                    wrong.append(i)
                    next_missed = j
                    distance -= 1
                j = last
                missed[j] = next_missed
            elif down[i] >> last & 1:
                i -= 1
                wrong.append(i)
                distance -= 1
            else:
                target[j] = i
                next_missed = j
                j = last
                missed[j] = next_missed
                distance -= 1
        if distance:  # words are left on one side only, all wrong
            wrong.extend(range(i - 1, -1, -1))
            missed[:j] = range(1, j + 1)
        else:  # what is left is the same
            target[: j + 1] = range(j + 1)
            missed[:j] = [next_missed] * j
        self.target, self.wrong, self.missed = target, wrong, missed
