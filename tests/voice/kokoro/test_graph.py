"""Convolutions as products: to the bit the same numbers, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.voice.kokoro import graph, worker
from audiocoach.voice.kokoro.graph import as_products, multiplies_exactly

onnx = pytest.importorskip("onnx", reason="the networks of these tests are made with onnx")
onnxruntime = pytest.importorskip("onnxruntime", reason="pip install 'audiocoach[kokoro]'")

CHANNELS, OUTPUTS = 6, 5


def network(taps: int, dilation: int, pads: tuple[int, int] = (0, 0), **settings: Any) -> bytes:
    """One convolution of whole numbers, as the quantiser of onnxruntime writes it."""
    helper, types = onnx.helper, onnx.TensorProto
    draw = np.random.default_rng(taps)
    weights = draw.integers(0, 256, (OUTPUTS, CHANNELS, taps), dtype=np.uint8)
    given = {"dilations": [dilation], "pads": pads, "strides": [1], "group": 1} | settings
    node = helper.make_node("ConvInteger", ["x", "w", "x_zero", "w_zero"], ["y"], **given)
    wide = helper.make_tensor_value_info("x", types.UINT8, [1, CHANNELS, None])
    zero = helper.make_tensor_value_info("x_zero", types.UINT8, [])
    out = helper.make_tensor_value_info("y", types.INT32, [1, OUTPUTS, None])
    known = [
        onnx.numpy_helper.from_array(weights, "w"),
        helper.make_tensor("w_zero", types.UINT8, [], [69]),
        onnx.numpy_helper.from_array(np.float32(1), "another"),
    ]
    made = helper.make_model(
        helper.make_graph([node], "conv", [wide, zero], [out], known),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=9,
    )
    serialized: bytes = made.SerializeToString()
    return serialized


def computed(model: bytes, length: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    sound = np.random.default_rng(length).integers(0, 256, (1, CHANNELS, length), dtype=np.uint8)
    return session.run(None, {"x": sound, "x_zero": np.array(117, np.uint8)})[0]


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(1, 5), st.integers(1, 3), st.integers(0, 4), st.integers(0, 4), st.data())
def test_the_numbers_are_the_same(
    taps: int, dilation: int, before: int, after: int, data: st.DataObject
) -> None:
    length = data.draw(st.integers((taps - 1) * dilation + 1, 40))
    model = network(taps, dilation, (before, after))
    made = as_products(model)
    assert made is not None
    assert np.array_equal(computed(made, length), computed(model, length))


def test_a_changed_network_is_a_sound_one_without_the_old_weights() -> None:
    made = onnx.load_from_string(as_products(network(3, 2, (2, 2))))
    onnx.checker.check_model(made, full_check=True)
    kinds = Counter(node.op_type for node in made.graph.node)
    assert kinds["MatMulInteger"] == 1
    assert not kinds["ConvInteger"]
    names = {each.name for each in made.graph.initializer}
    assert "another" in names
    assert "w" not in names


@pytest.mark.parametrize("another", [{"strides": [2]}, {"group": 2}])
def test_another_convolution_is_left_alone(another: dict[str, Any]) -> None:
    assert as_products(network(3, 1, **another)) is None


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_a_damaged_network_is_left_alone(data: st.DataObject) -> None:
    model = network(3, 1)
    assert as_products(model[: data.draw(st.integers(0, len(model) - 1))]) is None
    assert as_products(b"\xff" + model) is None


def test_the_file_itself_is_taken_where_products_are_not_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "network.onnx"
    there.write_bytes(network(3, 1))
    monkeypatch.setattr(graph, "multiplies_exactly", lambda: True)
    assert worker.quicker(str(there)) == as_products(network(3, 1))
    monkeypatch.setattr(graph, "multiplies_exactly", lambda: False)
    assert worker.quicker(str(there)) == str(there)


def test_products_are_tried_with_the_largest_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    open_session = onnxruntime.InferenceSession

    class Saturating:
        """A processor that adds up pairs of products in 16 bits."""

        def __init__(self, model: bytes, **options: Any) -> None:
            self.session = open_session(model, **options)

        def run(self, outputs: None, given: dict[str, Any]) -> list[Any]:
            tried.append(given["a"])
            [exact] = self.session.run(outputs, given)
            assert exact.max() > given["a"].shape[1] // 2 * np.iinfo(np.int16).max
            return [np.minimum(exact, given["a"].shape[1] // 2 * np.iinfo(np.int16).max)]

    multiplies_exactly()
    monkeypatch.setattr(onnxruntime, "InferenceSession", Saturating)
    assert not multiplies_exactly()
    assert tried
