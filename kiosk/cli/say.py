"""`kiosk say`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import format_option, site_option
from kiosk.config import FILE, SpeechSettings, load_site
from kiosk.counted import counted
from kiosk.errors import SpeechError

if TYPE_CHECKING:
    from kiosk.editor.listening import Compared
    from kiosk.speech.engines import Engines
    from kiosk.speech.narrator import Narrator

_PATIENCE = 30.0  # seconds: nobody stands at a screen and waits


@click.command()
@click.argument("text", required=False)
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
@click.option(
    "--sheet",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page there that compares all voices of a language, instead of saying TEXT.",
)
@format_option("How to write what is said.")
def say(
    text: str | None,
    site: Path,
    language: str,
    speed: str,
    voice: str | None,
    wav: Path | None,
    sheet: Path | None,
    form: str,
) -> None:
    """Say TEXT as the kiosk does: what is said, by which voice, and when each word is heard.

    It knows what `words.yaml` says about how to say a word. Nothing is kept.

    With --sheet, five sentences of the site are said by each voice that can speak the language
    here. The page lets people choose the one that they like, and tells only then which it was.
    """
    from kiosk.speech.engines import engines_of  # the voices take a moment to load

    if (text is None) is (sheet is None):
        raise click.UsageError("Give a TEXT to say, or --sheet DIR to compare voices.")
    engine = engines_of(site, _PATIENCE)
    try:
        if sheet is not None:
            _compare(engine, site, sheet, language, speed, voice)
        else:
            _say(engine, text or "", site, language, speed, voice, wav, form)
    finally:
        engine.close()


def _narrator(
    engine: Engines, site: Path, settings: SpeechSettings, language: str, voice: str | None
) -> Narrator:
    from kiosk.speech.narrator import Narrator

    return Narrator(
        engine,
        site,  # nothing is written there: `hear` keeps nothing
        voices=settings.voices | ({language: voice} if voice else {}),
        rates={one: getattr(settings, one) for one in ("slow", "normal", "quick")},
        within=_PATIENCE,
    )


def _say(
    engine: Engines,
    text: str,
    site: Path,
    language: str,
    speed: str,
    voice: str | None,
    wav: Path | None,
    form: str,
) -> None:
    if not any(letter.isalnum() for letter in text):
        raise click.BadParameter("There is no word and no number in it.", param_hint="TEXT")
    settings, respelled = _of_site(site, language)
    narrator = _narrator(engine, site, settings, language, voice)
    heard = narrator.hear(text, language=language, speed=speed, say=respelled)
    for one in narrator.fallen_back.values():
        click.echo(f"{one.voice} cannot speak. {one.why} Try: {one.hint}", err=True)
    if wav is not None:
        _write(wav, heard.wav)
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
    model = engine.model_of(heard.voice)
    rate = max(heard.voice.rate, model.slowest_of(heard.voice.language) if model else 0)
    click.echo(f"Voice: {heard.voice.name}, {rate} words a minute")
    click.echo(f"Takes: {heard.seconds:.2f} seconds")
    for start, end, starts_at, ends_at in words:
        click.echo(f"{starts_at:7.2f} to {ends_at:5.2f}  {text[start:end]}")


def _compare(
    engine: Engines, site: Path, folder: Path, language: str, speed: str, voice: str | None
) -> None:
    from kiosk.content import Library
    from kiosk.editor.listening import levelled, listening_page, sentences_to_compare

    loaded = load_site(site)
    there = Library(loaded).languages.get(language)
    texts = sentences_to_compare(there) if there else ()
    if there is None or not texts:
        raise SpeechError(f'This site has no sentences in the language "{language}".')
    settings = loaded.settings.speech
    named = _narrator(engine, site, settings, language, voice).named(language, speed).name
    names = dict.fromkeys([named, *engine.names(language)])
    compared = []
    for name in names:
        narrator = _narrator(engine, site, settings, language, name)
        if made := _by_voice(narrator, name, texts, language, speed, there.say):
            compared.append(made)
    if len(compared) < 2:
        problem = f'Only one voice can speak the language "{language}" here.'
        if not compared:
            problem = f'No voice can speak the language "{language}" here.'
        raise SpeechError(f"{problem} To compare it with another one, add --voice NAME.")
    compared = levelled(compared)
    page = folder / f"voices-{language}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SpeechError(f"I cannot make {folder}: {error.strerror or error}.") from None
    for one in compared:
        for number, sound in enumerate(one.sounds, start=1):
            _write(folder / f"{language}-{number}-{one.voice.replace('/', '-')}.wav", sound)
    _write(page, listening_page(language, texts, compared).encode())
    click.echo(
        f"{counted(len(texts), 'sentence')} by {counted(len(compared), 'voice')}:"
        f" {', '.join(one.voice for one in compared)}."
    )
    click.echo(f"Open this page in a browser, and let people choose: {page}")


def _by_voice(
    narrator: Narrator,
    name: str,
    texts: tuple[str, ...],
    language: str,
    speed: str,
    respelled: Mapping[str, str],
) -> Compared | None:
    """Return the sentences by this voice; None, and why on standard error, if it cannot speak."""
    from kiosk.editor.listening import Compared

    sounds = []
    for text in texts:
        try:
            heard = narrator.hear(text, language=language, speed=speed, say=respelled)
        except SpeechError as error:
            click.echo(f"{name} is left out. {error}", err=True)
            return None
        if heard.voice.name != name:
            note = narrator.fallen_back[language]
            click.echo(f"{name} is left out. {note.why} Try: {note.hint}", err=True)
            return None
        sounds.append(heard.wav)
    return Compared(name, tuple(sounds))


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise SpeechError(f"I cannot write {file}: {error.strerror or error}.") from None


def _of_site(site: Path, language: str) -> tuple[SpeechSettings, Mapping[str, str]]:
    """Return the voice's settings, and how the site's staff say words."""
    if site == Path() and not (site / FILE).exists():
        return SpeechSettings(), {}  # not in a site: what a site begins with
    from kiosk.content import Library, Words

    loaded = load_site(site)
    words = Library(loaded).now.words.get(language, Words())
    return loaded.settings.speech, words.say
