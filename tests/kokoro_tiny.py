"""A Kokoro network made from nothing: 3 kB, with the inputs and the output of the real one.

A phoneme is a tone of its own pitch; a mark is silence, and so is what comes first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest

from audiocoach.voice.kokoro import store, voices
from audiocoach.voice.kokoro.voices import STYLE_SIZE, Model

RATE: Final = 24_000
STEP: Final = 600
FIRST: Final = 15
"""Steps of silence before a text."""
EACH: Final = 3
"""Steps of a phoneme, and of what comes last."""


@cache
def tiny_network() -> bytes:
    """The network."""
    onnx = pytest.importorskip("onnx", reason="the tiny network is made with onnx")
    helper, numpy_helper, types = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    sounding = np.ones(256, np.float32)
    sounding[:17] = 0  # the marks, and the space
    constants = {
        "sounding": 0.3 * sounding,
        "first": np.array([[FIRST]], np.float32),
        "each": np.array(EACH, np.float32),
        "one": np.array(1, np.float32),
        "zero": np.array(0, np.float32),
        "begin": np.array([1], np.int64),
        "end": np.array([1 << 40], np.int64),
        "axis0": np.array([0], np.int64),
        "axis1": np.array([1], np.int64),
        "along": np.array(0, np.int64),
        "row": np.array([0, 0], np.int64),
        "step": np.array(STEP, np.float32),
        "pitch": np.array(2 * np.pi * 9 / RATE, np.float32),
        "low": np.array(150, np.float32),
    }
    nodes: list[Any] = []

    def op(kind: str, *inputs: str, name: str = "", **settings: Any) -> str:
        output = name or f"{kind}{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [output], **settings))
        return output

    ids = op("Squeeze", "tokens", "axis0")
    others = op("Slice", op("Cast", "tokens", to=types.FLOAT), "begin", "end", "axis1")
    others = op("Add", op("Mul", others, "zero"), "each")
    slow = op("Div", op("Concat", "first", others, axis=1), "speed")
    lengths = op("Max", op("Round", slow), "one")
    samples = op("Mul", op("Squeeze", lengths, "axis0"), "step")
    ends = op("CumSum", samples, "along")
    time = op("Range", "zero", op("ReduceMax", ends, keepdims=0), "one")
    after = op("GreaterOrEqual", op("Unsqueeze", time, "axis1"), op("Unsqueeze", ends, "axis0"))
    which = op("ReduceSum", op("Cast", after, to=types.INT64), "axis1", keepdims=0)
    here = op("Gather", ids, which)
    higher = op("Gather", op("Squeeze", "style", "axis0"), op("Squeeze", "axis0", "axis0"))
    number = op("Add", op("Add", op("Cast", here, to=types.FLOAT), "low"), higher)
    tone = op("Sin", op("Mul", op("Mul", number, time), "pitch"))
    op("Mul", tone, op("Gather", "sounding", here), name="audio")
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("tokens", types.INT64, [1, None]),
            helper.make_tensor_value_info("style", types.FLOAT, [1, 256]),
            helper.make_tensor_value_info("speed", types.FLOAT, [1]),
        ],
        [helper.make_tensor_value_info("audio", types.FLOAT, [None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    serialized: bytes = model.SerializeToString()
    return serialized


def tiny_style(number: int) -> bytes:
    """The style of a voice, another for each number."""
    style = np.zeros(STYLE_SIZE // 4, "<f4")
    style[0::256] = number
    return style.tobytes()


@dataclass(frozen=True)
class Tiny:
    """A folder with all that three voices need."""

    folder: Path

    @property
    def network(self) -> Path:
        """The file of the network."""
        return self.folder / voices.INT8.file


def tiny_kokoro(folder: Path, patch: pytest.MonkeyPatch) -> Tiny:
    """Make the files, and let the table know them in place of the real ones."""
    folder.mkdir()
    (folder / voices.INT8.file).write_bytes(tiny_network())
    for number, name in enumerate(("af_heart", "am_michael", "ef_dora")):
        (folder / f"{name}.bin").write_bytes(tiny_style(number))
    return known(folder, patch)


def known(folder: Path, patch: pytest.MonkeyPatch) -> Tiny:
    """Let the table know the files of a folder: in another process too."""
    content = (folder / voices.INT8.file).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    patch.setattr(voices, "INT8", Model(voices.INT8.file, len(content), digest))
    patch.setattr(store, "platform", SimpleNamespace(machine=lambda: "x86_64"))
    for style in folder.glob("*.bin"):
        speaker = voices.SPEAKERS[style.stem]
        digest = hashlib.sha256(style.read_bytes()).hexdigest()
        patch.setitem(voices.SPEAKERS, style.stem, replace(speaker, sha256=digest))
    return Tiny(folder)
