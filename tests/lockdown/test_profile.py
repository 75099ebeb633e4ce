"""What stays of the locked browser's folder at a start: the answers that wait, and nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.feedback.store.daily import FILE
from kiosk.lockdown.processes import renderers
from kiosk.lockdown.profile import (
    MOST_ASIDE,
    aside,
    fresh_profile,
    profile_of,
)
from tests.lockdown.front import Front
from tests.lockdown.opened import SECONDS, Opened, has_page
from tests.lockdown.test_watchdog import QUICK
from tests.lockdown.writer import WRITES, places
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

URL = "http://127.0.0.1:8501"
DATABASE = Path("Default/IndexedDB/http_127.0.0.1_8501.indexeddb.leveldb")
VOICE = 300_000  # bytes: too many for the database itself, they get a file of their own
# Tells what waits, and lets an answer wait if there is none: one that no kiosk takes.
WAITS = f"""
const asked = indexedDB.open("kiosk-answers", 1);
asked.onupgradeneeded = () => {{
  for (const store of ["waiting", "drafts"])
    asked.result.createObjectStore(store, {{ keyPath: "id" }});
}};
asked.onsuccess = () => {{
  const change = asked.result.transaction("waiting", "readwrite", {{ durability: "strict" }});
  const waiting = change.objectStore("waiting");
  waiting.getAll().onsuccess = ({{ target }}) => {{
    for (const {{ text, voices }} of target.result)
      fetch(`/told/waits ${{text.length}} ${{voices.say.bytes.byteLength}}`);
    const say = {{ type: "audio/wav", bytes: new ArrayBuffer({VOICE}) }};
    const one = {{ id: "1", answer: {{ id: "1", answers: {{}} }}, voices: {{ say }} }};
    if (!target.result.length) waiting.put({{ ...one, text: "GI" + "VEN" }});
  }};
  change.oncomplete = () => {{
    asked.result.close(); // it is the page's own store
    fetch("/told/kept");
  }};
}};
""".encode()

# Leads one visitor to the words, sends them at a "!", and ends the visit.
SENDS = b"""
const all = (selector) => [...document.querySelectorAll(selector)];
const seen = (selector) => all(selector).find((one) => one.checkVisibility());
let isHere = false;
const visit = setInterval(() => {
  if (!document.querySelector("#kiosk[data-ready]")) return;
  const words = seen("textarea");
  if (words?.value.endsWith("!")) return seen("[data-action=send]").click();
  if (words) {
    if (isHere) return;
    isHere = document.activeElement === words;
    words.focus();
    if (isHere) fetch("/told/here");
  } else if (seen(".thanks")) {
    clearInterval(visit);
    fetch("/told/sent");
    document.querySelector("[data-action=finish]").click();
  } else seen("a[data-page=think], [data-action=skip]")?.click();
}, 600);
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def put(site: Site, *names: str | Path) -> None:
    for name in names:
        file = profile_of(site) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def left(site: Site) -> list[str]:
    folder = profile_of(site)
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_the_kiosks_own_database_stays_and_all_else_goes(site: Site) -> None:
    blob = DATABASE.with_suffix(".blob") / "1" / "00" / "3"
    log = DATABASE / "LOG"
    others = ["Default/Cookies", "Default/Local Storage/leveldb/1.log", "Local State"]
    put(site, blob, log, *others, "Default/Cache/Cache_Data/0", "Default/Sessions/Session_1")
    (profile_of(site) / "SingletonLock").symlink_to("nowhere")
    told: list[str] = []
    assert fresh_profile(site, URL, told.append) == profile_of(site)
    assert left(site) == sorted([str(blob), str(log)])
    assert sorted(one.name for one in profile_of(site).iterdir()) == ["Default"]
    assert told == []


def test_the_first_start_after_an_older_version_keeps_where_its_answers_wait(site: Site) -> None:
    local = "Default/Local Storage/leveldb/000003.log"
    put(site, local, "Default/Cookies")
    fresh_profile(site, URL, print)
    assert left(site) == [local]
    put(site, DATABASE / "LOG")  # the page has its database now
    fresh_profile(site, URL, print)
    assert left(site) == [str(DATABASE / "LOG")]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://localhost:9000", "http_localhost_9000"),
        ("http://[::1]:8501", "http_[__1]_8501"),
        ("http://127.0.0.1:80", "http_127.0.0.1_0"),
    ],
)
def test_the_database_has_the_name_that_chromium_gives_it(site: Site, url: str, name: str) -> None:
    put(site, f"Default/IndexedDB/{name}.indexeddb.leveldb/LOG")
    fresh_profile(site, url, print)
    assert left(site) == [f"Default/IndexedDB/{name}.indexeddb.leveldb/LOG"]


@pytest.mark.parametrize("fault", ["damaged", "another address"])
def test_what_cannot_be_used_is_moved_aside_and_told(site: Site, fault: str) -> None:
    put(site, DATABASE / "MANIFEST-000001", DATABASE.with_suffix(".blob") / "1")
    told: list[str] = []
    fresh_profile(site, URL if fault == "damaged" else "http://127.0.0.1:1", told.append)
    assert left(site) == []
    (kept,) = aside(site)
    assert sorted(one.name for one in kept.iterdir()) == [
        DATABASE.with_suffix(".blob").name,
        DATABASE.name,
    ]
    assert len(told) == 1
    assert f"It is kept in {site.shown(kept)}" in told[0]


