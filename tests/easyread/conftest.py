"""The option that writes what the checker says into the folders of the rules."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-expected",
        action="store_true",
        help="write what the checker now says to tests/easyread/rules/*/expected.txt",
    )
