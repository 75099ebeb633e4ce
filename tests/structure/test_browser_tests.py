"""How a test may drive a browser: with the policy of the page as it is shipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
BYPASSES = re.compile(
    "bypass_?csp|disable-web-security|disable-site-isolation|allow-running-insecure-content"
    "|UnsafeEvalBlockedByCSP",
    re.IGNORECASE,
)
FUNCTION = re.compile(r"\s*(async\s*)?(\([^)]*\)|\w+)\s*=>")


def modules() -> list[Path]:
    here = Path(__file__).resolve()
    return [path for path in sorted(TESTS.rglob("*.py")) if path != here]


def no_function(code: str) -> Iterator[str]:
    """Yield what is waited for in a page without being a function, as it stands in `code`.

    A browser reads such text anew at each look, and a policy refuses that. Whether a test met it
    was a matter of luck: the first look is allowed.
    """
    tree = ast.parse(code)
    named: dict[str, ast.expr] = {}
    for one in ast.walk(tree):
        if isinstance(one, ast.Assign):
            named |= {name.id: one.value for name in one.targets if isinstance(name, ast.Name)}
    for one in ast.walk(tree):
        if not (isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)):
            continue
        if one.func.attr != "wait_for_function":
            continue
        asked: ast.expr | None = one.args[0] if one.args else None
        if isinstance(asked, ast.Name | ast.Attribute):
            asked = named.get(asked.id if isinstance(asked, ast.Name) else asked.attr)
        first = asked.values[0] if isinstance(asked, ast.JoinedStr) else asked
        text = first.value if isinstance(first, ast.Constant) else None
        if not (isinstance(text, str) and FUNCTION.match(text)):
            yield ast.unparse(one)


def test_no_test_goes_round_the_policy_of_a_page() -> None:
    found = {path for path in modules() if BYPASSES.search(path.read_text(encoding="utf-8"))}
    assert found == set()


def test_what_is_waited_for_in_a_page_is_a_function() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in modules()}
    found = {
        path: [*no_function(text)] for path, text in texts.items() if "wait_for_function" in text
    }
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("page.wait_for_function('window.x')", 1),
        ("page.wait_for_function(f'window.{x}')", 1),
        ("A = 'window.x'\npage.wait_for_function(A)", 1),
        ("page.wait_for_function(other())", 1),
        ("page.wait_for_function('() => window.x')", 0),
        ("page.wait_for_function(f'(a) => a > {x}', arg=3)", 0),
        ("class C:\n  A = 'async a => a'\npage.wait_for_function(C.A)", 0),
    ],
)
def test_an_expression_that_is_waited_for_would_be_found(code: str, count: int) -> None:
    assert len([*no_function(code)]) == count
