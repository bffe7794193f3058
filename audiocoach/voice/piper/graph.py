"""Changes the graph of a voice: its noise becomes an input, it is faster, and can start in the
middle.

With the noise as an input, one session speaks the same each time.

Piper's voices (VITS) draw random numbers in two nodes, `RandomNormalLike`, and onnxruntime goes on
drawing from run to run: the same text has other bytes the second time. With each of these nodes
replaced, by as many numbers as it would have drawn from the start of an input, nothing is random.

Its convolutions go along time, and are told to be of pictures (`pictures.py`).

Three quarters of the time go into the decoder, which makes sound of frames. It is told how many
phonemes nobody will hear, and begins `AHEAD` frames before the one after them. Its convolutions
reach over 11 frames (14 in a voice of high quality), so from there on the sound is that of the
whole. Nor is sound made of the end of a sentence, which is silent (a fortieth of joe's frames):
at its very end it differs by what is 69 dB below its peak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from audiocoach.voice.onnx import (
    ATTRIBUTE,
    ATTRIBUTE_FLOAT,
    ATTRIBUTE_NAME,
    DIMS,
    FLOAT,
    INITIALIZER,
    INPUT,
    INT64,
    NODE,
    NODE_INPUT,
    NODE_OUTPUT,
    OP_TYPE,
    OUTPUT,
    TENSOR_NAME,
    VALUE_INFO,
    Bytes,
    Span,
    constant,
    field,
    fields,
    grouped,
    node,
    number,
    numbers,
    rewritten,
)
from audiocoach.voice.piper.pictures import Message, Pictures

NOISES: Final = ("audiocoach_noise_0", "audiocoach_noise_1")
"""The inputs: rows of floats, of any length."""

UNHEARD: Final = "audiocoach_unheard"
"""The input: of how many phonemes no sound is made; not of a model whose frames are unknown."""
AHEAD: Final = 22
"""Frames that are decoded before the first phoneme that is heard, of those there are."""
BLURRED: Final = 14
"""Frames at the start of these that sound otherwise than in the whole."""
AFTER: Final = 2
"""Frames that are decoded of the last phoneme, which marks the end: joe is silent for 9 before."""

_ZERO: Final = b"audiocoach_zero"
_ENTRANCE: Final = b"dec.conv_pre.weight"
"""The weights of the first convolution of the decoder, in every export of VITS by Piper."""
_HEARD: Final = b"audiocoach_heard"
_LAST_AXIS, _TO_THE_END = b"audiocoach_last_axis", b"audiocoach_to_the_end"
_ROW, _AHEAD, _KEPT = b"audiocoach_row", b"audiocoach_ahead", b"audiocoach_kept"
_NUMBERS: Final = {
    _ZERO: 0,
    _LAST_AXIS: 2,
    _TO_THE_END: 1 << 40,
    _ROW: -1,
    _AHEAD: AHEAD,
    _KEPT: AFTER,
}
_PLAIN: Final = {b"dtype": b"", b"mean": b"\0\0\0\0", b"scale": b"\0\0\x80?"}
"""The attributes of a node that draws from the normal distribution: 0 and 1 as floats."""


def with_noise(model: bytes) -> bytes | None:
    """The model with the noise as inputs; None for one that is made in another way, or damaged."""
    return rewritten(model, _graph)


def _graph(graph: memoryview) -> list[Bytes] | None:
    """The graph in pieces, if it draws in two places."""
    made: list[Bytes] = []
    parts = list(fields(graph))
    nodes, at = _Nodes(_dims(graph, parts)), 0
    for which, start, end in parts:
        changed = nodes.changed(graph[start:end]) if which == NODE else None
        if which == VALUE_INFO:  # what the runtime finds out by itself, sooner than it reads this
            changed = b""
        made.append(graph[at:end] if changed is None else changed)
        at = end
    if nodes.drawn != len(NOISES):
        return None
    own = [
        constant(name, INT64, [1], value.to_bytes(8, "little", signed=True))
        for name, value in _NUMBERS.items()
    ]
    results = [_name(graph[start:end]) for which, start, end in parts if which == OUTPUT]
    last = nodes.pictures.along_time(results) or b""
    inputs = [field(INPUT, _row(name.encode(), FLOAT)) for name in NOISES]
    if nodes.enters:
        inputs.append(field(INPUT, _row(UNHEARD.encode(), INT64)))
    return [*made, last, *own, *nodes.pictures.constants(), *nodes.pictures.sizes(), *inputs]


def _dims(graph: memoryview, parts: Iterable[Span]) -> dict[bytes, tuple[int, ...]]:
    """Those of each constant, by its name; the numbers themselves are not looked at."""
    found = {}
    for which, start, end in parts:
        if which == INITIALIZER:
            kept = [each for each in fields(graph[start:end]) if each[0] in (DIMS, TENSOR_NAME)]
            values: Message = {DIMS: [], TENSOR_NAME: []}
            for key, begin, stop in kept:
                values[key].append(bytes(graph[start + begin : start + stop]))
            found[values[TENSOR_NAME][0]] = tuple(numbers(values[DIMS]))
    return found


def _name(value: memoryview) -> bytes:
    """What an input or a result of the graph is called."""
    return grouped(value)[1][0]


class _Nodes:
    """What becomes of the nodes of a graph, given one after the other."""

    def __init__(self, dims: Mapping[bytes, tuple[int, ...]]) -> None:
        self.pictures = Pictures(dims)
        self.drawn = 0
        """How many of them draw."""
        self.enters = False
        """Whether the decoder begins where it is told."""
        self._frames: list[bytes] = []

    def changed(self, node: memoryview) -> bytes | None:
        """The nodes in its place; None if it stays. Raises ValueError if it draws not plainly."""
        found = grouped(node)
        match found.get(OP_TYPE):
            case [b"RandomNormalLike"]:
                self.drawn += 1
                return _replaced(found, self.drawn)
            case [b"Ceil"]:  # how long each phoneme lasts is rounded up to whole frames
                self._frames += found[NODE_OUTPUT]
            case [b"Conv"] if _ENTRANCE in found[NODE_INPUT] and len(self._frames) == 1:
                return self._entrance(found)
        return self.pictures.changed(found)

    def _entrance(self, found: Message) -> bytes:
        sound, *weights = found[NODE_INPUT]
        before = self.pictures.along_time([sound]) or b""
        heard = self.pictures.changed(found | {NODE_INPUT: [_HEARD, *weights]})
        if heard is None:
            raise ValueError("its entrance is another")
        self.enters = True
        return before + _what_is_heard(sound, *self._frames) + heard


def _what_is_heard(sound: bytes, frames: bytes) -> bytes:
    """The nodes that leave of `sound` what is heard, by the number of `frames` of each phoneme."""
    first, (last, kept, most) = _HEARD + b"_first", (_HEARD + b"_last", b"_kept", b"_most")
    return b"".join(
        [
            *_frames_in(frames, [_ZERO, UNHEARD.encode()], first),
            node(b"Sub", [first, _AHEAD], first + b"_early"),
            node(b"Max", [first + b"_early", _ZERO], first + b"_begin"),
            *_frames_in(frames, [_ROW, _TO_THE_END], last),
            node(b"Min", [last, _KEPT], last + kept),
            *_frames_in(frames, [_ZERO, _ROW], last + most),
            node(b"Add", [last + most, last + kept], last + b"_end"),
            node(b"Slice", [sound, first + b"_begin", last + b"_end", _LAST_AXIS], _HEARD),
        ]
    )


def _frames_in(frames: bytes, part: list[bytes], out: bytes) -> list[bytes]:
    """The nodes that add up the frames of some of the phonemes, from where to where."""
    some, count, row = (out + end for end in (b"_frames", b"_count", b"_row"))
    return [
        node(b"Slice", [frames, *part, _LAST_AXIS], some),
        node(b"ReduceSum", [some], count),
        node(b"Reshape", [count, _ROW], row),
        node(b"Cast", [row], out, to=INT64),
    ]


def _replaced(found: Message, which: int) -> bytes:
    """The nodes that give what a node draws, from the start of the noise of that number (from 1).

    Raises ValueError for one that does not draw plainly.
    """
    for attribute in found.get(ATTRIBUTE, []):
        values = {which: attribute[start:end] for which, start, end in fields(attribute)}
        plain = _PLAIN.get(values.get(ATTRIBUTE_NAME, b""))
        if plain is None or (plain and values.get(ATTRIBUTE_FLOAT) != plain):
            raise ValueError("it does not draw plainly")
    if which > len(NOISES):
        raise ValueError("it draws too often")
    (like,), (out,) = found[NODE_INPUT], found[NODE_OUTPUT]
    noise = NOISES[which - 1].encode()
    shape, count, flat = (noise + end for end in (b"_shape", b"_count", b"_flat"))
    return b"".join(
        [
            node(b"Shape", [like], shape),
            node(b"ReduceProd", [shape], count),
            node(b"Slice", [noise, _ZERO, count], flat),
            node(b"Reshape", [flat, shape], out),
        ]
    )


def _row(name: bytes, kind: int) -> bytes:
    """A row of numbers, as an input: ValueInfoProto, its TypeProto and TensorShapeProto."""
    length = field(1, field(2, name + b"_length"))
    tensor = number(1, kind) + field(2, length)
    return field(1, name) + field(2, field(1, tensor))
