"""The start goes on where the natural voice cannot be had."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from kiosk.speech.natural import VERSION

ROOT = Path(__file__).resolve().parents[2]

# A uv that says what it is asked, and fails where the test says so.
UV = """\
#!/bin/sh
echo "uv $*" >> asked
case "$*" in
    $FAILING) exit 1 ;;
    *--version*) ;;
    sync*) mkdir -p .venv ;;
    venv*) mkdir -p .venv ;;
esac
"""


def start(folder: Path, failing: str) -> tuple[list[str], str]:
    """Start a kiosk there; return what uv was asked, and what was said."""
    (folder / "asked").unlink(missing_ok=True)
    done = subprocess.run(
        ["sh", str(folder / ".setup" / "kiosk"), "--port", "1"],
        env={"PATH": "/usr/bin:/bin", "FAILING": failing},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    asked = (folder / "asked").read_text(encoding="utf-8").splitlines()
    return [line for line in asked if "--version" not in line], done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / ".setup", tmp_path / ".setup")
    uv = tmp_path / ".uv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text(UV.replace("$FAILING", "${FAILING}*"), encoding="utf-8")
    uv.chmod(0o755)
    return tmp_path


RUN = "uv run --no-sync kiosk --port 1"
VOICE = "uv pip install -q --python .venv --no-deps --require-hashes -r .setup/natural.txt"


def test_the_voice_is_installed_by_its_sums_and_the_kiosk_started(folder: Path) -> None:
    asked, said = start(folder, failing="nothing")
    assert asked == ["uv sync -q --inexact --no-dev", VOICE, RUN]
    assert "I install the natural voice for English." in said


def test_a_voice_that_cannot_be_installed_stops_nothing_and_is_not_tried_again(
    folder: Path,
) -> None:
    asked, said = start(folder, failing="pip install -q --python .venv --no-deps")
    assert asked[-1] == RUN
    assert "could not be installed" in said
    assert start(folder, failing="pip")[0] == ["uv sync -q --inexact --no-dev", RUN]


def test_a_package_that_is_gone_for_ever_takes_no_other_with_it(folder: Path) -> None:
    asked, _ = start(folder, failing="sync")
    assert "uv pip install -q --python .venv -e ." in [line.strip() for line in asked]
    assert asked[-1] == RUN


def test_the_sums_are_of_the_versions_that_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["optional-dependencies"]["natural"]
    text = (ROOT / ".setup" / "natural.txt").read_text(encoding="utf-8")
    here = re.findall(r"^([\w.-]+==[\w.]+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
    assert set(wanted) <= set(here)
    assert set(here) <= set(project["tool"]["uv"]["constraint-dependencies"])
    assert f"hibari-tts=={VERSION}" in here
