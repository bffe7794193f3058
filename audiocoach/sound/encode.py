"""A session encoded as one MP3 stream: it can't be linked, as a sound lies under all of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Final

import numpy as np
from fastcrc import crc16
from numpy.typing import NDArray

from audiocoach.sound.mp3 import Coding, Lame, frames_until, info_frame
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
