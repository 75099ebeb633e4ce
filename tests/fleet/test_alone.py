from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.server import StartKiosk

CODE = """
import sys
import kiosk.cli, kiosk.web.app
from kiosk.web.app import _belonging
from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from pathlib import Path
kiosk = Kiosk(load_site(Path(sys.argv[1]), Path(sys.argv[2])))
assert _belonging(kiosk) is None
kiosk.close()
ours = ("kiosk.fleet", "psycopg", "cryptography", "tuf", "securesystemslib")
print(sorted(one for one in sys.modules if one.startswith(ours)))
"""


@pytest.mark.drill
def test_a_kiosk_that_stands_alone_loads_nothing_for_a_centre_and_starts_nothing(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(real_command=True)
    threads = {path.read_text().strip() for path in Path(f"/proc/{server.pid}/task").glob("*/comm")}
    assert not threads & {"kiosk-sender", "kiosk-heart", "kiosk-releases"}
    assert not (tmp_path / "data" / "fleet").exists()
    assert not (tmp_path / "data" / "releases").exists()

    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "site"), str(tmp_path / "other")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
