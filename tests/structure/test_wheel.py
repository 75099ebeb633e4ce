"""The wheel carries everything, and works away from this folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what Git would carry, with the hatchling that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "kiosk", source / "kiosk")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=source,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (found,) = (folder / "dist").glob("*.whl")
    return found


def test_the_wheel_carries_every_file_of_the_engine(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "kiosk"], cwd=ROOT, capture_output=True, check=True
    )
    expected = {name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()}
    carried = set(zipfile.ZipFile(wheel).namelist())
    assert expected - carried == set()
    # Streamlit finds the screen's files by this one.
    assert "kiosk/pyproject.toml" in carried


def test_the_wheel_carries_nothing_but_the_engine(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"kiosk"}


def test_each_component_has_its_folder_where_the_wheels_pyproject_says(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as carried:
        project = tomllib.loads(carried.read("kiosk/pyproject.toml").decode())
        components = project["tool"]["streamlit"]["component"]["components"]
        assert {one["name"] for one in components} == {"screen", "studio"}
        for one in components:
            assert f"kiosk/{one['asset_dir']}/component.js" in carried.namelist()


@pytest.mark.drill
def test_an_installed_wheel_starts_without_this_folder(wheel: Path, tmp_path: Path) -> None:
    uv = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = tmp_path / "pins.txt"
    pins.write_text("\n".join(project["tool"]["uv"]["constraint-dependencies"]))
    venv = tmp_path / "venv"
    python = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(venv)],
        [uv, "pip", "install", "--quiet", "--python", str(python), "-c", str(pins), str(wheel)],
        [str(python.with_name("kiosk")), "--help"],
    ):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout
    where = subprocess.run(
        [str(python), "-c", "import kiosk; print(kiosk.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(venv)
