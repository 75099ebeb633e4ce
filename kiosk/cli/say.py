"""`kiosk say`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import click

from kiosk.cli.options import format_option, site_option
from kiosk.config import FILE, SpeechSettings, load_site
from kiosk.errors import SpeechError

_PATIENCE = 30.0  # seconds: nobody stands at a screen and waits


@click.command()
@click.argument("text")
@site_option
@click.option("--language", default="en", show_default=True, help="The language of the text.")
@click.option(
    "--speed",
    type=click.Choice(["slow", "normal", "quick"]),
    default="normal",
    show_default=True,
    help="How fast, as in Settings on the screen.",
)
@click.option("--voice", metavar="NAME", help="Another voice than the site's.")
@click.option(
    "--wav",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the sound here, to listen to it.",
)
@format_option("How to write what is said.")
def say(
    text: str, site: Path, language: str, speed: str, voice: str | None, wav: Path | None, form: str
) -> None:
    """Say TEXT as the kiosk does: what is said, by which voice, and when each word is heard.

    It knows what `words.yaml` says about how to say a word. Nothing is kept.
    """
    from kiosk.speech.engines import engines_of  # the voices take a moment to load
    from kiosk.speech.narrator import Narrator

    if not any(letter.isalnum() for letter in text):
        raise click.BadParameter("There is no word and no number in it.", param_hint="TEXT")
    settings, respelled = _of_site(site, language)
    engine = engines_of(site, _PATIENCE)
    narrator = Narrator(
        engine,
        site,  # nothing is written there: `hear` keeps nothing
        voices=settings.voices | ({language: voice} if voice else {}),
        rates={one: getattr(settings, one) for one in ("slow", "normal", "quick")},
        within=_PATIENCE,
    )
    try:
        heard = narrator.hear(text, language=language, speed=speed, say=respelled)
    finally:
        engine.close()
    for one in narrator.fallen_back.values():
        click.echo(f"{one.voice} cannot speak. {one.why} Try: {one.hint}", err=True)
    if wav is not None:
        try:
            wav.write_bytes(heard.wav)
        except OSError as error:
            raise SpeechError(f"I cannot write {wav}: {error.strerror or error}.") from None
    words = [dataclasses.astuple(word) for word in heard.words]
    if form == "json":
        told = {
            "text": text,
            "said": heard.said,
            "voice": heard.voice.name,
            "language": language,
            "seconds": heard.seconds,
            "words": words,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"Said:  {heard.said}")
    click.echo(f"Voice: {heard.voice.name}, {heard.voice.rate} words a minute")
    click.echo(f"Takes: {heard.seconds:.2f} seconds")
    for start, end, starts_at, ends_at in words:
        click.echo(f"{starts_at:7.2f} to {ends_at:5.2f}  {text[start:end]}")


def _of_site(site: Path, language: str) -> tuple[SpeechSettings, Mapping[str, str]]:
    """Return the voice's settings, and how the site's staff say words."""
    if site == Path() and not (site / FILE).exists():
        return SpeechSettings(), {}  # not in a site: what a site begins with
    from kiosk.content import Library, Words

    loaded = load_site(site)
    words = Library(loaded).now.words.get(language, Words())
    return loaded.settings.speech, words.say
