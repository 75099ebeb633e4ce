"""The process that speaks: `python -m kiosk.speech.worker`.

One line of JSON in, `{"text", "voice", "rate"}`; one line of JSON out, `{"bytes", "words"}`,
followed by that many bytes of WAV, or `{"error", "kind"}`. The process ends when its input closes,
so it never outlives its parent. It keeps to the standard library, pyttsx3 and its voices.
"""

from __future__ import annotations

import json
import os
import signal
import sys


def main() -> None:
    """Answer requests until the input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    # pyttsx3 and the library print to standard output; the protocol keeps its own copy of it.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from kiosk.speech.driver import Renderer

    renderer = Renderer()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        sound = b""
        try:
            sound, words = renderer.render(asked["text"], asked["voice"], asked["rate"])
            answer: dict[str, object] = {"bytes": len(sound), "words": words}
        except LookupError as error:
            answer = {"error": str(error), "kind": "voice"}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}", "kind": "other"}
        out.write(json.dumps(answer).encode() + b"\n" + sound)
        out.flush()


if __name__ == "__main__":
    main()
