"""Numbers written as words, in English, Finnish and Estonian, read by their parts."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from review.checks.numbers.spelled_english import english
from review.checks.numbers.spelled_estonian import estonian
from review.checks.numbers.spelled_finnish import finnish

SPELLED: dict[str, Callable[[str], Iterator[Decimal]]] = {"en": english, "et": estonian, "fi": finnish}
