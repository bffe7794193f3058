"""The noise as an input, convolutions as of pictures: the same sound; nothing else is believed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper_tiny import tiny_model

from audiocoach.voice.piper.graph import AHEAD, NOISES, UNHEARD, with_noise

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


ALONG_TIME: list[dict[str, Any]] = [
    {"kernel_shape": [7], "dilations": [3], "pads": [9, 9]},
    {"kernel_shape": [3], "pads": [2, 0], "strides": [2]},
    {"kernel_shape": [4]},
]


@pytest.mark.parametrize("attributes", ALONG_TIME)
@pytest.mark.parametrize("bias", [True, False])
def test_a_convolution_along_time_becomes_one_of_a_picture(
    attributes: dict[str, Any], bias: bool
) -> None:
    """To the last bits but one: what is added up is the same, in another order."""
    model = convolving(attributes, bias=bias)
    made = onnx.load_from_string(changed(model))
    onnx.checker.check_model(made, full_check=True)
    (convolution,) = (node for node in made.graph.node if node.op_type == "Conv")
    for each in convolution.attribute:
        assert len(each.ints) == 2 * len(attributes[each.name]), each.name
    expected = convolved(model)
    np.testing.assert_allclose(convolved(made.SerializeToString()), expected, atol=1e-5)
    assert expected.std() > 1


@pytest.mark.parametrize(
    "attributes",
    [{"kernel_shape": [1]}, {"kernel_shape": [3], "group": 2}, {"auto_pad": "SAME_UPPER"}, {}],
)
def test_another_convolution_is_left_as_it_is(attributes: dict[str, Any]) -> None:
    model = convolving(attributes, bias=True)
    made = onnx.load_from_string(changed(model))
    assert [node.name for node in made.graph.node if node.op_type == "Conv"] == ["sums"]
    assert (convolved(made.SerializeToString()) == convolved(model)).all()


FRAMES = np.array([[[9.0, 0.5, 30.2, 8.0, 12.0]]], np.float32)
"""Of each phoneme, before they are rounded up."""


@pytest.mark.parametrize(("unheard", "begin"), [(0, 0), (2, 0), (3, 41 - AHEAD), (4, 49 - AHEAD)])
def test_the_decoder_begins_a_little_before_what_is_heard(unheard: int, begin: int) -> None:
    made = changed(decoding())
    onnx.checker.check_model(onnx.load_from_string(made), full_check=True)
    whole, part = convolved(made), convolved(made, unheard)
    assert part.shape[-1] == whole.shape[-1] - begin
    np.testing.assert_array_equal(part[..., 3:], whole[..., begin + 3 :])  # it hears 3 to each side


@pytest.mark.parametrize("counts", [0, 2])
def test_a_decoder_whose_frames_are_unknown_makes_all_of_the_sound(counts: int) -> None:
    model = onnx.load_from_string(changed(decoding(counts)))
    assert UNHEARD not in {each.name for each in model.graph.input}


def decoding(counts: int = 1) -> bytes:
    """The tiny voice with a decoder beside it, and the frames of each phoneme: so many of these."""
    model = onnx.load_from_string(convolving({"kernel_shape": [7], "pads": [3, 3]}, bias=True))
    graph, helper, size = model.graph, onnx.helper, onnx.TensorProto.FLOAT
    (weights,) = (each for each in graph.initializer if each.name == "weights")
    weights.name = graph.node[-1].input[1] = "dec.conv_pre.weight"
    graph.input.append(helper.make_tensor_value_info("frames", size, FRAMES.shape))
    for n in range(counts):
        graph.node.insert(0, helper.make_node("Ceil", ["frames"], [f"whole_{n}"]))
    whole: bytes = model.SerializeToString()
    return whole


def convolving(attributes: dict[str, Any], *, bias: bool) -> bytes:
    """The tiny voice, with a convolution of eight channels whose sums come out as well."""
    model = onnx.load_from_string(tiny_model())
    taps = attributes.get("kernel_shape", [3])
    draw = np.random.default_rng(1)
    numbers = {"weights": (16, 8 // attributes.get("group", 1), *taps), "bias": (16,)}
    for name, shape in numbers.items():
        row = draw.standard_normal(shape).astype(np.float32)
        model.graph.initializer.append(onnx.numpy_helper.from_array(row, name))
    given = ["channels", "weights", *(["bias"] if bias else [])]
    helper, size = onnx.helper, onnx.TensorProto.FLOAT
    model.graph.node.append(helper.make_node("Conv", given, ["sums"], name="sums", **attributes))
    model.graph.input.append(helper.make_tensor_value_info("channels", size, [1, 8, None]))
    model.graph.output.append(helper.make_tensor_value_info("sums", size, [1, 16, None]))
    whole: bytes = model.SerializeToString()
    return whole


def convolved(model: bytes, unheard: int = 0) -> Any:
    """The sums of a model of `convolving`, without the sound of so many phonemes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    given: dict[str, Any] = {
        "input": np.arange(20, 40)[None],
        "input_lengths": np.array([20]),
        "scales": np.array([0.0, 1.0, 0.0], np.float32),
        "channels": np.random.default_rng(2).standard_normal((1, 8, 200)).astype(np.float32),
        "frames": FRAMES,
        UNHEARD: np.array([unheard], np.int64),
    }
    wanted = [each.name for each in session.get_inputs()]
    noise = dict.fromkeys(NOISES, np.zeros(50_000, np.float32))
    inputs = {name: (given | noise)[name] for name in wanted}
    (sums,) = session.run(["sums"], inputs)
    return sums


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
