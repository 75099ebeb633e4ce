"""The easy-read checker: what is hard to read, where, why, and what to try.

`Checker(site).check(texts)` looks at all pages of a site and at the texts of other files.
Passing it never means that a page is easy read: people check that.
"""

from kiosk.easyread.checker import Checker, CheckResult
from kiosk.easyread.model import Finding, Text
from kiosk.easyread.rule import Rule
from kiosk.easyread.rules import RULES
from kiosk.easyread.sheets import yaml_texts
from kiosk.easyread.translations import Edition

__all__ = [
    "RULES",
    "CheckResult",
    "Checker",
    "Edition",
    "Finding",
    "Rule",
    "Text",
    "yaml_texts",
]
