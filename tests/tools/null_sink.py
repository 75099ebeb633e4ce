"""A place where sound goes that nobody hears: some browsers keep time by it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.tools.waiting import wait_until

START_SECONDS = 30.0
STOP_SECONDS = 15.0


class NullSink:
    """A PulseAudio of its own. folder: an empty one. variables: for the programs that use it."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("pulseaudio")
        assert program, "This test needs PulseAudio: `apt-get install pulseaudio`."
        folder.chmod(0o700)
        socket = folder / "native"
        self.variables = {"PULSE_SERVER": f"unix:{socket}"}
        modules = ("module-null-sink", f"module-native-protocol-unix socket={socket}")
        self._process = subprocess.Popen(
            [program, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
            + [f"--load={one}" for one in modules],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)},
        )
        try:
            wait_until(socket.exists, START_SECONDS, "PulseAudio")
        except BaseException:
            self._process.kill()
            raise

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(STOP_SECONDS)
