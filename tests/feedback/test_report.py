from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kiosk.config import Site, load_site
from kiosk.errors import FeedbackError
from kiosk.feedback.report.report import Report, report
from kiosk.feedback.report.report_views import as_html, as_text
from kiosk.feedback.store.index import AnswerIndex, open_index
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.survey.question import Choice
from kiosk.feedback.survey.survey import load_surveys
from kiosk.symbols import SymbolBook
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.axe import axe
from tests.tools.sites import THINK, tiny_site

MORE = """\
title: What matters
symbol: house
questions:
  - id: matters
    kind: pictures
    most: 2
    ask: What matters most?
    symbol: thinking face
    answers:
      - {id: healthy, words: I want to be healthy, symbol: flexed biceps}
      - {id: heard, words: I want to be heard, symbol: ear}
      - {id: safe, words: I want to be safe, symbol: shield}
  - id: likes
    kind: scale
    ask: What do you like?
    symbol: thinking face
    answers:
      - {id: like, words: I like it, symbol: thumbs up}
      - {id: not-sure, words: Not sure, symbol: thinking face}
      - {id: dislike, words: I do not like it, symbol: thumbs down}
    items:
      - {id: bus, words: The bus, symbol: bus}
      - {id: lunch, words: Lunch, symbol: sandwich}
  - id: voice
    kind: voice
    ask: Do you want to say more?
    symbol: studio microphone
thanks: Thank you.
"""


class Desk:
    """A site with answers, and its report."""

    def __init__(self, tmp_path: Path) -> None:
        root = tiny_site(tmp_path, {"content/surveys/more.yaml": MORE})
        self.site: Site = load_site(root)
        self.surveys, problems = load_surveys(self.site, SymbolBook(self.site))
        assert problems == ()
        self.folder = folder_of(self.site)
        self.index: AnswerIndex = open_index(self.site)

    def keep(self, answers: dict[str, object], **more: Any) -> str:
        return keep(self.folder, answers, **more)

    def report(self, now: datetime = NOON, **wanted: Any) -> Report:
        self.index.refresh()
        return report(self.index, self.site, self.surveys, now, **wanted)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.index.close()


def counts(made: Report, survey: int = 0, question: int = 0, part: int = 0) -> dict[str, int]:
    rows = made.surveys[survey].questions[question].parts[part].rows
    return {row.words: row.total for row in rows if row.total}


def test_choices_are_counted_in_the_order_of_the_survey(desk: Desk) -> None:
    for feel in ("sad", "very-happy", "sad", "happy"):
        desk.keep({"feel": feel})
    desk.keep({"words": "Only words."})
    made = desk.report()
    (survey,) = made.surveys
    assert (survey.title, survey.answers, survey.left_out) == ("Tell us what you think", (5,), {})
    (part,) = survey.questions[0].parts
    assert [(row.words, row.counts) for row in part.rows] == [
        ("Very happy", (1,)), ("Happy", (1,)), ("OK", (0,)), ("Sad", (2,)), ("Very sad", (0,)),
    ]  # fmt: skip
    assert part.answered == (4,)
    assert [one.words for one in survey.questions[1].said] == ["Only words."]


def test_staff_read_a_ready_sentence_in_their_own_words_also_when_it_is_asked_no_more(
    desk: Desk,
) -> None:
    asked = [Choice("hard", "It was too hard", desk.surveys["think"].symbol)]
    first, words = desk.surveys["think"].questions
    questions = (first, replace(words, ready=tuple(asked)))
    desk.surveys["think"] = replace(desk.surveys["think"], questions=questions)
    given: tuple[dict[str, object], ...] = (
        {"words": {"ready": "hard", "words": "Yeh mushkil tha"}},
        {"words": {"ready": "gone", "words": "I liked it"}},
        {"other": {"ready": "gone", "words": "It was fun"}},
    )
    for answers in given:
        desk.keep(answers)
    (survey,) = desk.report().surveys
    said = {one.ask: [own.words for own in one.said] for one in survey.questions}
    assert said == {
        first.ask: [],
        words.ask: ["I liked it", "It was too hard"],
        "other": ["It was fun"],
    }


def test_several_choices_and_a_talking_mat_are_counted(desk: Desk) -> None:
    desk.keep({"matters": ["healthy", "heard"], "likes": {"bus": "like"}}, survey="more")
    desk.keep({"matters": ["heard"], "likes": {"bus": "like", "lunch": "dislike"}}, survey="more")
    made = desk.report()
    assert counts(made) == {"I want to be healthy": 1, "I want to be heard": 2}
    likes = made.surveys[0].questions[1]
    assert [(one.words, one.answered) for one in likes.parts] == [
        ("The bus", (2,)),
        ("Lunch", (1,)),
    ]
    assert counts(made, question=1) == {"I like it": 2}
    assert counts(made, question=1, part=1) == {"I do not like it": 1}


