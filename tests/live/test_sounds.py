"""Sounds are made ahead, also after an edit, and let go when nobody needs them any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.disk import filled
from kiosk.live import sounds
from kiosk.live.kiosk import Kiosk
from kiosk.screen.said import SPEEDS
from kiosk.speech.narrator import AHEAD
from tests.tools import clips
from tests.tools.command import run
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML, PLAN, tiny_site
from tests.tools.waiting import wait_until
from tests.web.test_routes import ask

LONG = 120.0  # seconds: against hanging, also on a machine that has much to do


def narrated(kiosk: Kiosk, page: str, speed: str = "normal") -> set[str]:
    """Return the names of the clips of a page."""
    told = kiosk.sounds.narrate("en", page, speed)
    return {Path(one["file"]).stem for one in told if one}


def kept(kiosk: Kiosk) -> set[str]:
    return {path.stem for path in (kiosk.site.data / "clips").glob("*.json")}


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    monkeypatch.setattr(sounds, "LOOK_SECONDS", 0.1)
    made = Kiosk(load_site(tiny_site(tmp_path)))
    clips.lend("tiny", made.site.data)
    made.start()
    yield made
    made.close()


def test_an_edited_page_gets_its_sounds_without_a_restart_and_the_old_ones_go(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not kiosk.sounds.prepared
    wait_until(lambda: kiosk.sounds.prepared, LONG, "the first sounds")
    before = {speed: narrated(kiosk, "plan", speed) for speed in SPEEDS}
    assert set().union(*before.values()) <= kept(kiosk)
    version = kiosk.served.version
    plan = kiosk.site.content / "en" / "about" / "plan.md"
    plan.write_text(plan.read_text().replace("Things can get better.", "Things will be well."))
    wait_until(lambda: kiosk.served.version != version, LONG, "the edit")
    wait_until(lambda: kiosk.sounds.prepared, LONG, "the sounds of the edited page")
    new = {
        speed: kiosk.sounds._of_page(kiosk.served.screens, ("en", "plan", speed, False))[1]
        for speed in SPEEDS
    }
    for speed, wanted in new.items():
        keys = {one.key for one in wanted}
        assert keys - before[speed], "Nothing is new."
        assert keys <= kept(kiosk), speed
    # An open screen may still ask for the old ones, and later nobody does.
    (old,) = before["normal"] - narrated(kiosk, "plan")
    assert old in kept(kiosk)
    monkeypatch.setattr(sounds, "OLD_SECONDS", 0.0)
    plan.write_text(plan.read_text().replace("Things will be well.", "All will be well."))
    wait_until(
        lambda: kept(kiosk) == {one.key for one in kiosk.sounds._all(kiosk.served.screens)},
        LONG,
        "the old sounds to go",
    )
    assert old not in kept(kiosk)
    # Who was told of it can play it all the same.
    assert (kiosk.sounds.narrator.sound(old) or b"").startswith(b"RIFF")


def test_the_edited_page_comes_first_and_then_the_normal_speed(tmp_path: Path) -> None:
    made = Kiosk(load_site(tiny_site(tmp_path)))
    try:
        first = made.sounds._all(made.served.screens)
        rates = [one.voice.rate for one in first]
        assert rates == sorted(rates, key=[130, 100, 160].index)
        made.sounds._prepared = made.served.screens
        plan = made.site.content / "en" / "about" / "plan.md"
        plan.write_text(PLAN.replace("Things can get better.", "Things will be well."))

        def is_seen() -> bool:
            made._look()
            return "will be well" in str(made.served.screens["en"].html)

        wait_until(is_seen, LONG, "the edit")
        texts = {one.text for one in made.served.screens["en"].narrations["plan"].texts}
        wanted = made.sounds._all(made.served.screens)
        assert {one.text for one in wanted[: len(texts)]} == texts
        assert not made.sounds.prepared
    finally:
        made.close()


@pytest.mark.drill
def test_pages_that_are_away_for_a_while_take_no_sound_with_them(kiosk: Kiosk) -> None:
    wait_until(lambda: kiosk.sounds.prepared, LONG, "the sounds")
    before = kept(kiosk)
    kiosk.sounds._served = dict
    kiosk.sounds._prune()
    assert kept(kiosk) == before


def test_speak_keeps_to_the_budget_and_says_what_did_not_fit(tmp_path: Path) -> None:
    toml = KIOSK_TOML + "\n[speech]\nclips_mb = 3\n"
    site = tiny_site(tmp_path, {"kiosk.toml": toml})
    for _ in range(2):  # a second time nothing is made in vain
        done = run("speak", "--site", str(site))
        assert done.exit_code == 0, done.output
        assert re.search(r"[\d,]+ of [\d,]+ sounds did not fit into 3 MB", done.output), done.output
        files = list((site / "data" / "clips").iterdir())
        sizes = [filled(path.stat().st_size) for path in files]
        assert sum(sizes) <= 3_000_000
        # The last clip may go over what is filled ahead, and nothing comes after it.
        assert 2_400_000 < sum(sizes) < AHEAD * 3_000_000 + max(sizes) + filled(1)
    times = {path.name: path.stat().st_mtime_ns for path in files}
    run("speak", "--site", str(site))
    assert {path.name: path.stat().st_mtime_ns for path in files} == times


def clip_of(server: KioskServer) -> str:
    code, told = ask(server, "GET", "/narration/en/plan/normal")
    assert code == 200
    found = re.search(rb"clips/[0-9a-f]{64}\.wav", told)
    assert found
    return f"/{found[0].decode()}"


def test_a_browser_gets_a_sound_in_parts(tiny_kiosk: KioskServer) -> None:
    path = clip_of(tiny_kiosk)
    code, whole = ask(tiny_kiosk, "GET", path)
    assert (code, whole[:4]) == (200, b"RIFF")
    size = len(whole)
    for asked, part in {
        "bytes=0-1": whole[:2],
        "bytes=44-": whole[44:],
        "bytes=-10": whole[-10:],
        f"bytes=5-{size + 9}": whole[5:],
        f"bytes=-{size + 9}": whole,
    }.items():
        assert ask(tiny_kiosk, "GET", path, Range=asked) == (206, part), asked
    for asked in ("bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b"):
        assert ask(tiny_kiosk, "GET", path, Range=asked) == (200, whole), asked
    for asked in (f"bytes={size}-", "bytes=5-4", "bytes=-0"):
        assert ask(tiny_kiosk, "GET", path, Range=asked)[0] == 416, asked
    another = '"another"'
    told = ask(tiny_kiosk, "GET", path, Range="bytes=0-1", If_Range=another)
    assert told == (200, whole)


def test_a_sound_that_nobody_was_told_of_is_not_there(tiny_kiosk: KioskServer) -> None:
    assert ask(tiny_kiosk, "GET", f"/clips/{'0' * 64}.wav")[0] == 404
