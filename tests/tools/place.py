"""A tiny site with answers, and the command run on it."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result

from kiosk.config import load_site
from kiosk.feedback.store.index import open_index
from tests.tools.command import run
from tests.tools.sites import tiny_site


class Place:
    """site: its folder. folder: that of its answers, where there may be none yet."""

    def __init__(self, folder: Path) -> None:
        self.site = tiny_site(folder)
        self.folder = self.site / "data" / "feedback"

    def run(self, *arguments: str, code: int = 0, say: str = "") -> Result:
        """Run `kiosk feedback` here; it must end with this code. say: what is typed."""
        done = run("feedback", *arguments, "--site", str(self.site), typed=say)
        assert done.exit_code == code, done.output
        return done

    def indexed(self) -> list[str]:
        """Return the ids that the index on disk knows, without a look at the files."""
        with open_index(load_site(self.site)) as index:
            return [one.id for one in index.answers()]