def test_a_recorded_voice_is_named(desk: Desk) -> None:
    name = new_id()
    voice = f"{name}.voice.webm"
    text = path_of(desk.folder, desk.keep({"voice": "x"}, survey="more"))
    body = text.read_text().replace(text.stem, name).replace("voice: x", f"voice: {voice}")
    write(desk.folder, name, body)
    text.unlink()
    (said,) = desk.report().surveys[0].questions[2].voices
    assert said.words == voice


def test_bashing_is_left_out_of_counts_and_said_so_and_its_words_are_listed(desk: Desk) -> None:
    desk.keep({"feel": "sad"})
    for _ in range(3):
        desk.keep({"feel": "happy", "words": "Again"}, marked="bashing")
    made = desk.report()
    assert (made.surveys[0].answers, made.surveys[0].left_out) == ((1,), {"bashing": 3})
    assert counts(made) == {"Sad": 1}
    assert [one.marked for one in made.surveys[0].questions[1].said] == ["bashing"] * 3
    text = as_text(made)
    assert "1 answer. 3 more came again and again within seconds: kept, but not counted" in text
    assert "Not counted: one of many alike within seconds" in text


def test_what_came_from_the_web_is_told_apart(desk: Desk) -> None:
    desk.keep({"feel": "sad", "words": "Here"})
    desk.keep({"feel": "happy", "words": "At home"}, came="web")
    desk.keep({"feel": "happy"}, came="web", marked="flood")
    text = as_text(desk.report())
    assert "2 answers. 1 of them came from the web. 1 more came after many" in text
    assert "24 November 2026, page plan, from the web:\n    At home" in text
    assert "24 November 2026, page plan:\n    Here" in text
    for only, told, choices in (
        ("web", "web", {"Happy": 1}),
        ("kiosk", "kiosk itself", {"Sad": 1}),
    ):
        made = desk.report(only=only)
        assert counts(made) == choices
        for shown in (as_text(made), unescape(as_html(made))):
            assert f"Only answers from the {told}." in shown


def test_staff_read_why_answers_are_not_counted(desk: Desk) -> None:
    desk.keep({"feel": "sad"})
    for mark, words in (("flood", "I like trees"), ("flood", "No homework"), ("later", "Hello")):
        desk.keep({"words": words}, marked=mark)
    made = desk.report()
    for told in (as_text(made), unescape(as_html(made))):
        assert "within seconds" not in told
        assert (
            "1 answer. 2 more came after many others within an hour, from the same device or"
            " network, or the web: kept, but not counted here. 1 more came with the mark"
            ' "later": kept, but not counted here.'
        ) in told
        why = "many others came within an hour, from the same device or network, or the web"
        note = f"Not counted: {why}"
        assert told.count(note) == 2
        assert told.count('Not counted: it has the mark "later"') == 1
    desk.keep({"words": "Again"}, marked="bashing")
    assert "1 more came again and again within seconds: kept, but not" in as_text(desk.report())


def test_staff_read_how_many_answers_wait_set_aside(desk: Desk) -> None:
    assert "set aside" not in as_text(desk.report()) + as_html(desk.report())
    aside = desk.folder / "set-aside"
    aside.mkdir(parents=True)
    for told in (
        "1 answer waits set aside and is not in",
        "2 answers wait set aside and are not in",
    ):
        (aside / f"{new_id()}.yaml").write_text("format: 1\n")
        assert told in as_text(desk.report())
        assert told in as_html(desk.report())


def test_deleted_answers_and_files_that_cannot_be_read_are_not_counted(desk: Desk) -> None:
    gone = desk.keep({"feel": "sad", "words": "Please take this away"})
    half_gone = desk.keep({"feel": "sad", "words": "And this"})
    desk.keep({"feel": "happy"})
    write(desk.folder, new_id(), "a: &a [*a]")
    assert desk.report().surveys[0].answers == (3,)
    path_of(desk.folder, gone).unlink()
    (desk.folder / "deleted").mkdir()
    (desk.folder / "deleted" / f"{half_gone}.yaml").write_text("format: 1\n")
    made = desk.report()
    assert made.surveys[0].answers == (1,)
    assert "take this away" not in as_text(made) + as_html(made)
    assert "And this" not in as_text(made) + as_html(made)
    assert "1 file cannot be read and is not in this report" in as_text(made)


