"""A visit notices what it should notice, in a real Chromium."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.axe import axe
from tests.tools.visit import NARROW, OpenVisit

PAGE = """<!doctype html>
<html lang="en"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'wasm-unsafe-eval'">
<link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1>{}</main></body></html>
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  its own name
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve `tmp_path` and give the address."""

    def handler(*arguments: object) -> _Quiet:
        return _Quiet(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]  # as the server gives them

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_quiet_good_page_leaves_no_errors_and_breaks_no_rules(
    served: str, tmp_path: Path, visit: OpenVisit
) -> None:
    (tmp_path / "index.html").write_text(PAGE.format("<p>Hello.</p>"))
    person = visit(NARROW)
    page = person.go(served)
    assert page.evaluate("innerWidth") == NARROW.width
    assert axe(page) == []
    assert person.errors == []
    assert person.requests_beyond(served) == []


def test_errors_and_requests_to_other_hosts_are_noticed(
    served: str, tmp_path: Path, visit: OpenVisit
) -> None:
    (tmp_path / "broken.js").write_text("console.error('one'); throw new Error('two')")
    # Port 9 of this machine stands for another host: nothing leaves it.
    body = '<script src="broken.js"></script><img alt="" src="http://127.0.0.1:9/x.png">'
    (tmp_path / "index.html").write_text(PAGE.format(body))
    person = visit()
    person.go(served)
    assert [line for line in person.errors if "one" in line]
    assert [line for line in person.errors if "two" in line]
    assert person.requests_beyond(served) == ["http://127.0.0.1:9/x.png"]


def test_a_broken_rule_is_told_with_its_place(
    served: str, tmp_path: Path, visit: OpenVisit
) -> None:
    (tmp_path / "index.html").write_text(PAGE.format('<img src="data:," id="bare">'))
    found = axe(visit().go(served))
    assert [line for line in found if line.startswith("image-alt") and "#bare" in line]


def test_each_visit_begins_with_nothing_kept(served: str, tmp_path: Path, visit: OpenVisit) -> None:
    (tmp_path / "index.html").write_text(PAGE.format(""))
    visit().go(served).evaluate("localStorage.setItem('kept', 'yes')")
    assert visit().go(served).evaluate("localStorage.getItem('kept')") is None
