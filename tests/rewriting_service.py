"""A real server on this machine that answers as a rewriting service does, or as a test wants it to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """What the server answers, and what it was asked."""

    address: str = ""
    status: int = 200
    body: bytes = b""
    location: str = ""
    silent: bool = False
    release: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def says(self, content: Any) -> None:
        self.body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()

    @property
    def host(self) -> str:
        return self.address.split("/")[2]


@contextmanager
def running_service() -> Iterator[Service]:
    """The service, on a free port, while the test runs."""
    service = Service()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(service)) as server:
        service.address = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield service
        finally:
            service.release.set()
            server.shutdown()
            thread.join()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:  # what a followed redirect would become
            self.answer(b"")

        def answer(self, body: bytes) -> None:
            service.asked.append((self.path, dict(self.headers), body))
            if service.silent:
                service.release.wait(20)
            self.send_response(service.status)
            if service.location:
                self.send_header("Location", service.location)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            self.wfile.write(service.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # whoever asked has gone: that is what some tests are about
                super().handle()

    return Handler
