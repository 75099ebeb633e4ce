"""The parent's side of the worker process: a time limit, and a new worker after a crash or hang."""

from __future__ import annotations

import io
import json
import selectors
import subprocess
import sys
import threading
import time
import wave
from importlib.metadata import version
from typing import IO, Any

from kiosk.errors import SpeechError, SpeechTimeout, VoiceMissing
from kiosk.speech.engine import Clip, Voice, WordTime


class _Gone(Exception):
    """The worker ended."""


class Pyttsx3Engine:
    """pyttsx3 in a worker process. Safe to share by threads: one sentence is spoken at a time.

    seconds: the longest that one sentence may take, waiting for other sentences included.
    """

    name = "pyttsx3"

    def __init__(self, seconds: float = 3.0) -> None:
        self.version = f"{version('pyttsx3')}+{version('espeakng-loader')}"
        self._seconds = seconds
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker, when there is one."""
        return self._worker.pid if self._worker else None

    def render(self, text: str, voice: Voice) -> Clip:
        """Speak; a worker that was killed is replaced and asked once more."""
        deadline = time.monotonic() + self._seconds
        if not self._lock.acquire(timeout=self._seconds):
            raise SpeechTimeout("The voice is busy.")
        try:
            try:
                return self._ask(text, voice, deadline)
            except _Gone:
                return self._ask(text, voice, deadline)
        except _Gone:
            raise SpeechError("The voice stopped.") from None
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

    def _ask(self, text: str, voice: Voice, deadline: float) -> Clip:
        if self._worker is None or self._worker.poll() is not None:
            self._end()
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "kiosk.speech.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        asked = {"text": text, "voice": voice.name, "rate": voice.rate}
        assert self._worker.stdin is not None  # noqa: S101 - it is a pipe
        assert self._worker.stdout is not None  # noqa: S101 - it is a pipe
        try:
            self._worker.stdin.write(json.dumps(asked).encode() + b"\n")
            answer, sound = _read(self._worker.stdout, deadline)
        except (_Gone, OSError) as error:
            self._end()
            raise _Gone from error
        except SpeechTimeout:
            self._end()
            raise
        if "error" in answer:
            kind = VoiceMissing if answer["kind"] == "voice" else SpeechError
            raise kind(str(answer["error"]))
        with wave.open(io.BytesIO(sound)) as wav:
            seconds = wav.getnframes() / wav.getframerate()
        words = tuple(WordTime(*word) for word in answer["words"])
        return Clip(sound, seconds, words)


def _read(stream: IO[bytes], deadline: float) -> tuple[dict[str, Any], bytes]:
    """Read one answer: its line of JSON and its sound."""
    got = bytearray()
    needed, answer = 0, None
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while answer is None or len(got) < needed:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise SpeechTimeout("The voice took too long.")
            part = stream.read(65536)
            if not part:
                raise _Gone
            got += part
            if answer is None and b"\n" in got:
                line, _, got = got.partition(b"\n")
                answer = json.loads(line)
                needed = answer.get("bytes", 0)
    return answer, bytes(got)
