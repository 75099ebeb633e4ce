"""The conformance report: what the tests of each row found, written and compared.

A test names its row with `@pytest.mark.row("K05")`. After a run of all of them the report must
be the one that goes with the engine; `--write-conformance` writes it anew. A run of some of them
neither compares nor writes. A test with parameters is one piece of evidence, so one of its cases is
enough. `-m row` runs them all and nothing else, `--row=K05` those of one row.

Where several processes run the tests, each tells what it left out, and the first one compares.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.health.conformance import INSTALL, REPORT, Outcome, Proof, Row, as_json, rows
from tests.screen.faults import FAULTS, Fault

ROW = "row"  # a property of a test: a row that it proves
LEFT_OUT = "conformance_left_out"  # what another process tells: the rows' tests that did not run
UNKNOWN = "?"  # a test that nobody can name


def add_options(parser: pytest.Parser) -> None:
    """Add the options of this plugin."""
    group = parser.getgroup("conformance")
    group.addoption(
        "--write-conformance", action="store_true", help="write the conformance report anew"
    )
    group.addoption("--row", metavar="ROW", help="run only the tests of one row of the report")


def rows_of(item: pytest.Item) -> Iterator[str]:
    """Yield the rows that a test names."""
    for mark in item.iter_markers("row"):
        yield from mark.args


class Conformance:
    """Watches one run. file: the report; known: its rows; faults: what is broken on purpose."""

    def __init__(
        self,
        config: pytest.Config,
        file: Path = REPORT,
        known: Mapping[str, Row] | None = None,
        faults: Mapping[str, Fault] = FAULTS,
    ) -> None:
        self._config = config
        self._file = file
        self._rows = known or rows()
        self._faults = faults
        self._tests: dict[str, set[str]] = {row: set() for row in self._rows}
        self._found: set[str] = set()
        self._passed: dict[str, bool] = {}
        self._left_out: set[str] = set()
        self._told: list[str] = []

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the tests of the row that is asked for; refuse a row that nobody knows."""
        for item in items:
            for row in rows_of(item):
                if row not in self._rows:
                    raise pytest.UsageError(f'{item.nodeid}: there is no row "{row}".')
                item.user_properties.append((ROW, row))  # goes from process to process
        wanted = config.getoption("--row")
        if wanted is not None:
            config.hook.pytest_deselected(
                items=[item for item in items if wanted not in rows_of(item)]
            )
            items[:] = [item for item in items if wanted in rows_of(item)]

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Note which of the rows' tests will not run, or some cases of them."""
        self._left_out |= {_test(item.nodeid) for item in items for _ in rows_of(item)}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notice that the tests of a file are not known."""
        if report.failed:
            self._left_out.add(UNKNOWN)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which tests there are."""
        self._found |= {item.nodeid for item in session.items}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:  # noqa: ARG002 - the hook's names
        """Note which tests another process found."""
        self._found |= set(ids)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Hear what another process left out; one that crashed cannot tell."""
        told = getattr(node, "workeroutput", {})
        self._left_out |= {UNKNOWN} if error else set(told.get(LEFT_OUT, [UNKNOWN]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test went, each of its three steps must pass, and which rows it proves."""
        self._passed[report.nodeid] = self._passed.get(report.nodeid, True) and report.passed
        for name, row in report.user_properties:
            if name == ROW and isinstance(row, str):
                self._tests[row].add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare the report, or write it."""
        told = getattr(self._config, "workeroutput", None)
        if told is not None:
            told[LEFT_OUT] = sorted(self._left_out)
            return
        write = self._config.getoption("--write-conformance")
        if not self._is_whole():
            if write:
                self._told = ["Only a run of all row tests writes the report: pytest -m row"]
                session.exitstatus = pytest.ExitCode.USAGE_ERROR
            return
        new = as_json(self.outcomes())
        if write:
            self._file.write_text(new, encoding="utf-8", newline="\n")
            self._told = [f"Written: {self._file.name}"]
            return
        old = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        if new != old:
            lines = difflib.unified_diff(
                old.splitlines(), new.splitlines(), "the report", "this run", lineterm="", n=1
            )
            self._told = [
                f"{self._file.name} is not what the tests found. Look at what is different; then"
                " write it with: pytest -m row --write-conformance",
                *lines,
            ]
            if session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what came of it."""
        if self._told:
            terminalreporter.section("conformance report")
            for line in self._told:
                terminalreporter.write_line(line)

    def outcomes(self) -> list[Outcome]:
        """Return what this run found, row by row."""
        return [self._outcome(row) for row in self._rows.values()]

    def _outcome(self, row: Row) -> Outcome:
        tests = self._tests[row.id]
        if row.proof == INSTALL:
            result = "install checklist"
        elif not tests:
            result = "no test yet"
        else:
            result = "pass" if all(self._passed[one] for one in tests) else "fail"
        fault = self._faults.get(row.id)
        names = sorted({_test(one) for one in tests})
        return Outcome(
            row,
            result,
            fault.says if fault else "",
            tuple(Proof(name, _sentence(name)) for name in names),
        )

    def _is_whole(self) -> bool:
        """Whether every test that names a row was found and has run."""
        config = self._config
        asked = {
            (config.invocation_params.dir / one.split("::")[0]).resolve() for one in config.args
        }
        everywhere = {(config.rootpath / one).resolve() for one in config.getini("testpaths")}
        return (
            (everywhere <= asked or config.rootpath in asked)
            and not any("::" in one for one in config.args)
            and self._left_out <= {_test(one) for one in self._passed}
            and bool(self._found)
            and self._found <= self._passed.keys()
        )


def _test(case: str) -> str:
    """Return the name of the test of which this is a case."""
    return case.split("[")[0]


def _sentence(test: str) -> str:
    """Return the name of a test as the sentence that it is."""
    words = test.split("::")[-1].removeprefix("test_").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}."
