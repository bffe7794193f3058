"""Numbers in as many bytes as they need (LEB128), as used by plans and Protocol Buffers."""

from __future__ import annotations


def written(value: int) -> bytes:
    """A number that is not negative, seven bits a byte, the lowest first."""
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)


def read(message: bytes | memoryview, at: int, most: int) -> tuple[int, int]:
    """The number at a place, and where it ends.

    Raises ValueError for one of more than `most` bytes, and IndexError where the message ends.
    """
    value = 0
    for place in range(most):
        digit = message[at + place]
        value |= (digit & 0x7F) << 7 * place
        if digit < 0x80:
            return value, at + place + 1
    raise ValueError("a number is too large")
