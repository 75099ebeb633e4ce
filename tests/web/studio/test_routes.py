"""The studio's routes: who may ask, what is refused, and that nothing is lost meanwhile."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.routing import Route

from kiosk.content.edit import hash_of
from kiosk.web.studio.app import routes
from kiosk.web.studio.asking import LARGEST
from kiosk.web.studio.bringing import MB, MOST_PASTED
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.picturing import MOST_PICTURE
from kiosk.web.studio.sessions import Sessions
from tests.tools.command import run
from tests.tools.server import KioskServer
from tests.web.studio.asking import PASSWORD, Answer, Browser
from tests.web.studio.staff import DRAFT, NAME, SHOWN
from tests.web.test_routes import ask

OPENED = hash_of(DRAFT.encode())

# What our own page sends to each route that members of staff write to.
SENT: dict[str, dict[str, Any]] = {
    "/studio/cards": {"name": NAME, "text": DRAFT},
    "/studio/check": {"name": NAME, "text": DRAFT},
    "/studio/save": {"name": NAME, "text": DRAFT + "New.\n", "opened": OPENED},
    "/studio/new": {"title": "A bus", "part": "about", "language": "en"},
    "/studio/here": {"name": NAME, "window": "1"},
    "/studio/listen": {"text": "A plan.", "language": "en"},
    "/studio/copy": {"name": NAME, "title": "Copy of Your plan"},
    "/studio/move": {"name": NAME, "opened": OPENED, "part": "help"},
    "/studio/retire": {"name": NAME, "opened": OPENED},
    "/studio/bring-back": {"retired": "content/.retired/en/about/draft.md"},
    "/studio/order": {"language": "en", "part": "about", "before": [], "after": []},
    "/studio/publish": {"name": NAME, "opened": OPENED, "status": "ready"},
    "/studio/show": {"name": NAME, "opened": OPENED, "number": 1},
    "/studio/discard": {"name": NAME, "opened": OPENED},
    "/studio/unplan": {"name": NAME, "opened": OPENED},
    "/studio/preview": {"name": NAME, "text": DRAFT, "window": "1"},
    "/studio/preview-leaflet": {"name": NAME, "text": DRAFT, "window": "1"},
    "/studio/explain": {
        "language": "en",
        "word": "rainbow",
        "before": {"means": "", "symbol": "", "said": ""},
        "after": {"means": "A rainbow is in the sky.", "symbol": "", "said": ""},
    },
    "/studio/compose": {
        "name": NAME,
        "text": DRAFT,
        "called": "A bus at home",
        "declaration": "{in: [home, bus]}",
    },
    "/studio/review-link": {"name": NAME, "opened": OPENED, "who": "Our group"},
    "/studio/review-end": {"name": NAME, "id": "0" * 64},
    "/studio/review-delete": {"name": NAME, "id": "0" * 64},
    "/studio/you-said-add": {"said": "a", "did": "b", "who": "c", "symbol": "bus"},
    "/studio/you-said-show": {"number": 0, "said": "a", "shown": False},
    "/studio/answer-delete": {"code": "2345-6789"},
    "/studio/sign-out": {},
}
# What is sent as it is, with its type.
UPLOADS: dict[str, tuple[str, bytes, str]] = {
    "/studio/bring": (
        "?part=about&language=en&file=trip.html",
        b"<h1>Our trip</h1><p>We saw a bus.</p>",
        "text/html",
    ),
    "/studio/add-picture": (
        "?words=A+red+square&creator=Bea&licence=Our+own",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        b'<path fill="red" d="M0 0h9v9H0z"/></svg>',
        "application/octet-stream",
    ),
}
# What must not come in, and how it is answered: by all routes, and by one.
NO_FILES = {
    "nothing": (b" ", "application/octet-stream", 422),
    "no such file": (b"MZ\x90\0" * 100, "application/octet-stream", 422),
}
HOSTILE: dict[str, dict[str, tuple[bytes, str, int]]] = {
    "/studio/bring": {
        "too large": (b"x" * (MOST_PASTED * MB + 2 * MB), "text/html", 413),
        "no zip": (b"PK\x03\x04" + b"\xff" * 400, "application/octet-stream", 422),
        "no PDF": (b"%PDF-1.7\n" + b"\0" * 400, "application/octet-stream", 422),
        "deep": (b"<div>" * 5000 + b"x", "text/html", 422),
    },
    "/studio/add-picture": {
        "too large": (b"x" * (MOST_PICTURE * MB + 1), "application/octet-stream", 413),
        "a script": (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            "application/octet-stream",
            422,
        ),
        "half a PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "application/octet-stream", 422),
        "another type": (b"<svg/>", "image/svg+xml", 415),
    },
}
OPEN_TO_ALL = {"/studio/sign-in", "/studio/first", "/review/open", "/review/answer"}
WRITING = sorted([*SENT, *UPLOADS])
# Those that change one page, as it was opened; and all that have the name of a page.
CHANGING = sorted(path for path, one in SENT.items() if {"name", "opened"} <= one.keys())
PUBLISHING = ("/studio/publish", "/studio/show", "/studio/discard", "/studio/unplan")
# What is answered to who may only write: it is saved beside the page, or nothing waits there.
MAY_ONLY_WRITE = {
    "/studio/save": 200,
    "/studio/discard": 422,
    "/studio/unplan": 422,
    "/studio/review-link": 201,
}
NAMING = sorted(path for path, one in SENT.items() if "name" in one)


def write(browser: Browser, path: str, **headers: str) -> Answer:
    """Send what our own page sends."""
    if path not in UPLOADS:
        sent = SENT.get(path, {"name": "Bea", "password": PASSWORD})
        return browser.ask(path, sent, headers=headers)
    query, raw, kind = UPLOADS[path]
    return browser.ask(path + query, raw=raw, headers={"content-type": kind, **headers})


def posts(desk: Desk) -> set[str]:
    return {
        one.path
        for one in routes(desk, is_safe=False)
        if isinstance(one, Route) and "POST" in (one.methods or ())
    }


def test_each_route_that_writes_has_its_case_here(desk: Desk) -> None:
    assert posts(desk) == set(WRITING) | OPEN_TO_ALL


@pytest.mark.parametrize("path", [*WRITING, *sorted(OPEN_TO_ALL)])
def test_a_foreign_page_can_write_nothing(bea: Browser, page: Path, path: str) -> None:
    for headers in (
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
        {"host": "evil.example"},
    ):
        assert write(bea, path, **headers).status == 403
    assert write(bea, path, **{"content-type": "text/plain"}).status == 415
    assert page.read_text() == DRAFT


@pytest.mark.parametrize("path", WRITING)
def test_without_the_pages_token_nothing_is_written(bea: Browser, page: Path, path: str) -> None:
    for guess in ("", "x", "\u017c"):
        assert write(replace(bea, token=guess), path).status == 403
    assert page.read_text() == DRAFT
    assert bea.ask("/studio/me").told["name"] == "Bea"


@pytest.mark.parametrize("path", WRITING)
def test_who_is_signed_out_is_told_that_the_words_are_kept(
    bea: Browser, page: Path, path: str
) -> None:
    stranger = replace(bea, cookie="kiosk-studio=guessed")
    refused = write(stranger, path)
    assert refused.status == 401
    assert "kept in this browser" in refused.told["error"]
    assert page.read_text() == DRAFT


@pytest.mark.parametrize(
    "path",
    [
        "/studio/pages",
        "/studio/page",
        "/studio/suggestions",
        "/studio/picture",
        "/studio/publishing",
        "/studio/versions",
        "/studio/version",
        "/studio/word",
        "/studio/reviews",
        "/studio/answers",
        "/studio/answers.csv",
        "/studio/you-said",
    ],
)
def test_nobody_reads_who_is_not_signed_in(bea: Browser, path: str) -> None:
    assert replace(bea, cookie="").ask(f"{path}?name={NAME}&words=bus").status == 401
    assert bea.ask(path, headers={"origin": "http://evil.example"}).status == 403


@pytest.mark.parametrize("path", sorted(set(SENT) | OPEN_TO_ALL))
def test_too_much_and_what_is_no_request_are_refused(bea: Browser, path: str) -> None:
    huge = b'{"name": "' + b"x" * 10_000_000 + b'"}'
    assert len(huge) > LARGEST
    assert bea.ask(path, raw=huge).status == 413
    assert bea.ask(path, raw=b"[1").status == 400
    assert bea.ask(path, {"other": 1}).status == 400


@pytest.mark.parametrize("path", sorted(UPLOADS))
def test_an_upload_that_is_too_large_or_hostile_is_refused_in_easy_words(
    bea: Browser, desk: Desk, path: str
) -> None:
    before = sorted(desk.site.root.rglob("*"))
    query, _, _ = UPLOADS[path]
    for name, (raw, kind, status) in (NO_FILES | HOSTILE[path]).items():
        refused = bea.ask(path + query, raw=raw, headers={"content-type": kind})
        assert refused.status == status, name
        assert refused.told["error"].endswith("."), name
        assert str(desk.site.root) not in refused.told["error"], name
    assert sorted(desk.site.root.rglob("*")) == before


def test_a_page_is_brought_from_copied_words_and_its_name_leads_nowhere(
    bea: Browser, desk: Desk
) -> None:
    html = b"<h1>Our trip</h1><p>We saw a bus.</p><p><img src='kiosk.toml'></p>"
    names = []
    for file in ("../../kiosk.html", "a\0/b\\c:d.html"):
        query = f"?part=about&language=en&file={quote(file)}"
        made = bea.ask(f"/studio/bring{query}", raw=html, headers={"content-type": "text/html"})
        assert made.status == 201
        assert (made.told["title"], made.told["ideas"]) == ("Our trip", 1)
        assert "a picture that did not come along" in made.told["left_out"][0]
        names.append(made.told["name"])
    assert names == ["content/en/about/our-trip.md", "content/en/about/our-trip-2.md"]
    for name in names:
        assert "status: draft" in (desk.site.root / name).read_text()
        (desk.site.root / name).unlink()
    for query in ("?part=../x&language=en", "?part=about&language=xx"):
        refused = bea.ask(f"/studio/bring{query}", raw=html, headers={"content-type": "text/html"})
        assert refused.status == 422


@pytest.mark.parametrize("path", CHANGING)
def test_what_somebody_else_wrote_meanwhile_is_never_written_over(
    ali: Browser, page: Path, path: str
) -> None:
    theirs = DRAFT + "Theirs.\n"
    page.write_text(theirs, newline="\n")
    refused = write(ali, path)
    assert refused.status == 409
    if path in PUBLISHING:
        assert (refused.told["text"], refused.told["live"]) == (theirs, True)
    assert page.read_text() == theirs


@pytest.mark.parametrize("path", CHANGING)
def test_a_page_that_visitors_see_is_changed_only_by_who_may_publish(
    bea: Browser, page: Path, desk: Desk, path: str
) -> None:
    shown = desk.site.root / SHOWN
    before = shown.read_bytes()
    sent = {**SENT[path], "name": SHOWN, "opened": hash_of(before)}
    answer = bea.ask(path, sent)
    assert answer.status == MAY_ONLY_WRITE.get(path, 403)
    assert shown.read_bytes() == before
    assert page.read_text() == DRAFT


def test_a_stale_hash_gets_both_texts_and_writes_nothing(bea: Browser, page: Path) -> None:
    theirs = DRAFT + "Theirs.\n"
    page.write_text(theirs, newline="\n")
    refused = bea.ask("/studio/save", {"name": NAME, "text": DRAFT + "Mine.\n", "opened": OPENED})
    assert refused.status == 409
    assert refused.told["text"] == theirs
    assert refused.told["mine"] == DRAFT + "Mine.\n"
    assert page.read_text() == theirs
    over = {"name": NAME, "text": DRAFT + "Mine.\n", "opened": refused.told["opened"]}
    assert bea.ask("/studio/save", over).status == 200
    assert page.read_text() == DRAFT + "Mine.\n"


@pytest.mark.parametrize(
    "name",
    [
        "kiosk.toml",
        "content/en/../../../x.md",
        "/etc/passwd",
        "content/en/words.yaml",
        "a\0.md",
        "",
    ],
)
def test_no_name_leads_to_another_file(bea: Browser, ali: Browser, page: Path, name: str) -> None:
    for path in NAMING:
        assert ali.ask(path, {**SENT[path], "name": name}).status == 422, path
    for path in ("page", "publishing", "versions", "version", "reviews"):
        assert bea.ask(f"/studio/{path}?name={quote(name)}&number=1").status == 422
    new = {"title": "A bus", "part": "../about", "language": "en"}
    assert bea.ask("/studio/new", new).status == 422
    assert bea.ask("/studio/new", {**new, "part": "about", "language": "xx"}).status == 422
    one = {"language": "en", "part": "about", "before": [name], "after": [name]}
    assert ali.ask("/studio/order", one).status == 409
    for wrong in ({"part": f"../{name}"}, {"language": "../en"}, {"language": name}):
        nothing = {**one, **wrong, "before": [], "after": []}
        assert ali.ask("/studio/order", nothing).status in (200, 422)  # a part without pages
        assert ali.ask("/studio/order", {**nothing, "after": [NAME]}).status == 422
    assert ali.ask("/studio/bring-back", {"retired": name}).status == 422
    for language in ("../en", name, "xx"):
        explain = {**SENT["/studio/explain"], "language": language}
        assert ali.ask("/studio/explain", explain).status == 422
        assert bea.ask(f"/studio/word?word=a&language={quote(language)}").status == 422
    assert page.read_text() == DRAFT


def test_a_page_is_opened_checked_and_saved_as_it_was(bea: Browser, page: Path) -> None:
    opened = bea.ask(f"/studio/page?name={NAME}").told
    assert opened["opened"] == OPENED
    assert opened["facts"]["title"] == "Your plan"
    sent = {"name": NAME, "page": opened["page"], "facts": {}}
    assert bea.ask("/studio/check", sent).told["text"] == DRAFT
    saved = bea.ask("/studio/save", {**sent, "opened": OPENED}).told
    assert saved["opened"] == OPENED
    assert page.read_bytes() == DRAFT.encode()


def test_findings_are_those_of_the_command_one_by_one_and_know_their_card(
    bea: Browser, page: Path, desk: Desk
) -> None:
    opened = bea.ask(f"/studio/page?name={NAME}").told
    first, second = opened["page"]["cards"]
    first["lines"][0]["words"] = "We utilise an EHCP going forward and see [this](nowhere)."
    second["lines"].append({"kind": "item", "words": "a list, e.g. of the DfE", "raw": ""})
    sent = {"name": NAME, "page": opened["page"], "facts": {"contact": "Ring us: 1"}}
    told = bea.ask("/studio/check", sent).told
    page.write_text(told["text"], newline="\n")
    done = run("check", "--site", str(desk.site.root), "--format", "json", str(page))
    wanted = json.loads(done.stdout)["findings"]
    keys = ("code", "line", "column", "severity", "problem", "hint")
    assert [[one[key] for key in keys] for one in told["findings"]] == [
        [one[key] for key in keys] for one in wanted
    ]
    assert len(wanted) > 3
    lines = told["text"].split("\n")
    for one in told["findings"]:
        if one["card"] is not None and one["at"] >= 0:
            words = opened["page"]["cards"][one["card"]]["lines"][one["at"]]["words"]
            assert words in lines[one["line"] - 1]
    assert {(one["card"], one["at"]) for one in told["findings"]} >= {(0, 0), (1, 1)}


def test_the_list_tells_of_state_and_findings(bea: Browser, desk: Desk) -> None:
    told = bea.ask("/studio/pages").told
    assert [one["part"] for one in told["parts"]] == ["about"]
    assert [(one["title"], one["status"]) for one in told["pages"]] == [
        ("What would you like to know?", "ready"),
        ("The people here", "ready"),
        ("Your plan", "ready"),
        ("Your plan", "draft"),
    ]
    if desk._checking is not None:
        desk._checking.join()
    again = bea.ask("/studio/pages?language=xx").told
    assert again["checked"]
    assert again["language"] == "en"


def test_a_page_is_begun(bea: Browser, desk: Desk) -> None:
    made = bea.ask("/studio/new", {"title": "Our bus", "part": "about", "language": "en"})
    assert (made.status, made.told["name"]) == (201, "content/en/about/our-bus.md")
    file = desk.site.root / made.told["name"]
    assert "status: draft" in file.read_text()
    file.unlink()


def test_a_page_is_copied_moved_retired_and_back_and_the_list_says_by_whom(
    bea: Browser, page: Path, desk: Desk
) -> None:
    def row(name: str) -> Any:
        rows = bea.ask("/studio/pages").told["pages"]
        return next(one for one in rows if one["name"] == name)

    copied = bea.ask("/studio/copy", {"name": NAME, "title": "A copy"}).told["name"]
    assert copied == "content/en/about/a-copy.md"
    assert (row(copied)["by"], row(copied)["title"]) == ("Bea", "A copy")
    copy = desk.site.root / copied
    moved = bea.ask(
        "/studio/move", {"name": copied, "opened": hash_of(copy.read_bytes()), "part": ""}
    ).told["name"]
    assert moved == "content/en/a-copy.md"
    opened = bea.ask(f"/studio/page?name={moved}").told["opened"]
    gone = bea.ask("/studio/retire", {"name": moved, "opened": opened}).told
    assert gone == {"name": "content/.retired/en/a-copy.md", "links": []}
    listed = bea.ask("/studio/pages").told
    assert [one["title"] for one in listed["retired"]] == ["A copy"]
    assert bea.ask("/studio/bring-back", {"retired": gone["name"]}).told["name"] == moved
    assert bea.ask("/studio/bring-back", {"retired": gone["name"]}).status == 422
    (desk.site.root / moved).unlink()
    for wrong in (NAME, "content/.retired/../../x.md"):
        assert bea.ask("/studio/bring-back", {"retired": wrong}).status == 422
    assert page.read_text() == DRAFT


def test_an_order_is_changed_only_as_it_was_seen(bea: Browser, page: Path, desk: Desk) -> None:
    ali = Browser(desk)
    ali.sign_in("Ali")
    now = ["content/en/about/people.md", SHOWN, NAME]
    texts = {one: (desk.site.root / one).read_text() for one in now}
    sent = {"language": "en", "part": "about", "before": now, "after": [now[0], NAME, SHOWN]}
    assert bea.ask("/studio/order", sent).status == 403
    assert bea.ask("/studio/order", {**sent, "before": now[::-1]}).status == 409
    assert ali.ask("/studio/order", sent).status == 200
    assert "order: 3" in (desk.site.root / SHOWN).read_text()
    back = {**sent, "before": sent["after"], "after": now}
    assert ali.ask("/studio/order", back).status == 200
    assert {one: (desk.site.root / one).read_text() for one in now} == texts
    assert page.read_text() == DRAFT


def test_five_wrong_passwords_make_one_wait(desk: Desk) -> None:
    browser = Browser(desk, address="192.0.2.9")
    for _ in range(5):
        assert browser.sign_in("Bea", "wrong").status == 403
    waiting = browser.sign_in("Bea")
    assert waiting.status == 429
    assert int(waiting.headers["retry-after"]) >= 1
    assert Browser(desk).sign_in("Bea").status == 200


def test_the_cookie_is_for_no_script_and_no_other_site(desk: Desk) -> None:
    told = Browser(desk, is_safe=True).sign_in("Bea").headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "secure", "path=/"} <= set(told.split("; "))
    assert "max-age" not in told


def test_who_is_idle_or_removed_is_signed_out(desk: Desk) -> None:
    now = [0.0]
    sessions = Sessions(desk.accounts, 60, lambda: now[0])
    member = desk.accounts.find("Bea")
    assert member is not None
    cookie, session = sessions.begin(member)
    now[0] = 50
    assert sessions.find(cookie) is not None
    now[0] = 100
    assert sessions.find(cookie, is_used=False) is not None
    now[0] = 111
    assert sessions.find(cookie) is None, "A page that asks by itself keeps nobody signed in."
    cookie, session = sessions.begin(desk.accounts.add("Cem", "write", PASSWORD))
    assert sessions.find(cookie) is not None
    desk.accounts.remove("Cem")
    assert sessions.find(cookie) is None
    sessions.end(session)


def test_only_the_proxy_comes_in_and_only_by_https(desk: Desk) -> None:
    proxy = Browser(desk, proxy="192.0.2.7", address="192.0.2.7")
    good = {"x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.1"}
    named = {**good, "host": "studio.example.org"}
    assert proxy.ask("/studio/words", headers=named).status == 200
    assert proxy.ask("/studio/words", headers={**named, "x-forwarded-proto": "http"}).status == 403
    assert proxy.ask("/studio/words").status == 403
    other = Browser(desk, proxy="192.0.2.7", address="192.0.2.8")
    assert other.ask("/studio/words", headers=named).status == 403


def test_the_public_kiosk_has_no_address_of_the_studio(desk: Desk, tiny_kiosk: KioskServer) -> None:
    for one in routes(desk, is_safe=False):
        path = getattr(one, "path", "")
        if path.startswith(("/studio", "/review")):
            assert ask(tiny_kiosk, "GET", path)[0] == 404, path
            assert ask(tiny_kiosk, "POST", path, b"{}")[0] == 404, path
