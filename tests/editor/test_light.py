"""What staff run often begins at once: only who brings a file waits for what reads it."""

from __future__ import annotations

import subprocess
import sys

import pytest

READERS = ("pdfplumber", "PIL", "kiosk.editor.word.reader")


@pytest.mark.parametrize("module", ["check", "template", "translation"])
def test_checking_and_beginning_a_page_do_not_load_what_reads_files(module: str) -> None:
    program = (
        f"import sys, kiosk.editor.{module}\n"
        f"print([name for name in {READERS!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
