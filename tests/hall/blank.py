"""A server in front of a kiosk that makes the first page white: all is there, nothing is drawn."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WHITE = b"<style>#kiosk { display: none !important }</style>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BlankFirst

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes) -> None:
        if "Upgrade" in self.headers:  # a socket of Streamlit: the screen does without
            self.send_error(503)
            return
        line = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        line.request(self.command, self.path, body or None, headers)
        reply = line.getresponse()
        data = reply.read()
        if self.path == "/" and not self.server.whitened:
            self.server.whitened = True
            data = data.replace(b"</title>", b"</title>" + WHITE, 1)
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        line.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class BlankFirst(ThreadingHTTPServer):
    """whitened: the first page was given. behind: the port of the kiosk."""

    daemon_threads = True

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.whitened = False
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()
