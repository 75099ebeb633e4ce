"""Kinds of values that several tables of `kiosk.toml` hold, and what all tables have in common."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.located import Mistake

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise Mistake(f'"{code}" is not a language code.', 'Write it as "en", "ur" or "pt-BR".')
    return code


def as_tuple(values: object) -> object:
    """Return a list of a file as what a frozen table keeps; anything else as it is."""
    return tuple(values) if isinstance(values, list) else values  # TOML has no tuples


def _web_address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s?#\"<>]+", address, re.ASCII):
        hint = 'Write it as "https://example.org/send/".'
        raise Mistake(f'"{address}" is not a web address.', hint)
    return address


ShortText = Annotated[str, Field(min_length=1, max_length=200)]
LanguageCode = Annotated[str, AfterValidator(_language)]
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?", re.ASCII)
_USUAL_PORTS = {"http": "80", "https": "443"}
_OWN_MACHINE = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])[:/]")


def _origin(address: str) -> str:
    named = _ORIGIN.fullmatch(address.lower())
    if named is None:
        hint = 'Write it as "https://send.example.org": as far as its name, without a folder.'
        raise Mistake(f'"{address}" is not where a copy on the web can be.', hint)
    scheme, host, port = named.groups()
    return f"{scheme}://{host}" + ("" if port in (None, _USUAL_PORTS[scheme]) else f":{port}")


def origin_of(address: str) -> str:
    """Return the origin of a web address, as a browser names it."""
    at = urlsplit(address)
    return _origin(f"{at.scheme}://{at.netloc.rpartition('@')[2]}")


def _safe_address(address: str) -> str:
    if not address:
        return ""
    whole = f"{address.rstrip('/')}/"
    if not whole.startswith("https://") and not _OWN_MACHINE.match(whole):
        raise Mistake("Answers must not go over a line that others can read.", "Use https.")
    origin_of(whole)
    return whole


WebAddress = Annotated[str, Field(max_length=300), AfterValidator(_web_address)]


class Table(BaseModel):
    """A table of `kiosk.toml`: no key that nobody knows, and each value of its own kind."""

    # Strict: in TOML a number is a number, so "180" between quotes is a slip that we can name.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


# Where pages of the web are, as their browser tells it: no more than the name, in small letters.
Origin = Annotated[str, Field(max_length=300), AfterValidator(_origin)]
# With a "/" at the end; over https, or on this computer.
SafeAddress = Annotated[WebAddress, AfterValidator(_safe_address)]
