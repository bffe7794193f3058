"""For a car: a folder with an MP3 for each chapter, numbered.

Old car radios need 44.1 kHz, some stop at a tag with a picture (docs/listening.md), and hardly any
show chapters; but all can go from file to file. So each file has a short tag, and is cut where its
chapter begins, to the sample: played without gaps, they are the session.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastcrc import crc16

from audiocoach.delivery.audio import Master
from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.file import STDOUT, check_folder, whole_folder
from audiocoach.delivery.formats import by_ending
from audiocoach.delivery.id3 import track_tag
from audiocoach.errors import UsageError
from audiocoach.mpeg import frame_header
from audiocoach.sound.mp3 import Coding, Lame, frames_until, info_frame
from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, SAMPLES_PER_MS
from audiocoach.wording import clock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.sound.spool import Spool

RATE: Final = 44_100
_ENDING: Final = ".mp3"
_LEAD: Final = FRAME_SAMPLES
"""Samples of what comes before a chapter that its stream begins with, and its decoder drops: so the
first that is heard is coded as in mid-stream."""
_PIECE: Final = 10 * RATE
_BYTES: Final = 2
_MOST_LETTERS: Final = 40
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "Æ": "Ae", "Œ": "Oe"})


def write_car(master: Master, path: Path) -> None:
    """A folder of MP3s; an existing one is replaced if it holds nothing else.

    Raises DeliveryError or VoiceError.
    """
    parts = chapters(master.timeline)
    bounds = [_at(part.start * SAMPLES_PER_MS) for part in parts] + [_at(master.timeline.total)]
    coding = master.coding._replace(rate=RATE)
    sound = _resampled(master)
    with whole_car(path) as folder:
        for number, part in enumerate(parts, start=1):
            tag = track_tag(part, number, len(parts), _album(master), master.timeline.language)
            file = folder / _name(number, len(parts), part.title)
            frames = _stream(sound, bounds[number - 1], bounds[number], coding)
            file.write_bytes(tag + frames)


def whole_car(path: Path) -> AbstractContextManager[Path]:
    """A folder to fill with tracks; once complete, it replaces a previous folder of tracks."""
    return whole_folder(path, _is_track)


def check_car(path: Path) -> None:
    """Refuse a path that can't be a folder of tracks. Raises UsageError or DeliveryError."""
    if path == STDOUT or by_ending(path):
        wrong = "it makes many files" if path == STDOUT else f"leave {path.suffix} out of {path}"
        raise UsageError(f"--for car: {wrong}; name a folder with --output", place="--for")
    check_folder(path, _is_track)


def _album(master: Master) -> str:
    """Each session has one of its own: a radio that sorts by tags would mix their tracks."""
    timeline = master.timeline
    return f"{timeline.title} {clock(timeline.total // SAMPLES_PER_MS)}"


def _name(number: int, count: int, title: str) -> str:
    """The name of a file: sorted by its number, and in ASCII, as some displays have no more."""
    plain = unicodedata.normalize("NFKD", title.translate(_LETTERS)).encode("ascii", "ignore")
    words = re.sub(r"[^\w',. -]+", " ", plain.decode()).strip(" .")[:_MOST_LETTERS].strip()
    return f"{number:0{max(2, len(str(count)))}} {words}".strip() + _ENDING


def _is_track(name: str) -> bool:
    return bool(re.fullmatch(rf"\d\d+( .*)?\{_ENDING}", name))


# -- sound -------------------------------------------------------------------------


def _at(samples: int) -> int:
    """The place at 44.1 kHz of one at 48 kHz."""
    return (2 * samples * RATE + SAMPLE_RATE) // (2 * SAMPLE_RATE)


def _resampled(master: Master) -> Spool:
    """The session at 44.1 kHz, in one piece: cut before, it would not fit together again."""
    import numpy as np
    import soxr

    from audiocoach.sound.loudness import to_float, to_pcm
    from audiocoach.sound.spool import Spool

    spool, stream = Spool(), soxr.ResampleStream(SAMPLE_RATE, RATE, 1, dtype="float32")
    for chunk in chain(map(to_float, master.chunks()), [None]):
        samples = np.zeros(0, np.float32) if chunk is None else chunk
        given = stream.resample_chunk(samples, last=chunk is None)
        spool.add(to_pcm(given).astype("<i2", copy=False).tobytes())
    return spool


def _stream(sound: Spool, start: int, end: int, coding: Coding) -> bytes:
    """The frames that a decoder makes the samples from `start` to `end` of."""
    lame, frames = Lame(coding), frames_until(_LEAD + end - start)
    first = start - _LEAD
    pieces = _pieces(sound, first, first + frames * FRAME_SAMPLES)
    kept = _first_frames(b"".join(map(lame.encode, pieces)) + lame.flush(), frames)
    crc = crc16.arc(kept)
    return info_frame(frames, end - start, crc, _LEAD, coding, len(kept)) + kept


def _pieces(sound: Spool, start: int, end: int) -> Iterator[NDArray[np.int16]]:
    """The samples from `start` to `end`, with silence before and after the session."""
    import numpy as np

    yield np.zeros(max(-start, 0), np.int16)
    for at in range(max(start, 0), end, _PIECE):
        wanted = min(_PIECE, end - at)
        found = np.frombuffer(sound.get(at * _BYTES, wanted * _BYTES), "<i2")
        yield np.pad(found, (0, wanted - len(found)))


def _first_frames(encoded: bytes, count: int) -> bytes:
    """So many frames: at 44.1 kHz some are a byte longer than others."""
    at = 0
    for _ in range(count):
        header = frame_header(encoded[at : at + 4])
        if header is None:
            raise ValueError("LAME gave fewer frames than it was given samples for")
        at += header.size
    return encoded[:at]