def test_what_the_survey_asks_no_more_is_shown_all_the_same(desk: Desk) -> None:
    desk.keep({"feel": "delighted", "old": "red", "older": "My own words", "mat": {"x": "y"}})
    desk.keep({"feel": "ok"}, survey="gone")
    made = desk.report()
    now, gone = made.surveys
    assert counts(made) == {"delighted (not asked now)": 1}
    assert [one.ask for one in now.questions[2:]] == ["mat", "old", "older"]
    assert counts(made, question=3) == {"red (not asked now)": 1}
    assert [one.words for one in now.questions[4].said] == ["My own words"]
    assert (gone.title, gone.gone) == ("gone", True)
    assert "This survey is not asked now." in as_text(made)


@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("2026-07-01T22:59:59+00:00", date(2026, 7, 1)),
        ("2026-07-01T23:00:00+00:00", date(2026, 7, 2)),  # summer: London is an hour ahead
        ("2026-12-01T23:59:59+00:00", date(2026, 12, 1)),
        ("2026-12-02T00:00:00+00:00", date(2026, 12, 2)),
        ("2026-10-25T00:30:00+00:00", date(2026, 10, 25)),  # the night that has 25 hours
        ("2026-10-25T23:30:00+00:00", date(2026, 10, 25)),
        ("2026-03-28T23:59:59+00:00", date(2026, 3, 28)),
        ("2026-03-29T22:59:59+00:00", date(2026, 3, 29)),  # the day that has 23 hours
        ("2026-03-29T23:00:00+00:00", date(2026, 3, 30)),
    ],
)
def test_days_begin_by_the_clock_of_the_site(desk: Desk, received: str, day: date) -> None:
    desk.keep({"feel": "sad"}, received=received)
    one_day = timedelta(days=1)
    assert desk.report(survey="think", first=day, last=day).surveys[0].answers == (1,)
    for other in (day - one_day, day + one_day):
        assert desk.report(survey="think", first=other, last=other).surveys[0].answers == (0,)
    made = desk.report(survey="think", first=day - one_day, last=day + one_day, unit="day")
    assert made.surveys[0].answers == (0, 1, 0)


def test_each_period_is_counted_by_itself(desk: Desk) -> None:
    for month, feels in {9: ["sad", "sad"], 11: ["happy", "happy", "sad"]}.items():
        for feel in feels:
            desk.keep({"feel": feel}, at=NOON.replace(month=month))
    made = desk.report(unit="month")
    assert [one.words for one in made.periods] == [
        "September 2026", "October 2026", "November 2026",
    ]  # fmt: skip
    assert (made.periods[0].first, made.periods[-1].last) == (date(2026, 9, 24), date(2026, 11, 24))
    assert made.surveys[0].answers == (2, 0, 3)
    (part,) = made.surveys[0].questions[0].parts
    assert {row.words: row.counts for row in part.rows if row.total} == {
        "Happy": (0, 0, 2),
        "Sad": (2, 0, 1),
    }
    lines = as_text(made).splitlines()
    assert any(re.fullmatch(r"    Sad +2 \(100%\) +0 +1 \(33%\) +3 \(60%\)", one) for one in lines)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("day", ["30 December 2026", "31 December 2026", "1 January 2027", "2 January 2027"]),
        ("week", ["Week of 28 December 2026"]),
        ("month", ["December 2026", "January 2027"]),
        ("quarter", ["October to December 2026", "January to March 2027"]),
        ("year", ["2026", "2027"]),
    ],
)
def test_periods_hold_every_day_once(desk: Desk, unit: str, words: list[str]) -> None:
    first, last = date(2026, 12, 30), date(2027, 1, 2)
    made = desk.report(first=first, last=last, unit=unit)
    assert [one.words for one in made.periods] == words
    days = [
        one.first + timedelta(days=number)
        for one in made.periods
        for number in range((one.last - one.first).days + 1)
    ]
    assert days == [first + timedelta(days=number) for number in range(4)]


def test_too_many_periods_are_refused_in_plain_words(desk: Desk) -> None:
    with pytest.raises(FeedbackError, match=r"That is 366 periods .* Take longer periods"):
        desk.report(first=date(2025, 1, 1), last=date(2026, 1, 1), unit="day")


def test_a_report_of_nothing_says_so(desk: Desk) -> None:
    made = desk.report()
    assert "There are no answers." in as_text(made)
    assert "There are no answers." in as_html(made)
    asked = desk.report(survey="more")
    assert as_text(asked).count("No answers.") == 4
    assert "<svg class" not in as_html(asked)


