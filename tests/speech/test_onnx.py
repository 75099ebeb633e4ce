"""What is read of an ONNX model: whether it is whole, and what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.onnx import field_of, is_whole, nodes_of, telling
from tests.tools.piper_model import write_voice


def test_a_model_is_whole_until_anything_of_its_end_is_gone(tmp_path: Path) -> None:
    model = write_voice(tmp_path, "tone")
    data = model.read_bytes()
    assert is_whole(model)
    for size in (len(data) - 1, len(data) // 2, 3, 0):
        model.write_bytes(data[:size])
        assert not is_whole(model)
    model.write_bytes(b"<html>" + data)
    assert not is_whole(model)


def test_the_node_that_rounds_is_found_and_what_it_gives_is_told(tmp_path: Path) -> None:
    model = write_voice(tmp_path, "tone").read_bytes()
    assert nodes_of(model, "Ceil") == [("exact", "w")]
    assert nodes_of(model, "Gather") == []  # takes two
    assert nodes_of(write_voice(tmp_path, "mute", tells=False).read_bytes(), "Ceil") == []
    assert telling(model, "w") == model + field_of(7, field_of(12, field_of(1, b"w")))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_model_are_told_and_no_more(data: bytes) -> None:
    try:
        found = nodes_of(data, "Ceil")
    except ValueError:
        return
    assert found == []


@pytest.mark.parametrize("size", [1, 127, 128, 20_000])
def test_a_field_of_any_length_is_read_back(tmp_path: Path, size: int) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(field_of(7, bytes(size)))
    assert is_whole(file)
    file.write_bytes(field_of(6, bytes(size)))
    assert not is_whole(file), "There is no graph in it."
