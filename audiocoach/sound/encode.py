"""A session encoded as one MP3 stream: it can't be linked, because a bed lies under all of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Final

import numpy as np
from fastcrc import crc16
from numpy.typing import NDArray

from audiocoach.sound.mp3 import (
    CARRIERS,
    MOST_HELD,
    Coding,
    Lame,
    carriers,
    frames_until,
    held_before,
    info_frame,
)
from audiocoach.sound.spool import Spool
from audiocoach.timeline.script import FRAME_SAMPLES

_IN_FLIGHT: Final = 2
"""Chunks that wait to be encoded while the next is mixed."""
_READ: Final = 1 << 20


class Encoded:
    """An encoded session, ready to be written: iterate for its bytes, Info frame first.

    Its frames wait in a spool: the Info frame, which goes before them, has their checksum.
    """

    def __init__(self, chunks: Iterable[NDArray[np.int16]], total: int, coding: Coding) -> None:
        """Encode a session (48 kHz mono) of `total` samples, which comes in chunks."""
        self.total = total
        self.coding = coding
        self.frames = frames_until(total)
        self._spool = Spool()
        self._crc = 0
        left = self.frames * coding.frame_bytes
        rest = np.zeros(self.frames * FRAME_SAMPLES - total, np.int16)
        for encoded in _encoded(chain(chunks, [rest]), coding):
            kept = encoded[:left]
            left -= len(kept)
            self._spool.add(kept)
            self._crc = crc16.arc(kept, self._crc)

    @property
    def size(self) -> int:
        """Bytes, the Info frame included."""
        return (1 + self.frames) * self.coding.frame_bytes

    @property
    def info(self) -> bytes:
        """The Info frame."""
        return info_frame(self.frames, self.total, self._crc, coding=self.coding)

    def __iter__(self) -> Iterator[bytes]:
        yield self.info
        yield from self.stretch(0, self.size)

    def stretch(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes `start` to `stop` of the audio frames, the Info frame not counted."""
        for at in range(start, stop, _READ):
            yield self._spool.get(at, min(_READ, stop - at))

    def held(self, frame: int) -> bytes:
        """The bytes that belong to the sound of a frame but are stored in those before it."""
        size, room = self.coding.frame_bytes, self.coding.data_bytes
        earlier = range(max(frame - MOST_HELD // room - 1, 0), frame)
        data = b"".join(self._spool.get(each * size, size)[-room:] for each in earlier)
        return data[len(data) - held_before(self._spool.get(frame * size, size)) :]

    def since(self, start: int) -> Tail:
        """The session from a sample on: what a decoder gives back is the tail of the whole."""
        return Tail(self, start)


class Tail:
    """The end of an encoded session, made of the same frames, ready to be written in the same way.

    Its first frame that is heard may have begun in those before it, in the bit reservoir. In their
    place stand two that are silent and carry those bytes; with the start of the first frame, which
    lacks what rings on from the one before, the Info frame has decoders leave them out.
    """

    def __init__(self, whole: Encoded, start: int) -> None:
        """From sample `start` of a session on."""
        self._whole = whole
        first, into = divmod(start, FRAME_SAMPLES)
        self._at = first * whole.coding.frame_bytes
        self._before = carriers(whole.held(first), whole.coding)
        self.frames = CARRIERS + whole.frames - first
        self._music = len(self._before) + whole.frames * whole.coding.frame_bytes - self._at
        crc = 0
        for part in self.stretch(0, self._music):
            crc = crc16.arc(part, crc)
        lead, total = CARRIERS * FRAME_SAMPLES + into, whole.total - start
        self.info = info_frame(self.frames, total, crc, lead, whole.coding, self._music)

    @property
    def size(self) -> int:
        """Bytes, the Info frame included."""
        return len(self.info) + self._music

    def __iter__(self) -> Iterator[bytes]:
        yield self.info
        yield from self.stretch(0, self._music)

    def stretch(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes `start` to `stop` of the audio frames, the Info frame not counted."""
        skipped = len(self._before)
        if start < skipped:
            yield self._before[start:stop]
        moved = self._at - skipped
        yield from self._whole.stretch(max(start, skipped) + moved, stop + moved)


def _encoded(chunks: Iterable[NDArray[np.int16]], coding: Coding) -> Iterator[bytes]:
    """What LAME makes of the chunks, on a thread of its own: it runs while the next is mixed."""
    lame = Lame(coding)
    pending: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(1) as pool:
        for chunk in chunks:
            if len(pending) == _IN_FLIGHT:
                yield pending.popleft().result()
            pending.append(pool.submit(lame.encode, chunk))
        while pending:
            yield pending.popleft().result()
        yield lame.flush()
