from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import load_site
from kiosk.errors import AnswerNotSaved, AnswerRefused
from kiosk.feedback.answer import Answer, check_answer
from kiosk.feedback.files import RealFileSystem
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.survey import Survey, load_surveys
from kiosk.feedback.ulid import UlidMaker, parse
from kiosk.symbols import SymbolBook
from tests.tools.sites import tiny_site

ID = "01KAT5Q0000000000000000000"


@pytest.fixture
def surveys(tmp_path: Path) -> dict[str, Survey]:
    site = load_site(tiny_site(tmp_path / "site"))
    found, problems = load_surveys(site, SymbolBook(site))
    assert problems == ()
    return found


def check(surveys: dict[str, Survey], **change: Any) -> Answer:
    body = {
        "id": ID,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy"},
    } | change
    return check_answer(body, surveys=surveys, pages={"plan"}, languages={"en"}, words_max=100)


def answer(words: str = "Good.", ulid: str = ID) -> Answer:
    return Answer(parse(ulid), "think", "plan", "en", {"feel": "happy", "words": words})


def test_a_good_answer_is_taken_and_the_visit_is_not_kept(surveys: dict[str, Survey]) -> None:
    got = check(surveys, visit="secret", answers={"feel": "very-sad", "words": " Too loud.\r\n"})
    assert got.answers == {"feel": "very-sad", "words": "Too loud."}
    assert "secret" not in repr(got)


@pytest.mark.parametrize(
    "change",
    [
        {"id": ID.lower()},
        {"id": None},
        {"survey": "other"},
        {"page": "../x"},
        {"language": "xx"},
        {"answers": {}},
        {"answers": {"feel": "furious"}},
        {"answers": {"feel": ["happy"]}},
        {"answers": {"other": "x"}},
        {"answers": {"words": "x" * 101}},
        {"answers": []},
        {"name": "Ann"},
        {"visit": 7},
    ],
)
def test_what_the_survey_does_not_allow_is_refused_in_plain_words(
    surveys: dict[str, Survey], change: dict[str, Any]
) -> None:
    with pytest.raises(AnswerRefused, match=r"\.$"):
        check(surveys, **change)


def test_each_mistake_in_a_survey_has_its_line(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    path = root / "content" / "surveys" / "think.yaml"
    path.write_text(path.read_text().replace("id: very-happy", "id: joyful"))
    site = load_site(root)
    found, problems = load_surveys(site, SymbolBook(site))
    assert found == {}
    assert [str(problem).split(" ")[0] for problem in problems] == ["content/surveys/think.yaml:4:"]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("symbol: pencil", "symbol: pencill", ':17: I do not know the picture "pencill".'),
        ("symbol: crying face", "symbol: crying fase", ":13: I do not know the picture"),
        ("symbol: speech balloon", "symbol: speach baloon", ":2: I do not know the picture"),
        ("id: words", "id: feel", ':14: The id "feel" is used twice.'),
        ("kind: faces-5", "kind: face-5", 'Did you mean "faces-5"?'),
    ],
)
def test_a_slip_in_a_survey_is_a_located_problem_and_no_crash(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    root = tiny_site(tmp_path)
    path = root / "content" / "surveys" / "think.yaml"
    path.write_text(path.read_text().replace(good, bad, 1))
    site = load_site(root)
    found, problems = load_surveys(site, SymbolBook(site))
    assert found == {}
    assert len(problems) == 1
    assert said in str(problems[0])


def test_a_survey_whose_name_cannot_be_an_address_is_named(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    folder = root / "content" / "surveys"
    (folder / "Bad Name.yaml").write_text((folder / "think.yaml").read_text())
    site = load_site(root)
    found, problems = load_surveys(site, SymbolBook(site))
    assert list(found) == ["think"]
    assert "Bad Name.yaml:1:" in str(problems[0])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("one\u2028two", "one\ntwo"), ("a\x85b\x00", "a\nb"), ("half \ud83d", "half")],
)
def test_line_ends_of_every_kind_stay_line_ends(
    surveys: dict[str, Survey], sent: str, kept: str
) -> None:
    assert check(surveys, answers={"words": sent}).answers == {"words": kept}


def test_words_that_nobody_can_see_are_no_answer(surveys: dict[str, Survey]) -> None:
    with pytest.raises(AnswerRefused):
        check(surveys, answers={"words": "\u200b \u2060"})


