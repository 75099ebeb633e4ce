"""Two engines of accessibility rules that are not axe: IBM's Equal Access, and HTML CodeSniffer.

Both come as packages of npm. deno, which checks our types, brings them by their names, in the
versions and with the sums of `npm/deno.lock`, into a folder that is not in Git.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

WANTED = Path(__file__).with_name("npm")
FOLDER = Path(__file__).resolve().parents[2] / ".tools" / "npm"
FETCH_SECONDS = 300
EQUAL_ACCESS = FOLDER / "node_modules" / "accessibility-checker-engine" / "ace.js"
CODESNIFFER = FOLDER / "node_modules" / "html_codesniffer" / "build" / "HTMLCS.js"
LISTS = ("deno.json", "deno.lock")

# What fails a rule; "potential" and "manual" are questions to a person. It walks into templates,
# which nobody meets, and stumbles there over words without an element: they are empty meanwhile.
ASK_EQUAL_ACCESS = """async () => {
  const kept = [...document.querySelectorAll("template")].map(
    ({ content }) => [content, [...content.childNodes]]);
  for (const [content] of kept) content.replaceChildren();
  const told = await new ace.Checker().check(document, ["IBM_Accessibility", "WCAG_2_2"]);
  for (const [content, nodes] of kept) content.append(...nodes);
  return told.results.filter(({ value }) => value[1] === "FAIL").map(
    ({ ruleId, message, path, snippet }) => `${ruleId}: ${message}: ${path.dom} ${snippet}`);
}"""
ASK_CODESNIFFER = """async () => {
  await new Promise((done, broken) => HTMLCS.process("WCAG2AA", document, done, broken));
  return HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR).map(
    ({ code, msg, element }) => `${code}: ${msg}: ${element.outerHTML?.slice(0, 200)}`);
}"""


def are_here() -> bool:
    """Return whether both are here, in the versions that are wanted."""
    return is_same(WANTED, FOLDER) and EQUAL_ACCESS.is_file() and CODESNIFFER.is_file()


def is_same(wanted: Path, folder: Path) -> bool:
    """Return whether a folder was made of the lists in another one, as they are now."""
    return all(
        (folder / name).is_file() and (folder / name).read_bytes() == (wanted / name).read_bytes()
        for name in LISTS
    )


def find_or_bring() -> bool:
    """Make sure of both; return whether they are here."""
    if are_here():
        return True
    print("I install two engines of accessibility rules. This is done once.", flush=True)
    return bring(WANTED, FOLDER) and are_here()


def bring(wanted: Path, folder: Path) -> bool:
    """Install the packages of npm that a folder lists into another one; return whether it went."""
    deno = shutil.which("deno", path=Path(sys.executable).parent)
    if deno is None:
        print(f"deno is not installed beside {sys.executable}.")
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in LISTS:
        shutil.copy(wanted / name, folder)
    # It trusts whom this computer trusts, as the other package managers do.
    own = {"DENO_TLS_CA_STORE": "system,mozilla", "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [deno, "install", "--quiet", "--frozen", "--config", folder / "deno.json"],
            cwd=folder,
            env=own | os.environ,
            stdin=subprocess.DEVNULL,
            timeout=FETCH_SECONDS,
            check=False,
        )
    return is_same(wanted, folder)


@cache
def _source(file: Path) -> str:
    assert are_here(), "Engines of accessibility rules are missing. `python -m tests` brings them."
    return file.read_text(encoding="utf-8")


def broken_rules(page: Page) -> list[str]:
    """Return what either engine finds wrong in a document, each place as a readable line."""
    found = []
    for name, file, ask in (
        ("Equal Access", EQUAL_ACCESS, ASK_EQUAL_ACCESS),
        ("HTML CodeSniffer", CODESNIFFER, ASK_CODESNIFFER),
    ):
        page.evaluate(_source(file))
        found += [f"{name}: {line}" for line in page.evaluate(ask)]
    return found
