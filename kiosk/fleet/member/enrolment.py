"""To which centre a kiosk belongs: one private file in its data folder, with its own key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.config import Site
from kiosk.errors import CentreRefused
from kiosk.files import replace_durably
from kiosk.fleet.code import read_code
from kiosk.fleet.keys import KioskKey
from kiosk.fleet.member.group import leave_group
from kiosk.fleet.member.way import Way, proved, way_to
from kiosk.fleet.wire import ENROL, Credential, Joined, Joining, sha256_of, signed_text

FILE = "fleet/centre.json"


class Enrolment(BaseModel):
    """What a kiosk knows of its centre, and who it is there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal[1] = 1
    kiosk: str
    name: str
    host: str
    port: int
    path: str = ""
    certificate: str = ""
    key: str

    @property
    def way(self) -> Way:
        """The way to the centre."""
        return Way(self.host, self.port, self.certificate, self.path)

    def credential(self, path: str, body: bytes) -> str:
        """Return the header that says who sends this body to this path."""
        sha256 = sha256_of(body)
        signature = KioskKey.from_text(self.key).sign(signed_text(self.kiosk, path, sha256))
        return str(Credential(self.kiosk, sha256, signature))

    def ask(self, path: str, body: bytes) -> dict[str, Any]:
        """Send something that this kiosk has signed. CentreRefused, CentreAway."""
        return self.way.post(path, body, {"Authorization": self.credential(path, body)})

    def fetch(self, path: str, body: bytes) -> bytes | None:
        """Ask for bytes; None when there are none. CentreRefused, CentreAway."""
        return self.way.fetch(path, body, {"Authorization": self.credential(path, body)})


def file_of(site: Site) -> Path:
    """Return the place of the file; there is none at a kiosk that stands alone."""
    return site.data / FILE


def enrolment_of(site: Site) -> Enrolment | None:
    """Return to which centre this kiosk belongs; None for none. CentreRefused for a broken file."""
    file = file_of(site)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CentreRefused(f"I cannot read {site.shown(file)}: {error}.") from None
    try:
        found = Enrolment.model_validate_json(text)
        KioskKey.from_text(found.key)
    except (ValidationError, ValueError):
        raise CentreRefused(
            f"{site.shown(file)} is damaged. Try: join the centre again with kiosk enrol."
        ) from None
    return found


def enrol(site: Site, address: str, code: str) -> Enrolment:
    """Let this kiosk belong to a centre: it makes its own key, and tells the public half.

    CentreRefused when the code, the address or the computer there is not the right one; then all
    stays as it was. CentreAway when nobody answers.
    """
    wanted = read_code(code)
    way = proved(way_to(address), wanted.fingerprint)
    key = KioskKey()
    asked = Joining(secret=wanted.secret, key=key.public)
    reply = way.post(ENROL, asked.model_dump_json().encode())
    try:
        joined = Joined.model_validate(reply)
    except ValidationError:
        raise CentreRefused("The centre's answer cannot be understood. Is it newer?") from None
    made = Enrolment(
        kiosk=joined.kiosk,
        name=joined.name,
        host=way.host,
        port=way.port,
        path=way.path,
        certificate=way.certificate,
        key=key.text,
    )
    file = file_of(site)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_durably(file, made.model_dump_json(indent=1).encode() + b"\n")
    leave_group(site)  # that of another centre
    return made


def leave(site: Site) -> bool:
    """Let this kiosk stand alone again: its key goes. False when it did already."""
    file = file_of(site)
    if not file.exists():
        return False
    file.unlink()
    leave_group(site)
    return True
