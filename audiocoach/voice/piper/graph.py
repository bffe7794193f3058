"""Makes the noise of a voice an input of its graph, so that one session speaks the same each time.

Piper's voices (VITS) draw random numbers in two nodes, `RandomNormalLike`, and onnxruntime goes on
drawing from run to run: the same text has other bytes the second time. With each of these nodes
replaced, by as many numbers as it would have drawn from the start of an input, nothing is random.
"""

from __future__ import annotations

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
        else:
            made.append(graph[at:end])
        at = end
    if drawn != len(NOISES):
        return None
    zero = constant(_ZERO, INT64, [1], bytes(8))
    inputs = b"".join(field(INPUT, _row(name.encode())) for name in NOISES)
    return [*made, zero, inputs]


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


def _row(name: bytes) -> bytes:
    """A row of floats, as an input: ValueInfoProto, its TypeProto and TensorShapeProto."""
    length = field(1, field(2, name + b"_length"))
    tensor = number(1, FLOAT) + field(2, length)
    return field(1, name) + field(2, field(1, tensor))
