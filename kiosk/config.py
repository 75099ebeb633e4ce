"""A site: its folder, and its settings from `kiosk.toml`.

Engine and site are apart: whoever needs a site is given a `Site` and reads no global. Every
setting has a default apart from the title, so the smallest `kiosk.toml` is two lines.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from kiosk.errors import ContentError, SettingsError, SiteError
from kiosk.located import Mistake, describe, keys_at, read_text

FILE = "kiosk.toml"

_CAPITAL_HEIGHT = 0.66  # of the font size, in Source Sans
_PRINTER = r"^(?:[^\s/#?'\"\\-][^\s/#?'\"\\]*)?$"  # as CUPS has it, and no option of `lp`
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise Mistake(f'"{code}" is not a language code.', 'Write it as "en", "ur" or "pt-BR".')
    return code


def _languages(codes: object) -> object:
    if not isinstance(codes, list):
        raise Mistake("must be a list.", 'Write it as ["en"].')
    for code in codes:
        if codes.count(code) > 1:
            raise Mistake(f'"{code}" is written twice.', "Keep one of them.")
    return tuple(codes)


def _list(values: object) -> object:
    return tuple(values) if isinstance(values, list) else values  # TOML has no tuples


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = 'Write it as "Europe/London".'
        raise Mistake(f'"{name}" is not a time zone that I know.', hint) from None
    return name


def _web_address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s?#\"<>]+", address, re.ASCII):
        hint = 'Write it as "https://example.org/send/".'
        raise Mistake(f'"{address}" is not a web address.', hint)
    return address


ShortText = Annotated[str, Field(min_length=1, max_length=200)]
LanguageCode = Annotated[str, AfterValidator(_language)]
WordsAMinute = Annotated[int, Field(ge=50, le=400)]


class _Table(BaseModel):
    # Strict: in TOML a number is a number, so "180" between quotes is a slip that we can name.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SiteName(_Table):
    """What the site is called: its title, and the small line that is heard after it."""

    title: ShortText
    tagline: Annotated[str, Field(max_length=200)] = ""


class SiteSettings(SiteName):
    """What the site is called and the languages that it speaks, first one first.

    translated: what it is called in those of them that have a name of their own for it.
    web_address: where its pages are on the web, "" for nowhere: codes and leaflets lead there.
    """

    languages: Annotated[
        tuple[LanguageCode, ...], BeforeValidator(_languages), Field(min_length=1, max_length=20)
    ] = ("en",)
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/London"
    translated: dict[LanguageCode, SiteName] = Field(default_factory=dict)
    web_address: Annotated[str, Field(max_length=300), AfterValidator(_web_address)] = ""

    @model_validator(mode="after")
    def _of_its_languages(self) -> SiteSettings:
        for code in self.translated:
            if code not in self.languages[1:]:
                problem = f'"{code}" is translated, but it is none of the other languages.'
                hint = "Write it into languages, after the first one, or take its table away."
                raise Mistake(problem, hint)
        return self

    def name_in(self, code: str) -> tuple[SiteName, str]:
        """Return what the site is called for people who read a language, and in which it is."""
        own = self.translated.get(code)
        return (own, code) if own else (self, self.languages[0])


class Display(_Table):
    """The kiosk's own screen: size of one pixel, and how far away a person stands.

    own_screen_px: a screen is the kiosk's own when both its sides have this many CSS px or more;
    smaller ones are phones and laptops, and get ordinary sizes.
    """

    pixel_pitch_mm: Annotated[float, Field(ge=0.05, le=2.0)] = 0.248
    viewing_distance_mm: Annotated[float, Field(ge=200, le=5000)] = 600
    own_screen_px: Annotated[int, Field(ge=300, le=10_000)] = 1000

    @property
    def target_px(self) -> float:
        """The smallest side of what a finger presses: 20 mm, and never under 44 CSS px."""
        return max(44.0, 20 / self.pixel_pitch_mm)

    @property
    def gap_px(self) -> float:
        """The least room between two of them: 5 mm, and never under 8 CSS px."""
        return max(8.0, 5 / self.pixel_pitch_mm)

    @property
    def least_px(self) -> float:
        """The CSS font size at which a capital letter is 4.8 mm high (US 402.4)."""
        return 4.8 / self.pixel_pitch_mm / _CAPITAL_HEIGHT

    @property
    def capital_mm(self) -> float:
        """How high a capital letter must be.

        It is 4.8 mm high (US 402.4) and fills 0.7 degrees at that distance (EN 301 549 5.1.4).
        """
        return max(4.8, 2 * self.viewing_distance_mm * math.tan(math.radians(0.7) / 2))

    @property
    def words_px(self) -> float:
        """The CSS font size at which a capital letter has that height on this screen."""
        return self.capital_mm / self.pixel_pitch_mm / _CAPITAL_HEIGHT


class Visit(_Table):
    """Seconds without a touch: until the idle question, to answer it, and until the first picture.

    attract_seconds: how long the clean home page stands before "Touch the screen" comes.
    """

    idle_seconds: Annotated[int, Field(ge=10, le=3600)] = 180
    answer_seconds: Annotated[int, Field(ge=5, le=600)] = 60
    attract_seconds: Annotated[int, Field(ge=5, le=3600)] = 60


def _keys(names: object) -> object:
    if not isinstance(names, list):
        raise Mistake("must be a list.", 'Write it as ["F13", "ArrowUp"].')
    return tuple(names)


KeyNames = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=30)], ...],
    BeforeValidator(_keys),
    Field(max_length=5),
]


class Keypad(_Table):
    """What each key does: names as a browser gives them (`KeyboardEvent.code` or `.key`).

    up, down: the thing before, the next thing; select: do it. speech: start or stop eyes-free
    mode. switch: the one key of switch scanning.
    """

    up: KeyNames = ("ArrowUp", "F13")
    down: KeyNames = ("ArrowDown", "F14")
    select: KeyNames = ("Enter", "F15")
    back: KeyNames = ("Escape", "F16")
    help: KeyNames = ("F1", "F17")
    again: KeyNames = ("F4", "F18")
    volume: KeyNames = ("F9", "F19")
    home: KeyNames = ("Home", "F20")
    listen: KeyNames = ("F21",)
    speech: KeyNames = ("F2", "F22")
    switch: KeyNames = ("F8", "F24")

    @model_validator(mode="after")
    def _one_use_a_key(self) -> Keypad:
        seen: dict[str, str] = {}
        for action in type(self).model_fields:
            for key in getattr(self, action):
                if key in seen:
                    problem = f'"{key}" is used twice: for {seen[key]} and for {action}.'
                    raise Mistake(problem, "Keep one of them.")
                seen[key] = action
        return self


class Switch(_Table):
    """Switch scanning: seconds that the frame stays on one thing, and a tick as it moves."""

    seconds: Annotated[float, Field(ge=0.3, le=20)] = 1.5
    sound: bool = True


class SpeechSettings(_Table):
    """Three speeds in words a minute as heard, a time limit, and the voice of each language.

    clips_mb: how much of the disk the sounds fill that are kept ready. second_voices: what a
    visitor can choose instead; without one, eSpeak NG's usual voice where another one is named.
    """

    slow: WordsAMinute = 100
    normal: WordsAMinute = 130
    quick: WordsAMinute = 160
    time_limit_seconds: Annotated[float, Field(ge=0.5, le=60)] = 3.0
    clips_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 400
    voices: dict[LanguageCode, ShortText] = Field(default_factory=lambda: {"en": "gmw/en"})
    second_voices: dict[LanguageCode, ShortText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _speeds_in_order(self) -> SpeechSettings:
        if not self.slow <= self.normal <= self.quick:
            raise Mistake("slow, normal and quick must go from slow to quick.")
        return self


class Feedback(_Table):
    """The survey that every page leads to, and the limits of what is taken and kept.

    One answer in `seconds_between_answers` for a visit; one that comes too soon is not lost, the
    screen sends it again later. Of one computer, `answers_an_hour` are counted, and as many of its
    voices taken; more of its answers are kept and marked as a flood. An answer is marked as bashing
    when it is the same as `bashing_answers` others of the last `bashing_seconds`. The kiosk's own
    locked screen has no limit an hour.
    `voice_max_kb` has no use any more: the seconds of its question limit a recorded voice.
    """

    survey: Annotated[str, Field(max_length=64)] = "think"
    words_max_characters: Annotated[int, Field(ge=1, le=10_000)] = 2000
    voice_max_kb: Annotated[int, Field(ge=16, le=20_000)] = 2000
    seconds_between_answers: Annotated[int, Field(ge=0, le=3600)] = 20
    answers_an_hour: Annotated[int, Field(ge=1, le=100_000)] = 60
    bashing_answers: Annotated[int, Field(ge=1, le=100)] = 3
    bashing_seconds: Annotated[int, Field(ge=0, le=3600)] = 20
    quota_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    voices_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    set_aside_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    free_space_floor_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 50
    keep_months: Annotated[int, Field(ge=1, le=120)] = 12


class Ignored(_Table):
    """Findings that are not shown: those of one rule in one file, or in all files of a folder."""

    path: ShortText
    rule: Annotated[str, Field(pattern=r"^ER\d\d$")]
    reason: ShortText


Most = Annotated[int, Field(ge=1, le=100_000)]


class EasyRead(_Table):
    """How much the easy-read checker lets pass: each number is the most that is still good.

    Where there are two of a name, more than the first is a warning, more than `_most` an error.
    common_words: how many of the most frequent words of a language need no explanation. strict:
    tell each long sentence on its own, and what practised writers let pass.
    """

    strict: bool = False
    sentence_words: Most = 15
    sentence_words_most: Most = 20
    joins: Annotated[int, Field(ge=0, le=100)] = 1
    negatives: Annotated[int, Field(ge=0, le=100)] = 1
    commas: Annotated[int, Field(ge=0, le=100)] = 2
    capitals: Annotated[int, Field(ge=1, le=100)] = 3
    big_number: Annotated[int, Field(ge=1, le=1_000_000_000)] = 999
    common_words: Annotated[int, Field(ge=100, le=50_000)] = 5000
    idea_sentences: Most = 3
    idea_sentences_most: Most = 5
    idea_words: Most = 40
    idea_words_most: Most = 50
    page_ideas: Most = 12
    page_words: Most = 250
    title_words: Most = 8
    title_words_most: Most = 12
    picture_words: Most = 10
    review_months: Annotated[int, Field(ge=1, le=120)] = 12
    ignore: Annotated[tuple[Ignored, ...], BeforeValidator(_list)] = ()

    def strictly(self) -> EasyRead:
        """Return the settings for `--strict`: the shortest sentences, and nothing let pass."""
        update = {
            "strict": True,
            "sentence_words": min(self.sentence_words, 12),
            "sentence_words_most": min(self.sentence_words_most, 15),
            "title_words_most": self.title_words,
        }
        return self.model_copy(update=update)


class Print(_Table):
    """The printer beside the kiosk, by its name in CUPS, and how much it prints at most."""

    printer: Annotated[str, Field(max_length=127, pattern=_PRINTER)] = ""
    papers_an_hour: Annotated[int, Field(ge=1, le=1000)] = 30


class Data(_Table):
    """Where the kiosk keeps what it collects: a folder, in the site's folder or anywhere else."""

    folder: Annotated[str, Field(min_length=1, max_length=1000)] = "data"


