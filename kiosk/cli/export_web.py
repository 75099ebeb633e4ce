"""`kiosk export web`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.config.values import origin_of
from kiosk.counted import counted

if TYPE_CHECKING:
    from kiosk.config import Site
    from kiosk.content import Library

_MB = 1_000_000


def export_web(site: Site, library: Library, folder: Path, languages: tuple[str, ...]) -> list[str]:
    """Write the web copy into a folder, and return what to say of it, line by line.

    Leaflets, books and sound that lie beside that folder are offered by their pages.
    """
    # Sounds, letters and pictures take a moment to import.
    from kiosk.export.webcopy.copied import copied, screens_of
    from kiosk.export.webcopy.downloads import downloads_in, files_of
    from kiosk.export.webcopy.folder import CopyFolder
    from kiosk.export.webcopy.sounds import PATIENCE, Sounds
    from kiosk.speech.engines import engines_of

    def tell(line: str) -> None:
        click.echo(line, err=True)

    downloads = downloads_in(folder.parent, library.languages)
    screens = screens_of(site, library, languages, downloads=downloads, tell=tell)
    to = CopyFolder(folder)
    engine = engines_of(site.root, PATIENCE)
    try:
        sounds = Sounds(site, screens, engine)
        with click.progressbar(
            sounds.prepare(), length=sounds.count, label="Reading aloud", file=sys.stderr
        ) as bar:
            for _ in bar:
                pass
        for line in sounds.fallen_back():
            tell(line)
        clips = sounds.clips()
        with click.progressbar(clips.items(), label="Writing sounds", file=sys.stderr) as writing:
            for name, one in writing:
                to.put_once(f"clips/{name}", partial(sounds.sound, one))
        for name, read in sounds.recorded().items():
            to.put_once(f"clips/{name}", partial(sounds.recording, read))
        made = copied(site, screens, sounds.told(), sounds.voices())
        for name, file in files_of(folder.parent, downloads).items():
            to.put(name, file.read_bytes())
        to.put_all(made.files)
    finally:
        engine.close()
    first = sum(len(made.files[name]) for name in made.first)
    return [
        f"{counted(to.count, 'file')} in {folder}, {to.size / _MB:.1f} MB.",
        f"The first page takes {first / 1000:.0f} kB without sound.",
        "Copy the folder to a web server: any folder of it will do.",
        *answers_go(site),
    ]


def answers_go(site: Site) -> list[str]:
    """Return where answers of the copy go, and from where, if it takes any."""
    feedback = site.settings.feedback
    if not feedback.web_sends_to:
        return []
    told = f"Its answers go to {feedback.web_sends_to} from {' or '.join(feedback.from_web)} alone."
    at = site.settings.site.web_address
    if at and origin_of(at) not in feedback.from_web:
        told += f" [site] web_address is {at}, which is not there: write it into from_web as well."
    return [told]
