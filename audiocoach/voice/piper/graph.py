"""Makes the noise of a voice an input of its graph, so that one session speaks the same each time.

Piper's voices (VITS) draw random numbers in two nodes, `RandomNormalLike`, and onnxruntime goes on
drawing from run to run: the same text has other bytes the second time. With each of these nodes
replaced, by as many numbers as it would have drawn from the start of an input, nothing is random.

A model is a message of Protocol Buffers; onnx itself, 17 MB, would be needed for this alone. So
the message is changed where it lies (onnx.proto: ModelProto.graph = 7; GraphProto.node = 1,
initializer = 5, input = 11; NodeProto.input = 1, output = 2, op_type = 4, attribute = 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.varint import read, written

NOISES: Final = ("audiocoach_noise_0", "audiocoach_noise_1")
"""The inputs: rows of floats, of any length."""

_GRAPH, _NODE, _INITIALIZER, _INPUT = 7, 1, 5, 11
_NODE_INPUT, _NODE_OUTPUT, _OP_TYPE, _ATTRIBUTE = 1, 2, 4, 5
_FLOAT, _INT64 = 1, 7
_MOST_DIGITS: Final = 10
"""Bytes of a number, which has 64 bits."""
_ZERO: Final = b"audiocoach_zero"
_PLAIN: Final = {b"dtype": b"", b"mean": b"\0\0\0\0", b"scale": b"\0\0\x80?"}
"""The attributes of a node that draws from the normal distribution: 0 and 1 as floats."""


def with_noise(model: bytes) -> bytes | None:
    """The model with the noise as inputs; None for one that is made in another way, or damaged."""
    whole = memoryview(model)  # of which nothing is copied but into the result
    try:
        parts = list(_fields(whole))
        (place,) = (n for n, (field, _, _) in enumerate(parts) if field == _GRAPH)
        _, start, end = parts[place]
        graph = _graph(whole[start:end])
    except (ValueError, IndexError):
        return None
    if graph is None:
        return None
    before = parts[place - 1][2] if place else 0
    size = written(sum(map(len, graph)))
    return b"".join([whole[:before], written(_GRAPH << 3 | 2), size, *graph, whole[end:]])


def _graph(graph: memoryview) -> list[bytes | memoryview] | None:
    """The graph in pieces, if it draws in two places."""
    made: list[bytes | memoryview] = []
    drawn = at = 0
    for field, start, end in _fields(graph):
        if field == _NODE and (ends := _drawing(graph[start:end])) is not None:
            if drawn < len(NOISES):
                made.append(_replaced(*ends, NOISES[drawn].encode()))
            drawn += 1
        else:
            made.append(graph[at:end])
        at = end
    if drawn != len(NOISES):
        return None
    zero = _field(1, b"\x01") + written(2 << 3) + written(_INT64)
    zero += _field(8, _ZERO) + _field(9, bytes(8))
    inputs = b"".join(_field(_INPUT, _row(name.encode())) for name in NOISES)
    return [*made, _field(_INITIALIZER, zero), inputs]


def _drawing(node: memoryview) -> tuple[bytes, bytes] | None:
    """Like what a node draws, and into what; None for one that does not.

    Raises ValueError for one that draws otherwise than plainly.
    """
    found: dict[int, list[bytes]] = {}
    for field, start, end in _fields(node):
        found.setdefault(field, []).append(bytes(node[start:end]))
    if found.get(_OP_TYPE) != [b"RandomNormalLike"]:
        return None
    for attribute in found.get(_ATTRIBUTE, []):
        values = {field: attribute[start:end] for field, start, end in _fields(attribute)}
        plain = _PLAIN.get(values.get(1, b""))
        if plain is None or (plain and values.get(2) != plain):
            raise ValueError("it does not draw plainly")
    (like,), (out,) = found[_NODE_INPUT], found[_NODE_OUTPUT]
    return like, out


def _replaced(like: bytes, out: bytes, noise: bytes) -> bytes:
    """The nodes that give `out` the shape of `like`, and the first numbers of `noise`."""
    shape, count, flat = (noise + end for end in (b"_shape", b"_count", b"_flat"))
    return b"".join(
        _field(_NODE, _node(kind, inputs, output))
        for kind, inputs, output in (
            (b"Shape", [like], shape),
            (b"ReduceProd", [shape], count),
            (b"Slice", [noise, _ZERO, count], flat),
            (b"Reshape", [flat, shape], out),
        )
    )


def _node(kind: bytes, inputs: list[bytes], output: bytes) -> bytes:
    named = b"".join(_field(_NODE_INPUT, each) for each in inputs)
    return named + _field(_NODE_OUTPUT, output) + _field(3, output) + _field(_OP_TYPE, kind)


def _row(name: bytes) -> bytes:
    """A row of floats, as an input: ValueInfoProto, its TypeProto and TensorShapeProto."""
    length = _field(1, _field(2, name + b"_length"))
    tensor = written(1 << 3) + written(_FLOAT) + _field(2, length)
    return _field(1, name) + _field(2, _field(1, tensor))


# -- the wire format of Protocol Buffers -----------------------------------------------


def _fields(message: bytes | memoryview) -> Iterator[tuple[int, int, int]]:
    """Each field: its number, and from where to where its content is.

    Raises ValueError or IndexError for what is no message.
    """
    at = 0
    while at < len(message):
        tag, at = read(message, at, _MOST_DIGITS)
        match tag & 7:
            case 0:
                start, (_, end) = at, read(message, at, _MOST_DIGITS)
            case 1:
                start, end = at, at + 8
            case 2:
                size, start = read(message, at, _MOST_DIGITS)
                end = start + size
            case 5:
                start, end = at, at + 4
            case kind:
                raise ValueError(f"no kind of field is {kind}")
        if end > len(message):
            raise IndexError("it is cut off")
        yield tag >> 3, start, end
        at = end


def _field(number: int, content: bytes) -> bytes:
    """A field that says how long it is."""
    return written(number << 3 | 2) + written(len(content)) + content
