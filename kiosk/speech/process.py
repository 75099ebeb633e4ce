"""The parent's side of the worker process: a time limit, and a new worker after a crash or hang."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from kiosk.errors import SpeechError, SpeechTimeout, VoiceMissing, VoiceStarting
from kiosk.speech.engine import LONGEST_TEXT, Clip, Voice, WordTime
from kiosk.speech.pace import espeak_pace, stamp_of
from kiosk.speech.wav import length

_ROOT = Path(__file__).resolve().parents[2]  # the folder that holds the package `kiosk`
_FIRST_TEXT = "1"  # of any language, and nobody's: every program of a computer can read it


class _Gone(Exception):
    """The worker ended."""


class WorkerEngine:
    """A voice in a worker process. Safe to share by threads: one sentence is spoken at a time.

    seconds: the longest that one sentence may take, waiting for other sentences included.
    """

    name: str
    version: str
    _module = "kiosk.speech.worker"
    # How long a worker may take until it is ready; None: it is asked at once, and starts meanwhile.
    _start_seconds: float | None = None

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._ready_until: float | None = None  # it is still starting, and may until then

    def _request(self, text: str, voice: Voice) -> dict[str, Any]:
        """Return what the worker is asked."""
        raise NotImplementedError

    def _first(self, voice: Voice) -> list[str]:
        """Return what a worker says to itself before it tells that it is ready."""
        if self._start_seconds is None:
            return []
        return [json.dumps(self._request(_FIRST_TEXT, voice), ensure_ascii=False)]

    @property
    def pid(self) -> int | None:
        """The process id of the worker, when there is one."""
        return self._worker.pid if self._worker else None

    def render(self, text: str, voice: Voice, *, within: float | None = None) -> Clip:
        """Speak; a worker that was killed is replaced and asked once more."""
        if len(text) > LONGEST_TEXT:
            raise SpeechError(f"A text of {len(text)} characters is too long to be read aloud.")
        limit = self._seconds if within is None else min(within, self._seconds)
        deadline = time.monotonic() + limit
        if not self._lock.acquire(timeout=max(0.0, limit)):
            raise SpeechTimeout("The voice is busy. Please try again in a moment.")
        try:
            try:
                return self._ask(text, voice, deadline)
            except _Gone:
                return self._ask(text, voice, deadline)
        except _Gone:
            raise SpeechError("The voice stopped, and stopped again.") from None
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the worker and wait for it."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None
        self._ready_until = None

    def _ask(self, text: str, voice: Voice, deadline: float) -> Clip:
        if self._worker is None or self._worker.poll() is not None:
            self._end()
            self._worker = _start_worker(self._module, *self._first(voice))
            if self._start_seconds is not None:
                self._ready_until = time.monotonic() + self._start_seconds
        assert self._worker.stdin is not None  # noqa: S101 - it is a pipe
        assert self._worker.stdout is not None  # noqa: S101 - it is a pipe
        if self._ready_until is not None:
            self._wait_until_ready(self._worker.stdout, self._ready_until, deadline)
        line = json.dumps(self._request(_clean(text), voice), ensure_ascii=False).encode() + b"\n"
        try:
            # Never blocks: the longest text fits into the pipe, and a worker has no other request.
            while line:
                line = line[self._worker.stdin.write(line) or 0 :]
            answer, sound = _read(self._worker.stdout, deadline)
        except (_Gone, OSError, ValueError) as error:
            self._end()
            raise _Gone from error
        except BaseException:  # a half-read answer would be taken for the next one's
            self._end()
            raise
        if "error" in answer:
            kind = VoiceMissing if answer["kind"] == "voice" else SpeechError
            raise kind(str(answer["error"]))
        words = tuple(WordTime(*word) for word in answer["words"])
        return Clip(sound, length(sound), words)

    def _wait_until_ready(self, stream: IO[bytes], until: float, deadline: float) -> None:
        """Read the line by which a worker tells that it is ready.

        One that is not ready in time goes on starting, for the next sentence.
        """
        try:
            _read(stream, min(deadline, until))
        except SpeechTimeout:
            if time.monotonic() < until:
                raise VoiceStarting("The voice is still starting. Please try again soon.") from None
            self._end()
            raise
        except (_Gone, OSError, ValueError) as error:
            self._end()
            raise _Gone from error
        self._ready_until = None


class Pyttsx3Engine(WorkerEngine):
    """eSpeak NG, by pyttsx3."""

    name = "pyttsx3"

    def __init__(self, seconds: float = 3.0) -> None:
        super().__init__(seconds)
        packages = (installed(part) or "none" for part in ("pyttsx3", "espeakng-loader"))
        self.version = "+".join([*packages, stamp_of("espeak")])

    def _request(self, text: str, voice: Voice) -> dict[str, Any]:
        pace = espeak_pace(voice.language, voice.rate)
        return {
            "text": text,
            "voice": voice.name,
            "rate": pace.rate,
            "gap": pace.gap,
            "pause": pace.pause,
        }


def _start_worker(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    if sys.platform != "linux":
        raise SpeechError("The voice speaks on Linux only so far.")
    known = os.environ.get("PYTHONPATH")
    path = str(_ROOT) if known is None else f"{known}{os.pathsep}{_ROOT}"
    # -P: a file that happens to lie in the folder we were started from is not imported.
    is_installed = _ROOT.name in {"site-packages", "dist-packages"}
    try:
        return subprocess.Popen(  # noqa: S603 - a module of ours
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=None if is_installed else os.environ | {"PYTHONPATH": path},
        )
    except OSError as error:
        raise SpeechError(f"The voice cannot start: {error.strerror}.") from error


def installed(package: str) -> str | None:
    """Return the version of a package; None when it is not here."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _clean(text: str) -> str:
    """Return `text` without half characters, which UTF-8 cannot carry; no place in it moves."""
    return "".join(" " if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def _read(stream: IO[bytes], deadline: float) -> tuple[dict[str, Any], bytes]:
    """Read one answer: its line of JSON and its sound."""
    got = bytearray()
    needed, answer = 0, None
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while answer is None or len(got) < needed:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise SpeechTimeout("The voice took too long. Please try again in a moment.")
            part = stream.read(65536)
            if not part:
                raise _Gone
            got += part
            if answer is None and b"\n" in got:
                line, _, got = got.partition(b"\n")
                answer = json.loads(line)
                needed = answer.get("bytes", 0)
    return answer, bytes(got)
