"""Runs the server and its worker. On one machine one command starts both and they end together."""

import logging
import os
import signal
import subprocess
import sys
import threading
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from review import logs
from review.errors import BadInput, Busy
from review.settings import Settings

if TYPE_CHECKING:
    from review.jobs.queue import JobQueue

log = logging.getLogger(__name__)

THREADS = 8
_BELIEVED = {"x-forwarded-for", "x-forwarded-proto"}
_GIVES_WAY = 10  # of 19: what is done in the background never holds a page back
_PAUSE = 1.0  # seconds before a worker that died is replaced: one that cannot start must not spin


def serve(settings: Settings, host: str, port: int, with_worker: bool) -> None:
    """Serve until interrupted; without accounts on a loopback address only. BadInput for a port in use."""
    _check_reach(settings, host)
    from app import create_app

    logs.set_up(settings.log)
    app = create_app(settings)
    limits: dict[str, Any] = {"threads": THREADS, "max_request_body_size": settings.max_upload}
    if settings.trusted_proxy:
        limits |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _BELIEVED}
    server = _server(app, host, port, **limits)
    worker = Worker(app.extensions["tarkka"].queue) if with_worker else None
    print(f"Tarkka is at http://{host}:{server.effective_port} (Ctrl+C ends it)", flush=True)
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        server.run()
    finally:
        if worker:
            worker.stop()


def _check_reach(settings: Settings, host: str) -> None:
    if not settings.accounts and not _is_loopback(host):
        raise BadInput(
            f"{host} can be reached from other machines, and nobody has to sign in: "
            "serve on 127.0.0.1, or have people sign in with TARKKA_ACCOUNTS=on, see docs/teams.md."
        )


def _server(app: Any, host: str, port: int, **limits: Any) -> Any:
    from waitress import create_server  # type: ignore[import-untyped]

    try:
        return create_server(app, host=host, port=port, ident="tarkka", **limits)
    except OSError as error:
        raise BadInput(f"Port {port} of {host} cannot be used ({error.strerror}): choose another.") from None


class Worker:
    """The worker beside the server; where it dies, what it left is handed over again and another one started."""

    def __init__(self, queue: "JobQueue") -> None:
        self._queue = queue
        self._ending = threading.Event()
        self._start()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def stop(self) -> None:
        """End it, and start no other."""
        self._ending.set()
        self._process.terminate()
        self._watching.join()

    def _start(self) -> None:
        self._queue.resume()
        command = [sys.executable, "-m", "review", "worker", "--until-eof"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE)
        if self._ending.is_set():
            self._process.terminate()

    def _watch(self) -> None:
        while True:
            status = self._process.wait()
            if self._ending.wait(_PAUSE):
                self._process.wait()
                return
            log.warning("the worker ended with status %d: another one is started", status)
            try:
                self._start()
            except Busy as error:  # the database is away too: look again after the next pause
                log.warning("%s", error)


def work(settings: Settings, until_eof: bool, metrics_host: str, metrics_port: int | None) -> None:
    """Do jobs until interrupted, or until standard input is closed: the server that started us is gone."""
    _check_reach(settings, metrics_host)
    from review.jobs.queue import JobQueue
    from review.store.engine import open_store

    os.nice(_GIVES_WAY)
    logs.set_up(settings.log)
    queue = JobQueue(settings, open_store(settings))
    queue.hear()
    if metrics_port is not None:
        from review.watchpost import watchpost

        port = _server(watchpost(settings), metrics_host, metrics_port, threads=1)
        threading.Thread(target=port.run, daemon=True).start()
    if until_eof:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    else:
        queue.resume()  # nobody else does it where no server started us
    queue.work()
    # Where it was not to wait for a job, a thread may be in a library: never take that down under it.
    logging.shutdown()
    os._exit(0)


def _end_with_stdin() -> None:
    while os.read(sys.stdin.fileno(), 4096):  # not through Python's buffer, whose lock would outlive us
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
