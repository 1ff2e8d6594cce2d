"""Attempts to sign in are counted one after the other, however many come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from review.settings import Settings
from review.store.attempts import begin_attempt, forget_attempts
from review.store.engine import open_store


def test_of_many_attempts_at_once_only_so_many_are_let_through(settings: Settings) -> None:
    engine = open_store(settings)

    def attempt(number: int) -> bool:
        limits = {"within": timedelta(minutes=15), "per_name": 5, "per_address": 20}
        return begin_attempt(engine, "aino", f"192.0.2.{number}", **limits)  # type: ignore[arg-type]

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(40))) == 5
    for number in range(40):
        forget_attempts(engine, "aino", f"192.0.2.{number}")
    assert attempt(1)
