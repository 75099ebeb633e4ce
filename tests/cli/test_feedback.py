from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import read_sent
from kiosk.feedback.store.store import AnswerStore
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.place import Place


def test_list_has_one_line_for_each_answer(place: Place) -> None:
    first = keep(place.folder, {"feel": "happy", "words": "One\ntwo \x1b[2J\u202e" + "x" * 500})
    second = keep(place.folder, at=NOON + timedelta(days=1), marked="bashing")
    done = place.run("list")
    lines = done.stdout.splitlines()
    begins = f"{first}  2026-11-24 12:00  think  "
    assert lines[0].startswith(f"{begins}feel: happy | words: One two [2Jx")
    assert len(lines[0]) == len(begins) + 100
    assert lines[1] == f"{second}  2026-11-25 12:00  think  (bashing) feel: happy"
    assert done.stderr == "2 answers.\n"


def test_list_takes_days_by_the_clock_of_the_site(place: Place) -> None:
    summer = NOON.replace(month=7, day=1, hour=23, minute=30)  # half past midnight in London
    name = keep(place.folder, at=summer)
    assert name in place.run("list", "--from", "2026-07-02", "--until", "2026-07-02").stdout
    assert place.run("list", "--until", "2026-07-01").stdout == ""
    assert place.run("list", "--survey", "other").stderr == "0 answers.\n"
    assert "Write it as 2026-11-24." in place.run("list", "--from", "24/11/2026", code=2).output


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(place: Place) -> None:
    keep(place.folder)
    bad = write(place.folder, new_id(), "a: &a [*a]")
    done = place.run("list")
    assert done.stderr == "1 answer.\n1 file cannot be read: see `kiosk feedback verify`.\n"
    done = place.run("verify", code=1)
    shown = bad.relative_to(place.site)
    assert done.stdout.startswith(f'{shown}:1: A value cannot begin with "*" or "&".')
    bad.unlink()
    assert place.run("verify").stderr == "1 answer. Every one of them can be read.\n"


def test_show_takes_an_id_or_a_receipt(place: Place) -> None:
    name = keep(place.folder, {"words": "Hello"})
    shown = place.run("show", name).stdout
    assert "words: Hello" in shown
    assert str(path_of(place.folder, name).relative_to(place.site)) in shown
    assert place.run("show", name[-6:]).stdout == shown
    assert 'There is no answer "NOBODY".' in place.run("show", "NOBODY", code=1).stderr


def test_report_counts_on_the_terminal_and_writes_a_page(place: Place) -> None:
    keep(place.folder, {"feel": "happy", "words": "Thank you"})
    done = place.run("report", "--survey", "think", "--from", "2026-11-01", "--until", "2026-11-30")
    assert "A tiny place: what people said\n1 November 2026 to 30 November 2026\n" in done.stdout
    assert "1 answer. Most chosen: Happy (1 of 1, 100%)." in done.stdout
    assert "Thank you" in done.stdout
    html = place.site / "report.html"
    done = place.run("report", "--period", "month", "--html", str(html))
    assert done.stdout == ""
    assert "<blockquote" in html.read_text(encoding="utf-8")
    assert (
        "--from must not be later"
        in place.run("report", "--from", "2026-12-01", "--until", "2026-11-01", code=2).output
    )


def test_a_survey_that_is_not_there_is_told_with_the_nearest(place: Place) -> None:
    assert 'Did you mean "think"?' in place.run("report", "--survey", "thnik").stderr


def test_export_goes_to_the_terminal_or_to_a_file(place: Place) -> None:
    keep(place.folder, {"feel": "happy", "words": "=1+1 caf\u00e9"})
    done = place.run("export")
    assert done.stdout_bytes.startswith(b'\xef\xbb\xbf"id","survey"')
    assert "'=1+1 caf\u00e9" in done.stdout
    file = place.site / "answers.json"
    place.run("export", "--format", "json", "--output", str(file))
    assert '"words": "=1+1 caf\u00e9"' in file.read_text(encoding="utf-8")


