"""The noise as an input, convolutions as of pictures: the same sound; nothing else is believed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper_tiny import tiny_model

from audiocoach.voice.piper.graph import AFTER, AHEAD, NOISES, UNHEARD, with_noise

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


def test_no_sound_is_made_of_the_silence_that_marks_the_end() -> None:
    whole, part = convolved(decoding()), convolved(changed(decoding()))
    assert part.shape[-1] == 9 + 1 + 31 + 8 + AFTER
    np.testing.assert_allclose(part[..., :-3], whole[..., : part.shape[-1] - 3], atol=1e-5)
    short = np.array([[[9.0, 0.5, 1.0]]], np.float32)
    assert convolved(changed(decoding(frames=short)), frames=short).shape[-1] == 11, "too short"


@pytest.mark.parametrize("slope", [0.1, 0.01])
def test_what_can_stay_a_picture_does(slope: float) -> None:
    """Two rows of convolutions as in a decoder, each of which its input is added to."""
    model = resounding(slope)
    made = onnx.load_from_string(changed(model))
    onnx.checker.check_model(made, full_check=True)
    back = [each for each in made.graph.node if each.input[1:] == ["audiocoach_time"]]
    assert [each.output[0] for each in back] == ["l", "sums"]
    kinds = [each.op_type for each in made.graph.node]
    assert kinds.count("LeakyRelu") == 3, "that of what both rows begin with is made once"
    assert len(made.graph.value_info) > 5
    expected = convolved(model)
    np.testing.assert_allclose(convolved(made.SerializeToString()), expected, atol=1e-4)
    assert expected.std() > 1


def test_what_is_not_along_time_alone_is_no_picture() -> None:
    model = onnx.load_from_string(resounding(0.1))
    for node in model.graph.node:
        if node.output[0] == "sums":
            node.op_type = "Mul"
    made = onnx.load_from_string(changed(model.SerializeToString()))
    back = [each for each in made.graph.node if each.input[1:] == ["audiocoach_time"]]
    assert [each.output[0] for each in back] == ["l", "row_0", "row_1"]
    expected = convolved(model.SerializeToString())
    np.testing.assert_allclose(convolved(made.SerializeToString()), expected, atol=1e-2)


@pytest.mark.parametrize("counts", [0, 2])
def test_a_decoder_whose_frames_are_unknown_makes_all_of_the_sound(counts: int) -> None:
    model = onnx.load_from_string(changed(decoding(counts)))
    assert UNHEARD not in {each.name for each in model.graph.input}


def resounding(slope: float) -> bytes:
    """The tiny voice, with a part of a decoder beside it: longer in time, and heard in two ways."""
    model = onnx.load_from_string(convolving({"kernel_shape": [3], "pads": [1, 1]}, bias=True))
    graph, helper = model.graph, onnx.helper
    draw = np.random.default_rng(3)
    nodes = [graph.node.pop()]
    nodes[0].name = nodes[0].output[0] = "first"

    def op(kind: str, out: str, *given: str, taps: int = 0, **settings: Any) -> str:
        if taps:
            row = draw.standard_normal((16, 16, taps)).astype(np.float32) / 4
            graph.initializer.append(onnx.numpy_helper.from_array(row, f"taps of {out}"))
            given = (*given, f"taps of {out}")
            settings["kernel_shape"] = [taps]
        nodes.append(helper.make_node(kind, list(given), [out], name=out, **settings))
        return out

    longer = {"strides": [2], "pads": [1, 1]}
    top = op("ConvTranspose", "top", op("LeakyRelu", "l", "first", alpha=slope), taps=4, **longer)
    for row, taps in enumerate((3, 5)):
        reach = 2 * (taps - 1) // 2
        heard = op("LeakyRelu", f"heard_{row}", top, alpha=slope)
        wide = {"dilations": [2], "pads": [reach, reach]}
        more = op("Add", f"more_{row}", op("Conv", f"c_{row}", heard, taps=taps, **wide), top)
        heard = op("LeakyRelu", f"again_{row}", more, alpha=slope) if row else more
        near = {"pads": [taps // 2, taps // 2]}
        op("Add", f"row_{row}", op("Conv", f"d_{row}", heard, taps=taps, **near), more)
    op("Add", "sums", "row_0", "row_1")
    graph.node.extend(nodes)
    whole: bytes = model.SerializeToString()
    return whole


def decoding(counts: int = 1, frames: Any = FRAMES) -> bytes:
    """The tiny voice with a decoder beside it, and the frames of each phoneme: so many of these."""
    model = onnx.load_from_string(convolving({"kernel_shape": [7], "pads": [3, 3]}, bias=True))
    graph, helper, size = model.graph, onnx.helper, onnx.TensorProto.FLOAT
    (weights,) = (each for each in graph.initializer if each.name == "weights")
    weights.name = graph.node[-1].input[1] = "dec.conv_pre.weight"
    graph.input.append(helper.make_tensor_value_info("frames", size, frames.shape))
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


def convolved(model: bytes, unheard: int = 0, frames: Any = FRAMES) -> Any:
    """The sums of a model of `convolving`, without the sound of so many phonemes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    given: dict[str, Any] = {
        "input": np.arange(20, 40)[None],
        "input_lengths": np.array([20]),
        "scales": np.array([0.0, 1.0, 0.0], np.float32),
        "channels": np.random.default_rng(2).standard_normal((1, 8, 61)).astype(np.float32),
        "frames": frames,
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
