"""A bar on the terminal for what takes longer than two seconds."""

import sys
import time

import click

_PATIENCE = 2.0  # seconds until progress is shown
_WIDTH = 30


class Bar:
    """A bar on standard error once somebody has waited; gone when all is done. A file gets none."""

    def __init__(self) -> None:
        self._started, self._shown = time.monotonic(), False

    def show(self, done: int, steps: int) -> None:
        """Say how many steps are done."""
        if not sys.stderr.isatty():
            return
        if done < steps and time.monotonic() - self._started > _PATIENCE:
            width = _WIDTH * done // steps
            filled = f"[{'#' * width}{'.' * (_WIDTH - width)}]"
            click.echo(f"\r{filled} {done:,} of {steps:,}", nl=False, err=True)
            self._shown = True
        elif self._shown:
            click.echo("\r\033[K", nl=False, err=True)