def test_a_backup_is_made_and_put_back(place: Place, tmp_path: Path) -> None:
    name = keep(place.folder)
    file = str(tmp_path / "answers.zip")
    assert "1 answer." in place.run("backup", file).stdout
    assert "is there already" in place.run("backup", file, code=1).stderr
    path_of(place.folder, name).unlink()
    assert "1 answer." in place.run("restore", file).stdout
    assert place.run("show", name).stdout
    assert "There already: 1 file." in place.run("restore", file).stderr


def test_said_begins_an_entry_and_shows_the_words_to_staff_alone(place: Place) -> None:
    one = keep(place.folder, {"feel": "sad", "words": "My name is Sam"})
    two = keep(place.folder, {"feel": "sad"})
    done = place.run("said", one, two[-6:], two)
    assert done.stdout == "  My name is Sam\n"
    assert "A draft is in content/you-said.yaml:1." in done.stderr
    text = (place.site / "content" / "you-said.yaml").read_text()
    assert "Sad (2)" in text
    assert "Sam" not in text
    assert 'There is no answer "X".' in place.run("said", "X", code=1).stderr


SURVEY = "content/surveys/think.yaml"


def set_aside(place: Place) -> str:
    """Let an answer come while its survey is away; return its id."""
    store, now = AnswerStore(place.folder), datetime.now(UTC)
    sent = {"id": new_id(now), "survey": "think", "page": "plan", "language": "en"}
    one = read_sent(sent | {"answers": {"feel": "sad", "words": "Too\nloud"}})
    assert store.set_aside(SetAside(one, "survey", now))
    return str(one.id)


def test_answers_that_wait_are_listed_shown_and_taken_in_once_their_survey_is_mended(
    place: Place,
) -> None:
    survey = place.site / SURVEY
    away = survey.rename(survey.with_suffix(".away"))
    name = set_aside(place)
    done = place.run("list", "--set-aside")
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{name}  20")
    assert 'There is no good survey "think".  data/feedback/set-aside/' in line
    assert line.endswith("feel: sad | words: Too loud")
    assert done.stderr.splitlines() == [
        "1 answer waits set aside.",
        "Mend what they wait for, then: kiosk feedback take-in",
    ]
    assert "reason: survey" in place.run("show", name[-6:]).stdout
    assert place.run("list").stdout == ""
    assert "1 answer waits" in place.run("verify").stderr
    done = place.run("take-in")
    assert done.stdout == f"{line}\n"
    assert done.stderr == "0 answers taken in. 1 answer waits set aside.\n"
    away.rename(survey)
    done = place.run("take-in", "--dry-run")
    assert done.stderr == "1 answer would be taken in. 0 answers wait set aside.\n"
    done = place.run("take-in")
    assert done.stderr == "1 answer taken in. 0 answers wait set aside.\n"
    assert "feel: sad" in place.run("list").stdout
    assert place.run("list", "--set-aside").stdout == ""
    assert "leave the rest out" in place.run("list", "--set-aside", "--survey", "x", code=2).output


def test_an_answer_that_waits_is_deleted_by_its_code_and_never_comes_back(place: Place) -> None:
    name = set_aside(place)
    assert "It is deleted." in place.run("delete", name[-6:], "--yes").output
    assert "0 answers wait" in place.run("list", "--set-aside").stderr
    assert place.run("delete", name[-6:], "--yes").output == "This answer is deleted already.\n"
    assert place.run("take-in").stderr.startswith("0 answers taken in.")


def test_an_answer_that_was_not_finished_says_so_wherever_it_is_seen(place: Place) -> None:
    keep(place.folder, {"feel": "happy"})
    keep(place.folder, {"words": "I had to go"}, complete=False)
    assert "think  (not finished) words: I had to go" in place.run("list").stdout
    told = place.run("report").stdout
    assert "2 answers. 1 of them is not finished: the person left before the last" in told
    assert "page plan. Not finished:" in told
    assert '"complete"' in place.run("export").stdout.splitlines()[0]
    assert '"complete": false' in place.run("export", "--format", "json").stdout
    assert place.run("verify").stdout == ""
