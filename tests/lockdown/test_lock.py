"""The lock as files: what is written where, what is refused, and that nothing is left."""

from __future__ import annotations

import json
import mmap
from pathlib import Path

import pytest
from click.testing import Result
from starlette.routing import Mount, Route

from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from kiosk.lockdown.policy import FILE, NO_PAGES, folder_for, own_address, policy_for
from kiosk.web.app import routes
from tests.tools.command import run
from tests.tools.sites import tiny_site

URL = "http://127.0.0.1:8501"
POLICY = Path("etc/chromium/policies/managed") / FILE


def lock(root: Path, *words: str, url: str = URL, browser: str = "/usr/bin/chromium") -> Result:
    which = [] if words == ("remove",) else ["--url", url, "--browser", browser]
    return run("lock", *words, "--root", str(root), *which)


def everything(root: Path) -> dict[str, bytes | None]:
    return {
        str(one.relative_to(root)): one.read_bytes() if one.is_file() else None
        for one in sorted(root.rglob("*"))
    }


def test_the_lock_is_written_told_and_taken_away_without_a_trace(tmp_path: Path) -> None:
    assert lock(tmp_path, "status").exit_code == 1
    done = lock(tmp_path, "install")
    assert done.exit_code == 0
    assert f"Locked: {tmp_path / POLICY}" in done.output
    assert json.loads((tmp_path / POLICY).read_text())["URLAllowlist"] == [URL]
    assert (tmp_path / POLICY).stat().st_mode & 0o777 == 0o644
    assert lock(tmp_path, "status").output == f"chromium is locked: it opens {URL} only.\n"
    assert lock(tmp_path, "remove").exit_code == 0
    assert everything(tmp_path) == {}


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    other = tmp_path / POLICY.with_name("other.json")
    other.parent.mkdir(parents=True)
    other.write_text("{}")
    before = everything(tmp_path)
    lock(tmp_path, "install")
    lock(tmp_path, "install", url="http://localhost:9000")
    assert lock(tmp_path, "status", url="http://localhost:9000").exit_code == 0
    lock(tmp_path, "remove")
    assert everything(tmp_path) == before


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_file_of_another_hand_is_never_written_over_nor_taken_away(
    tmp_path: Path, when: str
) -> None:
    if when == "after":
        lock(tmp_path, "install")
    (tmp_path / POLICY).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / POLICY).write_text('{"HomepageLocation": "https://example.org"}')
    before = everything(tmp_path)
    for words in (["install"], ["remove"]) if when == "after" else (["install"],):
        done = lock(tmp_path, *words)
        assert "it is not what this command wrote. Nothing was changed." in done.stderr
    assert everything(tmp_path) == before


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / POLICY).parent.mkdir(parents=True)
    (tmp_path / POLICY).symlink_to(target)
    assert lock(tmp_path, "install").exit_code != 0
    assert target.read_text() == "mine"


def test_an_install_that_a_power_cut_ended_can_be_taken_away(tmp_path: Path) -> None:
    lock(tmp_path, "install")
    (tmp_path / POLICY).unlink()
    assert lock(tmp_path, "remove").exit_code == 0
    assert everything(tmp_path) == {}


def test_status_says_what_is_wrong_and_what_to_type(tmp_path: Path) -> None:
    assert "is not locked. Try: sudo " in lock(tmp_path, "status").output
    lock(tmp_path, "install")
    told = lock(tmp_path, "status", url="http://127.0.0.1:9999")
    assert told.exit_code == 1
    assert "is locked for another address" in told.output
    assert told.output.endswith("--browser /usr/bin/chromium --url http://127.0.0.1:9999\n")


@pytest.mark.parametrize(
    "url", ["http://kiosk.example:8501", "https://127.0.0.1:8501", "8501", "http://127.0.0.1:x"]
)
def test_only_a_kiosk_of_this_machine_can_be_locked_to(tmp_path: Path, url: str) -> None:
    done = lock(tmp_path, "install", url=url)
    assert "is not an address of this machine" in done.stderr
    assert everything(tmp_path) == {}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8501/?page=home", URL),
        ("http://localhost", "http://localhost:80"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_an_address_is_taken_without_its_path(url: str, address: str) -> None:
    assert own_address(url) == address


@pytest.mark.parametrize(
    ("program", "folder"),
    [
        ("/usr/bin/chromium", "etc/chromium/policies/managed"),
        ("/usr/bin/google-chrome-stable", "etc/opt/chrome/policies/managed"),
        ("/usr/bin/microsoft-edge", "etc/opt/edge/policies/managed"),
        ("/usr/bin/chromium-browser", "etc/chromium-browser/policies/managed"),
        ("/snap/bin/chromium", "etc/chromium-browser/policies/managed"),
    ],
)
def test_each_browser_has_its_folder(program: str, folder: str) -> None:
    assert str(folder_for(Path(program))) == folder


def test_all_that_the_server_answers_but_its_page_and_the_door_is_closed(tmp_path: Path) -> None:
    paths = [
        route.path
        for route in routes(Kiosk(load_site(tiny_site(tmp_path))))
        if isinstance(route, Route | Mount)
    ]
    answered = {f"/{path.split('/')[1].partition('.')[0]}" for path in paths}
    closed = {path.partition(".")[0] for path in NO_PAGES}
    assert answered - closed == {"/locked"}
    assert {f"{URL}{path}" for path in NO_PAGES} <= set(policy_for(URL)["URLBlocklist"])


def test_the_browser_that_is_here_knows_every_policy_by_its_name(installed_browser: Path) -> None:
    program = installed_browser.resolve()
    # A start script names the real program's folder; the names stand in that program.
    places = [program, Path("/usr/lib") / program.name / program.name]
    binary = max((one for one in places if one.is_file()), key=lambda one: one.stat().st_size)
    with binary.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        missing = [name for name in policy_for(URL) if held.find(b"\0" + name.encode() + b"\0") < 0]
    assert missing == []


def test_open_lock_refuses_without_the_policy_and_says_what_to_type(tmp_path: Path) -> None:
    program = tmp_path / "no-such-browser"
    site = str(tiny_site(tmp_path))
    done = run("open", "--lock", "--site", site, "--browser", str(program))
    assert f"The browser {program.name} is not locked. Try: sudo " in done.stderr


def test_open_lock_refuses_where_there_is_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("open", "--lock", "--site", str(tiny_site(tmp_path)))
    assert "On Debian: sudo apt install chromium" in done.stderr
