"""Pages as visitors would see them, from a text that is not saved: the kiosk's own screen."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2
from streamlit.file_util import get_static_dir

from kiosk.config import Site
from kiosk.content import Library, Snapshot
from kiosk.editor.actions.save import page_path
from kiosk.errors import ContentError, PageNotSaved
from kiosk.export.chosen import choose
from kiosk.export.leaflet import leaflet
from kiosk.feedback.survey.survey import load_surveys
from kiosk.screen.document import CONTROLS, STYLES, head_of, site_data
from kiosk.screen.interface_words import Utterance
from kiosk.screen.languages import direction
from kiosk.screen.listened import load_listened
from kiosk.screen.render import render_shell
from kiosk.screen.said import as_told, spoken_by
from kiosk.screen.screens import Screen
from kiosk.screen.served import Served
from kiosk.screen.whole import Moment, Parts, Renderer, manifest
from kiosk.speech.narrator import Narrator

MOST = 12  # previews at a time: the oldest gives way
FILES = "/studio/files"
DOTS_AN_INCH = 72  # of a sheet: a browser shows it at half of its size on paper
_HTML = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{letters}{head}
</head>
<body>
{shell}
{data}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """One page as it would be. now: the whole site with it; wrong: why an older text is shown."""

    now: Snapshot
    served: Served
    language: str
    page: str
    wrong: str


class Previews:
    """What the windows of the studio look at. Safe to share by threads, which wait in turn."""

    def __init__(self, site: Site, library: Library) -> None:
        self._site = site
        self._library = library
        self._lock = threading.Lock()
        self._shown: OrderedDict[str, Preview] = OrderedDict()
        self._before: dict[str, Screen] = {}
        self._served: dict[str, Served] = {}

    def find(self, window: str) -> Preview | None:
        """Return what a window looks at."""
        return self._shown.get(window)

    def show(self, window: str, name: str, text: str) -> Preview:
        """Make the screen of a page from a text, as if visitors saw it already.

        Raises ContentError for a text that no page can be made of.
        """
        path = page_path(self._site, name)
        with self._lock:
            now = self._library.with_text(path, text, shown=True)
            source = next((one for one in now.sources if self._site.root / one.path == path), None)
            if source is None:
                raise PageNotSaved("There is no page of this name.")
            language = now.languages.get(source.language)
            if language is None:
                raise PageNotSaved("This language has no home page yet.")
            if source.id not in language.pages and source.id != "home":
                raise (
                    source.problems[0]
                    if source.problems
                    else PageNotSaved("This page cannot be shown as it is.")
                )
            code = source.language
            surveys, _ = load_surveys(self._site, self._library.symbols)
            listened, _ = load_listened(self._site, self._library.symbols)
            screens = Renderer(self._site, self._before).render(
                Parts({code: language}, surveys, listened, self._library.symbols),
                Moment(datetime.now(UTC), takes_answers=False),
            )
            self._before |= screens
            served = self._served.get(code, Served()).after("", screens, {})
            self._served[code] = served
            wrong = "" if source.page is not None or not source.problems else _said(source.problems)
            made = Preview(now, served, code, source.id, wrong)
            self._shown[window] = made
            self._shown.move_to_end(window)
            while len(self._shown) > MOST:
                self._shown.popitem(last=False)
        return made

    def html(
        self,
        preview: Preview,
        script: str = "preview.js",
        styles: Sequence[str] = (),
        data: str = "",
    ) -> str:
        """Return the document that shows it, which lies one folder below its own address.

        script, styles: files of the studio that it has of its own. data: what they need.
        """
        screen = preview.served.screens[preview.language]
        around = screen.interface.language
        sheets = [f"/screen/{one}" for one in STYLES] + [f"{FILES}/{one}" for one in styles]
        modules = [f"/screen/{one}" for one in CONTROLS] + [f"{FILES}/{script}"]
        return _HTML.format(
            language=around,
            direction=direction(around),
            title=escape(screen.index[preview.page]["title"]),
            letters=_letters(),
            head=head_of(sheets, modules),
            shell=render_shell(self._site, screen, preview.page),
            data=site_data(self.told(preview)) + data,
        )

    def told(self, preview: Preview) -> dict[str, Any]:
        """Return what the screen needs first. Nobody is sent home for doing nothing."""
        return manifest(self._site, preview.served, preview.language) | {"visit": None}

    def narration(
        self,
        preview: Preview,
        page: str,
        speed: str,
        narrator: Narrator,
        more: Sequence[Utterance] = (),
    ) -> list[dict[str, Any] | None]:
        """Return the sentences of a page as clips, and then more; none without a voice."""
        screens: Mapping[str, Screen] = preview.served.screens
        texts = (*screens[preview.language].narrations[page].texts, *more)
        spoken = spoken_by(narrator, screens, texts, speed)
        clips = {said: as_told(one, f"clips/{one.key}.wav") for said, one in spoken.items()}
        return [clips.get(one) for one in texts]

    def sheets(self, preview: Preview) -> list[bytes]:
        """Return the leaflet of the page as pictures of its sheets (PNG).

        Raises ContentError or NotExported where it cannot go out like this.
        """
        (chosen,) = choose(self._site, preview.now, preview.language, [preview.page])
        found = []
        with pypdfium2.PdfDocument(leaflet(self._site, chosen)) as file:
            for page in file:
                written = io.BytesIO()
                page.render(scale=DOTS_AN_INCH * 2 / 72).to_pil().save(written, "PNG")
                found.append(written.getvalue())
        return found


def _said(problems: tuple[ContentError, ...]) -> str:
    first = problems[0]
    return f"line {first.line}: {first.problem} {first.hint}".rstrip()


def _letters() -> str:
    """Return the style that names the letters of the screen: Streamlit brings them."""
    folder = Path(get_static_dir())
    found = sorted(folder.glob("static/media/SourceSansVF-Upright*.woff2"))
    if not found:
        return ""
    address = f"/{found[0].relative_to(folder).as_posix()}"
    return (
        '<style>@font-face { font-family: "Source Sans"; font-weight: 100 900; '
        f'src: url("{address}") format("woff2"); }}</style>'
    )
