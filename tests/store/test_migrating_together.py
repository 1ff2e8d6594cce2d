"""Servers and workers that start at the same moment on a database without tables."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from review.settings import Settings
from review.store.engine import open_store
from review.store.health import is_current
from tests import databases


@pytest.mark.slow
def test_one_makes_the_tables_and_the_others_wait(tmp_path: Path) -> None:
    url = ""
    if databases.SERVER:
        databases.run("DROP DATABASE IF EXISTS tarkka_together WITH (FORCE)")
        databases.run("CREATE DATABASE tarkka_together")
        url = databases.address("tarkka_together")
    settings = Settings(instance=tmp_path, database_url=url)
    with ThreadPoolExecutor(4) as starting:
        engines = list(starting.map(open_store, [settings] * 4))
    assert all(is_current(engine) for engine in engines)
    for engine in engines:
        engine.dispose()
