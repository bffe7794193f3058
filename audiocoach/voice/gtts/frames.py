"""Whether an MP3 is whole: every frame of it, from the first byte to the last.

Decoders skip damaged parts, so their output proves nothing. Here each frame has to begin where the
one before ends and to be of the same kind, the last one has to be complete, and what its side
information says of its sound has to fit into the bytes there are for it. Which bits stand where:
ISO/IEC 11172-3, 2.4.1.7 and 2.4.2.7, and 13818-3 for the lower rates.
"""

from __future__ import annotations

from typing import Final

from audiocoach.mpeg import FrameHeader, frame_header

_SAME: Final = 0xFFFE0CCF
"""The bits of a header that are alike in all frames: not bit rate, padding and stereo mode."""
_MOST_PAIRS: Final = 288
"""`big_values`: half the lines of a granule."""
_NO_TABLES: Final = {4, 14}
"""Numbers that no table of Huffman codes has."""
_TAIL: Final = 128
"""Bytes of the tag (ID3v1) that may follow the last frame."""


def is_whole(mp3: bytes) -> bool:
    """Whether this is intact MP3 from its first byte to its last, apart from tags."""
    at, end = _ends_of_tags(mp3)
    kind, reservoir, used = None, 0, 0
    while at < end:
        header = frame_header(mp3[at : at + 4])
        if header is None or at + header.size > end:
            return False
        kind = header.word & _SAME if kind is None else kind
        if header.word & _SAME != kind:
            return False
        before = _before_side(header)
        body = before + _side_size(header)
        begin, bits = _side_information(mp3[at + before : at + body], header)
        # Both in bits from the first byte of sound on. The sound of a frame may begin in the
        # frames before it, but not in what belongs to the sound before it.
        start = (reservoir - begin) * 8
        reservoir += header.size - body
        if bits < 0 or start < used or start + bits > reservoir * 8:
            return False
        used = start + bits
        at += header.size
    return kind is not None


def _ends_of_tags(mp3: bytes) -> tuple[int, int]:
    """Where the frames begin and end."""
    at, end = 0, len(mp3)
    if mp3[:3] == b"ID3" and len(mp3) >= 10:
        at = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0)))  # noqa: B905 - four each
    if mp3[-_TAIL : -_TAIL + 3] == b"TAG":
        end -= _TAIL
    return at, end


def _before_side(header: FrameHeader) -> int:
    """Bytes before the side information: the header, and a checksum where there is one."""
    return 4 if header.word >> 16 & 1 else 6


def _side_size(header: FrameHeader) -> int:
    """Bytes of side information."""
    return (17 if header.mono else 32) if header.first else (9 if header.mono else 17)


def _side_information(side: bytes, header: FrameHeader) -> tuple[int, int]:
    """How many bytes back the sound of a frame begins, and its bits; below 0 if they can't be."""
    bits = _Bits(side)
    channels = 1 if header.mono else 2
    if header.first:
        begin = bits.take(9)
        bits.take((5 if header.mono else 3) + 4 * channels)
    else:
        begin = bits.take(8)
        bits.take(channels)
    total = 0
    for _ in range((2 if header.first else 1) * channels):
        length = bits.take(12)
        pairs = bits.take(9)
        bits.take(8 + (4 if header.first else 9))
        if not _tables_can_be(bits) or pairs > _MOST_PAIRS:
            return begin, -1
        bits.take(3 if header.first else 2)
        total += length
    return begin, total


def _tables_can_be(bits: _Bits) -> bool:
    """Whether the windows and tables of a granule are some that there are."""
    switching = bits.take(1)
    kind = bits.take(3) >> 1 if switching else 1
    tables = {bits.take(5) for _ in range(2 if switching else 3)}
    bits.take(9 if switching else 7)
    return kind > 0 and not tables & _NO_TABLES


class _Bits:
    """Reads numbers of so many bits, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._value = int.from_bytes(content, "big")
        self._left = 8 * len(content)

    def take(self, count: int) -> int:
        self._left -= count
        return self._value >> self._left & ((1 << count) - 1)
