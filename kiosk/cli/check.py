"""`kiosk check`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import site_option
from kiosk.config import EasyRead, load_site
from kiosk.errors import SiteError
from kiosk.located import did_you_mean

if TYPE_CHECKING:
    from kiosk.easyread import CheckResult


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to write what was found.",
)
@click.option("--explain", metavar="RULE", help="Say what a rule is for, such as ER05.")
@click.option("--plain", is_flag=True, help="Check any Markdown or text file, without a site.")
@click.option(
    "--language", default="en", show_default=True, help="With --plain: the language of the files."
)
@click.option("--strict", is_flag=True, help="Let less pass: 12 words a sentence, 15 at most.")
@click.option("--fix", is_flag=True, help="Show what can be mended, ask, and write it.")
@click.option("--yes", is_flag=True, help="With --fix: mend what cannot change the meaning.")
@click.option("--summary", is_flag=True, help="Show each page's size, and how it reads.")
def check(
    paths: tuple[Path, ...],
    site: Path,
    form: str,
    explain: str | None,
    plain: bool,
    language: str,
    strict: bool,
    fix: bool,
    yes: bool,
    summary: bool,
) -> None:
    """Say what is hard to read, and what is wrong, in a site or in some of its files.

    PATHS are files or folders of the site; without them the whole site is checked. It ends with 1
    when there are errors, and with 0 when there are none or warnings only. With --fix it ends with
    0 when nothing is left, and with 1 otherwise.
    """
    if explain is not None:
        click.echo(_explain(explain, site))
        return
    if yes and not fix:
        raise click.UsageError("--yes belongs to --fix.")
    if fix and form != "text":
        raise click.UsageError("--fix speaks to people. Leave out --format.")
    gc.disable()  # nearly all that a check makes is kept until its end: looking takes a tenth
    click.get_current_context().call_on_close(gc.enable)
    look = _look_at_texts(paths, language, strict) if plain else _look_at_site(paths, site, strict)
    root = Path() if plain else site
    if fix:
        _mend(look, root, yes=yes)
    _tell(look, root, form, strict=strict, summary=summary, fix=fix)


# The findings to tell, and all of the site: pages are compared with the others.
_Look = Callable[[], tuple["CheckResult", "CheckResult"]]


def _look_at_texts(paths: tuple[Path, ...], language: str, strict: bool) -> _Look:
    from kiosk.easyread.plain import check_files, find_plain  # this takes a moment to load

    if not paths:
        raise click.UsageError("--plain needs a file or a folder.")
    for path in paths:
        _is_there(path, list(path.parent.glob("*")))
    settings = EasyRead().strictly() if strict else EasyRead()

    def look() -> tuple[CheckResult, CheckResult]:
        found = check_files(find_plain(paths), settings, language)
        return found, found

    return look


def _look_at_site(paths: tuple[Path, ...], site: Path, strict: bool) -> _Look:
    from kiosk.easyread import Checker
    from kiosk.editor.check import all_beside

    loaded = load_site(site)
    for path in paths:
        _is_there(path, [*loaded.content.rglob("*.md"), *loaded.content.rglob("*.yaml")])
    if strict:
        easyread = loaded.settings.easyread.strictly()
        settings = loaded.settings.model_copy(update={"easyread": easyread})
        loaded = replace(loaded, settings=settings)
    checker = Checker(loaded)
    inside = [_in_site(path, site) for path in paths]

    def look() -> tuple[CheckResult, CheckResult]:
        checker.library.refresh()
        texts, problems, surveys, told = all_beside(
            loaded, checker.library.now, checker.library.symbols
        )
        everything = checker.check(texts, problems, surveys, warnings=told)
        found = everything.only(inside) if paths else everything
        if not found.files:
            names = " ".join(map(str, paths))
            raise click.UsageError(
                f"Nothing to check in {names}. For any text file: kiosk check --plain {names}"
            )
        return found, everything

    return look


def _is_there(path: Path, known: list[Path]) -> None:
    """Refuse a path that is not there, with the nearest one that is."""
    if path.exists():
        return
    whole = {str(_from_here(one)): one for one in known}
    names = {one.name: one for one in known}
    near = did_you_mean(str(path), whole)
    by_name = did_you_mean(path.name, names)
    best = whole[near[0]] if near else names[by_name[0]] if by_name else None
    hint = f' Did you mean "{_from_here(best)}"?' if best else " Look at its name, and try again."
    raise click.UsageError(f'There is no file or folder "{path}".{hint}')


def _from_here(path: Path) -> Path:
    here = Path().resolve()
    full = path.resolve()
    return full.relative_to(here) if full.is_relative_to(here) else path


def _mend(look: _Look, root: Path, *, yes: bool) -> None:
    """Show the fixes and write those that a person takes; those that are safe come first."""
    from kiosk.easyread.mend import mend, with_exact_fixes

    for _ in range(_MOST_ROUNDS):  # a mended word may show the next one
        found = with_exact_fixes(look()[0].findings, root)
        files = list(mend([one for one in found if one.fix and one.fix.safe], root))
        if not files:
            break
        for one in files:
            click.echo(one.diff())
        if not yes and not _asked("These cannot change the meaning. Write them?"):
            break
        for one in files:
            one.write()
    refused: set[tuple[Path, str, str]] = set()
    while not yes:
        found = with_exact_fixes(look()[0].findings, root)
        waiting = [
            one
            for one in found
            if one.fix and not one.fix.safe and (one.path, one.fix.old, one.fix.text) not in refused
        ]
        if not waiting or waiting[0].fix is None:
            break
        (changed,) = mend(waiting[:1], root)
        click.echo(changed.diff())
        if _asked("This could change the meaning. Is it still right?"):
            changed.write()
        else:
            refused.add((waiting[0].path, waiting[0].fix.old, waiting[0].fix.text))


_MOST_ROUNDS = 50


def _asked(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        return False


def _tell(look: _Look, root: Path, form: str, *, strict: bool, summary: bool, fix: bool) -> None:
    from kiosk.easyread import report as written
    from kiosk.easyread.mend import with_exact_fixes

    report, everything = look()
    if not strict:
        report = report.told_once()
    if form == "json":
        findings = with_exact_fixes(report.findings, root)
        others = everything.pages
        click.echo(written.as_json(findings, report.languages, report.pages, others))
    elif form == "sarif":
        click.echo(written.as_sarif(with_exact_fixes(report.findings, root)))
    else:
        for finding in report.findings:
            click.echo(str(finding))
        for line in written.page_lines(report, everything.pages, all_pages=summary):
            click.echo(line, err=True)
        click.echo(written.closing_line(report), err=True)
    for note in (*report.languages, *report.notes):
        click.echo(str(note), err=True)
    if report.errors or (fix and report.findings):
        sys.exit(1)


def _in_site(path: Path, site: Path) -> Path:
    try:
        return path.resolve().relative_to(site.resolve())
    except ValueError:
        raise click.UsageError(
            f"{path} is not in the site. For any text file: kiosk check --plain {path}"
        ) from None


def _explain(name: str, site: Path) -> str:
    from kiosk.easyread import RULES
    from kiosk.easyread.report import explain_rule

    rule = RULES.get(name.upper())
    if rule is None:
        problem = f'There is no rule "{name}". They go from {min(RULES)} to {max(RULES)}.'
        raise click.BadParameter(problem, param_hint="--explain")
    try:
        settings = load_site(site).settings.easyread
    except SiteError:
        settings = EasyRead()  # not in a site: the numbers that a site begins with
    return explain_rule(rule, settings)
