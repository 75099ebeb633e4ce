from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.tools.printers import StandIn
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import KIOSK_TOML, tiny_site

ASKED = {"page": "plan", "language": "en", "what": "page", "visit": "0123abc"}


def post(server: KioskServer, body: object, **headers: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"{server.url}/api/print",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_it_prints_once_for_a_visit_and_only_what_is_asked_for_well(
    tmp_path: Path, kiosk_server: StartKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers = StandIn(tmp_path / "printers")
    for name, value in printers.variables.items():
        monkeypatch.setenv(name, value)
    settings = KIOSK_TOML + '\n[print]\nprinter = "sheet"\n'
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": settings}))
    refused: list[object] = [
        [],
        ASKED | {"what": "everything"},
        ASKED | {"visit": "-o raw"},
        ASKED | {"visit": ""},
        ASKED | {"page": 1},
    ]
    for wrong in refused:
        assert post(server, wrong)[0] == 422, wrong
    assert post(server, ASKED, Origin="https://example.org")[0] == 403
    assert printers.printed() == b""
    assert post(server, ASKED | {"page": "../plan"}) == (200, {"printed": False, "why": "failed"})
    assert post(server, ASKED) == (200, {"printed": True, "why": ""})
    assert printers.printed().startswith(b"%PDF-")
    assert post(server, ASKED) == (200, {"printed": False, "why": "once"})


def test_a_kiosk_without_a_printer_prints_nothing(tiny_kiosk: KioskServer) -> None:
    assert post(tiny_kiosk, ASKED) == (200, {"printed": False, "why": "failed"})
