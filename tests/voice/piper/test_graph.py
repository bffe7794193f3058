"""The noise of a voice as an input: the same graph otherwise, and nothing else is believed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper_tiny import tiny_model

from audiocoach.voice.piper.graph import NOISES, with_noise

onnx = pytest.importorskip("onnx", reason="the tiny voice is made with onnx")


def changed(model: bytes) -> bytes:
    made = with_noise(model)
    assert made is not None
    return made


def speak(model: bytes, seed: int, scales: tuple[float, float, float]) -> bytes:
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    draw = np.random.default_rng(seed)
    noise = {name: draw.standard_normal(50_000).astype(np.float32) for name in NOISES}
    ids = np.arange(20, 40)[None]
    inputs: dict[str, Any] = {
        "input": ids,
        "input_lengths": np.array([ids.size]),
        "scales": np.array(scales, np.float32),
    }
    wanted = {each.name for each in session.get_inputs()}
    inputs |= {name: row for name, row in noise.items() if name in wanted}
    (sound,) = session.run(None, inputs)
    return np.asarray(sound).tobytes()


@pytest.mark.parametrize("speakers", [1, 3])
def test_a_changed_model_is_a_sound_one(speakers: int) -> None:
    made = onnx.load_from_string(changed(tiny_model(speakers=speakers)))
    onnx.checker.check_model(made, full_check=True)
    kinds = [node.op_type for node in made.graph.node]
    assert "RandomNormalLike" not in kinds
    assert {each.name for each in made.graph.input} >= set(NOISES)


def test_it_draws_what_it_is_given_and_otherwise_computes_the_same() -> None:
    model, plain = tiny_model(), (0.0, 1.0, 0.0)
    made = changed(model)
    assert speak(made, 1, plain) == speak(model, 1, plain)
    noisy = (0.667, 1.0, 0.8)
    assert speak(made, 1, noisy) == speak(made, 1, noisy) != speak(made, 2, noisy)


def test_a_graph_that_draws_otherwise_is_left_alone() -> None:
    for change in (_a_third, _wider, _seeded):
        model = onnx.load_from_string(tiny_model())
        change(model.graph)
        assert with_noise(model.SerializeToString()) is None


def _drawing(graph: Any) -> Any:
    return next(node for node in graph.node if node.op_type == "RandomNormalLike")


def _a_third(graph: Any) -> None:
    graph.node.append(onnx.helper.make_node("RandomNormalLike", ["scales"], ["more"]))


def _wider(graph: Any) -> None:
    _drawing(graph).attribute.append(onnx.helper.make_attribute("scale", 2.0))


def _seeded(graph: Any) -> None:
    _drawing(graph).attribute.append(onnx.helper.make_attribute("seed", 7.0))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_model_or_left_alone(content: bytes) -> None:
    assert with_noise(content) is None


@given(st.data())
def test_a_model_cut_or_changed_anywhere_never_raises(data: st.DataObject) -> None:
    model = bytearray(tiny_model())
    place = data.draw(st.integers(0, len(model) - 1))
    with_noise(bytes(model[:place]))
    model[place] ^= data.draw(st.integers(1, 255))
    with_noise(bytes(model))
