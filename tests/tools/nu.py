"""The W3C's own checker of HTML (Nu), a program in Java that npm carries."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.tools import engines

SECONDS = 300


def html_errors(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return each error of some documents as a line. folder: an empty one, for them.

    A warning that it gives is no error: it cannot know, of a file, what a policy lets come in.
    """
    java = shutil.which("java")
    assert java, "This test needs Java: `apt-get install default-jre-headless`."
    assert engines.are_here(), "The checker is missing. `python -m tests` brings it."
    (jar,) = (engines.FOLDER / "node_modules").glob(".deno/vnu-jar@*/**/vnu.jar")
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    files = sorted(str(one) for one in folder.glob("*.html"))
    done = subprocess.run(
        [java, "-Xss2m", "-jar", str(jar), "--format", "json", *files],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    told = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one.get('url', '')).name}:{one.get('lastLine')}: {one['message']}"
        f" {one.get('extract', '').strip()}"
        for one in told
        if one["type"] != "info"
    ]
