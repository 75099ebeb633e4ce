"""What some commands need beside the kiosk's own packages."""

from __future__ import annotations

from importlib.util import find_spec

from kiosk.errors import CentreRefused

_CENTRE = ("psycopg", "psycopg_pool", "cryptography", "tuf")
_RELEASES = ("cryptography", "tuf")


def needs_centre() -> None:
    """Raise CentreRefused unless all is here that a centre needs."""
    _needs(_CENTRE, "a centre", "centre")


def needs_releases() -> None:
    """Raise CentreRefused unless all is here that releases need."""
    _needs(_RELEASES, "releases", "releases")


def _needs(names: tuple[str, ...], what: str, extra: str) -> None:
    if any(find_spec(name) is None for name in names):
        raise CentreRefused(
            f"The packages of {what} are not installed. "
            f"Try: .uv/bin/uv sync --inexact --no-dev --extra {extra}"
        )