def test_the_summary_names_what_most_chose(desk: Desk) -> None:
    for feel in ("sad", "happy"):
        desk.keep({"feel": feel})
    assert "2 answers. Most chosen: Happy and Sad (1 of 2 each, 50%)." in as_text(desk.report())
    desk.keep({"feel": "sad"})
    assert "3 answers. Most chosen: Sad (2 of 3, 67%)." in as_text(desk.report())


HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> \x1b[31m \u202egnp.exe & "quoted"'
)


def test_hostile_words_are_only_words(desk: Desk) -> None:
    desk.keep({"words": HOSTILE}, language='en" onclick="x', page="<b>", cleaned=["phone", "x"])
    made = desk.report()
    html, text = as_html(made), as_text(made)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'lang="en&#34; onclick=&#34;x"' in html
    assert "Taken out: a phone number, x" in text
    for hidden in ("\x1b", "\u202e"):
        assert hidden not in html + text


def full(desk: Desk) -> None:
    for month in (9, 10, 11):
        for number in range(4):
            at = NOON.replace(month=month, hour=number)
            desk.keep({"feel": ["happy", "sad", "very-happy"][number % 3]}, at=at)
            places = {"bus": "like", "lunch": "dislike"}
            desk.keep({"matters": ["heard", "safe"], "likes": places}, survey="more", at=at)
    desk.keep({"words": "It was too loud.\nI like the bus."}, cleaned=["phone"])
    desk.keep({"words": "\u0628\u06c1\u062a \u0634\u0648\u0631 \u062a\u06be\u0627"}, language="ur")
    desk.keep({"feel": "ok"}, marked="bashing")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def show(page: Page, html: str, folder: Path) -> None:
    file = folder / "report.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_breaks_no_accessibility_rule(
    desk: Desk, page: Page, tmp_path: Path, scheme: Any
) -> None:
    full(desk)
    page.emulate_media(color_scheme=scheme)
    for unit in (None, "month"):
        show(page, as_html(desk.report(unit=unit)), tmp_path)
        assert axe(page) == []


def test_every_chart_has_a_name_a_description_and_a_table_beside_it(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    full(desk)
    show(page, as_html(desk.report()), tmp_path)
    charts = page.get_by_role("img")
    assert charts.count() == page.get_by_role("table").count() == 4
    first = charts.first
    assert first.get_attribute("aria-labelledby") == "title-1-1-1 about-1-1-1"
    assert page.locator("#title-1-1-1").text_content() == "How do you feel about this page?"
    described = page.locator("#about-1-1-1").text_content() or ""
    assert "Most chosen: Happy (6 of 12, 50%)." in described
    table = page.get_by_role("table").first
    assert "6 (50%)" in table.get_by_role("row", name="Happy 6 (50%)", exact=True).inner_text()
    fills = first.locator("rect").evaluate_all("all => all.map(one => one.getAttribute('fill'))")
    assert len(set(fills)) == len(fills) == 5
    widths = first.locator("rect").evaluate_all("all => all.map(one => one.getBBox().width)")
    assert widths[1] == max(widths) > 0
    assert widths[3] == pytest.approx(widths[1] / 2, rel=0.01)


@pytest.mark.parametrize("width", [640, 320])
def test_at_200_and_at_400_percent_nothing_runs_out_of_the_page(
    desk: Desk, page: Page, tmp_path: Path, width: int
) -> None:
    full(desk)
    page.set_viewport_size({"width": width, "height": 450})
    show(page, as_html(desk.report(unit="month")), tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ends = page.locator("svg.chart text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(ends) <= width


def test_the_page_asks_nothing_of_anybody(desk: Desk, page: Page, tmp_path: Path) -> None:
    full(desk)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    html = as_html(desk.report())
    show(page, html, tmp_path)
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert "default-src 'none'" in html


def test_a_long_choice_has_its_whole_words_in_the_chart(desk: Desk) -> None:
    long = "A choice that goes on and on until it needs three lines of the chart to be read"
    survey = desk.site.content / "surveys" / "think.yaml"
    survey.write_text(THINK.replace("words: Happy", f"words: {long}"))
    desk.surveys, _ = load_surveys(desk.site, SymbolBook(desk.site))
    desk.keep({"feel": "happy"}, at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    chart = as_html(desk.report()).partition('<svg class="chart"')[2].partition("</svg>")[0]
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart))
    assert long in drawn
