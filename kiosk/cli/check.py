"""`kiosk check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import EasyRead, load_site
from kiosk.errors import SiteError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
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
@click.option("--summary", is_flag=True, help="Show each page's size, and how it reads.")
def check(
    paths: tuple[Path, ...],
    site: Path,
    form: str,
    explain: str | None,
    plain: bool,
    language: str,
    summary: bool,
) -> None:
    """Say what is hard to read, and what is wrong, in a site or in some of its files.

    PATHS are files or folders of the site; without them the whole site is checked. It ends with 1
    when there are errors, and with 0 when there are none or warnings only.
    """
    if explain is not None:
        click.echo(_explain(explain, site))
        return
    from kiosk.easyread import report as written  # this and the site take a moment to load

    if plain:
        from kiosk.easyread.plain import check_files, find_plain

        if not paths:
            raise click.UsageError("--plain needs a file or a folder.")
        report = everything = check_files(find_plain(paths), EasyRead(), language)
    else:
        from kiosk.easyread import Checker
        from kiosk.editor.check import other_files

        checker = Checker(load_site(site))
        everything = checker.check(*other_files(checker.site, checker.library.symbols))
        report = everything.only([_in_site(path, site) for path in paths]) if paths else everything
        if not report.files:
            names = " ".join(map(str, paths))
            raise click.UsageError(
                f"Nothing to check in {names}. For any text file: kiosk check --plain {names}"
            )
    if form == "json":
        click.echo(written.as_json(report.findings, report.languages))
    elif form == "sarif":
        click.echo(written.as_sarif(report.findings))
    else:
        for finding in report.findings:
            click.echo(str(finding))
        for line in written.page_lines(report, everything.pages, all_pages=summary):
            click.echo(line, err=True)
        click.echo(written.closing_line(report), err=True)
    for note in (*report.languages, *report.notes):
        click.echo(str(note), err=True)
    if report.errors:
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
