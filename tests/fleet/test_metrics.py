from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.fleet.centre.beats import Board, Row
from kiosk.fleet.centre.metrics import MEDIA_TYPE, metrics
from kiosk.fleet.wire import Beat
from kiosk.health.verdict import Verdict
from tests.fleet.centres import LiveCentre
from tests.fleet.test_beats import beat
from tests.tools.sites import KIOSK_TOML, tiny_site

KEY = "sixteen-letters-or-more"
# One sample as the format has it: a name, labels with escaped values, and a number.
LABEL = r'[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"[a-z_]+(?:\{{{LABEL}(?:,{LABEL})*\}})? -?[0-9.e+]+")


def test_the_board_is_written_as_prometheus_reads_it() -> None:
    heard = datetime(2026, 11, 27, 12, tzinfo=UTC)
    told = Beat(run="a" * 32, now=heard, free_mb=9, waiting=3, release=2, temperature=51.5)
    warm = Verdict("Warm", "It is 91 degrees warm inside.", "give it air.")
    odd = Row('a "hub" \\ \nof ours', "first", heard, 7, (warm,), told, -1.5)
    found = metrics(Board((), (odd, Row("new", "everyone", None, 0, ())))).decode()
    samples = [line for line in found.splitlines() if not line.startswith("# ")]
    assert all(SAMPLE.fullmatch(line) for line in samples), samples
    hub = r'kiosk="a \"hub\" \\ \nof ours",group="first"'
    for line in (
        "kiosk_centre_good 0",
        f"kiosk_good{{{hub}}} 0",
        f"kiosk_answers{{{hub}}} 7",
        f"kiosk_heard_timestamp_seconds{{{hub}}} {heard.timestamp():.10g}",
        f"kiosk_clock_seconds{{{hub}}} -1.5",
        f"kiosk_free_bytes{{{hub}}} 9000000",
        f"kiosk_release{{{hub}}} 2",
        f'kiosk_problem{{{hub},about="Warm"}} 1',
        'kiosk_good{kiosk="new",group="everyone"} 1',
    ):
        assert line in samples
    assert not any(line.startswith("kiosk_memory_free_bytes{") for line in samples)
    kinds = re.findall(r"^# TYPE (\S+) gauge$", found, re.M)
    assert len(kinds) == len(set(kinds))
    assert {line.partition("{")[0].partition(" ")[0] for line in samples} <= set(kinds)


@pytest.mark.drill
def test_who_has_the_key_gets_the_numbers_and_nobody_else(
    centre: LiveCentre, tmp_path: Path
) -> None:
    def ask(port: int, key: str) -> tuple[int, str, str]:
        context = ssl._create_unverified_context()  # noqa: S323 - the certificate is not the point
        line = HTTPSConnection("127.0.0.1", port, context=context, timeout=30)
        try:
            line.request("GET", "/metrics", headers={"Authorization": f"Bearer {key}"})
            answer = line.getresponse()
            return answer.status, answer.headers["content-type"] or "", answer.read().decode()
        finally:
            line.close()

    assert ask(centre.port, KEY)[0] == 404  # nobody has chosen a key
    settings = KIOSK_TOML + f'[centre]\nmetrics_key = "{KEY}"\n'
    other = tiny_site(tmp_path / "keyed", {"kiosk.toml": settings})
    with LiveCentre(tmp_path / "keyed-centre", site=load_site(other, other / "data")) as keyed:
        _, member = keyed.member(tmp_path / "a", "library")
        beat(member, waiting=2)
        assert ask(keyed.port, "another")[0] == 401
        status, kind, told = ask(keyed.port, KEY)
    assert (status, kind) == (200, MEDIA_TYPE)
    assert 'kiosk_answers_waiting{kiosk="library",group="everyone"} 2\n' in told
