"""Changes the graph of a voice: its noise is an input, its convolutions take a tenth less time.

With the noise as an input, one session speaks the same each time.

Piper's voices (VITS) draw random numbers in two nodes, `RandomNormalLike`, and onnxruntime goes on
drawing from run to run: the same text has other bytes the second time. With each of these nodes
replaced, by as many numbers as it would have drawn from the start of an input, nothing is random.

Its convolutions go along time, and onnxruntime has quicker code for those of pictures (NCHWc, with
16 channels side by side). So each is told to be of a picture one row high: the sound differs by
1e-5 of full scale at most (joe: 0.29 s in place of 0.32 for 4.1 s; AMD EPYC, onnxruntime 1.32).
"""

from __future__ import annotations

import struct
from typing import Final

from audiocoach.voice.onnx import (
    ATTRIBUTE,
    ATTRIBUTE_FLOAT,
    ATTRIBUTE_NAME,
    FLOAT,
    INPUT,
    INT64,
    NODE,
    NODE_INPUT,
    NODE_OUTPUT,
    OP_TYPE,
    Bytes,
    attributes,
    constant,
    field,
    fields,
    grouped,
    node,
    number,
    rewritten,
)

NOISES: Final = ("audiocoach_noise_0", "audiocoach_noise_1")
"""The inputs: rows of floats, of any length."""

_ZERO: Final = b"audiocoach_zero"
_PICTURE, _TIME = b"audiocoach_picture", b"audiocoach_time"
_SHAPES: Final = {_PICTURE: (0, 0, 1, -1), _TIME: (0, 0, -1)}
"""To reshape to: 0 is as it was, -1 what is left."""
_ALONG_TIME: Final = frozenset({b"kernel_shape", b"dilations", b"strides", b"pads"})
"""What a convolution may say of itself, to be understood here."""
_PLAIN: Final = {b"dtype": b"", b"mean": b"\0\0\0\0", b"scale": b"\0\0\x80?"}
"""The attributes of a node that draws from the normal distribution: 0 and 1 as floats."""


def with_noise(model: bytes) -> bytes | None:
    """The model with the noise as inputs; None for one that is made in another way, or damaged."""
    return rewritten(model, _graph)


def _graph(graph: memoryview) -> list[Bytes] | None:
    """The graph in pieces, if it draws in two places."""
    made: list[Bytes] = []
    drawn = at = 0
    for which, start, end in fields(graph):
        if which == NODE and (ends := _drawing(graph[start:end])) is not None:
            if drawn < len(NOISES):
                made.append(_replaced(*ends, NOISES[drawn].encode()))
            drawn += 1
        elif which == NODE and (picture := _as_picture(graph[start:end])):
            made.append(picture)
        else:
            made.append(graph[at:end])
        at = end
    if drawn != len(NOISES):
        return None
    zero = constant(_ZERO, INT64, [1], bytes(8))
    shapes = [
        constant(name, INT64, [len(shape)], struct.pack(f"<{len(shape)}q", *shape))
        for name, shape in _SHAPES.items()
    ]
    inputs = b"".join(field(INPUT, _row(name.encode())) for name in NOISES)
    return [*made, zero, *shapes, inputs]


def _drawing(drawing: memoryview) -> tuple[bytes, bytes] | None:
    """Like what a node draws, and into what; None for one that does not.

    Raises ValueError for one that draws otherwise than plainly.
    """
    found = grouped(drawing)
    if found.get(OP_TYPE) != [b"RandomNormalLike"]:
        return None
    for attribute in found.get(ATTRIBUTE, []):
        values = {which: attribute[start:end] for which, start, end in fields(attribute)}
        plain = _PLAIN.get(values.get(ATTRIBUTE_NAME, b""))
        if plain is None or (plain and values.get(ATTRIBUTE_FLOAT) != plain):
            raise ValueError("it does not draw plainly")
    (like,), (out,) = found[NODE_INPUT], found[NODE_OUTPUT]
    return like, out


def _replaced(like: bytes, out: bytes, noise: bytes) -> bytes:
    """The nodes that give `out` the shape of `like`, and the first numbers of `noise`."""
    shape, count, flat = (noise + end for end in (b"_shape", b"_count", b"_flat"))
    return b"".join(
        [
            node(b"Shape", [like], shape),
            node(b"ReduceProd", [shape], count),
            node(b"Slice", [noise, _ZERO, count], flat),
            node(b"Reshape", [flat, shape], out),
        ]
    )


def _as_picture(convolution: memoryview) -> bytes | None:
    """The nodes that give what a convolution along time gives; None for any other node.

    With one tap, or in groups, it takes too little time to gain any.
    """
    found = grouped(convolution)
    if found.get(OP_TYPE) != [b"Conv"]:
        return None
    rows = attributes(found.get(ATTRIBUTE, []))
    taps, group = rows.get(b"kernel_shape", []), rows.pop(b"group", [1])
    if not rows.keys() <= _ALONG_TIME or len(taps) != 1 or taps == [1] or group != [1]:
        return None
    (sound, weights, *bias), (out,) = found[NODE_INPUT], found[NODE_OUTPUT]
    higher = {name.decode(): [1, *row] for name, row in rows.items()}
    if b"pads" in rows:
        before, after = rows[b"pads"]
        higher["pads"] = [0, before, 0, after]
    wide, high, made = (out + end for end in (b"_sound", b"_weights", b"_picture"))
    return b"".join(
        [
            node(b"Reshape", [sound, _PICTURE], wide),
            node(b"Reshape", [weights, _PICTURE], high),  # once: what is constant is folded
            node(b"Conv", [wide, high, *bias], made, **higher),
            node(b"Reshape", [made, _TIME], out),
        ]
    )


def _row(name: bytes) -> bytes:
    """A row of floats, as an input: ValueInfoProto, its TypeProto and TensorShapeProto."""
    length = field(1, field(2, name + b"_length"))
    tensor = number(1, FLOAT) + field(2, length)
    return field(1, name) + field(2, field(1, tensor))
