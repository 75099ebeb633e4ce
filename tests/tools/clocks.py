"""A server whose clock can be set while it runs, and a page whose clock can; time itself goes on.

libfaketime stands between the process and the kernel: it shifts what the wall clock tells, and
leaves the clock alone that only goes forward.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

PROGRAMS = {"faketime": "faketime"}
HOUR = 3600
YEAR = 365 * 24 * HOUR
SHIFTS = (HOUR, -HOUR, YEAR, -YEAR)  # seconds


class ServerClock:
    """The wall clock of a server that is started with `environment`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.shift(0)

    def shift(self, seconds: int) -> None:
        """Set the clock so many seconds from the right time; a server sees it a second later."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n", encoding="ascii")
        new.replace(self._file)  # the process may be reading it

    @property
    def environment(self) -> dict[str, str]:
        """The variables for the server's process."""
        return {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",  # seconds between two looks into the file
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",  # a file keeps the time at which it was written
        }


def _library() -> Path:
    found = sorted(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"))
    assert found, "libfaketime is not here: python -m tests brings it (package faketime)."
    return found[0]


_PAGE = """
globalThis.clockShift = 0; // milliseconds
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) {
    if (given.length) super(...given);
    else super(Right.now() + globalThis.clockShift);
  }
  static now() {
    return Right.now() + globalThis.clockShift;
  }
};
"""


def let_page_clocks_jump(context: BrowserContext) -> None:
    """Prepare the pages that are opened from now on for `shift_page`."""
    context.add_init_script(_PAGE)


def shift_page(page: Page, seconds: int) -> None:
    """Set a page's clock so many seconds from the right time."""
    page.evaluate("(shift) => { globalThis.clockShift = shift; }", seconds * 1000)
