"""A Piper voice made from nothing, as real as a voice of 4 kB can be.

Like a true one (VITS) it looks up how long each phoneme lasts, varies that by
`noise_w`, stretches it by `length_scale`, and adds `noise_scale` of noise. A phoneme
is a tone of its own pitch, a comma, colon or full stop is a silence. Piper's
own code and its eSpeak run unchanged in front of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

NAME = "en_US-tiny-medium"
RATE = 22_050
HOP = 256
MAP: dict[str, list[int]] = {
    letter: [number]
    for number, letter in enumerate(
        "_^$ !,-.:;?ˈˌːaæɐɑɒbcçdðeəɚɛɜfɡhiɪᵻjklmnŋoɔpɹrsʃtθuʊvʌwxyzʒɾʔʲøœɥɲɣβ\u0303"
    )
}
SILENCES = {"^": 2, "$": 2, " ": 2, "!": 8, ".": 8, "?": 8, "-": 8, ",": 17, ";": 17, ":": 22}
"""Lengths in hops of 11.6 ms; every other phoneme is 7 of them and sounds."""
MUTE = "_ˈˌː\u0303"


@cache
def tiny_model(*, speakers: int = 1, pauses: bool = True) -> bytes:
    """The model of a voice, with or without pauses at the marks."""
    silences = SILENCES if pauses else {}
    onnx = pytest.importorskip("onnx", reason="the tiny voice is made with onnx")
    helper, numpy_helper, types = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    hops = np.zeros(256, np.float32)
    sounds = np.zeros(256, np.float32)
    for letter, (number,) in MAP.items():
        mute = letter in MUTE
        hops[number] = 0 if mute else silences.get(letter, 7)
        sounds[number] = 0 if mute or letter in silences else 0.3
    pitches = (120 + 9 * np.arange(256)).astype(np.float32)
    constants = {
        "hops": hops,
        "sounds": sounds,
        "pitches": pitches,
        "zero": np.array(0, np.int64),
        "one": np.array(1, np.int64),
        "two": np.array(2, np.int64),
        "axis0": np.array([0], np.int64),
        "axis1": np.array([1], np.int64),
        "hop": np.array([1, HOP], np.int64),
        "line": np.array([-1], np.int64),
        "cube": np.array([1, 1, -1], np.int64),
        "step": np.array(2 * np.pi / RATE, np.float32),
        "tenth": np.array(0.1, np.float32),
        "f_one": np.array(1, np.float32),
        "f_zero": np.array(0, np.float32),
    }
    nodes: list[Any] = []

    def op(kind: str, *inputs: str, **settings: Any) -> str:
        output = f"{kind}{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [output], **settings))
        return output

    def per_sample(table: str, frames: str) -> str:
        each = op("Unsqueeze", op("Gather", table, frames), "axis1")
        return op("Reshape", op("Tile", each, "hop"), "line")

    noise, length, wobble = (op("Gather", "scales", each) for each in ("zero", "one", "two"))
    ids = op("Squeeze", "input", "axis0")
    lasting = op("Mul", op("Gather", "hops", ids), length)
    uneven = op("Mul", op("Mul", op("RandomNormalLike", lasting), wobble), "tenth")
    lasting = op("Round", op("Mul", lasting, op("Max", op("Add", uneven, "f_one"), "tenth")))
    ends = op("CumSum", lasting, "zero")
    total = op("ReduceMax", ends, keepdims=0)
    frame = op("Range", "f_zero", total, "f_one")
    after = op("GreaterOrEqual", op("Unsqueeze", frame, "axis1"), op("Unsqueeze", ends, "axis0"))
    which = op("ReduceSum", op("Cast", after, to=types.INT64), "axis1", keepdims=0)
    which = op("Gather", ids, which)
    level, pitch = per_sample("sounds", which), per_sample("pitches", which)
    if speakers > 1:
        higher = op("Mul", op("Cast", "sid", to=types.FLOAT), "tenth")
        pitch = op("Mul", pitch, op("Add", higher, "f_one"))
    shape = op("Shape", level)
    time = op("CumSum", op("Expand", "f_one", shape), "zero")
    tone = op("Sin", op("Mul", op("Mul", pitch, time), "step"))
    hiss = op("Mul", op("Mul", op("RandomNormalLike", tone), noise), "tenth")
    sound = op("Mul", op("Add", tone, hiss), level)
    nodes.append(helper.make_node("Reshape", [sound, "cube"], ["output"]))
    inputs = [
        helper.make_tensor_value_info("input", types.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", types.INT64, [1]),
        helper.make_tensor_value_info("scales", types.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", types.INT64, [1]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [helper.make_tensor_value_info("output", types.FLOAT, [1, 1, None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    serialized: bytes = model.SerializeToString()
    return serialized


def description(*, language: str = "en_US", speakers: int = 1, **more: Any) -> dict[str, Any]:
    """What stands beside a model; eSpeak is told the language."""
    names = {f"p{100 + number}": number for number in range(speakers)} if speakers > 1 else {}
    return {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": "en-us" if language == "en_US" else language[:2]},
        "language": {"code": language, "family": language[:2]},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": MAP,
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": names,
        **more,
    }
