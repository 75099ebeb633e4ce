"""Fixtures for every room: one Chromium for the whole run, visits, and running kiosks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from kiosk.lockdown.chromium import flags
from kiosk.speech.engine import Voice
from kiosk.speech.natural import NaturalEngine
from tests.tools import chromium as chromium_finder
from tests.tools import clips, conformance, ending, fonts
from tests.tools.cases import examples, is_drill
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import shipped_site, tiny_site
from tests.tools.visit import KIOSK, OpenVisit, Screen, Visit

MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the conformance report, and of the golden files."""
    conformance.add_options(parser)
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Let what tests start end with this process, and keep the conformance report right."""
    ending.watch()
    # Hypothesis would measure a speed: a case may take what the machine needs.
    settings.register_profile("kiosk", deadline=None, max_examples=examples(100))
    settings.load_profile("kiosk")
    if pool := clips.open_pool():
        config.add_cleanup(lambda: clips.close_pool(pool))
    config.pluginmanager.register(conformance.Conformance(config), "conformance")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the natural voice where that is not installed: the kiosk may lack it."""
    if NaturalEngine().missing(Voice("en", "natural/heart", 130)) is None:
        return
    needing = [item for item in items if item.get_closest_marker("natural")]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_report_header() -> str | None:
    """Say that tests are left out."""
    missing = NaturalEngine().missing(Voice("en", "natural/heart", 130))
    return f"Tests of the natural voice are left out. {missing}" if missing else None


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the path of a Chromium that starts; without one the test fails, never skips."""
    found = chromium_finder.find()
    assert found, "No Chromium starts here. `python -m tests` brings one."
    return found


@pytest.fixture(scope="session")
def urdu_letters() -> None:
    """Make sure that Urdu can be drawn; else the test fails, never skips."""
    assert fonts.find(), "No typeface has the letters of Urdu. `python -m tests` brings one."


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give the one driver of browsers: a process cannot have two at a time."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: Path) -> Iterator[Browser]:
    """Give one headless Chromium with a fresh profile to all the tests of a run.

    It is the headless shell where there is one; in a drill it is what a kiosk has.
    """
    shell = None if is_drill() else chromium_finder.find_shell(chromium)
    started = playwright.chromium.launch(
        executable_path=shell or chromium,
        headless=True,
        # No autoplay switch: sound must obey the browser's real rules.
        # A microphone that beeps, and nobody who must be asked for it.
        args=[*flags(), *MICROPHONE],
    )
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[OpenVisit]:
    """Give `visit(screen=KIOSK)`: each call is a new person; all are closed after the test."""
    with ExitStack() as opened:

        def open_visit(screen: Screen = KIOSK) -> Visit:
            return opened.enter_context(Visit(browser, screen))

        yield open_visit


@pytest.fixture
def kiosk_server(tmp_path: Path) -> Iterator[StartKiosk]:
    """Give `kiosk_server(site=None, data=..., environment=...)`: starts a real kiosk.

    It is forked unless it must be the `real_command`: see `KioskServer`. Without a site it serves
    a tiny one. Its data is in `tmp_path / "data"` unless `data` is
    given. Its clips are shared with other tests' unless `shared` is "". Every kiosk is stopped
    after the test, and nothing of it may be left.
    """
    with ExitStack() as started:

        def start(
            site: Path | None = None,
            *,
            data: Path | None = None,
            environment: Mapping[str, str] | None = None,
            real_command: bool = False,
            shared: str = "tiny",
        ) -> KioskServer:
            server = KioskServer(
                site or tiny_site(tmp_path),
                data or tmp_path / "data",
                environment=environment,
                real_command=real_command,
                shared=shared,
            )
            started.callback(server.close)
            return server

        yield start


@pytest.fixture(scope="session")
def tiny_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    """Give one running kiosk with the tiny site to all tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("tiny")
    server = KioskServer(tiny_site(folder), folder / "data", shared="tiny")
    yield server
    server.close()


@pytest.fixture(scope="session")
def luton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    """Give one running kiosk with the site that is shipped; what a test sends stays in its data.

    It makes few sounds ahead: what a test hears is made when it is asked for.
    """
    folder = tmp_path_factory.mktemp("luton")
    server = KioskServer(shipped_site(folder, clips_mb=60), folder / "data", shared="luton")
    yield server
    server.close()
