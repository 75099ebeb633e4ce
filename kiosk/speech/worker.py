"""The process that speaks: `python -m kiosk.speech.worker`.

One line of JSON in, what the renderer's `render` takes; one line of JSON out, `{"bytes", "words"}`,
followed by that many bytes of WAV, or `{"error", "kind"}`. The process ends when its input closes,
so it never outlives its parent. It keeps to the standard library, pyttsx3 and its voices.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, Protocol


class Renderer(Protocol):
    """What speaks in a worker: `render` gives a WAV file, and the times of its words."""

    @property
    def render(self) -> Callable[..., tuple[bytes, list[tuple[int, int, float, float]]]]:
        """Speak what the keys of a request say; LookupError when there is no such voice."""
        ...


def main() -> None:
    """Speak with eSpeak NG until the input closes."""
    serve(_espeak)


def serve(start: Callable[[], Renderer], *, tell_ready: bool = False) -> None:
    """Answer requests until the input closes.

    start: loads the voice. tell_ready: the first line out, `{"ready": true}`, tells that it has.
    Before that the requests in the command line are answered to nobody: what a voice reads when it
    is first asked, it has then read.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    # pyttsx3 and the library print to standard output; the protocol keeps its own copy of it.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    renderer = _start(start)
    if tell_ready:
        for first in sys.argv[1:]:
            _answer(renderer, first.encode())
        out.write(json.dumps({"ready": True}).encode() + b"\n")
        out.flush()
    while True:
        answer, sound = _answer(renderer, lines.get())
        out.write(json.dumps(answer).encode() + b"\n" + sound)
        out.flush()


def refuse_sockets() -> None:
    """Let nothing in this process use the network from now on."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event.startswith(("socket.", "urllib.")):
        raise PermissionError("A voice does not use the network.")


def _listen(lines: queue.SimpleQueue[bytes]) -> None:
    """Hand requests on. A thread of its own sees the end of the input even in a hung render."""
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)


def _espeak() -> Renderer:
    from kiosk.speech.driver import Renderer

    return Renderer()


def _start(start: Callable[[], Renderer]) -> Renderer | str:
    """Load the voice, or say why it cannot be loaded: every request is then answered with it."""
    try:
        return start()
    except Exception as error:
        return f"The voice cannot start. {error}"


def _answer(renderer: Renderer | str, line: bytes) -> tuple[dict[str, Any], bytes]:
    if isinstance(renderer, str):
        return {"error": renderer, "kind": "other"}, b""
    try:
        asked = json.loads(line)
        sound, words = renderer.render(**asked)
    except LookupError as error:
        return {"error": str(error), "kind": "voice"}, b""
    except Exception as error:
        return {"error": f"The voice cannot say this. {error}", "kind": "other"}, b""
    return {"bytes": len(sound), "words": words}, sound


if __name__ == "__main__":
    main()
