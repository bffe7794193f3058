"""The linker: lays encoded regions on the MP3 frame grid and fills the gaps with silence.

A *region* is a stretch of sound whose frames (`mp3.frames_until`) touch no other
region's. Its bytes depend only on what sounds when inside it and on its *phase*, the
place of its first sample in its first frame: that is the key of its *object* in the
cache. Each second is 41 2/3 frames, so counts on whole seconds know three phases only,
and a session needs few objects.

A `Layout` knows how many bytes a track has, and by which key, before any is encoded. When all
objects are in the cache nothing but this module runs: it needs neither numpy nor an encoder, and
reads no sample.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from fastcrc import crc16

from audiocoach.sound import mp3
from audiocoach.sound.mix import SamplesOf, mix
from audiocoach.sound.mp3 import USUAL, Coding, frames_until
from audiocoach.timeline.script import FRAME_SAMPLES, Sound
from audiocoach.timeline.timeline import PlacedCue, Timeline

if TYPE_CHECKING:
    from concurrent.futures import Future

OBJECT_KIND = "region"
"""The kind under which objects are kept in the cache."""
_ENCODERS = 2
"""Threads; LAME runs without the interpreter's lock."""
_IN_FLIGHT = _ENCODERS + 1
"""Regions mixed at a time: one waits. Bounds the samples held, whatever the session's length."""
_GAP_CHUNK = 2048
"""Frames of a gap handed out at once (48 s, 576 kB)."""

KeyOf = Callable[[Sound], str]
"""A stable name for the samples of a sound: equal keys, equal samples."""
Progress = Callable[[int, int], None]
"""Called with how many regions are encoded, and how many there are to encode."""


