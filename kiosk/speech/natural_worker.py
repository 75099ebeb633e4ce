"""The process of the natural voices: `python -m kiosk.speech.natural_worker`.

It speaks the protocol of `worker.py`. It needs the extra `natural`, and never uses the network: the
package of the voices would fetch those that it lacks, so here every socket is refused.
"""

from __future__ import annotations

from kiosk.speech.worker import Renderer, refuse_sockets, serve


def main() -> None:
    """Speak until the input closes."""
    refuse_sockets()
    serve(_natural, tell_ready=True)


def _natural() -> Renderer:
    from kiosk.speech.natural_voice import Renderer as Natural

    return Natural()


if __name__ == "__main__":
    main()
