"""The code with which a kiosk joins once: `7K4M-2QXA-...`, seven times four characters.

Twelve are a secret that only the centre and the reader of the code know. The other sixteen are of
the centre's certificate, so the kiosk can tell that it speaks with the right centre before it says
the secret to anybody, without any authority that vouches for the centre.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from kiosk.errors import CentreRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_SECRET, _PRINT = 12, 16
_MISREAD = str.maketrans("OIL", "011")  # letters that no code has


@dataclass(frozen=True, slots=True)
class Code:
    """secret: known once. fingerprint: of the centre's certificate, its first 80 bits."""

    secret: str
    fingerprint: str

    def __str__(self) -> str:
        """Return it as a person reads and types it."""
        whole = self.secret + self.fingerprint
        return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def new_code(certificate: bytes) -> Code:
    """Return a code that nobody has seen, of the centre with this certificate (DER)."""
    return Code("".join(secrets.choice(ALPHABET) for _ in range(_SECRET)), fingerprint(certificate))


def read_code(text: str) -> Code:
    """Return the code that somebody typed. CentreRefused when it is none."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if len(letters) != _SECRET + _PRINT or not set(letters) <= set(ALPHABET):
        raise CentreRefused(
            "That is not a code of a centre. It has 7 groups of 4 characters. "
            "Try: type it again as `kiosk centre enrol` printed it."
        )
    return Code(letters[:_SECRET], letters[_SECRET:])


def fingerprint(certificate: bytes) -> str:
    """Return what a code says of a certificate (DER)."""
    value = int.from_bytes(hashlib.sha256(certificate).digest()[:10])
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(75, -1, -5))


def hidden(secret: str) -> bytes:
    """Return what the centre keeps of a secret: it can be compared, and not said to anybody."""
    return hashlib.sha256(secret.encode()).digest()
