"""The kinds of questions: each is declared once, in a module here; another module is found too.

A module has `KINDS`, the kinds that it declares.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from kiosk.feedback.survey.kind import Kind

__all__ = ["KINDS"]


def declared() -> dict[str, Kind]:
    """Return all kinds by name, in the order of their modules."""
    found: dict[str, Kind] = {}
    for module in sorted(one.name for one in pkgutil.iter_modules(__path__)):
        kinds: tuple[Kind, ...] = import_module(f"{__name__}.{module}").KINDS
        for kind in kinds:
            if kind.name in found:
                raise ValueError(f'The kind "{kind.name}" is declared twice.')
            found[kind.name] = kind
    return found


KINDS = declared()
