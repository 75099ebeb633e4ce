"""Kinds of values that several tables of `kiosk.toml` hold, and what all tables have in common."""

from __future__ import annotations

import re
from typing import Annotated

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
WebAddress = Annotated[str, Field(max_length=300), AfterValidator(_web_address)]


class Table(BaseModel):
    """A table of `kiosk.toml`: no key that nobody knows, and each value of its own kind."""

    # Strict: in TOML a number is a number, so "180" between quotes is a slip that we can name.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
