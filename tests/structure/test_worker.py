"""The voice's worker stays small: it starts in a moment and holds little memory."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "yaml", "streamlit", "starlette", "uvicorn", "click", "numpy", "pandas")


def test_the_worker_loads_nothing_heavy() -> None:
    program = (
        "import sys, kiosk.speech.worker\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
