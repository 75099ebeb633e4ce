"""Makes a recorded voice small: an eighth of its size, as MP3, which opens on every computer.

The library that does it is written in C, and what it is given comes from strangers. So it works in
a process of its own, with little memory and little time, and gets checked samples and never a
file. Whatever happens to it, the sound is kept as it came.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kiosk.feedback.answer.recording import MP3, WAV, Sound

_WORKER = Path(__file__).with_name("small_worker.py")
_SECONDS = 20.0


def made_small(sound: Sound) -> tuple[bytes, str]:
    """Return the file to keep, and the end of its name: as WAV where MP3 cannot be made."""
    made = _mp3(sound)
    return (made, MP3) if made else (sound.wav(), WAV)


def _mp3(sound: Sound) -> bytes | None:
    try:
        made = subprocess.run(  # noqa: S603 - a file of ours, with a number
            # -I: nothing of the folder or the variables that we were started with is imported.
            [sys.executable, "-I", str(_WORKER), str(sound.rate)],
            input=sound.samples,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # nothing is calculated with it
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = type(error).__name__
    else:
        if made.returncode == 0 and made.stdout:
            return made.stdout
        lines = made.stderr.decode(errors="replace").strip().splitlines()
        reason = lines[-1][:200] if lines else f"exit code {made.returncode}"
    print(f"A recorded voice is kept as WAV, which is large: {reason}", file=sys.stderr, flush=True)
    return None
