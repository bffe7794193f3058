"""Changes networks in place: the few messages of ONNX that this takes.

A network is a message of Protocol Buffers. The package that reads them, onnx, takes 17 MB and would
only be needed for this (the field numbers are those of onnx.proto).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from audiocoach.varint import read, written

Bytes = bytes | memoryview
Span = tuple[int, int, int]
"""A field: its number, and from where to where its content is."""

GRAPH: Final = 7
"""Of a ModelProto."""
NODE, INITIALIZER, INPUT, OUTPUT, VALUE_INFO = 1, 5, 11, 12, 13
"""Of a GraphProto."""
NODE_INPUT, NODE_OUTPUT, NODE_NAME, OP_TYPE, ATTRIBUTE = 1, 2, 3, 4, 5
"""Of a NodeProto."""
ATTRIBUTE_NAME, ATTRIBUTE_FLOAT, ATTRIBUTE_INT, ATTRIBUTE_INTS, ATTRIBUTE_TYPE = 1, 2, 3, 8, 20
"""Of an AttributeProto."""
DIMS, DATA_TYPE, INT32_DATA, TENSOR_NAME, RAW_DATA = 1, 2, 5, 8, 9
"""Of a TensorProto."""
FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7
"""Types of data."""
_MOST_DIGITS: Final = 10
"""Bytes of a number, which has 64 bits."""
_INT, _INTS = 2, 7
"""Types of an attribute."""


def rewritten(model: bytes, change: Callable[[memoryview], list[Bytes] | None]) -> bytes | None:
    """The model with its graph in the pieces that `change` makes of it.

    None if that makes none, or for a damaged model.
    """
    whole = memoryview(model)  # of which nothing is copied but into the result
    try:
        parts = list(fields(whole))
        (place,) = (n for n, (which, _, _) in enumerate(parts) if which == GRAPH)
        _, start, end = parts[place]
        graph = change(whole[start:end])
    except (ValueError, IndexError, KeyError):
        return None
    if graph is None:
        return None
    before = parts[place - 1][2] if place else 0
    size = written(sum(map(len, graph)))
    return b"".join([whole[:before], written(GRAPH << 3 | 2), size, *graph, whole[end:]])


def is_whole(model: bytes) -> bool:
    """Whether it is a network that ends where its fields say that it ends."""
    try:
        return GRAPH in [which for which, _, _ in fields(memoryview(model))]
    except (ValueError, IndexError):
        return False


def node(
    kind: bytes, inputs: Iterable[bytes], output: bytes, **attributes: int | list[int]
) -> bytes:
    """A node of a graph, named after its output; its attributes are numbers or rows of them."""
    parts = [
        *(field(NODE_INPUT, each) for each in inputs),
        field(NODE_OUTPUT, output) + field(NODE_NAME, output) + field(OP_TYPE, kind),
        *(field(ATTRIBUTE, _attribute(name, value)) for name, value in attributes.items()),
    ]
    return field(NODE, b"".join(parts))


def _attribute(name: str, value: int | list[int]) -> bytes:
    if isinstance(value, int):
        content = number(ATTRIBUTE_INT, value) + number(ATTRIBUTE_TYPE, _INT)
    else:
        row = b"".join(number(ATTRIBUTE_INTS, each) for each in value)
        content = row + number(ATTRIBUTE_TYPE, _INTS)
    return field(ATTRIBUTE_NAME, name.encode()) + content


def constant(name: bytes, kind: int, dims: Iterable[int], data: bytes) -> bytes:
    """An initializer: what the graph has as numbers."""
    shape = b"".join(number(DIMS, each) for each in dims)
    made = shape + number(DATA_TYPE, kind) + field(TENSOR_NAME, name) + field(RAW_DATA, data)
    return field(INITIALIZER, made)


def grouped(message: Bytes) -> dict[int, list[bytes]]:
    """The contents of a message's fields, by their numbers."""
    found: dict[int, list[bytes]] = {}
    for which, start, end in fields(message):
        found.setdefault(which, []).append(bytes(message[start:end]))
    return found


def attributes(contents: Iterable[bytes]) -> dict[bytes, list[int]]:
    """The attributes of a node, a number as a row of one; other kinds are empty rows."""
    found = map(grouped, contents)
    return {
        each[ATTRIBUTE_NAME][0]: numbers(each.get(ATTRIBUTE_INTS) or each.get(ATTRIBUTE_INT, []))
        for each in found
    }


def numbers(contents: Iterable[bytes]) -> list[int]:
    """Those of a repeated field, whether packed or one by one."""
    found = []
    for content in contents:
        at = 0
        while at < len(content):
            value, at = read(content, at, _MOST_DIGITS)
            found.append(value)
    return found


def fields(message: Bytes) -> Iterator[Span]:
    """Each field of a message.

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


def field(which: int, content: bytes) -> bytes:
    """A field that says how long it is."""
    return written(which << 3 | 2) + written(len(content)) + content


def number(which: int, value: int) -> bytes:
    """A field that is a number, not negative."""
    return written(which << 3) + written(value)
