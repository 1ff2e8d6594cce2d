"""Templates' own `url_for` gives what Flask's gives."""

from typing import Any

import pytest
from flask import Flask, url_for

from review.web.addresses import address

ADDRESSES: list[tuple[str, dict[str, Any]]] = [
    ("home.start", {}),
    ("static", {"filename": "js/review.js"}),
    ("batches.show", {"batch_id": 1, "done": 1}),
    ("batches.show", {"batch_id": 1, "system": None, "check": "name-ending", "q": "50 % of “äö” & more"}),
    ("segments.show", {"batch_id": 2, "number": 30, "system": 2, "q": "%d %(number)d"}),
    ("segments.show", {"number": 30, "batch_id": 2}),
    ("segments.show", {"batch_id": 2, "number": 2, "_anchor": "comments"}),
    ("checks.show", {"check_id": "name-ending"}),
]


@pytest.mark.parametrize("root", ["", "/tarkka"])
@pytest.mark.parametrize(("endpoint", "values"), ADDRESSES)
def test_addresses_are_those_of_flask(app: Flask, endpoint: str, values: dict[str, Any], root: str) -> None:
    for more in range(3):
        numbered = {n: v + more if isinstance(v, int) else v for n, v in values.items()}
        with app.test_request_context("/", base_url=f"http://localhost{root}"):
            assert address(endpoint, **numbered) == url_for(endpoint, **numbered)
