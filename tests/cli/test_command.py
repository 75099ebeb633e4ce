from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import commands
from tests.tools.command import run
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import tiny_site

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.drill
def test_a_taken_port_is_one_clear_line(tiny_kiosk: KioskServer, tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    done = start("serve", "--site", site, "--port", str(tiny_kiosk.port), "--no-open")
    assert f"Port {tiny_kiosk.port} is in use" in one_line(done)


def test_a_missing_site_is_one_clear_line(tmp_path: Path) -> None:
    assert "nowhere" in one_line(start("serve", "--site", str(tmp_path / "nowhere"), "--no-open"))


def test_a_broken_setting_names_its_place(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    good = (site / "kiosk.toml").read_text()
    (site / "kiosk.toml").write_text(good + "\n[display\n")
    line = good.count("\n") + 2
    assert one_line(start("serve", "--site", str(site))).startswith(f"kiosk.toml:{line}:")
    (site / "kiosk.toml").write_text(good + "\n[display]\npixel_pitch_mm = 99\n")
    told = one_line(start("serve", "--site", str(site)))
    assert told.startswith("kiosk.toml: [display] pixel_pitch_mm: ")


def test_check_names_a_line_in_a_broken_site(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    page = site / "content" / "en" / "about" / "plan.md"
    page.write_text(page.read_text().replace(":memo: An", ":mem0: An"))
    done = run("check", "--site", str(site))
    assert done.exit_code == 1
    assert done.stdout.startswith("content/en/about/plan.md:10: ")


@pytest.mark.parametrize("name", ["events", "you-said"])
def test_check_names_a_line_in_workshops_and_in_you_said(tmp_path: Path, name: str) -> None:
    site = tiny_site(tmp_path, {f"content/{name}.yaml": "\n- symbol: hause\n"})
    done = run("check", "--site", str(site))
    assert f"content/{name}.yaml:2: I do not know the picture" in done.stdout


def test_without_a_command_it_serves_with_the_options_of_serve(tmp_path: Path) -> None:
    server = KioskServer(
        tiny_site(tmp_path), tmp_path / "data", command=[sys.executable, "-m", "kiosk"]
    )
    assert server.stop() == 0
    server.close()


def test_help_without_a_command_names_every_command_and_tells_of_the_options() -> None:
    done = run("--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: kiosk [OPTIONS] [COMMAND]")
    assert "takes the options of serve" in done.stdout
    listed = done.stdout.split("Commands:\n")[1]
    assert {line.split()[0] for line in listed.splitlines() if line[2:3].strip()} == set(
        commands.commands
    )


def test_ctrl_c_ends_it_and_leaves_nothing(kiosk_server: StartKiosk) -> None:
    server = kiosk_server(real_command=True)
    assert server.stop() == 0


@pytest.mark.drill
def test_speak_renders_every_page(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    done = run("speak", "--site", str(site), "--data", str(tmp_path / "data"))
    assert done.exit_code == 0, done.stderr
    assert len(list((tmp_path / "data" / "clips").glob("*.flac"))) > 100
