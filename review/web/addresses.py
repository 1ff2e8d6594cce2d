"""Numbers in addresses: as large as the database's and no larger."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map


class Number(IntegerConverter):
    """A whole number that fits an id column; anything else is no page of ours."""

    def __init__(self, map: Map, **more: Any) -> None:
        super().__init__(map, max=2**31 - 1, **more)


def install(app: Flask) -> None:
    """Use it for every `<int:…>`."""
    app.url_map.converters["int"] = Number