def test_what_was_moved_aside_is_bounded_in_number_and_time(site: Site) -> None:
    for _ in range(MOST_ASIDE + 2):
        put(site, DATABASE / "MANIFEST-000001")
        fresh_profile(site, URL, print)
    assert len(aside(site)) == MOST_ASIDE
    old = datetime.now(UTC) - timedelta(days=site.settings.feedback.keep_months * 31 + 1)
    first = aside(site)[0]
    first.rename(first.with_name(f"damaged-{old:%Y%m%d-%H%M%S-%f}"))
    fresh_profile(site, URL, print)
    assert len(aside(site)) == MOST_ASIDE  # nobody knows yet whether the clock is right
    (site.data / FILE).write_text(f"{site.today() - timedelta(days=90)}\n")
    fresh_profile(site, URL, print)
    assert len(aside(site)) == MOST_ASIDE
    (site.data / FILE).write_text(f"{site.today()}\n")
    fresh_profile(site, URL, print)
    assert len(aside(site)) == MOST_ASIDE - 1


@pytest.fixture
def front(
    kiosk_server: StartKiosk, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Front]:
    """Give a kiosk whose pages have the probe in them; a parameter adds settings of the hall."""
    more = getattr(request, "param", "")
    settings = f"{QUICK}{more}\n[visit]\nattract_seconds = 10\n"
    kiosk = kiosk_server(
        tiny_site(tmp_path, {"kiosk.toml": settings}), data=tmp_path / "data", real_command=True
    )
    tag = b'<script type="module" src="/probe.js"></script>'
    front = Front(kiosk.port, each=tag, own={"/probe.js": WAITS})
    yield front
    front.close()


def files_with(folder: Path, word: str) -> list[Path]:
    """Return the files of a browser that have a word in them, as it may write it."""
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    found = []
    for inside, _, names in os.walk(folder):
        for one in (Path(inside, name) for name in names):
            with suppress(FileNotFoundError):  # a browser lets files come and go
                data = b"" if one.is_symlink() else one.read_bytes()
                found += [one] if any(form in data for form in forms) else []
    return found


def waits(front: Front) -> int:
    return front.told.count(f"waits 5 {VOICE}")


def comes_back(opened: Opened, front: Front, harm: Callable[[], None], why: str) -> None:
    """Do a harm; the browser must start again, and what waited must be there."""
    known = waits(front)
    harm()
    wait_until(lambda: why in opened.told, SECONDS, why)
    wait_until(lambda: waits(front) > known, SECONDS, f"what waited, after: {why}")


@pytest.mark.drill
def test_an_answer_that_waits_outlives_the_browser_and_nothing_else_of_the_visitor_does(
    front: Front, tmp_path: Path, installed_browser: Path
) -> None:
    front.own["/probe.js"] = WAITS + WRITES
    site, data = tmp_path / "site", tmp_path / "data"
    with closing(Opened(tmp_path, installed_browser, site, data, front.url)) as opened:
        wait_until(lambda: "kept" in front.told and places(front), SECONDS, "the words")
        opened.screen.hands("type", "--delay", "50", "Axolotl!")
        wait_until(lambda: len(places(front)) == 2, SECONDS, "the next visit")
        profile = data / "lock" / "browser"
        database = profile / "Default" / "IndexedDB"
        assert files_with(profile, "Axolotl") == []
        comes_back(
            opened, front, lambda: os.kill(opened.browser, signal.SIGKILL), "The browser ended."
        )
        assert files_with(profile, "Axolotl") == []
        outside = [one for one in files_with(profile, "GIVEN") if database not in one.parents]
        assert outside == []


@pytest.mark.drill
def test_what_was_sent_has_left_the_browser_when_nobody_is_there(
    front: Front, tmp_path: Path, installed_browser: Path
) -> None:
    front.own["/probe.js"] = SENDS
    site, data = tmp_path / "site", tmp_path / "data"
    profile = data / "lock" / "browser"
    with closing(Opened(tmp_path, installed_browser, site, data, front.url)) as opened:
        wait_until(lambda: "here" in front.told, SECONDS, "the words")
        opened.screen.hands("type", "--delay", "50", "Axolotl!")
        wait_until(lambda: "sent" in front.told, SECONDS, "the thank-you")
        wait_until(lambda: files_with(data / "feedback", "Axolotl"), SECONDS, "the answer")
        # It waited there, and what was taken out of a database is in its files for a while.
        assert files_with(profile, "Axolotl")
        wait_until(lambda: not files_with(profile, "Axolotl"), SECONDS, "clean files")


@pytest.mark.drill
@pytest.mark.parametrize("front", ["page_memory_mb = 100\n"], indirect=True)
def test_an_answer_waits_over_each_restart_of_the_keeper(
    front: Front, tmp_path: Path, installed_browser: Path
) -> None:
    site, data = tmp_path / "site", tmp_path / "data"
    with closing(Opened(tmp_path, installed_browser, site, data, front.url)) as opened:
        wait_until(lambda: "kept" in front.told, SECONDS, "an answer that waits")

        def hang() -> None:
            for pid in renderers(opened.browser):
                os.kill(pid, signal.SIGSTOP)

        def power_cut() -> None:
            opened.kill_keeper()
            opened.start()

        def tear() -> None:
            opened.kill_keeper()
            (log,) = (data / "lock" / "browser").glob("Default/IndexedDB/*.leveldb/*.log")
            with log.open("ab") as file:
                file.write(b"\xff" * 50)
            opened.start()

        comes_back(
            opened, front, lambda: os.kill(opened.browser, signal.SIGKILL), "The browser ended."
        )
        comes_back(opened, front, hang, "No page was seen for 5 seconds")
        comes_back(opened, front, power_cut, "")
        comes_back(opened, front, tear, "is torn. What is sound goes on being sent.")
        wait_until(lambda: has_page(front.url, 3), SECONDS, "a page")
        comes_back(opened, front, lambda: None, "MB, and nobody is there.")
