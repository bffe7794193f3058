"""Kokoro's convolutions as products of matrices: the same sound, twice as fast.

Seven tenths of the time of the int8 network go into 87 convolutions along time (ConvInteger), and
onnxruntime multiplies their whole numbers by instructions for twice as many bits, because both
sides are unsigned. A product of matrices with signed weights has instructions of its own (VNNI),
and its weights laid out beforehand. Whole numbers add up to the same in any order, so not a bit of
the sound is another: `128 channels, 11 taps` takes 33 ms in place of 56, `256, 11` 14 in place of
32 (AMD EPYC, onnxruntime 1.32, one thread).

A processor without VNNI adds up pairs of products in 16 bits, which are too few for some; so a
small product with the largest numbers is computed first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audiocoach.voice.onnx import (
    ATTRIBUTE,
    DATA_TYPE,
    DIMS,
    GRAPH,
    INITIALIZER,
    INPUT,
    INT8,
    INT32,
    INT32_DATA,
    INT64,
    NODE,
    NODE_INPUT,
    NODE_OUTPUT,
    OUTPUT,
    RAW_DATA,
    TENSOR_NAME,
    UINT8,
    Bytes,
    attributes,
    constant,
    field,
    fields,
    grouped,
    node,
    number,
    numbers,
    rewritten,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KIND: Final = b"ConvInteger"
_TO_THE_END: Final = 1 << 40
_ONE: Final = b"audiocoach_axis_1"
_PROBE: Final = 64
"""Rows and columns: enough for the instructions that a large product takes."""


def as_products(model: bytes) -> bytes | None:
    """The network with its convolutions as products; None if it has none, or is damaged."""
    return rewritten(model, _graph)


@dataclass(frozen=True, slots=True)
class _Convolution:
    """One along time; each name is that of a tensor."""

    sound: bytes
    weights: bytes
    sound_zero: bytes
    weights_zero: bytes
    output: bytes
    dilation: int
    pads: tuple[int, int]


def multiplies_exactly() -> bool:
    """Whether whole numbers, signed by unsigned, are multiplied and added up exactly here."""
    import numpy as np
    import onnxruntime

    session = onnxruntime.InferenceSession(_probe(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"a": np.full((_PROBE, _PROBE), 255, np.uint8)})
    return bool((found == _PROBE * 255 * 127).all())


def _probe() -> bytes:
    """A network of one product, with the largest numbers there are."""
    shape = field(2, field(1, number(1, _PROBE)) * 2)
    ends = [
        field(which, field(1, name) + field(2, field(1, number(1, kind) + shape)))
        for which, name, kind in ((INPUT, b"a", UINT8), (OUTPUT, b"y", INT32))
    ]
    weights = constant(b"b", INT8, [_PROBE, _PROBE], bytes([127]) * _PROBE**2)
    graph = node(b"MatMulInteger", [b"a", b"b"], b"y") + field(2, b"probe") + weights
    return number(1, 8) + field(8, number(2, 15)) + field(GRAPH, graph + b"".join(ends))


def _graph(graph: memoryview) -> list[Bytes] | None:
    """The graph in pieces, if it has such convolutions."""
    parts = list(fields(graph))
    tensors = {
        _name(graph[start:end]): graph[start:end]
        for which, start, end in parts
        if which == INITIALIZER
    }
    found = {
        start: convolution
        for which, start, end in parts
        if which == NODE and (convolution := _convolution(graph[start:end], tensors))
    }
    replaced = {each.weights for each in found.values()}
    made: list[Bytes] = [constant(_ONE, INT64, [1], _number(1))]
    at = 0
    for which, start, end in parts:
        if start in found:
            made += _product(found[start], tensors)
        elif which != INITIALIZER or _name(graph[start:end]) not in replaced:
            made.append(graph[at:end])
        at = end
    return made if found else None


def _name(tensor: memoryview) -> bytes:
    (found,) = (tensor[start:end] for which, start, end in fields(tensor) if which == TENSOR_NAME)
    return bytes(found)


def _convolution(written: memoryview, tensors: dict[bytes, memoryview]) -> _Convolution | None:
    """A node that is one of the convolutions; None for any other."""
    if _KIND not in bytes(written):
        return None
    found = grouped(written)
    rows = attributes(found[ATTRIBUTE])
    sound, weights, sound_zero, weights_zero = found[NODE_INPUT]
    kinds = {tuple(numbers(grouped(tensors[each])[DATA_TYPE])) for each in (weights, weights_zero)}
    if rows[b"strides"] != [1] or rows[b"group"] != [1] or kinds != {(UINT8,)}:
        return None
    ((dilation,), (before, after), (output,)) = (
        rows[b"dilations"],
        rows[b"pads"],
        found[NODE_OUTPUT],
    )
    return _Convolution(sound, weights, sound_zero, weights_zero, output, dilation, (before, after))


def _product(conv: _Convolution, tensors: dict[bytes, memoryview]) -> Iterator[bytes]:
    """The nodes and the numbers that give the same output.

    Time goes down the rows; a row has what each tap of the convolution hears, side by side.
    """
    weights, zero = _signed(grouped(tensors[conv.weights]), grouped(tensors[conv.weights_zero]))
    taps, channels, outputs = weights.shape
    signed, signed_zero, rows, wide, product = (
        conv.output + end for end in (b"_weights", b"_zero", b"_rows", b"_wide", b"_product")
    )
    yield constant(signed, INT8, [taps * channels, outputs], weights.tobytes())
    yield constant(signed_zero, INT8, [], zero.tobytes())
    yield node(b"Transpose", [conv.sound], rows, perm=[0, 2, 1])
    alone = taps == 1 and conv.pads == (0, 0)
    if not alone:
        yield from _side_by_side(conv, rows, wide, taps)
    given = [rows if alone else wide, signed, conv.sound_zero, signed_zero]
    yield node(b"MatMulInteger", given, product)
    yield node(b"Transpose", [product], conv.output, perm=[0, 2, 1])


def _side_by_side(conv: _Convolution, rows: bytes, wide: bytes, taps: int) -> Iterator[bytes]:
    """Each row, beside it the rows that the other taps hear."""
    before, after = conv.pads
    padded, pads = rows + b"_padded", rows + b"_pads"
    yield constant(pads, INT64, [6], b"".join(map(_number, (0, before, 0, 0, after, 0))))
    yield node(b"Pad", [rows, pads, conv.sound_zero], padded)
    shifted = []
    for tap in range(taps):
        start = tap * conv.dilation
        left = (taps - 1) * conv.dilation - start
        names = [rows + end % tap for end in (b"_from_%d", b"_to_%d", b"_%d")]
        yield constant(names[0], INT64, [1], _number(start))
        yield constant(names[1], INT64, [1], _number(-left if left else _TO_THE_END))
        yield node(b"Slice", [padded, *names[:2], _ONE], names[2])
        shifted.append(names[2])
    yield node(b"Concat", shifted, wide, axis=2)


def _signed(
    weights: dict[int, list[bytes]], zero: dict[int, list[bytes]]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The weights by tap, channel and output, and their zero, 128 lower."""
    import numpy as np

    shape = numbers(weights[DIMS])
    unsigned = np.frombuffer(weights[RAW_DATA][0], np.uint8).reshape(shape).transpose(2, 1, 0)
    point = numbers(zero[INT32_DATA]) if INT32_DATA in zero else list(zero[RAW_DATA][0])
    low = np.uint8(128)  # turns the highest bit: what was unsigned is signed, 128 lower
    return (
        np.ascontiguousarray(unsigned ^ low).view(np.int8),
        (np.array(point[0], np.uint8) ^ low).view(np.int8),
    )


def _number(value: int) -> bytes:
    return value.to_bytes(8, "little", signed=True)
