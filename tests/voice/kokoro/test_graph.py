"""Convolutions as products: to the bit the same numbers, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
reference = pytest.importorskip("onnx.reference", reason="says what a network means on paper")
onnxruntime = pytest.importorskip("onnxruntime", reason="pip install 'audiocoach[kokoro]'")

CHANNELS, OUTPUTS = 6, 5
# So small that no sum of two products, 2 * 255 * 64, leaves the 16 bits of a processor without
# VNNI: what onnxruntime makes of these weights is exact anywhere.
SMALL = (128 - 64, 128 + 65)


def network(
    taps: int,
    dilation: int,
    pads: tuple[int, int] = (0, 0),
    weights: tuple[int, int] = (0, 256),
    **settings: Any,
) -> bytes:
    """One convolution of whole numbers, as the quantiser of onnxruntime writes it."""
    helper, types = onnx.helper, onnx.TensorProto
    draw = np.random.default_rng(taps)
    drawn = draw.integers(*weights, (OUTPUTS, CHANNELS, taps), dtype=np.uint8)
    given = {"dilations": [dilation], "pads": pads, "strides": [1], "group": 1} | settings
    node = helper.make_node("ConvInteger", ["x", "w", "x_zero", "w_zero"], ["y"], **given)
    wide = helper.make_tensor_value_info("x", types.UINT8, [1, CHANNELS, None])
    zero = helper.make_tensor_value_info("x_zero", types.UINT8, [])
    out = helper.make_tensor_value_info("y", types.INT32, [1, OUTPUTS, None])
    known = [
        onnx.numpy_helper.from_array(drawn, "w"),
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


def exactly(model: bytes, given: dict[str, Any]) -> Any:
    """What a network says on paper; a processor that saturates may say less."""
    return reference.ReferenceEvaluator(onnx.load_from_string(model)).run(None, given)[0]


def computed(model: bytes, given: dict[str, Any]) -> Any:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session.run(None, given)[0]


def sound(length: int) -> dict[str, Any]:
    drawn = np.random.default_rng(length).integers(0, 256, (1, CHANNELS, length), dtype=np.uint8)
    return {"x": drawn, "x_zero": np.array(117, np.uint8)}


@pytest.mark.parametrize("way", [(exactly, (0, 256)), (computed, SMALL)], ids=["paper", "here"])
@settings(max_examples=examples(60), deadline=None)
@given(
    st.integers(1, 5), st.integers(1, 3), st.tuples(st.integers(0, 4), st.integers(0, 4)), st.data()
)
def test_the_numbers_are_the_same(
    way: tuple[Callable[[bytes, dict[str, Any]], Any], tuple[int, int]],
    taps: int,
    dilation: int,
    pads: tuple[int, int],
    data: st.DataObject,
) -> None:
    says, weights = way
    given = sound(data.draw(st.integers((taps - 1) * dilation + 1, 40)))
    model = network(taps, dilation, pads, weights)
    made = as_products(model)
    assert made is not None
    assert np.array_equal(says(made, given), exactly(model, given))


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
    class Processor:
        """One that adds up pairs of products in so many bits."""

        most = np.iinfo(np.int32).max

        def __init__(self, model: bytes, **_: Any) -> None:
            self.model = model

        def run(self, _: None, given: dict[str, Any]) -> list[Any]:
            pairs = given["a"].shape[1] // 2
            return [np.minimum(exactly(self.model, given).astype(np.int64), pairs * self.most)]

    class Saturating(Processor):
        most = np.iinfo(np.int16).max

    monkeypatch.setattr(onnxruntime, "InferenceSession", Processor)
    assert multiplies_exactly()
    monkeypatch.setattr(onnxruntime, "InferenceSession", Saturating)
    assert not multiplies_exactly()


def test_this_processor_is_asked() -> None:
    probe = {"a": np.full((graph._PROBE, graph._PROBE), 255, np.uint8)}
    same = np.array_equal(computed(graph._probe(), probe), exactly(graph._probe(), probe))
    assert multiplies_exactly() == same
