"""What may be in Git, and in what size."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TOP = {"kiosk", "content", "assets", "tests"}
TOP |= {"kiosk.toml", "pyproject.toml", "README.md", "LICENSE"}
MACHINES = re.compile(rb"(?<![\w.])/(?:work|root|home)(?![\w.-])|\b[A-Z]:\\Users")
HOSTS = re.compile(rb"\bpypi\.org|pythonhosted\.org|registry\.npmjs|conda\.anaconda")
MOST_BYTES = 300_000
MOST_LINES = 500


def tracked() -> list[Path]:
    """Return the files that Git holds and that are still there, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    return [Path(name) for name in names if name and (ROOT / name).exists()]


def test_the_top_level_holds_only_what_belongs_there() -> None:
    names = {path.parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} - TOP == set()
    assert {"kiosk", "tests", "pyproject.toml", "README.md", "LICENSE"} <= names


def test_no_file_names_a_folder_of_one_machine() -> None:
    # This file has to spell the folders to look for them.
    here = Path(__file__).resolve().relative_to(ROOT)
    found = [path for path in tracked() if MACHINES.search((ROOT / path).read_bytes())]
    assert [path for path in found if path != here] == []


@pytest.mark.parametrize("text", [b"see /work/x", b"'/home/ann/x'", b"cd /root", b"C:\\Users"])
def test_a_folder_of_one_machine_would_be_found(text: bytes) -> None:
    assert MACHINES.search(text)


@pytest.mark.parametrize(
    "text", [b"content/en/home.md", b"pages/work/x", b"/workshops", b"./root", b"}/home.md"]
)
def test_ordinary_paths_are_not_taken_for_one(text: bytes) -> None:
    assert not MACHINES.search(text)


def test_no_file_names_a_host_that_packages_come_from() -> None:
    here = Path(__file__).resolve().relative_to(ROOT)
    found = [path for path in tracked() if HOSTS.search((ROOT / path).read_bytes())]
    assert [path for path in found if path != here] == []


def test_no_file_is_too_large_for_a_review() -> None:
    sizes = {path: (ROOT / path).stat().st_size for path in tracked()}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def test_every_module_can_be_read_in_one_sitting() -> None:
    modules = [path for path in tracked() if path.suffix in {".py", ".js", ".mjs", ".css"}]
    lengths = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in modules}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_package_that_we_ask_for_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    asked = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    reasons = re.findall(r'^(?:requires = \[|\s+)"([^"]+)"[\],]\s*#\s*\S.*$', text, re.M)
    assert set(asked) - set(reasons) == set()


def test_every_package_that_we_ask_for_has_one_exact_version_and_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {*project["project"]["dependencies"], *project["dependency-groups"]["dev"]}
    pins = {pin.split(" ;")[0] for pin in project["tool"]["uv"]["constraint-dependencies"]}
    assert asked <= pins
