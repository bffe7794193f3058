"""What an MP3 says about itself: how it was encoded, and whether its frames are those we linked.

A file as we write it is an ID3 tag, an Info frame, and frames of one kind. The Info frame has a
checksum of all the others, so that an untouched file is known without hearing it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from mmap import mmap
from typing import Final

from fastcrc import crc16

from audiocoach.mpeg import frame_header
from audiocoach.sound import mp3
from audiocoach.sound.mp3 import Coding

_ID3_HEADER: Final = 10
_AFTER: Final = re.compile(rb"TAG|APETAGEX|LYRICSBEGIN|ID3")
"""What may stand behind the last frame."""
_MARK: Final = re.compile(rb"Info|Xing")
_FIELDS: Final = ((1, 4), (2, 4), (4, 100), (8, 4))
"""Of an Info frame: the flag of each, and its bytes; then the encoder signs."""
_MOST: Final = 0.9
"""The part of the frames that tells how all were encoded."""
_NAME: Final = re.compile(rb"[A-Za-z][\x20-\x7e]{3,8}")


@dataclass(slots=True)
class Mpeg:
    """The frames of a file."""

    frames: int = 0
    """Without the Info frame."""
    rates: Counter[tuple[int, int, bool]] = field(default_factory=Counter)
    """How many frames are of each bit rate (kbit/s), sample rate and mono or not."""
    info: bytes = b""
    """The Info (or Xing) frame."""
    crc: int = 0
    """CRC-16/ARC of the other frames."""
    foreign: int = 0
    """Bytes between the frames that belong to none."""

    @property
    def encoder(self) -> str:
        """What the file says it was encoded with; "" where it doesn't."""
        mark = _MARK.search(self.info[:48])
        if mark is None:
            return ""
        flags = int.from_bytes(self.info[mark.end() : mark.end() + 4], "big")
        at = mark.end() + 4 + sum(size for flag, size in _FIELDS if flags & flag)
        name = _NAME.match(self.info[at : at + 9])
        return name[0].decode("ascii").rstrip(" .") if name else ""

    def is_ours(self, coding: Coding) -> bool:
        """Whether the frames are of the kind we write, except for a few that may be damaged."""
        ours = self.rates[coding.kbit, 48_000, coding.channels == 1]
        return ours >= _MOST * self.rates.total()

    def untouched(self, total: int, coding: Coding) -> bool:
        """Whether every byte of sound is as we would write a session of `total` samples."""
        if not self.is_ours(coding) or self.foreign or self.frames != mp3.frames_until(total):
            return False
        return self.info == mp3.info_frame(self.frames, total, self.crc, coding=coding)

    def kind(self) -> str:
        """How it is encoded: `96 kbit/s, 48 kHz, mono`."""
        if not self.rates:
            return "no frame"
        bits = {bits for bits, _, _ in self.rates}
        rate, mono = self.rates.most_common(1)[0][0][1:]
        often = f"{min(bits)} to {max(bits)}" if len(bits) > 1 else str(max(bits))
        return f"{often} kbit/s, {rate / 1000:g} kHz, {'mono' if mono else 'stereo'}"


def walk(content: bytes | mmap) -> Mpeg:
    """Read the headers of all frames of a file (bytes, or a map of it)."""
    data = memoryview(content)
    found = Mpeg()
    at = after_tags(content)
    while at + 4 <= len(data):
        header = frame_header(bytes(data[at : at + 4]))
        if header is None or at + header.size > len(data):
            if _AFTER.match(data[at : at + 11]):
                break
            following = _next_sync(data, at + 1)
            found.foreign += following - at
            at = following
            continue
        body = bytes(data[at : at + header.size])
        if not found.frames and not found.info and _is_info(body):
            found.info = body
        else:
            found.frames += 1
            found.rates[header.kbit, header.rate, header.mono] += 1
            found.crc = crc16.arc(body, found.crc)
        at += header.size
    return found


def after_tags(content: bytes | mmap) -> int:
    """Where the frames begin: after the ID3 tags at the head, if there are any."""
    data = memoryview(content)
    at = 0
    while bytes(data[at : at + 3]) == b"ID3" and at + _ID3_HEADER <= len(data):
        size = 0
        for byte in data[at + 6 : at + _ID3_HEADER]:
            size = size << 7 | byte & 0x7F
        at += _ID3_HEADER + size
    return min(at, len(data))


def _is_info(frame: bytes) -> bool:
    """Whether a frame is the Info or Xing frame, which follows side information of zeros."""
    return any(frame[at : at + 4] in (b"Info", b"Xing") for at in (13, 21, 36))


def _next_sync(data: memoryview, at: int) -> int:
    """The place of the next frame from `at` on: of two in a row, so that no chance is one."""
    while at + 4 <= len(data):
        found = bytes(data[at : at + 65_536]).find(b"\xff")
        if found < 0:
            at += 65_536
            continue
        at += found
        header = frame_header(bytes(data[at : at + 4]))
        if header and frame_header(bytes(data[at + header.size : at + header.size + 4])):
            return at
        at += 1
    return len(data)
