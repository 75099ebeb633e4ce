from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kiosk.feedback.answer.receipt import receipt_of
from kiosk.feedback.answer.ulid import parse
from tests.feedback.kept import keep, path_of
from tests.feedback.test_deletion import twins
from tests.tools.place import Place

NOW = datetime.now(UTC)


def test_a_receipt_deletes_its_answer_everywhere_and_the_tombstone_stays(place: Place) -> None:
    words = "Something private"
    gone = keep(place.folder, {"words": words, "say": "x"}, at=NOW)
    stays = keep(place.folder, {"words": "Something else"}, at=NOW)
    voice = path_of(place.folder, gone).with_name(f"{gone}.say.webm")
    voice.write_bytes(b"sound")
    assert words in place.run("list").stdout
    code = receipt_of(parse(gone)).code
    done = place.run("delete", code, say="y\n")
    assert f"Delete the answer of {parse(gone).day}, {code}," in done.output
    assert "It is deleted." in done.output
    assert place.indexed() == [stays]
    everything = b"".join(one.read_bytes() for one in place.site.rglob("*") if one.is_file())
    assert words.encode() not in everything
    assert not voice.exists()
    for command in (["list"], ["report"], ["export"]):
        assert words not in place.run(*command).stdout
    assert "Something else" in place.run("list").stdout
    assert (place.folder / "deleted" / f"{gone}.yaml").exists()
    assert place.run("verify").stdout == ""
    assert place.run("delete", code).output == "This answer is deleted already.\n"


def test_nothing_is_deleted_without_a_yes(place: Place) -> None:
    name = keep(place.folder, at=NOW)
    place.run("delete", name, say="n\n", code=1)
    assert path_of(place.folder, name).exists()
    place.run("delete", name, "--yes")
    assert not path_of(place.folder, name).exists()


def test_a_code_that_means_nothing_or_two_answers_is_said(place: Place) -> None:
    assert "is not a code. A code is 6" in place.run("delete", "7K4", code=2).output
    done = place.run("delete", "7K4 M2Q", code=1)
    assert 'There is no answer with the code "7K4 M2Q".' in done.output
    dog, cat = twins(place.folder)
    done = place.run("delete", "7K4 M2Q", "--yes", code=1)
    assert f"  {parse(dog).day}, 7K4 M2Q, dog and umbrella\n" in done.output
    assert f"  {parse(cat).day}, 7K4 M2Q, cat and umbrella\n" in done.output
    wrong = place.run("delete", "7K4 M2Q", "--pictures", "dogg, umbrella", code=2)
    assert 'Did you mean "dog"?' in wrong.output
    place.run("delete", "7K4 M2Q", "--pictures", "cat, umbrella", "--yes")
    assert path_of(place.folder, dog).exists()
    assert not path_of(place.folder, cat).exists()
    place.run("delete", "7K4 M2Q", "--day", str(parse(dog).day), "--yes")
    assert not path_of(place.folder, dog).exists()


def test_a_purge_lists_first_and_deletes_what_is_too_old_when_told(place: Place) -> None:
    old = keep(place.folder, at=NOW - timedelta(days=400))
    young = keep(place.folder, at=NOW)
    place.run("list")
    done = place.run("purge")
    assert done.stdout == f"{old}  {parse(old).day}\n"
    assert "1 answer is older than 12 months. Nothing was deleted." in done.stderr
    assert path_of(place.folder, old).exists()
    assert "1 answer is deleted." in place.run("purge", "--yes").stderr
    assert not path_of(place.folder, old).exists()
    assert path_of(place.folder, young).exists()
    assert place.indexed() == [young]
    assert not (place.folder / "deleted").exists()
    assert "0 answers are older than 12 months." in place.run("purge").stderr
