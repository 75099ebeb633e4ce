from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from kiosk.config import Site, load_site
from kiosk.fleet.centre.alerts import Alerts
from kiosk.fleet.centre.beats import Board, Row
from kiosk.health.verdict import Verdict
from tests.tools.sites import KIOSK_TOML, tiny_site

GOOD = Verdict("Answers", "3 answers came from it.")
WARM = Verdict("Warm", "It is 91 degrees warm inside.", "give it air.")
DISK = Verdict("Disk", "Only 10 MB are free.", "empty the bin.")


def board(*things: Verdict) -> Board:
    return Board((), (Row("library", "everyone", None, 0, (*things, GOOD)),))


@contextmanager
def told() -> Iterator[tuple[list[bytes], int, int]]:
    """Give what came to a web address and to a mail server of this computer, and their ports."""
    came: list[bytes] = []

    class Web(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Mail(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                if line.upper().startswith(b"DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    letter = b""
                    while not letter.endswith(b"\r\n.\r\n"):
                        letter += self.rfile.readline()
                    came.append(letter)
                if line.upper().startswith(b"QUIT"):
                    return
                self.wfile.write(b"250 well\r\n")

    with (
        HTTPServer(("127.0.0.1", 0), Web) as web,
        socketserver.TCPServer(("127.0.0.1", 0), Mail) as mail,
    ):
        threads = [threading.Thread(target=one.serve_forever, args=(0.02,)) for one in (web, mail)]
        for thread in threads:
            thread.start()
        try:
            yield came, web.server_address[1], mail.server_address[1]
        finally:
            for one in (web, mail):
                one.shutdown()
            for thread in threads:
                thread.join()


def centre(folder: Path, settings: str = "") -> Site:
    changes: dict[str, str | None] = {"kiosk.toml": f"{KIOSK_TOML}[centre]\n{settings}"}
    return load_site(tiny_site(folder, changes), folder / "data")


def test_staff_are_told_of_a_problem_once_and_once_when_it_is_over(tmp_path: Path) -> None:
    with told() as (came, web, _):
        site = centre(tmp_path, f'webhook = "http://127.0.0.1:{web}/kiosks"\n')
        alerts = Alerts(site)
        for seen in (board(), board(WARM), board(), board(WARM)):
            assert alerts.look(seen) == ""
        assert came == []  # it came and went
        for _ in range(3):
            alerts.look(board(WARM))
        alerts = Alerts(site)  # the centre was started again
        for _ in range(3):
            alerts.look(board(WARM, DISK))
        alerts.look(board(DISK))
        alerts.look(board(DISK))
    first, second, third = map(json.loads, came)
    assert first["text"] == "library: Warm. It is 91 degrees warm inside. Try: give it air."
    assert [one["about"] for one in second["new"]] == ["Disk"]
    assert (third["new"], third["over"]) == ([], [{"kiosk": "library", "about": "Warm"}])


def test_a_letter_says_what_to_do_and_what_could_not_be_sent_is_sent_later(tmp_path: Path) -> None:
    with told() as (came, _, mail):
        letter = f'mail_to = "it@example.org"\nmail_server = "127.0.0.1:{mail}"\n'
        alerts = Alerts(centre(tmp_path, letter))
        assert [alerts.look(board(WARM)) for _ in range(2)] == ["", ""]
        (letter_,) = came
    assert b"Subject: Kiosks: 1 problem, 0 over" in letter_
    assert b"library: Warm. It is 91 degrees warm inside. Try: give it air." in letter_
    alerts.look(board(WARM, DISK))
    assert alerts.look(board(WARM, DISK)).startswith("Staff could not be told")
    with told() as (came, web, _):
        later = Alerts(centre(tmp_path, f'webhook = "http://127.0.0.1:{web}/"\n'))
        later.look(board(WARM, DISK))
        later.look(board(WARM, DISK))
    assert [one["about"] for one in json.loads(came[0])["new"]] == ["Disk"]


def test_nobody_is_told_where_nobody_asked_for_it(tmp_path: Path) -> None:
    alerts = Alerts(centre(tmp_path))
    assert not alerts.wanted
    for _ in range(3):
        assert alerts.look(board(WARM)) == ""
    assert not (tmp_path / "data" / "centre" / "told.json").exists()
