"""Puts templates together from their parts when they are read, and not again for each page."""

import re

from flask import Flask
from jinja2.ext import Extension

# With the spaces and the line end around it that Jinja would drop as well.
_INCLUDE = re.compile(r'(?:^[ \t]+)?\{% include "([^"]+)" %\}\n?', re.MULTILINE)


class Parts(Extension):
    """`{% include "…" %}` becomes what that file holds: to include while drawing takes longer than to draw."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with all its parts in it."""
        return _INCLUDE.sub(lambda found: self._part(found[1]), source)

    def _part(self, name: str) -> str:
        loader = self.environment.loader
        assert loader
        return self.preprocess(loader.get_source(self.environment, name)[0].removesuffix("\n"), name)


def install(app: Flask) -> None:
    """Have all templates read so."""
    app.jinja_env.add_extension(Parts)
