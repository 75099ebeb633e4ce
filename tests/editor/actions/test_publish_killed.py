"""Publishing is killed at every step that it takes on the disk: nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.sites import ROOT

KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.history import History
from kiosk.editor.actions.publish import ShowVersion, DropCopy, PublishPage
from kiosk.editor.actions.save import SavePage, look
from tests.tools.sites import PLAN, tiny_site

NAME, DAY = "content/en/about/plan.md", date(2026, 11, 27)
MINE, NEW = PLAN + "Mine.\\n", PLAN.replace("source: The tests", "source: Us") + "Mine.\\n"
CALLS = ("open", "link", "replace", "fsync", "unlink", "mkdir", "write")
FACTS = {"source": "Us"}

def die_at(step):
    left = [step]
    def wrap(call):
        def counted(*given, **named):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)
        return counted
    for name in CALLS:
        setattr(os, name, wrap(getattr(os, name)))

def publish(site, library):
    opened = look(site, NAME).opened
    return PublishPage(site, library, NAME, opened, "Ali", True, "ready", FACTS, today=DAY)

def drop(site, library):
    return DropCopy(site, NAME, look(site, NAME).opened)

def back(site, library):
    return ShowVersion(site, library, NAME, look(site, NAME).opened, 1, "Ali", True)

def known(site):
    now = look(site, NAME)
    return now, {now.live.text, now.text, *(one.text for one in History(site).versions(NAME))}

work, new = {"publish": (publish, NEW), "drop": (drop, PLAN), "back": (back, PLAN)}[sys.argv[2]]
step, killed = 0, True
while killed:
    step += 1
    site = load_site(tiny_site(Path(sys.argv[1]) / str(step)))
    library = Library(site)
    SavePage(site, library, NAME, MINE, look(site, NAME).opened, "Bea").execute()
    old = PLAN
    if work is back:
        publish(site, library).execute()
        old = NEW
    action = work(site, library)
    child = os.fork()
    if not child:
        die_at(step)
        action.execute()
        os._exit(0)
    killed = os.waitpid(child, 0)[1] != 0
    now, texts = known(site)
    assert now.live.text in (old, new), step
    assert {old, MINE if work is not back else NEW} <= texts or {old, new} <= texts, step
    assert killed or now.live.text == new
    if work is not drop or now.copy is not None:
        work(site, library).execute()
    now, texts = known(site)
    assert (now.live.text, now.copy) == (new, None), step
    assert old in texts
    assert work is not drop or MINE in texts
    assert sorted((site.content / "en/about").iterdir())[0].name.startswith((".", "people"))
print(step)
"""


@pytest.mark.drill
@pytest.mark.parametrize("work", ["publish", "drop", "back"])
def test_whatever_ends_the_program_visitors_see_the_old_page_or_the_new_one(
    tmp_path: Path, work: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), work],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
