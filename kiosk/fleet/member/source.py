"""Where a release comes from: the centre, or a folder on a memory stick. Neither is believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient import FetcherInterface

from kiosk.errors import CentreAway, FleetError
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.names import is_name
from kiosk.fleet.wire import RELEASE, AskedFile

BASE = "release:///"
_NOT_FOUND = 404


class Source(Protocol):
    """Gives files of releases by their names."""

    def read(self, name: str) -> bytes | None:
        """Return a file, None when there is none. CentreAway, CentreRefused, ReleaseRefused."""
        ...


class CentreSource:
    """The centre that a kiosk belongs to."""

    def __init__(self, enrolment: Enrolment) -> None:
        self._enrolment = enrolment

    def read(self, name: str) -> bytes | None:  # noqa: D102 - as the protocol says
        body = AskedFile(name=name).model_dump_json().encode()
        return self._enrolment.fetch(RELEASE, body)


class Fetcher(FetcherInterface):
    """Lets TUF read from a source. What the source said stays for who asks why."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: FleetError | None = None

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(BASE)
        try:
            data = self._source.read(name) if is_name(name) else None
        except FleetError as error:
            self.error = error
            raise DownloadError(str(error)) from error
        if data is None:
            raise DownloadHTTPError(f"There is no {name}.", _NOT_FOUND)
        return iter([data])

    def whole(self, name: str) -> bytes:
        """Return a file. CentreAway when the source has none: it may be on its way there."""
        data = self._source.read(name)
        if data is None:
            raise CentreAway("A file of the release is not there yet.")
        return data
