"""Answers from copies of the site on the web: from exactly these, by what a browser asks first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest
import yaml

from kiosk.config import load_site
from kiosk.errors import SettingsError
from tests.feedback.sounds import wav
from tests.feedback.surveys import ALL, ENGLISH
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.ulids import UlidMaker

make = UlidMaker()
COPY = "https://send.example.org"
BY_NAME = "kiosk.example.org"
FROM_WEB = f"""
from_web = ["{COPY}"]
web_answers_an_hour = 2
web_sends_to = "https://{BY_NAME}/"
"""
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
JSON = "application/json"
CROSS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("from_web")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[KioskServer]:
    site = tiny_site(folder, {ENGLISH: ALL, "kiosk.toml": KIOSK_TOML + FROM_WEB})
    started = KioskServer(site, folder / "data", shared="tiny")
    yield started
    started.close()


Reply = tuple[int, HTTPMessage]


def ask(
    server: KioskServer,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Reply:
    line = HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": f"127.0.0.1:{server.port}"} | dict(headers)).items():
        line.putheader(name, value)
    if body is not None:
        line.putheader("Content-Length", str(len(body)))
    line.endheaders(body)
    reply = line.getresponse()
    reply.read()
    return reply.status, reply.headers


def post(server: KioskServer, answer: str, headers: Mapping[str, str], kind: str = JSON) -> Reply:
    told = {
        "id": answer,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy"},
    }
    sent = {"Content-Type": kind} | dict(headers)
    return ask(server, "POST", "/api/feedback", sent, json.dumps(told).encode())


def kept(folder: Path, answer: str) -> dict[str, object] | None:
    found = list((folder / "data" / "feedback").rglob(f"{answer}.yaml"))
    return yaml.safe_load(found[0].read_text(encoding="utf-8")) if found else None


def test_a_browser_that_asks_first_is_told_what_the_copy_may_send(server: KioskServer) -> None:
    for path in ("/api/feedback", f"/api/voice/{make()}/voice"):
        status, told = ask(
            server, "OPTIONS", path, {"Origin": COPY, "Host": BY_NAME} | ASKS | CROSS
        )
        assert status == 204
        assert told["Access-Control-Allow-Origin"] == COPY
        assert told["Access-Control-Allow-Methods"] == "POST"
        assert told["Access-Control-Allow-Headers"] == "Content-Type"
        assert told["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in told


def test_an_answer_of_the_copy_is_kept_once_and_marked(server: KioskServer, folder: Path) -> None:
    answer = str(make())
    for status in (201, 200):
        got, told = post(server, answer, {"Origin": COPY, "Host": BY_NAME} | CROSS)
        assert (got, told["Access-Control-Allow-Origin"]) == (status, COPY)
    found = kept(folder, answer)
    assert found
    assert (found["came"], "marked" in found) == ("web", False)


def test_a_voice_of_the_copy_is_taken(server: KioskServer) -> None:
    headers = {"Origin": COPY, "Host": BY_NAME, "Content-Type": "audio/wav"} | CROSS
    status, told = ask(server, "POST", f"/api/voice/{make()}/voice", headers, wav())
    assert (status, told["Access-Control-Allow-Origin"]) == (201, COPY)


def test_the_copy_sees_whether_the_kiosk_is_there(server: KioskServer) -> None:
    status, told = ask(server, "GET", "/ready", {"Origin": COPY, "Host": BY_NAME} | CROSS)
    assert (status, told["Access-Control-Allow-Origin"]) == (200, COPY)


# What is sent instead of the origin of the copy and the name by which the web knows the kiosk.
FOREIGN = {
    "another site": {"Origin": "https://evil.example", "Host": BY_NAME},
    "another scheme": {"Origin": "http://send.example.org", "Host": BY_NAME},
    "another port": {"Origin": f"{COPY}:8443", "Host": BY_NAME},
    "a name that begins so": {"Origin": f"{COPY}.evil.example", "Host": BY_NAME},
    "a page without an origin": {"Origin": "null", "Host": BY_NAME},
    "no origin, by the name on the web": {"Host": BY_NAME},
    "another host": {"Origin": COPY, "Host": "evil.example"},
    "no host": {"Origin": COPY, "Host": ""},
}


@pytest.mark.parametrize("sent", FOREIGN.values(), ids=FOREIGN)
def test_nobody_else_is_answered(
    sent: Mapping[str, str], server: KioskServer, folder: Path
) -> None:
    answer = str(make())
    for status, told in (
        ask(server, "OPTIONS", "/api/feedback", dict(sent) | ASKS | CROSS),
        post(server, answer, dict(sent) | CROSS),
    ):
        assert status in (400, 403)
        assert not [name for name in told if name.startswith("Access-Control-")]
    assert kept(folder, answer) is None


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/pages/en"), ("POST", "/api/print"), ("POST", "/alive/traces")],
)
def test_the_copy_may_ask_for_nothing_else(method: str, path: str, server: KioskServer) -> None:
    headers = {"Origin": COPY, "Host": BY_NAME, "Content-Type": JSON} | CROSS
    assert ask(server, method, path, headers, b"{}" if method == "POST" else None)[0] == 403
    assert ask(server, "OPTIONS", path, headers | ASKS)[0] == 403


def test_a_form_of_the_copy_is_told_that_its_type_is_wrong(
    server: KioskServer, folder: Path
) -> None:
    answer = str(make())
    assert post(server, answer, {"Origin": COPY} | CROSS, "text/plain")[0] == 415
    assert kept(folder, answer) is None


def test_the_web_has_its_own_limit_an_hour(server: KioskServer, folder: Path) -> None:
    for answer in (one := [str(make()) for _ in range(3)]):
        assert post(server, answer, {"Origin": COPY} | CROSS)[0] == 201
    marks = [(kept(folder, answer) or {}).get("marked") for answer in one]
    assert marks[-1] == "flood"  # one or two of them count
    own = str(make())
    assert post(server, own, {"Origin": server.url})[0] == 201
    found = kept(folder, own)
    assert found
    assert not {"marked", "came"} & set(found)


def test_nobody_says_by_themselves_how_an_answer_came(server: KioskServer) -> None:
    told = {"id": str(make()), "survey": "think", "page": "plan", "language": "en", "came": "web"}
    body = json.dumps(told | {"answers": {"feel": "happy"}}).encode()
    assert ask(server, "POST", "/api/feedback", {"Content-Type": JSON}, body)[0] == 400


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('from_web = ["*"]', "is not where a copy on the web can be"),
        (f'from_web = ["{COPY}/send/"]', "without a folder"),
        (f'web_sends_to = "https://{BY_NAME}"', "Say in from_web where the copy is"),
        (f'from_web = ["{COPY}"]\nweb_sends_to = "http://{BY_NAME}"', "Use https"),
    ],
)
def test_a_setting_that_would_take_too_much_or_nothing_is_told(
    lines: str, told: str, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": f"{KIOSK_TOML}{lines}\n"})
    with pytest.raises(SettingsError, match=told):
        load_site(site)
