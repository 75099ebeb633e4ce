"""What staff run often begins at once: only who brings a file waits for what reads it."""

from __future__ import annotations

import subprocess
import sys

READERS = ("pdfplumber", "PIL", "kiosk.editor.word.reader")


MODULES = ("check", "template", "translation")


def test_checking_and_beginning_a_page_do_not_load_what_reads_files() -> None:
    begun = ", ".join(f"kiosk.editor.{one}" for one in MODULES)
    program = f"import sys, {begun}\nprint([name for name in {READERS!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
