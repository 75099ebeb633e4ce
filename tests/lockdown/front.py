"""A server in front of a kiosk that changes its pages: as a fault would, or to look into them."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

WHITE = b"<style>#kiosk { display: none !important }</style>"
TOLD = "/told/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Front

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # a browser that was killed
            return

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes) -> None:
        if "Upgrade" in self.headers:  # a socket of Streamlit: the screen does without
            self.send_error(503)
            return
        if self.path.startswith(TOLD):
            self.server.told.append(unquote(self.path.removeprefix(TOLD)))
            self._answer(204, [], b"")
            return
        if self.path in self.server.own:
            self._answer(200, [("Content-Type", "text/javascript")], self.server.own[self.path])
            return
        line = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        line.request(self.command, self.path, body or None, headers)
        reply = line.getresponse()
        data = reply.read()
        if self.path == "/":
            data = data.replace(b"</title>", b"</title>" + self.server.added(), 1)
        self._answer(reply.status, reply.getheaders(), data)
        line.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Front(ThreadingHTTPServer):
    """behind: the port of the kiosk. first, each: what is added to the head of its first page,
    and of each. own: scripts by their path. told: what they told under `/told/`.
    """

    daemon_threads = True

    def __init__(
        self,
        behind: int,
        *,
        first: bytes = b"",
        each: bytes = b"",
        own: Mapping[str, bytes] | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.first, self.each, self.own = first, each, dict(own or {})
        self.pages = 0
        self.told: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def added(self) -> bytes:
        """Return what is added to the page that is given now."""
        self.pages += 1
        return self.each + (self.first if self.pages == 1 else b"")

    def close(self) -> None:
        """End it."""
        self.shutdown()
        self.server_close()
