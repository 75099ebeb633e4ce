"""Takes over a person's recording of a page: its words are found, and each sentence is kept."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Home, Language, Page
from kiosk.errors import RecordingRefused
from kiosk.files import replace_durably
from kiosk.recorded.consent import FILE, Consent, checked, in_order, read_consent
from kiosk.recorded.model import Line, lines_of
from kiosk.recorded.read import SOUNDS, folder_of
from kiosk.speech.engine import DEFAULT_VOICES
from kiosk.speech.engines import engines_of
from kiosk.speech.narrator import Narrator
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words

_PATIENCE = 30.0  # seconds for the voice to say one sentence
_LONGEST = 600.0  # seconds for all of the work
_ROOT = Path(__file__).resolve().parents[2]  # the folder that holds the package `kiosk`
_MODE = 0o644  # as the pages are: whoever may read these may hear them


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one sentence. doubt: why its words are not lit one by one; "" when they are.

    is_read: whether it was found in the recording.
    """

    number: int
    line: Line
    is_read: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a recording. more: what it has beside the page: (from, to, before which)."""

    sentences: tuple[Heard, ...]
    more: tuple[tuple[float, float, int], ...]
    folder: Path


def add(
    site: Site,
    language: Language,
    page: Page,
    recording: Path,
    consent: Consent,
    *,
    sentence: int | None = None,
) -> Added:
    """Keep a recording beside its page; return what was found in it.

    sentence: the number, from 1, of the only one that it has. A sentence that was read before is
    replaced, one that is not in this recording stays as it was. Raises RecordingRefused, and
    SpeechError when there is no voice to compare it with.
    """
    consent = _agreed(site, page, consent)
    lines = lines_of(page)
    if sentence is not None and not 1 <= sentence <= len(lines):
        raise RecordingRefused(f"This page has {len(lines)} sentences: there is no {sentence}.")
    wanted = list(enumerate(lines, 1))
    if sentence is not None:
        wanted = [wanted[sentence - 1]]
    if not recording.is_file():
        raise RecordingRefused(f"There is no file {recording}.")
    with tempfile.TemporaryDirectory(prefix="kiosk-voice-") as made:
        folder = Path(made)
        job = {
            "recording": str(recording.resolve()),
            "language": page.language,
            "sentences": _spoken(site, language, page, [line for _, line in wanted], folder),
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        result = _worked(folder)
        if "error" in result:
            raise RecordingRefused(f"{recording}: {result['error']}")
        said = result["sentences"]
        if not any(one["read"] for one in said):
            raise RecordingRefused(
                f"{recording}: I found no sentence of this page in it. Is it of this page?"
            )
        _keep(site, page, consent, [line for _, line in wanted], said, folder)
    heard = tuple(
        Heard(number, line, bool(one["read"]), str(one["doubt"]))
        for (number, line), one in zip(wanted, said, strict=True)
    )
    more = tuple((float(a), float(b), int(before)) for a, b, before in result["left_out"])
    return Added(heard, more, folder_of(page))


def _agreed(site: Site, page: Page, consent: Consent) -> Consent:
    """Return what is agreed from now on. Raises RecordingRefused: it is not, or not any more."""
    if isinstance(page, Home):
        raise RecordingRefused(
            "The first page changes too often: nobody can read it for the kiosk."
        )
    consent = checked(replace(consent, by=" ".join(consent.by.split())))
    today = site.today()
    if consent.agreed > today:
        raise RecordingRefused(f"{consent.agreed} is still to come: on which day was it agreed?")
    if consent.until is not None and consent.until < today:
        raise RecordingRefused(f"It was agreed until {consent.until}, and that is over.")
    folder = site.root / folder_of(page)
    if not (folder / FILE).exists():
        return consent
    before, problems = read_consent(folder, folder_of(page))
    if before is None:
        raise RecordingRefused(f"{problems[0]}")
    if before.by.casefold() != consent.by.casefold():
        raise RecordingRefused(
            f"{before.by} reads this page. One page has one reader: first take that voice away, "
            f"with: kiosk voice remove {page.id}"
        )
    return replace(consent, uses=in_order(consent.uses))


def _spoken(
    site: Site, language: Language, page: Page, lines: Sequence[Line], folder: Path
) -> list[dict[str, Any]]:
    """Let eSpeak NG say each sentence, for the worker to compare with."""
    engine = engines_of(site.root, _PATIENCE)
    code = page.language
    voice = DEFAULT_VOICES.get(code) or DEFAULT_VOICES.get(code.split("-")[0])
    voice = voice or site.settings.speech.voices.get(code, "")
    narrator = Narrator(
        engine,
        site.root,  # nothing is written there: `hear` keeps nothing
        voices={code: voice} if voice else {},
        rates={"normal": site.settings.speech.normal},
        within=_PATIENCE,
    )
    try:
        found = []
        for line in lines:
            heard = narrator.hear(line.text, language=code, speed="normal", say=language.say)
            (folder / f"{line.hash}.page.wav").write_bytes(heard.wav)
            found.append(
                {
                    "name": line.hash,
                    "text": line.text,
                    "said": _said(line.text, code, language.say),
                    "sound": f"{line.hash}.page.wav",
                    "words": [[w.start, w.end, w.starts_at, w.ends_at] for w in heard.words],
                }
            )
        return found
    finally:
        engine.close()


def _said(text: str, language: str, say: Mapping[str, str]) -> list[str]:
    """Return each word of a text as it is said, such as "E H C P"."""
    return [spoken_text(text[a:b], language, say).text for a, b in visible_words(text)]


def _worked(folder: Path) -> dict[str, Any]:
    """Return what the worker has found. It ends with us, whatever becomes of us."""
    known = os.environ.get("PYTHONPATH")
    path = str(_ROOT) if known is None else f"{known}{os.pathsep}{_ROOT}"
    worker = subprocess.Popen(  # noqa: S603 - a module of ours
        [sys.executable, "-P", "-m", "kiosk.recorded.worker", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # One processor: the kiosk may be running beside us.
        env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    try:
        worker.wait(_LONGEST)
        result: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except (subprocess.TimeoutExpired, OSError, ValueError):
        raise RecordingRefused(
            "The words could not be found: the work stopped, or took too long. "
            "Try it again, or with a shorter recording."
        ) from None
    finally:
        worker.kill()
        worker.wait()
    return result


def _keep(
    site: Site,
    page: Page,
    consent: Consent,
    lines: Sequence[Line],
    said: Sequence[dict[str, Any]],
    folder: Path,
) -> None:
    """Write what was agreed, then each sentence: no voice is there without its consent."""
    to = site.root / folder_of(page)
    try:
        to.mkdir(exist_ok=True)
        replace_durably(to / FILE, consent.text().encode(), mode=_MODE)
        for line, one in zip(lines, said, strict=True):
            if not one["read"]:
                continue
            sound = (folder / f"{line.hash}.ogg").read_bytes()
            ranges = visible_words(line.text)
            times = one["words"] if len(one["words"]) == len(ranges) else []
            told = {
                "text": line.text,
                "seconds": round(one["seconds"], 4),
                "sound": hashlib.sha256(sound).hexdigest(),
                "loudness": one["loudness"],
                "doubt": one["doubt"],
                "words": [
                    [start, end, round(begins, 3), round(ends, 3)]
                    for (start, end), (begins, ends) in zip(ranges, times, strict=False)
                ],
            }
            for suffix in SOUNDS:
                if suffix != ".ogg":
                    (to / f"{line.hash}{suffix}").unlink(missing_ok=True)
            replace_durably(to / f"{line.hash}.ogg", sound, mode=_MODE)
            data = json.dumps(told, ensure_ascii=False).encode()
            replace_durably(to / f"{line.hash}.json", data, mode=_MODE)
    except OSError as error:
        raise RecordingRefused(f"I cannot write {folder_of(page)}: {error.strerror}.") from None
