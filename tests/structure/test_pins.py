"""What is installed here is what pyproject.toml pins, brought-along packages too."""

from __future__ import annotations

import tomllib
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def test_every_installed_package_has_its_pinned_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [Requirement(pin) for pin in project["tool"]["uv"]["constraint-dependencies"]]
    here = {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }
    installed = {
        canonicalize_name(found.metadata["Name"]): found.version for found in distributions()
    }
    # pyobjc pins its own 170 parts, see .ci/pin.
    ours = {n: v for n, v in installed.items() if n != "kiosk" and not n.startswith("pyobjc-")}
    assert ours
    assert {name: v for name, v in ours.items() if here.get(name) != v} == {}
