"""The header of a frame of MP3: MPEG audio, Layer III.

Which bits stand where: ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3, and 13818-3 for the lower rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HEADER: Final = 4
"""Bytes of the header."""
_KBIT: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
"""kbit/s by the index in the header, for MPEG-1 and for the lower rates; 0 where it tells none."""
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples a second by the index, for MPEG-1, 2 and 2.5."""


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What the 32 bits at the head of a frame say."""

    word: int
    first: bool
    """Whether it is MPEG-1, with two granules a frame."""
    kbit: int
    """Bit rate in kbit/s."""
    rate: int
    """Samples a second."""
    mono: bool
    size: int
    """Bytes of the frame, header included."""


def frame_header(head: bytes) -> FrameHeader | None:
    """The header in these four bytes, if a frame of Layer III can begin with them."""
    word = int.from_bytes(head, "big")
    version, layer, rate_index = word >> 19 & 3, word >> 17 & 3, word >> 10 & 3
    if word >> 21 != 0x7FF or version == 1 or layer != 1 or rate_index == 3:
        return None
    first = version == 3
    kbit, rate = _KBIT[first][word >> 12 & 15], _RATES[version][rate_index]
    if not kbit:
        return None
    size = (144 if first else 72) * kbit * 1000 // rate + (word >> 9 & 1)
    return FrameHeader(word, first, kbit, rate, word >> 6 & 3 == 3, size)


def has_frames(data: bytes) -> bool:
    """Whether a frame begins anywhere in it, and another one of its rate where that ends."""
    at = data.find(b"\xff")
    while at >= 0:
        frame = frame_header(data[at : at + HEADER])
        end = at + frame.size if frame else at + 1
        after = frame_header(data[end : end + HEADER])
        if frame and after and after.rate == frame.rate:
            return True
        at = data.find(b"\xff", at + 1)
    return False
