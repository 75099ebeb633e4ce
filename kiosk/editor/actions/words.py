"""Says what a hard word means, and how a word is said: in `words.yaml` of a language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Library
from kiosk.content.edit_words import with_entry
from kiosk.content.words import Words as Read
from kiosk.content.words import read_words
from kiosk.editor.actions.action import alone
from kiosk.errors import MayNotPublish, PageNotSaved, WordChanged
from kiosk.files import replace_durably
from kiosk.located import parse_yaml, read_text

_LONGEST = 60  # letters of a word


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a word, "" for nothing. means, symbol: of a hard word. said: its sound."""

    means: str = ""
    symbol: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class ExplainWord:
    """Say what a word means and how it is said. before: what the person saw of it.

    It is seen on every page that has the word in bold, and heard on all: so only who may publish
    can do it. An entry that is empty now is taken away.
    """

    site: Site
    library: Library
    language: str
    word: str
    before: Entry
    after: Entry
    may_publish: bool

    def check(self) -> None:
        """Raise WordChanged, MayNotPublish, PageNotSaved, or ContentError for a bad file."""
        self._text()

    def execute(self) -> Path:
        """Write it durably, and return the file."""
        with alone(self.site):
            text = self._text()
            path = words_file(self.site, self.language)
            try:
                replace_durably(path, text.encode(), mode=None if path.exists() else 0o644)
            except OSError as error:
                reason = error.strerror or str(error)
                raise PageNotSaved(f"I cannot write the words: {reason}.") from None
        return path

    def _text(self) -> str:
        word = " ".join(self.word.split())
        if not word or len(word) > _LONGEST:
            raise PageNotSaved(f"A word has 1 to {_LONGEST} letters.")
        if not self.may_publish:
            raise MayNotPublish(
                "Visitors see and hear this on every page. Somebody who may publish can do it."
            )
        text = words_text(self.site, self.language)
        if entry_of(self.site, self.language, word, text) != self.before:
            raise WordChanged
        before, after = self.before, self.after
        if (before.means, before.symbol) != (after.means, after.symbol):
            value = {"means": after.means, "symbol": after.symbol} if after.means else None
            text = with_entry(text, "explain", word, value)
        if before.said != after.said:
            text = with_entry(text, "say", word, after.said or None)
        shown = self.site.shown(words_file(self.site, self.language))
        symbols = self.library.symbols.in_language(self.language)
        wrong = read_words(text, shown=shown, symbols=symbols, before=Read()).problems
        known = read_words(
            words_text(self.site, self.language), shown=shown, symbols=symbols, before=Read()
        ).problems
        told = {str(one.problem) for one in known}
        for one in wrong:
            if one.problem not in told:
                raise PageNotSaved(f"{one.problem} {one.hint}".rstrip())
        return text


def words_file(site: Site, language: str) -> Path:
    """Return the file of a language. Raises PageNotSaved for a language that the site has not."""
    if language not in site.settings.site.languages:
        raise PageNotSaved("The site has no such language.")
    return site.content / language / "words.yaml"


def words_text(site: Site, language: str) -> str:
    """Return what stands in the file, "" for none. Raises ContentError."""
    path = words_file(site, language)
    if not path.exists():
        return ""
    read_text(path, shown=site.shown(path))  # what cannot be read says so, with its line
    return path.read_bytes().decode()


def entry_of(site: Site, language: str, word: str, text: str | None = None) -> Entry:
    """Return what the file says of a word, as it is written there."""
    path = words_file(site, language)
    text = words_text(site, language) if text is None else text
    node = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), shown=site.shown(path))
    if not isinstance(node.value, dict):
        return Entry()

    def inside(*keys: str) -> str:
        now = node
        for key in keys:
            if not isinstance(now.value, dict) or key not in now.value:
                return ""
            now = now.value[key]
        return now.value if isinstance(now.value, str) else ""

    return Entry(
        inside("explain", word, "means"), inside("explain", word, "symbol"), inside("say", word)
    )