class ObjectCache(Protocol):
    """Keeps objects from one build to the next."""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was stored under this kind and key, or None."""

    def payloads(self, kind: str, keys: Iterable[str]) -> Mapping[str, bytes]:
        """What was stored under this kind and each of these keys, where it exists."""

    def put(self, kind: str, key: str, payload: bytes) -> None:
        """Keep `payload` under this kind and key."""


@dataclass(frozen=True, slots=True)
class Region:
    """Cues so close that their frames would overlap: encoded as one stream."""

    cues: tuple[PlacedCue, ...]

    @property
    def start(self) -> int:
        """The first sample."""
        return self.cues[0].start

    @property
    def end(self) -> int:
        """The sample after the last."""
        return self.cues[-1].end

    @property
    def phase(self) -> int:
        """Samples from the start of the first frame to the first sample."""
        return self.start % FRAME_SAMPLES

    @property
    def first_frame(self) -> int:
        return self.start // FRAME_SAMPLES

    @property
    def frames(self) -> int:
        return frames_until(self.end) - self.first_frame

    @property
    def last_frame(self) -> int:
        return self.first_frame + self.frames - 1

    def key(self, keys: Mapping[Sound, str], coding: Coding = USUAL) -> str:
        """Everything that the object's bytes depend on, as one hash."""
        parts = [coding.encoder, str(self.phase)]
        parts += [f"{keys[cue.sound]}@{cue.start - self.start}+{cue.length}" for cue in self.cues]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The frames of a session, or of its end, counted."""

    total: int
    """Samples a decoder gives back (48 kHz)."""
    lead: int = 0
    """Samples of the first frame that come before the first one given back."""
    coding: Coding = USUAL

    @property
    def frames(self) -> int:
        """Audio frames, the Info frame not counted."""
        return frames_until(self.lead + self.total)

    @property
    def size(self) -> int:
        """Bytes, the Info frame included."""
        return (1 + self.frames) * self.coding.frame_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Grid):
    """A linked session, ready to be written: iterate for its bytes, Info frame first."""

    pieces: tuple[tuple[int, bytes], ...]
    """Frames of regions, each with the frame it starts at, in order. Equal regions share one."""

    @property
    def music_crc(self) -> int:
        """CRC-16/ARC of all audio frames."""
        crc = 0
        for chunk in self._audio():
            crc = crc16.arc(chunk, crc)
        return crc

    @property
    def info(self) -> bytes:
        """The Info frame."""
        return mp3.info_frame(self.frames, self.total, self.music_crc, self.lead, self.coding)

    def __iter__(self) -> Iterator[bytes]:
        yield self.info
        yield from self._audio()

    def stretch(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes `start` to `stop` of the audio frames, the Info frame not counted."""
        first, before = divmod(start, self.coding.frame_bytes)
        at = start - before
        for chunk in self._audio(first):
            if at >= stop:
                return
            yield chunk[max(start - at, 0) : stop - at]
            at += len(chunk)

    def _audio(self, at: int = 0) -> Iterator[bytes]:
        """The frames from frame `at` on."""
        first = max(bisect_right(self.pieces, at, key=itemgetter(0)) - 1, 0)
        for first_frame, frames in (*self.pieces[first:], (self.frames, b"")):
            yield from self._gap(first_frame - at)
            yield frames[max(at - first_frame, 0) * self.coding.frame_bytes :]
            at = max(at, first_frame + len(frames) // self.coding.frame_bytes)

    def _gap(self, frames: int) -> Iterator[bytes]:
        for done in range(0, frames, _GAP_CHUNK):
            yield self.coding.gap_frame * min(_GAP_CHUNK, frames - done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Grid):
    """Where the regions of a session are: everything about a track except its frames."""

    placed: tuple[tuple[int, Region, str], ...]
    """Regions, each with the frame it starts at and the key of its object."""

    @property
    def key(self) -> str:
        """Everything that the bytes of the track depend on, as one hash."""
        parts = [f"{self.total} {self.lead} {self.coding}"]
        parts += [f"{at} {key}" for at, _, key in self.placed]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def linked(
        self, samples_of: SamplesOf, cache: ObjectCache, progress: Progress | None = None
    ) -> Track:
        """The track; encodes only what the cache lacks.

        `samples_of` is asked, always from the calling thread, only for sounds in that.
        """
        wanted = {key: region for _, region, key in self.placed}
        objects = {
            key: frames
            for key, frames in cache.payloads(OBJECT_KIND, wanted).items()
            if len(frames) == wanted[key].frames * self.coding.frame_bytes
        }
        missing = {key: region for key, region in wanted.items() if key not in objects}
        for done, (key, encoded) in enumerate(_encoded(missing, samples_of, self.coding), 1):
            cache.put(OBJECT_KIND, key, encoded)
            objects[key] = encoded
            if progress:
                progress(done, len(missing))
        pieces = tuple((at, objects[key]) for at, _, key in self.placed)
        return Track(total=self.total, lead=self.lead, coding=self.coding, pieces=pieces)


def lay(timeline: Timeline, key_of: KeyOf, *, start: int = 0, coding: Coding = USUAL) -> Layout:
    """Place the regions of a timeline, from a sample on, on the grid of frames; encodes nothing.

    A track that starts where a region does has the frames of the whole one, in the same places of
    the grid; what is left of its first frame the Info frame takes away. So it decodes, to the
    sample, to the tail of the whole.
    """
    cues = tuple(cue for cue in timeline.cues if not start or cue.start >= start)
    keys = {sound: key_of(sound) for sound in {cue.sound: None for cue in cues}}
    first, lead = divmod(start, FRAME_SAMPLES)
    placed = tuple(
        (region.first_frame - first, region, region.key(keys, coding))
        for region in group(cues, timeline.total)
    )
    return Layout(total=timeline.total - start, lead=lead, coding=coding, placed=placed)


def uncut(timeline: Timeline, places: Iterable[int]) -> list[int]:
    """Those of some places (samples) where a track can start without losing a region's frame."""
    regions = group(timeline.cues, timeline.total)
    starts = [region.start for region in regions]
    return [
        at
        for at in places
        if not (before := bisect_left(starts, at))
        or regions[before - 1].last_frame < at // FRAME_SAMPLES
    ]


def group(cues: Iterable[PlacedCue], total: int) -> list[Region]:
    """The regions of a session of `total` samples: cues stay apart while their frames do."""
    groups: list[list[PlacedCue]] = []
    end = 0
    for cue in cues:
        if not end <= cue.start < cue.end <= total:
            raise ValueError(
                f"{cue.sound} at samples {cue.start} to {cue.end} must follow the cue that"
                f" ends at {end} and stop before the session does, at {total}"
            )
        if groups and cue.start // FRAME_SAMPLES < frames_until(end):
            groups[-1].append(cue)
        else:
            groups.append([cue])
        end = cue.end
    return [Region(tuple(cues)) for cues in groups]


def _encoded(
    missing: Mapping[str, Region], samples_of: SamplesOf, coding: Coding
) -> Iterator[tuple[str, bytes]]:
    """Encode regions on a few threads; the objects come in the order of the regions."""
    if not missing:
        return
    from concurrent.futures import ThreadPoolExecutor

    pending: deque[tuple[str, Future[bytes]]] = deque()
    with ThreadPoolExecutor(_ENCODERS) as pool:
        for key, region in missing.items():
            if len(pending) == _IN_FLIGHT:
                yield _first_result(pending)
            mixed = mix(region.cues, region.start, region.end, samples_of)
            pending.append((key, pool.submit(mp3.encode_region, mixed, region.phase, coding)))
        while pending:
            yield _first_result(pending)


def _first_result(pending: deque[tuple[str, Future[bytes]]]) -> tuple[str, bytes]:
    key, future = pending.popleft()
    return key, future.result()
