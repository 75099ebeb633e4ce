"""The report is compared after a whole run only, and a difference fails the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CONFTEST = """
from pathlib import Path
from kiosk.health.conformance import Row
from tests.tools import conformance
from tests.screen.faults import Fault

ROWS = {
    "K01": Row("K01", "Words are heard.", "EN 1", "100%", "tests"),
    "K02": Row("K02", "Help is there.", "EN 2", "1 action", "tests"),
    "K03": Row("K03", "It can be reached.", "EN 3", "1 m", "install"),
    "K04": Row("K04", "What is heard is seen.", "EN 4", "100%", "tests"),
}

def pytest_addoption(parser):
    conformance.add_options(parser)

def pytest_configure(config):
    config.addinivalue_line("markers", "row(id, ...): a row")
    faults = {"K01": Fault("It is silent.", "x", "a", "b")}
    watcher = conformance.Conformance(config, Path("report.json"), ROWS, faults)
    config.pluginmanager.register(watcher)
"""

CHECKS = """
import pytest

@pytest.mark.row("K01")
@pytest.mark.parametrize("number", [1, 2])
def test_each_word_is_heard(number):
    assert number

@pytest.mark.row("K04")
def test_what_is_heard_is_seen():
    pass

def test_of_something_else():
    pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntestpaths = ["checks"]\n')
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "conftest.py").write_text(CONFTEST)
    (tmp_path / "checks" / "test_words.py").write_text(CHECKS)
    (tmp_path / "checks" / "test_more.py").write_text("def test_more():\n    pass\n")
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_report_says_what_each_row_has(project: Path) -> None:
    assert run(project, "--write-conformance").returncode == 0
    rows = json.loads((project / "report.json").read_text())["rows"]
    assert [(one["id"], one["result"]) for one in rows] == [
        ("K01", "pass"),
        ("K02", "no test yet"),
        ("K03", "install checklist"),
        ("K04", "pass"),
    ]
    assert rows[0]["fault"] == "It is silent."
    assert rows[0]["evidence"] == [
        {
            "test": "checks/test_words.py::test_each_word_is_heard",
            "says": "Each word is heard.",
        }
    ]
    assert run(project, "checks", "-m", "row").returncode == 0


@pytest.mark.drill
def test_a_difference_fails_a_whole_run_and_no_other(project: Path) -> None:
    run(project, "--write-conformance")
    report = project / "report.json"
    before = report.read_text()
    report.write_text(before.replace('"pass"', '"fail"'))
    done = run(project)
    assert done.returncode == 1
    assert '+   "result": "pass",' in done.stdout
    assert done.stdout.splitlines()[-1].count("passed")
    done = run(project, "--row=K01")
    assert done.returncode == 0, done.stdout
    assert "conformance report" not in done.stdout
    assert report.read_text() == before.replace('"pass"', '"fail"')


@pytest.mark.drill
@pytest.mark.parametrize(
    ("arguments", "is_whole"),
    [
        (["."], True),
        # Each of the rows' tests has a case there.
        (["--deselect=checks/test_words.py::test_each_word_is_heard[1]"], True),
        (["checks/test_words.py"], False),
        (["-k", "more"], False),
        (["checks/test_words.py::test_each_word_is_heard[1]"], False),
    ],
)
def test_what_is_a_whole_run_and_what_a_part(
    project: Path, arguments: list[str], is_whole: bool
) -> None:
    run(project, "--write-conformance")
    report = project / "report.json"
    report.write_text(report.read_text().replace('"pass"', '"fail"'))
    done = run(project, *arguments)
    assert done.returncode == int(is_whole), done.stdout
    assert ("conformance report" in done.stdout) == is_whole


@pytest.mark.drill
def test_several_processes_find_what_one_finds(project: Path) -> None:
    several = ("-p", "xdist", "-n", "2")
    run(project, "--write-conformance")
    alone = (project / "report.json").read_text()
    assert run(project, *several).returncode == 0
    (project / "report.json").write_text(alone.replace('"pass"', '"fail"'))
    assert run(project, *several).returncode == 1
    some = "--deselect=checks/test_words.py::test_each_word_is_heard"
    assert run(project, *several, f"{some}[1]").returncode == 1
    for part in (["-k", "more"], ["--row=K01"], ["checks/test_words.py"], [some]):
        assert run(project, *several, *part).returncode == 0, part
    assert run(project, *several, "--write-conformance").returncode == 0
    assert (project / "report.json").read_text() == alone


@pytest.mark.drill
def test_a_process_that_dies_compares_nothing(project: Path) -> None:
    run(project, "--write-conformance")
    more = project / "checks" / "test_more.py"
    more.write_text("import os\n\ndef test_more():\n    os._exit(3)\n")
    done = run(project, "-p", "xdist", "-n", "2")
    assert done.returncode == 1
    assert "conformance report" not in done.stdout


def test_a_part_of_the_tests_does_not_write_it(project: Path) -> None:
    done = run(project, "--write-conformance", "--row=K01")
    assert done.returncode == 4
    assert "pytest -m row" in done.stdout
    assert not (project / "report.json").exists()


def test_a_row_fails_with_one_of_its_tests(project: Path) -> None:
    checks = project / "checks" / "test_words.py"
    checks.write_text(CHECKS.replace("assert number", "assert number == 1"))
    assert run(project, "--write-conformance").returncode == 1
    assert json.loads((project / "report.json").read_text())["rows"][0]["result"] == "fail"


def test_a_row_that_nobody_knows_is_named(project: Path) -> None:
    checks = project / "checks" / "test_words.py"
    checks.write_text(CHECKS.replace('"K01"', '"K99"'))
    done = run(project)
    assert done.returncode == 4
    assert 'there is no row "K99"' in done.stderr


@pytest.mark.drill
def test_a_file_that_cannot_be_read_makes_the_run_a_part(project: Path) -> None:
    run(project, "--write-conformance")
    (project / "checks" / "test_more.py").write_text("import nothing_of_this_name\n")
    done = run(project)
    assert done.returncode == 2
    assert "conformance report" not in done.stdout
