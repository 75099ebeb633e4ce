"""What must be known of an ONNX model without a package for it: its file is protobuf.

A file is fields one after the other: a key, then a number or a length with so many bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

# The numbers of fields in onnx.proto.
_GRAPH, _NODE, _OUTPUT = 7, 1, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_KIND = 1, 2, 4
_NUMBER, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5
_LONGEST_KEY = 20  # bytes of a key and a length


def is_whole(path: Path) -> bool:
    """Whether a file is a model with its end: one that was cut short is not. Raises OSError.

    Only the outermost fields are looked at, so a large file costs next to nothing.
    """
    size, at, has_graph = path.stat().st_size, 0, False
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            try:
                field, begins, ends = _field(file.read(_LONGEST_KEY), 0)
            except (ValueError, IndexError):
                return False
            has_graph = has_graph or (field == _GRAPH and ends > begins)
            at += ends
    return has_graph and at == size


def nodes_of(model: bytes, kind: str) -> list[tuple[str, str]]:
    """Return what the nodes of one kind, like "Ceil", take and give inside a model, by name.

    Only those that take and give one tensor. Raises ValueError when it is no model.
    """
    wanted, found = kind.encode(), []
    for field, begins, ends in _fields(model, 0, len(model)):
        if field != _GRAPH:
            continue
        for inner, node, node_ends in _fields(model, begins, ends):
            if inner != _NODE:
                continue
            parts = list(_fields(model, node, node_ends))
            if all(no != _NODE_KIND or model[a:b] != wanted for no, a, b in parts):
                continue
            takes, gives = (
                [model[a:b].decode() for no, a, b in parts if no == which]
                for which in (_NODE_INPUT, _NODE_OUTPUT)
            )
            if len(takes) == len(gives) == 1:
                found.append((takes[0], gives[0]))
    return found


def telling(model: bytes, tensor: str) -> bytes:
    """Return an ONNX model that gives a tensor from inside it too, as its last output.

    Protobuf merges what is repeated: `graph { output { name } }` is written after the model.
    """
    name = tensor.encode()
    return model + field_of(_GRAPH, field_of(_OUTPUT, field_of(1, name)))


def field_of(number: int, content: bytes) -> bytes:
    """Return a field that holds bytes, as a file has it."""
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _fields(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each field, and where what it holds begins and ends."""
    while at < end:
        try:
            field, begins, ends = _field(data, at)
        except IndexError:
            raise ValueError("This is no model.") from None
        if ends > end:
            raise ValueError("This model is cut short.")
        yield field, begins, ends
        at = ends


def _field(data: bytes, at: int) -> tuple[int, int, int]:
    key, at = _number(data, at)
    field, kind = key >> 3, key & 7
    if kind == _BYTES:
        size, at = _number(data, at)
        return field, at, at + size
    if kind == _NUMBER:
        return field, at, _number(data, at)[1]
    if kind in (_EIGHT_BYTES, _FOUR_BYTES):
        return field, at, at + (8 if kind == _EIGHT_BYTES else 4)
    raise ValueError("This is no model.")


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if not byte & 128:
            return value, at
        if shift > 63:
            raise ValueError("This is no model.")


def _varint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 127
        out.append(low | (128 if number else 0))
        if not number:
            return bytes(out)
