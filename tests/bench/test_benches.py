"""Every measurement runs and prints its ratios. What is fast enough is for people to judge."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.cases import mostly_drill

HERE = Path(__file__).parent
BENCHES = sorted(path.stem for path in HERE.glob("bench_*.py"))
QUICKEST = ("bench_import",)  # the others run in the drill
HANGS_SECONDS = 280  # under pytest's own limit, so that the failure says which bench it was


def test_there_are_measurements_and_each_can_be_loaded() -> None:
    assert {"bench_screen", "bench_server", "bench_speech", *QUICKEST} <= set(BENCHES)
    for name in BENCHES:
        assert importlib.import_module(f"tests.bench.{name}").__doc__


@pytest.mark.parametrize("name", mostly_drill(BENCHES, *QUICKEST))
def test_a_quick_run_prints_ratios(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}", "--quick"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
        timeout=HANGS_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d( ?x\b|%)", done.stdout), done.stdout