class Hall(_Table):
    """The locked browser of a hall (`kiosk open --lock`): when it is started again.

    sign_seconds: the page has not been seen for this long; first_sign_seconds: after a start.
    page_memory_mb: the page needs more memory than this, and nobody is there.
    """

    sign_seconds: Annotated[int, Field(ge=5, le=3600)] = 30
    first_sign_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    page_memory_mb: Annotated[int, Field(ge=100, le=100_000)] = 1500


def _database(address: str) -> str:
    if address and not re.match(r"postgres(ql)?://\S", address):
        raise Mistake(
            "That is not the address of a PostgreSQL database.",
            'Write it as "postgresql://user@host/database".',
        )
    return address


class Centre(_Table):
    """The centre of several kiosks (`kiosk centre serve`).

    database: the council's PostgreSQL; "" for an embedded one in the data folder. address: how the
    kiosks reach the centre, "" when nobody has said.
    """

    database: Annotated[str, Field(max_length=1000), AfterValidator(_database)] = ""
    address: Annotated[str, Field(max_length=300), AfterValidator(_web_address)] = ""


class Studio(_Table):
    """Where staff change pages (`kiosk studio`), and how other computers may reach it.

    certificate, key: paths of PEM files, in the site's folder or whole. proxy: the address of the
    one computer that stands before it and speaks https. name: what people type to come here.
    """

    address: Annotated[str, Field(min_length=1, max_length=100)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8502
    certificate: Annotated[str, Field(max_length=1000)] = ""
    key: Annotated[str, Field(max_length=1000)] = ""
    proxy: Annotated[str, Field(max_length=100)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    idle_minutes: Annotated[int, Field(ge=1, le=1440)] = 30


class Settings(_Table):
    """All of `kiosk.toml`, one attribute for each table."""

    site: SiteSettings
    display: Display = Field(default_factory=Display)
    visit: Visit = Field(default_factory=Visit)
    keypad: Keypad = Field(default_factory=Keypad)
    switch: Switch = Field(default_factory=Switch)
    speech: SpeechSettings = Field(default_factory=SpeechSettings)
    feedback: Feedback = Field(default_factory=Feedback)
    easyread: EasyRead = Field(default_factory=EasyRead)
    hall: Hall = Field(default_factory=Hall)
    centre: Centre = Field(default_factory=Centre)
    studio: Studio = Field(default_factory=Studio)
    print: Print = Field(default_factory=Print)
    data: Data = Field(default_factory=Data)


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of one site, its settings, and the folder for what it collects."""

    root: Path
    settings: Settings
    data: Path

    @property
    def content(self) -> Path:
        """The folder of the pages."""
        return self.root / "content"

    @property
    def assets(self) -> Path:
        """The folder of the site's own pictures and style."""
        return self.root / "assets"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.settings.site.timezone)

    def today(self, now: datetime | None = None) -> date:
        """Return the day that it is at the site, by `[site] timezone`; now: with its time zone."""
        return (now or datetime.now(UTC)).astimezone(self.zone).date()

    def shown(self, path: Path) -> Path:
        """Return the path as staff know it: relative to the site's folder where it can be."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path


def load_site(root: Path, data: Path | None = None) -> Site:
    """Read `kiosk.toml` in the folder `root`; `data` stands above the setting `[data] folder`.

    Raises SiteError when there is no such folder or no `kiosk.toml` in it, and SettingsError
    with every mistake, one on each line.
    """
    if not root.is_dir():
        raise SiteError(f"There is no folder {root}.")
    root = root.resolve()
    if not (root / FILE).exists():
        raise SiteError(f"There is no {FILE} in {root}. Is this the folder of a site?")
    try:
        text = read_text(root / FILE, shown=Path(FILE))
    except ContentError as error:
        raise SettingsError(str(error)) from None
    settings = read_settings(text)
    return Site(root, settings, _data_folder(root, settings, data))


def read_settings(text: str) -> Settings:
    """Return what the text of a `kiosk.toml` says.

    Raises SettingsError with every mistake, one on each line.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_syntax(error, text)) from None
    except RecursionError:
        raise SettingsError(f"{FILE}:1: There are too many brackets inside each other.") from None
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise SettingsError("\n".join(_value(one) for one in found)) from None


