"""Changes the graph of a voice: its noise becomes an input, it is faster, and can start in the
middle.

With the noise as an input, one session speaks the same each time.

Piper's voices (VITS) draw random numbers in two nodes, `RandomNormalLike`, and onnxruntime goes on
drawing from run to run: the same text has other bytes the second time. With each of these nodes
replaced, by as many numbers as it would have drawn from the start of an input, nothing is random.

Its convolutions go along time, and onnxruntime has quicker code for those of pictures (NCHWc, with
16 channels side by side). So each is told to be of a picture one row high: the sound differs by
1e-5 of full scale at most (joe: 0.29 s in place of 0.32 for 4.1 s; AMD EPYC, onnxruntime 1.32).

Three quarters of the time go into the decoder, which makes sound of frames. It is told how many
phonemes nobody will hear, and begins `AHEAD` frames before the one after them. Its convolutions
reach over 11 frames (14 in a voice of high quality), so from there on the sound is that of the
whole.
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

UNHEARD: Final = "audiocoach_unheard"
"""The input: of how many phonemes no sound is made; not of a model whose frames are unknown."""
AHEAD: Final = 22
"""Frames that are decoded before the first phoneme that is heard, of those there are."""
BLURRED: Final = 14
"""Frames at the start of these that sound otherwise than in the whole."""

_ZERO: Final = b"audiocoach_zero"
_ENTRANCE: Final = b"dec.conv_pre.weight"
"""The weights of the first convolution of the decoder, in every export of VITS by Piper."""
_HEARD: Final = b"audiocoach_heard"
_LAST_AXIS, _TO_THE_END = b"audiocoach_last_axis", b"audiocoach_to_the_end"
_ROW, _AHEAD = b"audiocoach_row", b"audiocoach_ahead"
_NUMBERS: Final = {_ZERO: 0, _LAST_AXIS: 2, _TO_THE_END: 1 << 40, _ROW: -1, _AHEAD: AHEAD}
_PICTURE, _TIME = b"audiocoach_picture", b"audiocoach_time"
_SHAPES: Final = {_PICTURE: (0, 0, 1, -1), _TIME: (0, 0, -1)}
"""To reshape to: 0 is as it was, -1 what is left."""
Message = dict[int, list[bytes]]
"""The contents of its fields, by their numbers."""
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
    nodes, at = _Nodes(), 0
    for which, start, end in fields(graph):
        changed = nodes.changed(graph[start:end]) if which == NODE else None
        made.append(graph[at:end] if changed is None else changed)
        at = end
    if nodes.drawn != len(NOISES):
        return None
    numbers = [
        constant(name, INT64, [1], value.to_bytes(8, "little", signed=True))
        for name, value in _NUMBERS.items()
    ]
    shapes = [
        constant(name, INT64, [len(shape)], struct.pack(f"<{len(shape)}q", *shape))
        for name, shape in _SHAPES.items()
    ]
    inputs = [field(INPUT, _row(name.encode(), FLOAT)) for name in NOISES]
    if nodes.enters:
        inputs.append(field(INPUT, _row(UNHEARD.encode(), INT64)))
    return [*made, *numbers, *shapes, *inputs]


class _Nodes:
    """What becomes of the nodes of a graph, given one after the other."""

    def __init__(self) -> None:
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
            case [b"Conv"]:
                if _ENTRANCE not in found[NODE_INPUT]:
                    return _as_picture(found)
                return self._entrance(found)
        return None

    def _entrance(self, found: Message) -> bytes | None:
        sound, *weights = found[NODE_INPUT]
        picture = _as_picture(found | {NODE_INPUT: [_HEARD, *weights]})
        if len(self._frames) != 1 or picture is None:
            return _as_picture(found)
        self.enters = True
        return _from_where_it_is_heard(sound, *self._frames) + picture


def _from_where_it_is_heard(sound: bytes, frames: bytes) -> bytes:
    """The nodes that leave of `sound` what is heard, by the number of `frames` of each phoneme."""
    skipped, count, row, whole, early, begin = (
        _HEARD + end for end in (b"_frames", b"_count", b"_row", b"_whole", b"_early", b"_begin")
    )
    return b"".join(
        [
            node(b"Slice", [frames, _ZERO, UNHEARD.encode(), _LAST_AXIS], skipped),
            node(b"ReduceSum", [skipped], count),
            node(b"Reshape", [count, _ROW], row),
            node(b"Cast", [row], whole, to=INT64),
            node(b"Sub", [whole, _AHEAD], early),
            node(b"Max", [early, _ZERO], begin),
            node(b"Slice", [sound, begin, _TO_THE_END, _LAST_AXIS], _HEARD),
        ]
    )


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


def _as_picture(found: Message) -> bytes | None:
    """The nodes that give what a convolution along time gives; None for another.

    With one tap, or in groups, it takes too little time to gain any.
    """
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


def _row(name: bytes, kind: int) -> bytes:
    """A row of numbers, as an input: ValueInfoProto, its TypeProto and TensorShapeProto."""
    length = field(1, field(2, name + b"_length"))
    tensor = number(1, kind) + field(2, length)
    return field(1, name) + field(2, field(1, tensor))
