"""Text and YAML files with a line for every key and every item.

`read_text` reads a file that a person wrote, `parse_yaml` turns YAML into `Located` values, and
`check` gives them to a pydantic model. Each says what is wrong at the line where it is wrong. Who
reads a whole file returns a `Read`: what it gave, and all that is wrong with it.

Scalars stay text until the model decides: to YAML `no` is false and `1:30` is ninety, to a member
of staff they are words. Equal keys, aliases and tags are refused, because each of them changes
what a file says without a word to the person who wrote it.
"""

from kiosk.located.days import how_to_write
from kiosk.located.files import MAX_BYTES, read_text
from kiosk.located.models import (
    Day,
    Mistake,
    check,
    describe,
    did_you_mean,
    keys_at,
    plain,
    validate,
    validate_each,
)
from kiosk.located.read import Read
from kiosk.located.to_do import NO_DAY, is_to_do, to_do
from kiosk.located.tree import MAX_DEPTH, MAX_NODES, Located, load_yaml, parse_yaml

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "NO_DAY",
    "Day",
    "Located",
    "Mistake",
    "Read",
    "check",
    "describe",
    "did_you_mean",
    "how_to_write",
    "is_to_do",
    "keys_at",
    "load_yaml",
    "parse_yaml",
    "plain",
    "read_text",
    "to_do",
    "validate",
    "validate_each",
]
