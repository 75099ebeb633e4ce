"""Keys: the one of a kiosk, which signs what it sends, and the centre's, for its HTTPS."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from kiosk.files import put

# What vouches for the centre is the code, not a day: a kiosk's clock may be years wrong.
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


class KioskKey:
    """The key of one kiosk. Its public half, 64 characters, is what the centre knows."""

    def __init__(self, private: Ed25519PrivateKey | None = None) -> None:
        self._private = private or Ed25519PrivateKey.generate()

    @classmethod
    def from_text(cls, text: str) -> KioskKey:
        """Return the key that `text` said. ValueError when it is none."""
        return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))

    @property
    def text(self) -> str:
        """All of it, as its own file has it: never to be sent."""
        return self._private.private_bytes_raw().hex()

    @property
    def public(self) -> str:
        """The half that others may know (hex)."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, data: bytes) -> str:
        """Return the signature of these bytes (hex)."""
        return self._private.sign(data).hex()


def is_signed(public: bytes, data: bytes, signature: str) -> bool:
    """Tell whether the kiosk with this public key has signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def certificate_of(folder: Path) -> tuple[Path, Path]:
    """Return the files of the centre's certificate and key (PEM), made once in this folder.

    OSError when the disk says no.
    """
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    if not (certificate.exists() and key.exists()):
        for old in (certificate, key):
            old.unlink(missing_ok=True)  # one without the other comes from a run that was cut off
        made, private = _new_certificate()
        put(key, private)
        put(certificate, made)
    return certificate, key


def der_of(certificate: Path) -> bytes:
    """Return the certificate in a PEM file as a code's fingerprint is taken of it."""
    return x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(Encoding.DER)


def _new_certificate() -> tuple[bytes, bytes]:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kiosk centre")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int.from_bytes(os.urandom(16)) >> 1 | 1)
        .not_valid_before(_FIRST)
        .not_valid_after(_LAST)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    plain = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM), plain
