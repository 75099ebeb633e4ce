"""The process of Piper voices: `python -m kiosk.speech.piper_worker`.

It speaks the protocol of `worker.py`. It needs ONNX Runtime, which comes with the extra `natural`.
"""

from __future__ import annotations

from kiosk.speech.worker import Renderer, refuse_sockets, serve


def main() -> None:
    """Speak until the input closes."""
    refuse_sockets()
    serve(_piper, tell_ready=True)


def _piper() -> Renderer:
    from kiosk.speech.piper_voice import Renderer as Piper

    return Piper()


if __name__ == "__main__":
    main()
