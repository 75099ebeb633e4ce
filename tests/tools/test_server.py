"""The server helper itself: it waits, restarts, and leaves nothing behind.

A small program stands for the kiosk here, since it must misbehave on purpose. tests/cli and
tests/screen use the helper with the real command.
"""

from __future__ import annotations

import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.server import KioskServer
from tests.tools.waiting import wait_until

PROGRAM = """
import http.server, os, subprocess, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
print("hello", file=sys.stderr, flush=True)
if os.environ.get("LEAVES"):
    forever = "import signal; signal.pause()"
    subprocess.Popen([sys.executable, "-c", forever], start_new_session=True)
if os.environ.get("FALLS"):
    sys.exit("I fell")
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 404)
        self.end_headers()
try:
    http.server.HTTPServer(("127.0.0.1", port), Ready).serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
"""


def start(folder: Path, **environment: str) -> KioskServer:
    command = [sys.executable, "-c", PROGRAM]
    return KioskServer(folder, folder / "data", environment=environment, command=command)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KioskServer]:
    started = start(tmp_path)
    yield started
    started.close()


def test_a_started_kiosk_is_ready_and_stops_by_interrupt(server: KioskServer) -> None:
    with urllib.request.urlopen(f"{server.url}/ready") as answer:
        assert answer.status == 200
    assert "hello" in server.stderr_text()
    assert server.left_behind() == [server.pid]
    assert server.stop() == 0
    assert server.left_behind() == []


def test_a_killed_kiosk_starts_again_at_the_same_address(server: KioskServer) -> None:
    first, address = server.pid, server.url
    server.kill9()
    server.restart()
    assert server.url == address
    assert server.pid != first
    with urllib.request.urlopen(f"{address}/ready") as answer:
        assert answer.status == 200


def test_a_kiosk_that_ends_at_once_fails_with_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="exit code 1") as failure:
        start(tmp_path, FALLS="yes")
    assert any("I fell" in note for note in failure.value.__notes__)


def test_a_helper_that_outlives_the_kiosk_is_found_ended_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.tools.server.STOP_SECONDS", 2.0)
    server = start(tmp_path, LEAVES="yes")
    wait_until(lambda: len(server.left_behind()) == 2, 10, "the helper")
    with pytest.raises(AssertionError, match="the kiosk's helpers"):
        server.close()
    wait_until(lambda: not server.left_behind(), 10, "its end")
