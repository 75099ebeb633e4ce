"""What is served is of one moment, whoever reads while files change."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.content.test_library import ABOUT, library, put
from tests.tools.sites import PLAN, tiny_site


def test_readers_see_one_moment_while_files_change(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    old, new = made.now, PLAN.replace("Your plan", "New").replace("An EHCP", "New")
    known = {old.version: "Your plan"}
    put(site, f"{ABOUT}/plan.md", new)
    made.refresh()
    known[made.version] = "New"
    finished = threading.Event()
    torn: list[str] = []

    def read() -> None:
        while not finished.is_set():
            now = made.now
            page = now.languages["en"].pages["plan"]
            first = page.ideas[0].sentences[0].text.startswith("New")
            if known[now.version] != page.title or first != (page.title == "New"):
                torn.append(page.title)

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=lambda: [made.refresh() for _ in range(10)])]
    for one in readers + writers:
        one.start()
    for turn in range(10):
        put(site, f"{ABOUT}/plan.md", PLAN if turn % 2 else new)
        made.refresh()
    writers[0].join()
    finished.set()
    for one in readers:
        one.join()
    assert torn == []
