"""Requests that no browser of ours sends: each is answered, in few words, and no log is filled."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.web.guard import HEADERS
from tests.tools.cases import examples
from tests.tools.raw import Reply, ask_raw, connected, head
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site
from tests.web.test_routes import an_answer, ask, post

JSON = b"Content-Type: application/json"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
UPGRADE = (b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 13", KEY)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    folder = tmp_path_factory.mktemp("hostile")
    kiosk = KioskServer(tiny_site(folder), folder / "data", shared="tiny")
    yield kiosk
    kiosk.close()


def is_ours(reply: Reply) -> bool:
    """Tell whether an answer has our headers."""
    return all(reply.headers.get(name.lower()) == value for name, value in HEADERS.items())


def is_unhurt(server: KioskServer) -> bool:
    """Tell whether a server goes on, and has told of no fault of its own."""
    return ask(server, "GET", "/ready")[0] == 200 and "Traceback" not in server.stderr_text()


def posted(path: bytes, body: bytes) -> tuple[bytes, ...]:
    return (b"POST %s HTTP/1.1" % path, JSON, b"Content-Length: %d" % len(body))


# Each is a request without our Host, and what is told.
REFUSED = {
    "Host: [": ((b"GET / HTTP/1.1",), b"[", 400),
    "a Host of odd bytes": ((b"GET / HTTP/1.1",), b"\xff\xfe", 400),
    "an empty Host": ((b"GET / HTTP/1.1",), b"", 400),
    "a Host with a name before it": ((b"GET / HTTP/1.1",), b"a@127.0.0.1", 400),
    "a foreign Host": ((b"GET / HTTP/1.1",), b"evil.example", 403),
    "Origin: http://[": ((b"GET / HTTP/1.1", b"Origin: http://["), None, 403),
    "two Origins": (
        (b"GET / HTTP/1.1", b"Origin: http://evil.example", b"Origin: http://127.0.0.1"),
        None,
        403,
    ),
    "another site's picture": (
        (b"GET /cue.wav HTTP/1.1", b"Sec-Fetch-Site: cross-site", b"Sec-Fetch-Mode: no-cors"),
        None,
        403,
    ),
    "no Host": ((b"GET / HTTP/1.0\r\n\r\n",), None, 400),
    "a broken line": ((b"GET /\x00 HTTP/1.1",), None, 400),
    "no request at all": ((b"\x16\x03\x01\x02\x00\x01",), None, 400),
    "a giant head": ((b"GET / HTTP/1.1", b"X: " + b"y" * 600_000), None, 400),
    "two lengths": (
        (b"POST /api/feedback HTTP/1.1", b"Content-Length: 1", b"Content-Length: 2"),
        None,
        400,
    ),
    "broken parts": (
        (b"POST /api/feedback HTTP/1.1", JSON, b"Transfer-Encoding: chunked\r\n\r\nzz"),
        None,
        400,
    ),
    "no such address": ((b"GET /nonsense HTTP/1.1",), None, 404),
    "a broken address": ((b"GET /%zz%c3%28%00?%00=%ff&&=;lang HTTP/1.1",), None, 404),
    "a whole address": ((b"GET http://127.0.0.1/ready HTTP/1.1",), None, 404),
    "a proxy's question": ((b"CONNECT 127.0.0.1:22 HTTP/1.1",), None, 404),
    "a wrong method": ((b"DELETE /api/feedback HTTP/1.1",), None, 405),
    "a method of nobody": ((b"FOO / HTTP/1.1",), None, 405),
    "too long": (posted(b"/api/feedback", b"x" * 70_000), None, 413),
    "a wrong type": ((b"POST /api/feedback HTTP/1.1", b"Content-Length: 0"), None, 415),
    "a socket without Origin": ((b"GET /_stcore/stream HTTP/1.1", *UPGRADE), None, 403),
    "a foreign socket": (
        (b"GET /_stcore/stream HTTP/1.1", *UPGRADE, b"Origin: http://evil.example"),
        None,
        403,
    ),
    "a socket of another address": ((b"GET /ready HTTP/1.1", *UPGRADE), None, 403),
    "half a handshake": ((b"GET /_stcore/stream HTTP/1.1", *UPGRADE[:2]), None, 404),
    "a handshake by POST": ((b"POST /_stcore/stream HTTP/1.1", *UPGRADE), None, 404),
    "another upgrade": ((b"GET /nonsense HTTP/1.1", UPGRADE[0], b"Upgrade: h2c"), None, 404),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_has_our_headers_and_is_no_fault(server: KioskServer, what: str) -> None:
    (line, *headers), host, status = REFUSED[what]
    sent = head(server.port, line, *headers, host=host)
    if what == "too long":
        sent += b"x" * 70_000
    reply = ask_raw(server.port, sent)
    assert reply.status == status
    assert is_ours(reply)
    assert b"Traceback" not in reply.body
    assert is_unhurt(server)


def test_every_other_answer_has_them_as_well(server: KioskServer) -> None:
    told = json.dumps(an_answer(page="none")).encode()
    asked = {b"/", b"/ready", b"/pages/en", b"/favicon.png", b"/_stcore/health", b"/status"}
    replies = [ask_raw(server.port, head(server.port, b"GET %s HTTP/1.1" % one)) for one in asked]
    replies.append(ask_raw(server.port, head(server.port, *posted(b"/api/feedback", told)) + told))
    assert all(is_ours(one) for one in replies)
    assert all("server" not in one.headers for one in replies)


def test_half_a_letter_costs_nobody_an_answer(server: KioskServer) -> None:
    said = {"text": "zebra \ud83d", "language": "en", "speed": "normal"}
    kind = {"Content_Type": "application/json"}
    assert ask(server, "POST", "/api/speak", json.dumps(said).encode(), **kind)[0] == 200
    status, told = post(server, {"\ud800": 1})
    assert (400 <= status < 500, set(told)) == (True, {"error"})
    assert is_unhurt(server)


@pytest.mark.parametrize(
    "body", [b'{"id": NaN}', b'{"id": 1e999}', b"[" * 60_000, b"\xff{", b"1" * 5000, b""]
)
def test_what_no_json_is_is_refused(server: KioskServer, body: bytes) -> None:
    assert ask(server, "POST", "/api/feedback", body, Content_Type="application/json")[0] == 400
    assert is_unhurt(server)


def test_a_letter_that_is_read_before_its_answer_is_broken_off_is_no_fault(
    server: KioskServer,
) -> None:
    """Two requests at once, the second one broken: the first is still being answered."""
    for first in (b"GET /changes HTTP/1.1", b"GET /pages/en HTTP/1.1"):
        sent = head(server.port, first) + b"\x00\x00\r\n\r\n"
        with connected(server.port) as line:
            line.sendall(sent)
            while line.recv(65_536):
                pass
    assert is_unhurt(server)


PATHS = [
    *("/", "/ready", "/changes", "/alive", "/status", "/cue.wav", "/api/feedback", "/api/speak"),
    *("/pages/", "/files/", "/clips/", "/screen/", "/static/", "/locked/", "/narration/en/"),
    *("/api/voice/x/", "/_stcore/stream", "/_stcore/bidi-components/", "/nonsense"),
]
odd_bytes = st.binary(max_size=20) | st.sampled_from(
    [b"%00", b"%c3%28", b"%", b"..%2f", b"//", b"\\", b";", b"[", b"\xed\xa0\x80", b"&=&", b"://"]
)
tail = st.binary(max_size=12).map(
    lambda some: bytes(one for one in some if 33 <= one <= 126) or b"%ff"
)
methods = st.sampled_from([b"GET", b"HEAD", b"POST", b"OPTIONS", b"PUT", b"CONNECT", b"TRACE"])
names = st.sampled_from(
    [
        *(b"Origin", b"Cookie", b"Accept-Language", b"Content-Type", b"X-Forwarded-For"),
        *(b"X-Forwarded-Proto", b"Range", b"If-None-Match", b"Upgrade", b"Connection", b"Expect"),
        *(b"Sec-Fetch-Site", b"Sec-WebSocket-Key", b"Sec-WebSocket-Protocol", b"Accept-Encoding"),
        *(b"Sec-WebSocket-Version", b"Sec-WebSocket-Extensions", b"If-Modified-Since"),
    ]
)
values = odd_bytes | st.sampled_from(
    [
        *(b"kiosk-lock=\xff", b"a=b; kiosk-lock=\xc3\x28; c", b"bytes=-1"),
        *(b"bytes=5-1", b"bytes=0-,"),
        *(b"websocket", b"upgrade", b"100-continue", b"en;q=x, *", b"application/json", b"13"),
        *(b"dGhlIHNhbXBsZSBub25jZQ==", b"streamlit, x, y", b"permessage-deflate; a=1", b"gzip"),
    ]
)
KNOWN = st.builds(
    lambda path, more: path.encode() + more, st.sampled_from(PATHS), tail | st.just(b"")
)


@settings(max_examples=examples(150), deadline=None)
@given(
    method=methods,
    path=KNOWN,
    fields=st.lists(st.tuples(names, values), max_size=6),
    body=st.binary(max_size=60),
)
def test_whatever_is_asked_is_answered_and_is_no_fault(
    server: KioskServer, method: bytes, path: bytes, fields: list[tuple[bytes, bytes]], body: bytes
) -> None:
    if path.startswith(b"/changes") and b"version" not in path:
        path += b"?version=x"  # else it waits for a change
    lines = [name + b": " + value for name, value in fields]
    length = b"Content-Length: %d" % len(body)
    sent = head(server.port, method + b" " + path + b" HTTP/1.1", *lines, length)
    reply = ask_raw(server.port, sent + body)
    assert 200 <= reply.status < 500 or reply.status in (101, 503)
    assert is_ours(reply) or reply.status == 101
    assert "Traceback" not in server.stderr_text()
