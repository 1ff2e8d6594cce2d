"""Runs the server and its worker. In local mode one command starts both and they end together."""

import logging
import os
import signal
import subprocess
import sys
import threading
from ipaddress import ip_address
from typing import Any

from review.errors import BadInput
from review.settings import Settings

THREADS = 8
_BELIEVED = {"x-forwarded-for", "x-forwarded-proto"}


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted; without accounts on a loopback address only. BadInput for a port in use."""
    if not settings.accounts and not _is_loopback(host):
        raise BadInput(
            f"{host} can be reached from other machines, and nobody has to sign in: "
            "serve on 127.0.0.1, or have people sign in with TARKKA_ACCOUNTS=on, see docs/teams.md."
        )
    from waitress import create_server  # type: ignore[import-untyped]

    from app import create_app

    _log()
    app = create_app(settings)
    limits: dict[str, Any] = {"threads": THREADS, "max_request_body_size": settings.max_upload}
    if settings.trusted_proxy:
        limits |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _BELIEVED}
    try:
        server = create_server(app, host=host, port=port, ident="tarkka", **limits)
    except OSError as error:
        raise BadInput(f"Port {port} of {host} cannot be used ({error.strerror}): choose another.") from None
    app.extensions["tarkka"].queue.resume()
    worker = subprocess.Popen(
        [sys.executable, "-m", "review", "worker", "--until-eof"], stdin=subprocess.PIPE
    )
    print(f"Tarkka is at http://{host}:{server.effective_port} (Ctrl+C ends it)", flush=True)
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        server.run()
    finally:
        worker.terminate()
        worker.wait()


def work(settings: Settings, until_eof: bool) -> None:
    """Do jobs until interrupted, or until standard input is closed: the server that started us is gone."""
    from review.jobs.queue import JobQueue
    from review.store.engine import open_store

    _log()
    if until_eof:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    JobQueue(settings, open_store(settings)).work()


def _end_with_stdin() -> None:
    while os.read(sys.stdin.fileno(), 4096):  # not through Python's buffer, whose lock would outlive us
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("huey", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