def _data_folder(root: Path, settings: Settings, data: Path | None) -> Path:
    try:
        folder = (data if data is not None else root / settings.data.folder).resolve()
    except (OSError, RuntimeError, ValueError):
        raise SettingsError(f"{FILE}: [data] folder: is not the name of a folder.") from None
    kept_apart = (root / "content", root / "assets")
    if root.is_relative_to(folder) or any(folder.is_relative_to(one) for one in kept_apart):
        wrong = "must not be the site's folder, or inside content or assets."
        raise SettingsError(f"{FILE}: [data] folder: {wrong}")
    return folder


_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> str:
    said = str(error)
    where = _WHERE.search(said)
    line = text.rstrip("\n").count("\n") + 1
    if where is not None and where[1] is not None:
        line = min(int(where[1]), line)
    return f"{FILE}:{line}: I cannot read this line: {_WHERE.sub('', said)}."


def _value(error: Any) -> str:
    loc = error["loc"]
    problem, hint = describe(error, keys_at(Settings, loc[:-1]))
    problem = problem.replace('lines of "key: value"', "a table")
    names = [str(step) for step in loc if step != "[key]"]
    table, rest = names[:1], names[1:]
    if not rest and error["type"] == "missing":
        problem = "this table is missing."
    place = " ".join([*(f"[{one}]" for one in table), ".".join(rest)]).strip()
    return f"{FILE}: {place}: {problem} {hint}".rstrip()
