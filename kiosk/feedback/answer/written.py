"""How what is kept is written: YAML that a person can read."""

from __future__ import annotations

from collections.abc import Mapping

import yaml


class _Dumper(yaml.SafeDumper):
    """Writes several lines as a block, so that a person can read them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - nothing is written as an alias
        return True


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class Choices(list[str]):
    """Several choices, written on one line."""


class ItemPlaces(dict[str, str]):
    """Where each item was put, written on one line."""


_Dumper.add_representer(str, _string)
_Dumper.add_representer(
    Choices,
    lambda dumper, them: dumper.represent_sequence("tag:yaml.org,2002:seq", them, flow_style=True),
)
_Dumper.add_representer(
    ItemPlaces,
    lambda dumper, them: dumper.represent_mapping("tag:yaml.org,2002:map", them, flow_style=True),
)


def text_of(told: Mapping[str, object]) -> bytes:
    """Return the file that says this, with its keys in this order."""
    text = yaml.dump(dict(told), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()
