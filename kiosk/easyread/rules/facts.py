"""The rule for where a page comes from, and who has looked at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kiosk.content import Page
from kiosk.easyread.model import Hit
from kiosk.easyread.rule import EUROPE, GOVUK, HEALTH, Context, Sheet, rule
from kiosk.located import NO_DAY, Located, is_to_do


@rule(
    "ER25",
    "provenance",
    "W, E",
    why="People must trust a page: whose facts, from when, checked by whom, whom to ask.",
    bad="status: published, and nobody to ask",
    good='status: published, with contact: "Ask a member of staff."',
    source=f"{HEALTH}; {EUROPE}; {GOVUK}",
    settings=("review_months",),
)
def provenance(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A published page has no contact, or its day of review is past or far away.

    A page without source, dates or (published) checked_by is refused. For a page that is ready and
    not yet published, a day of review that is past is a warning. So is all that a draft still has
    "to do".
    """
    if sheet.source is None or sheet.source.page is None:
        return
    page, facts = sheet.source.page, sheet.source.facts
    if page.status == "draft":
        yield from _still_to_do(sheet, page, facts)
        return

    def hit(key: str, severe: bool, problem: str, hint: str) -> Hit:
        line = facts[key].line
        return Hit(sheet.path, line, facts[key].column, "E" if severe else "W", problem, hint)

    published = page.status == "published"
    if page.review_by < context.today:
        problem = f"This page was to be looked at again by {_day(page.review_by)}."
        yield hit("review_by", published, problem, "Check its facts, and write a new day.")
    if not published:
        return
    if "contact" not in facts or not facts["contact"].value:
        problem = "This page is published, and does not say whom to ask."
        yield hit("status", True, problem, 'Write it: contact: "Ask a member of staff."')
    months = context.settings.review_months
    if _months(page.facts_checked, page.review_by) > months:
        problem = f"This page is looked at again after more than {months} months."
        yield hit("review_by", True, problem, "Write an earlier day.")


def _still_to_do(sheet: Sheet, page: Page, facts: Mapping[str, Located]) -> Iterator[Hit]:
    for key, one in facts.items():
        if is_to_do(one.value) or one.value == str(NO_DAY):
            problem = f'"{key}" is still to do.'
            yield Hit(sheet.path, one.line, one.column, "W", problem, "Fill it in.")
    for idea in page.ideas:
        if is_to_do(idea.words):
            problem = "This idea waits for its picture."
            hint = 'Choose one: kiosk pictures find "your words".'
            yield Hit(sheet.path, idea.line, 1, "W", problem, hint)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _months(start: date, end: date) -> int:
    """Return the months between two days; a begun month counts."""
    return (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)
