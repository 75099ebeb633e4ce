"""README's two commands are the ones that are run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = "sh .setup/kiosk"
TEST = "sh .setup/tests"


def commands_at_the_top() -> list[str]:
    top = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[0]
    return [
        line for block in re.findall(r"```sh\n(.*?)```", top, re.S) for line in block.splitlines()
    ]


def test_the_readme_begins_with_the_run_and_the_test_command_and_no_other() -> None:
    assert commands_at_the_top() == [RUN, TEST]


def test_ci_runs_the_readmes_test_command_word_for_word(tmp_path: Path) -> None:
    # A copy whose README holds a harmless command shows which line is taken, and the exit code.
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "run"
    script.write_bytes((ROOT / ".ci" / "run").read_bytes())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert TEST in readme
    (tmp_path / "README.md").write_text(readme.replace(TEST, "echo the-second && exit 7"))
    done = subprocess.run(
        ["sh", str(script)], cwd="/", capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stdout.splitlines() == ["echo the-second && exit 7", "the-second"]
    assert done.returncode == 7
