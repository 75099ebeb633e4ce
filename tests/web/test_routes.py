from __future__ import annotations

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.tools.server import KioskServer, StartKiosk
from tests.tools.ulids import UlidMaker

make_id = UlidMaker()


def ask(
    server: KioskServer, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body=body, headers=named)
    reply = line.getresponse()
    return reply.status, reply.read()


def post(server: KioskServer, body: Any, **headers: str) -> tuple[int, Any]:
    named = {"Content_Type": "application/json"} | headers
    status, told = ask(server, "POST", "/api/feedback", json.dumps(body).encode(), **named)
    return status, json.loads(told)


def an_answer(**change: Any) -> dict[str, Any]:
    return {
        "id": str(make_id()),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "visit": "abc",
        "answers": {"feel": "happy"},
    } | change


def test_an_answer_is_acknowledged_once_it_is_saved_and_a_second_time_as_well(
    tiny_kiosk: KioskServer,
) -> None:
    one = an_answer()
    assert post(tiny_kiosk, one) == (201, {"id": one["id"], "saved": True})
    assert post(tiny_kiosk, one) == (200, {"id": one["id"], "saved": True})


def test_the_same_answer_fifty_times_at_once_is_one_file(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    one = an_answer()
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda _: post(server, one)[0], range(50)))
    assert sorted(set(told)) == [200, 201]
    assert told.count(201) == 1
    assert len(list((tmp_path / "data" / "feedback").rglob("*.yaml"))) == 1


@pytest.mark.parametrize(
    "change",
    [{"answers": {"feel": None}}, {"page": 7}, {"id": "x"}, {"\ud800": 1}, {"visit": []}],
    ids=ascii,
)
def test_a_malformed_answer_is_refused_in_words(
    tiny_kiosk: KioskServer, change: dict[str, Any]
) -> None:
    status, told = post(tiny_kiosk, an_answer(**change))
    assert status == 400
    assert set(told) == {"error"}


def test_what_is_not_json_is_refused(tiny_kiosk: KioskServer) -> None:
    kind = {"Content_Type": "application/json"}
    assert ask(tiny_kiosk, "POST", "/api/feedback", b"{", **kind)[0] == 400
    assert ask(tiny_kiosk, "POST", "/api/feedback", b"[" * 60_000, **kind)[0] == 400
    assert ask(tiny_kiosk, "POST", "/api/feedback", b"x" * 70_000, **kind)[0] == 413
    assert ask(tiny_kiosk, "POST", "/api/feedback", b"{}", Content_Type="text/plain")[0] == 415


@pytest.mark.parametrize("path", ["/", "/ready", "/changes", "/_stcore/health", "/pages/en"])
def test_a_foreign_host_and_a_foreign_origin_are_refused(
    tiny_kiosk: KioskServer, path: str
) -> None:
    assert ask(tiny_kiosk, "GET", path, Host="evil.example")[0] == 403
    assert ask(tiny_kiosk, "GET", path, Origin="http://evil.example")[0] == 403
    assert ask(tiny_kiosk, "GET", path, Origin="null")[0] == 403
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    for foreign in ({}, {"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        headers = upgrade | key | foreign
        assert ask(tiny_kiosk, "GET", "/_stcore/stream", None, **headers)[0] == 403


def test_the_first_html_already_holds_the_home_page(tiny_kiosk: KioskServer) -> None:
    status, html = ask(tiny_kiosk, "GET", "/")
    assert status == 200
    for part in (b"What would you like to know?", b"About us", b'data-page="people"', b"Listen"):
        assert part in html


def test_streamlits_own_doors_that_we_do_not_need_are_closed(tiny_kiosk: KioskServer) -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert ask(tiny_kiosk, "GET", path)[0] == 404


@pytest.mark.parametrize(
    "path", ["/clips/../x.wav", "/files/x.svg", "/screen/..%2fapp.py", "/screen/page/"]
)
def test_only_what_is_served_can_be_asked_for(tiny_kiosk: KioskServer, path: str) -> None:
    assert ask(tiny_kiosk, "GET", path)[0] in (400, 404)


def test_what_a_visitor_wrote_is_said_and_kept_nowhere(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    said = {"text": "zebra crossing", "language": "en", "speed": "normal"}
    status, sound = ask(
        server,
        "POST",
        "/api/speak",
        json.dumps(said).encode(),
        Content_Type="application/json",
    )
    assert (status, sound[:4]) == (200, b"RIFF")
    for path in (tmp_path / "data").rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # clips of other sites go meanwhile
            assert path.read_bytes() != sound, path


@pytest.mark.parametrize(
    "change",
    [{"text": 4}, {"text": "x" * 2001}, {"language": "xx"}, {"speed": "fast"}],
    ids=["no text", "too long", "language", "speed"],
)
def test_what_cannot_be_said_is_refused(tiny_kiosk: KioskServer, change: dict[str, Any]) -> None:
    said = {"text": "hello", "language": "en", "speed": "normal"} | change
    told = json.dumps(said).encode()
    refused = ask(tiny_kiosk, "POST", "/api/speak", told, Content_Type="application/json")
    assert refused[0] == 422


def test_only_this_kiosks_own_pages_may_let_it_speak(tiny_kiosk: KioskServer) -> None:
    told = json.dumps({"text": "hello", "language": "en", "speed": "normal"}).encode()
    json_type = {"Content_Type": "application/json"}
    foreign = ask(tiny_kiosk, "POST", "/api/speak", told, Origin="http://evil.test", **json_type)
    assert foreign[0] == 403
    assert ask(tiny_kiosk, "POST", "/api/speak", told, Content_Type="text/plain")[0] == 415
