"""The modules of the front end: their types fit, and what needs no page works by itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import playwright
import pytest

from kiosk.screen.document import FOLDER

BESIDE = Path(__file__).with_name("frontend")
SETUP = Path(__file__).resolve().parents[2] / "kiosk" / "web" / "setup" / "page"
NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
WORKER = Path(str(files("kiosk.export"))) / "webcopy" / "worker.js"
STUDIO = SETUP.parents[1] / "studio" / "frontend"
MODULES = sorted([*FOLDER.rglob("*.js"), *SETUP.glob("*.js"), *STUDIO.glob("*.js")])
# A type that says nothing, and what lets the checker look away.
LOOKS_AWAY = re.compile(r"\{[^}\n]*\bany\b[^}\n]*\}|@ts-")


def check_types(kept: Path, *modules: Path, config: str = "deno.json") -> str:
    """Return all that the compiler says of some modules; "" if every type fits.

    kept: where it may keep what it has read. config: where they run: in a page, or beside it.
    """
    deno = shutil.which("deno", path=Path(sys.executable).parent)
    assert deno, f"deno is not installed beside {sys.executable}."
    own = {"DENO_DIR": str(kept), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [deno, "check", "--quiet", "--no-remote", "--config", BESIDE / config, *modules],
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_type_fits(tmp_path: Path) -> None:
    assert len(MODULES) > 30
    assert check_types(tmp_path, *MODULES) == ""


@pytest.mark.drill
def test_every_type_of_the_worker_of_a_web_copy_fits(tmp_path: Path) -> None:
    assert check_types(tmp_path, WORKER, config="worker.json") == ""


@pytest.mark.drill
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('import { loudness } from "/screen/voice/loudness.js";\nloudness("loud");', "TS2345"),
        ("export function twice(number) { return number * 2; }", "TS7006"),
        ('document.getElementById("page").focus();', "TS2531"),
    ],
    ids=["another type", "no type", "perhaps nothing"],
)
def test_a_type_that_does_not_fit_is_found(tmp_path: Path, wrong: str, code: str) -> None:
    module = tmp_path / "wrong.js"
    module.write_text(wrong, encoding="utf-8")
    assert code in check_types(tmp_path / "kept", module)


def test_no_type_says_nothing() -> None:
    declared = [*MODULES, *FOLDER.rglob("*.d.ts")]
    found = [file for file in declared if LOOKS_AWAY.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_what_needs_no_page_works_by_itself() -> None:
    tests = sorted(BESIDE.glob("*.test.js"))
    assert tests
    done = subprocess.run(
        [NODE, "--test", *tests],
        env=os.environ | {"NODE_NO_WARNINGS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\S+ (?:skipped|todo) [1-9]", done.stdout, re.MULTILINE) is None
