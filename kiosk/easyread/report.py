"""Findings as text for people, and as JSON and SARIF for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kiosk.config import EasyRead
from kiosk.counted import counted
from kiosk.easyread.checker import CheckResult
from kiosk.easyread.model import LOADING, TRANSLATION, Finding, Fix
from kiosk.easyread.reading import Summary, compare
from kiosk.easyread.rule import Rule
from kiosk.easyread.rules import RULES
from kiosk.easyread.translations import Lacks

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"E": "error", "W": "warning"}
_LOADING_SAYS = "The file cannot be used as it is."
_TRANSLATION_SAYS = "The translation does not say what the page in the first language says."


def as_json(
    findings: Iterable[Finding],
    languages: Iterable[Lacks] = (),
    pages: Iterable[Summary] = (),
    others: Iterable[Summary] | None = None,
) -> str:
    """Return the findings as JSON: {"findings": [...], "languages": [...], "pages": [...]}.

    pages: how each of them reads. others: all pages of the site, to compare with; `pages` without.
    """
    pages = list(pages)
    others = pages if others is None else list(others)
    found = [
        {
            "path": one.path.as_posix(),
            "line": one.line,
            "column": one.column,
            "code": one.code,
            "severity": one.severity,
            "problem": one.problem,
            "hint": one.hint,
            **({"fix": _fix(one.fix)} if one.fix else {}),
        }
        for one in findings
    ]
    read = [
        {
            "path": one.path.as_posix(),
            "ideas": one.ideas,
            "sentences": one.sentences,
            "words": one.words,
            "lix": None if one.lix is None else round(one.lix, 1),
            "trend": compare(one, others),
        }
        for one in pages
    ]
    lacks = [asdict(one) for one in languages]
    whole = {"findings": found, "languages": lacks, "pages": read}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _fix(fix: Fix) -> dict[str, Any]:
    """Return a fix for programs: `line[from:to]`, counted from 0, becomes `text`."""
    return {
        "line": fix.line,
        "from": fix.start,
        "to": fix.end,
        "text": fix.text,
        "safe": fix.safe,
    }


def as_sarif(findings: Iterable[Finding]) -> str:
    """Return the findings as SARIF 2.1.0, which code hosts and editors read."""
    rules = [_sarif_rule(LOADING, "file", _LOADING_SAYS, _LOADING_SAYS, "error")]
    rules.append(
        _sarif_rule(TRANSLATION, "translation", _TRANSLATION_SAYS, _TRANSLATION_SAYS, "warning")
    )
    rules += [
        _sarif_rule(rule.id, rule.name, rule.about, rule.why, _LEVELS[rule.severity[-1]])
        for rule in RULES.values()
    ]
    places = {rule["id"]: at for at, rule in enumerate(rules)}
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{finding.problem} {finding.hint}".rstrip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(finding.path)},
                        "region": {"startLine": finding.line, "startColumn": finding.column},
                    }
                }
            ],
            **({"properties": {"fix": _fix(finding.fix)}} if finding.fix else {}),
        }
        for finding in findings
    ]
    run = {
        "tool": {"driver": {"name": "kiosk check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    sarif = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(sarif, ensure_ascii=False, indent=2)


def _sarif_rule(code: str, name: str, about: str, why: str, level: str) -> dict[str, Any]:
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in name.replace(",", "").split()),
        "shortDescription": {"text": " ".join(about.partition("\n\n")[0].split())},
        "fullDescription": {"text": " ".join(about.split())},
        "help": {"text": why},
        "defaultConfiguration": {"level": level},
    }


def _uri(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def page_lines(report: CheckResult, others: Iterable[Summary], *, all_pages: bool) -> list[str]:
    """Return a line for each page that has findings, or for all: its size and how it reads.

    others: all pages of the site, to compare with.
    """
    others = list(others)
    counts = Counter((one.path, one.severity) for one in report.findings)
    lines = []
    for page in report.pages:
        errors, warnings = counts[page.path, "E"], counts[page.path, "W"]
        if not (errors or warnings or all_pages):
            continue
        found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        size = f"{counted(page.ideas, 'idea')}, {counted(page.words, 'word')}"
        reads = "" if page.lix is None else f"; reading {page.lix:.0f}"
        trend = compare(page, others)
        lines.append(f"{page.path}: {found}; {size}{reads}{trend and f', {trend}'}.")
    return lines


def closing_line(report: CheckResult) -> str:
    """Return the last line: how much was found in how many files."""
    files = counted(len(report.files), "file")
    if not report.findings:
        return f"No mistakes found in {files}. People must still check that it is easy to read."
    warnings = len(report.findings) - report.errors
    found = f"{counted(report.errors, 'error')} and {counted(warnings, 'warning')}"
    example = next((one.code for one in report.findings if one.code in RULES), None)
    more = f" To learn more: kiosk check --explain {example}" if example else ""
    return f"{found} in {files}.{more}"


def explain_rule(rule: Rule, settings: EasyRead) -> str:
    """Return all that there is to say about a rule."""
    kinds = {"E": "an error", "W": "a warning", "W, E": "a warning or an error"}
    lines = [f"{rule.id} {rule.name} ({kinds[rule.severity]})", "", rule.about, "", rule.why, ""]
    lines += [f"Bad:  {rule.bad}", f"Good: {rule.good}", ""]
    if rule.settings:
        lines.append("Settings in kiosk.toml, [easyread]:")
        lines += [f"  {name} = {getattr(settings, name)}" for name in rule.settings]
        lines.append("")
    if rule.needs_words:
        lines += ["It runs only for languages that have word lists: English.", ""]
    if rule.keeps_back:
        lines.append("It cannot be ignored: the kiosk does not show a page that breaks it.")
    else:
        lines += [
            "To ignore it on one page, write why in the first part of the page:",
            f'  ignore: {{{rule.id}: "the reason"}}',
            "In another file: [[easyread.ignore]] in kiosk.toml, with path, rule and reason.",
        ]
    lines += ["", f"Source: {rule.source}"]
    return "\n".join(lines)
