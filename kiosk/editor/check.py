"""The texts of a site that are not on its pages: they must be easy to read too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Snapshot
from kiosk.content.events import load_events
from kiosk.content.sentences import ENDS
from kiosk.content.you_said import load_you_said
from kiosk.easyread import Edition, Text, yaml_texts
from kiosk.errors import ContentError
from kiosk.feedback.survey.survey import QUIZ, Survey, load_surveys, survey_fingerprint
from kiosk.files import Stamp, stamp_of
from kiosk.located import Located, parse_yaml, read_text
from kiosk.recorded.look import all_voices, warnings
from kiosk.symbols import SymbolBook

# File -> (keys of sentences, keys of names and buttons).
_SURVEY = (("ask", "thanks"), ("title", "words"))
_KEYS = {
    "surveys/*.yaml": _SURVEY,
    "*/surveys/*.yaml": _SURVEY,
    "events.yaml": (("where", "who", "travel", "quiet"), ("title",)),
    "you-said.yaml": (("said", "did"), ("who",)),
}


def other_files(
    site: Site, symbols: SymbolBook
) -> tuple[tuple[Text, ...], tuple[ContentError, ...], tuple[Edition, ...]]:
    """Return the texts of all files that are no pages, what is wrong with them, and the surveys."""
    surveys, wrong = load_surveys(site, symbols)
    problems = (
        *wrong,
        *load_events(site, symbols)[1],
        *load_you_said(site, symbols)[1],
    )
    editions = [
        _edition(site, one)
        for survey in surveys.values()
        for one in (survey, *survey.translations.values())
    ]
    return tuple(other_texts(site)), problems, tuple(editions)


def all_beside(
    site: Site, now: Snapshot, symbols: SymbolBook
) -> tuple[
    tuple[Text, ...], tuple[ContentError, ...], tuple[Edition, ...], tuple[ContentError, ...]
]:
    """Return `other_files`, and what there is to say of people's recordings of the pages of `now`.

    That is: the texts, what is wrong, the surveys, and what staff should know.
    """
    texts, problems, surveys = other_files(site, symbols)
    voices, wrong = all_voices(site, now)
    told = tuple(warnings(voices.values(), site.today()))
    return texts, (*problems, *wrong), surveys, told


def other_stamps(site: Site) -> dict[Path, Stamp | None]:
    """Return the stamps of the files that `other_files` reads."""
    return {path: stamp_of(path) for path in (*_files(site), *_interface_files(site).values())}


def _edition(site: Site, survey: Survey) -> Edition:
    is_first = survey.language == site.settings.site.languages[0]
    folder = site.content if is_first else site.content / survey.language
    path = folder / "surveys" / f"{survey.id}.yaml"
    node = _read(path, site.shown(path))
    return Edition(
        "survey",
        survey.id,
        survey.language,
        site.shown(path),
        survey_fingerprint(survey),
        survey.original,
        node.key_lines.get("original", 1) if node else 1,
        survey.translation_checked_by,
        only_in=survey.show_in,
    )


def other_texts(site: Site) -> list[Text]:
    """Return the texts of surveys, events, answers to people, and of the screen itself.

    Those of the screen only where the engine stands in the site's folder: elsewhere staff cannot
    change them. A file that cannot be read gives none: its own room says what is wrong with it.
    """
    found: list[Text] = []
    for path, name in _files(site).items():
        sentences, labels = _KEYS[name]
        node = _read(path, site.shown(path))
        if node is None or _is_quiz(node):
            continue
        texts = yaml_texts(node, site.shown(path), sentences=sentences, labels=labels)
        if name.startswith("*/"):  # a translation
            texts = [replace(one, language=path.parent.parent.name) for one in texts]
        found += texts
    return [*found, *_interface(site)]


def _is_quiz(node: Located) -> bool:
    """Tell whether a survey tries pictures out: its sentences are those of a page."""
    questions = node.value.get("questions") if isinstance(node.value, dict) else None
    inside = questions.value if questions is not None else ()
    kinds = (
        (one.value.get("kind") for one in inside if isinstance(one.value, dict))
        if isinstance(inside, tuple)
        else ()
    )
    return any(kind is not None and kind.value == QUIZ for kind in kinds)


def _files(site: Site) -> dict[Path, str]:
    """Return the files of the site that are no pages, each with its key in `_KEYS`."""
    return {path: name for name in _KEYS for path in sorted(site.content.glob(name))}


def _interface(site: Site) -> Iterator[Text]:
    """Yield the words of the screen: what has an end mark is a sentence, the rest are buttons."""
    for code, path in _interface_files(site).items():
        node = _read(path, site.shown(path)) if path.is_file() else None
        for key, one in node.value.items() if node and isinstance(node.value, dict) else ():
            if isinstance(one.value, str) and one.value and key != "letters":
                label = not one.value.endswith(ENDS)
                yield Text(site.shown(path), one.line, one.value, one.column, label, code)


def _interface_files(site: Site) -> dict[str, Path]:
    """Return the file of each language's words, where it stands in the site's folder."""
    folder = Path(str(files("kiosk.screen"))) / "interface"
    paths = {code: folder / f"{code}.yaml" for code in site.settings.site.languages}
    return {code: path for code, path in paths.items() if path.is_relative_to(site.root)}


def _read(path: Path, shown: Path) -> Located | None:
    try:
        return parse_yaml(read_text(path, shown=shown), shown=shown)
    except ContentError:
        return None