@settings(deadline=None)
@given(words=st.text(min_size=1, max_size=100))
def test_any_words_come_back_from_the_file_as_they_were_taken(
    words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = load_site(tiny_site(tmp_path_factory.mktemp("place")))
    survey = load_surveys(site, SymbolBook(site))[0]["think"]
    store = AnswerStore(tmp_path_factory.mktemp("data"))
    body = {"feel": "ok", "words": words}
    try:
        taken = check({"think": survey}, answers=body)
    except AnswerRefused:
        return
    assert store.save(taken)
    told = yaml.safe_load(store.path(taken).read_text(encoding="utf-8"))
    assert told["answers"] == dict(taken.answers)


@pytest.mark.parametrize("words", ["no", "012", "12:30", "---", "!!python/object:os.system x"])
def test_hostile_words_stay_words(tmp_path: Path, words: str) -> None:
    store = AnswerStore(tmp_path)
    store.save(answer(words))
    told = yaml.safe_load(store.path(answer()).read_text(encoding="utf-8"))
    assert told["answers"] == {"feel": "happy", "words": words}
    assert told["format"] == 1
    assert set(told) == {
        "format", "id", "survey", "page", "language", "made", "received", "answers",
    }  # fmt: skip


def test_the_first_answer_with_an_id_stays(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    assert store.save(answer("first"))
    assert not store.save(answer("second"))
    assert not AnswerStore(tmp_path).save(answer("third"))
    assert "first" in store.path(answer()).read_text()
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{ID}.yaml"]


def test_the_folder_is_the_day_inside_the_id(tmp_path: Path) -> None:
    one = answer()
    day = datetime.fromtimestamp(one.id.made.timestamp(), UTC)
    assert one.id.day == day.date()
    assert AnswerStore(tmp_path).path(one) == tmp_path / f"{day:%Y/%m/%d}" / f"{ID}.yaml"


def test_one_id_sent_fifty_times_at_once_is_one_file(tmp_path: Path) -> None:
    stores = [AnswerStore(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda n: stores[n % 4].save(answer(f"words {n}")), range(50)))
    assert told.count(True) == 1
    assert len(list(tmp_path.rglob("*.yaml"))) == 1


def test_no_room_on_the_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path, free_floor=1 << 62)
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    assert not store.can_save()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_folder_that_is_a_file_is_said_and_mended_later(tmp_path: Path) -> None:
    place = tmp_path / "feedback"
    place.write_text("in the way")
    store = AnswerStore(place)
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    place.unlink()
    assert store.can_save()
    assert store.save(answer())


WRITER = """
import sys
from pathlib import Path
from kiosk.feedback.answer import Answer
from kiosk.feedback.files import RealFileSystem
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.ulid import UlidMaker
store, make = AnswerStore(Path(sys.argv[1])), UlidMaker()
while True:
    one = Answer(make(), "think", "plan", "en", {"words": "x" * 3000 + "end"})
    store.save(one)
    print(one.id, flush=True)
"""


def test_no_acknowledged_answer_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - not a secret
    acknowledged: list[str] = []
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randrange(5, 60)):
            acknowledged += [writer.stdout.readline().strip()]
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
    kept = {path.stem: path for path in tmp_path.rglob("*.yaml")}
    assert len(set(acknowledged)) == len(acknowledged) > 50
    assert set(acknowledged) <= set(kept)
    for path in kept.values():
        assert yaml.safe_load(path.read_text())["answers"]["words"].endswith("xend")


def test_ids_go_up_when_the_clock_goes_back() -> None:
    clock = iter([5000, 5000, 4000, 6000])
    make = UlidMaker(milliseconds=lambda: next(clock))
    ids = [make() for _ in range(4)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4


def test_an_answer_that_is_saved_stays_saved_when_the_disk_is_full(tmp_path: Path) -> None:
    assert AnswerStore(tmp_path).save(answer())
    assert not AnswerStore(tmp_path, free_floor=1 << 62).save(answer())


class OneFolderSaysNo(RealFileSystem):
    """The real disk, apart from one folder that cannot be synced."""

    def __init__(self, folder: Path, code: int) -> None:
        self.folder = folder
        self.code = code

    def sync_folder(self, folder: Path) -> None:
        if folder == self.folder:
            raise OSError(self.code, os.strerror(self.code))
        super().sync_folder(folder)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EINVAL, errno.EROFS])
def test_a_folder_far_above_that_cannot_be_synced_is_no_hindrance(
    tmp_path: Path, code: int
) -> None:
    assert AnswerStore(tmp_path / "data", disk=OneFolderSaysNo(Path("/"), code)).save(answer())


@pytest.mark.parametrize("place", ["", "data", "data/feedback"])
def test_a_folder_of_ours_that_cannot_be_synced_means_not_saved(tmp_path: Path, place: str) -> None:
    disk = OneFolderSaysNo(tmp_path / place, errno.EIO)
    with pytest.raises(AnswerNotSaved):
        AnswerStore(tmp_path / "data" / "feedback", disk=disk).save(answer())


def test_folders_that_are_taken_away_are_made_again(tmp_path: Path) -> None:
    place = tmp_path / "feedback"
    store = AnswerStore(place)
    assert store.save(answer())
    place.rename(tmp_path / "elsewhere")
    with pytest.raises(AnswerNotSaved):
        store.save(answer())
    assert store.save(answer())


def test_only_old_temporary_files_are_swept(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save(answer())
    old, young = (store.path(answer()).with_name(f".tmp-{name}") for name in ("old", "young"))
    old.write_text("")
    young.write_text("")
    os.utime(old, (1, 1))
    assert store.sweep() == 1
    assert not old.exists()
    assert young.exists()
    assert store.path(answer()).exists()
