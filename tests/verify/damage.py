"""Faults put into finished sessions: what can become of a file on its way to a listener.

Those of the tag and of the frames are put into an MP3; those of the sound into a WAV, which stays
a WAV as audiocoach writes it, so that nothing but the fault is to be found.
"""

from __future__ import annotations

import io
import struct
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import imageio_ffmpeg
import numpy as np
import soxr
from mutagen.id3 import ID3
from numpy.typing import NDArray

from audiocoach.delivery.plan import OWNER, Plan
from audiocoach.sound.mp3 import FRAME_BYTES
from audiocoach.timeline.script import SAMPLES_PER_MS as MS
from audiocoach.verify.mpeg import after_tags

FFMPEG: Final = imageio_ffmpeg.get_ffmpeg_exe()
Pcm = NDArray[np.int16]


@dataclass(frozen=True)
class Built:
    """A session as it was built."""

    mp3: bytes
    wav: bytes
    plan: Plan

    @property
    def pcm(self) -> Pcm:
        with wave.open(io.BytesIO(self.wav)) as sound:
            return np.frombuffer(sound.readframes(sound.getnframes()), "<i2")

    def with_sound(self, pcm: Pcm, *, rate: int = 48_000, channels: int = 1) -> bytes:
        """The WAV with another sound, and its own tag."""
        sound = np.clip(np.rint(pcm), -32768, 32767).astype("<i2")
        target = io.BytesIO()
        with wave.open(target, "wb") as written:
            written.setnchannels(channels)
            written.setsampwidth(2)
            written.setframerate(rate)
            written.writeframes(sound.tobytes())
        content = target.getvalue() + self.wav[self.wav.rindex(b"id3 ") :]
        return content[:4] + struct.pack("<I", len(content) - 8) + content[8:]

    def span(self, number: int) -> slice:
        """The samples of a cue."""
        cue = self.plan.cues[number % len(self.plan.cues)]
        return slice(cue.start, cue.end)


def ffmpeg(content: bytes, *arguments: str, ending: str = "mp3") -> Callable[[Path], bytes]:
    """What ffmpeg makes of a file."""

    def made(folder: Path) -> bytes:
        source, target = folder / "source", folder / f"target.{ending}"
        source.write_bytes(content)
        command = [FFMPEG, "-y", "-v", "error", "-i", str(source), *arguments, str(target)]
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()

    return made


# -- the tag and the frames of an MP3 ---------------------------------------------------


def retagged(content: bytes, change: Callable[[Any], None]) -> bytes:
    """An MP3 whose tag was changed, as an editor of tags would."""
    file = io.BytesIO(content)
    tags = ID3(file)
    change(tags)
    file.seek(0)
    tags.save(file, v2_version=3)
    return file.getvalue()


def replanned(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    def changed(tags: Any) -> None:
        for frame in tags.getall("PRIV"):
            if frame.owner == OWNER:
                frame.data = change(frame.data)

    return retagged(content, changed)


def reframed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """An MP3 whose frames after the Info frame are others."""
    start = after_tags(content) + FRAME_BYTES
    return content[:start] + change(content[start:])


def without_frames(content: bytes, first: int, count: int) -> bytes:
    def cut(frames: bytes) -> bytes:
        at = first * FRAME_BYTES if first >= 0 else len(frames) + first * FRAME_BYTES
        return frames[:at] + frames[at + count * FRAME_BYTES :]

    return reframed(content, cut)


def flipped(content: bytes, share: float) -> bytes:
    """One bit in the middle of a frame is another."""
    frames = (len(content) - after_tags(content)) // FRAME_BYTES
    at = after_tags(content) + round(frames * share) * FRAME_BYTES + FRAME_BYTES // 2
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


# -- the sound ------------------------------------------------------------------------


def moved(pcm: Pcm, span: slice, ms: int) -> Pcm:
    """One cue comes so much later."""
    spoiled = silenced(pcm, span)
    spoiled[span.start + ms * MS : span.stop + ms * MS] += pcm[span]
    return spoiled


def silenced(pcm: Pcm, span: slice) -> Pcm:
    spoiled = pcm.copy()
    spoiled[span] = 0
    return spoiled


def swapped(pcm: Pcm, one: slice, other: slice) -> Pcm:
    """Two cues stand in each other's place."""
    spoiled = silenced(silenced(pcm, one), other)
    spoiled[one.start : one.start + other.stop - other.start] = pcm[other]
    spoiled[other.start : other.start + one.stop - one.start] = pcm[one]
    return spoiled


def louder(pcm: Pcm, span: slice, db: float) -> Pcm:
    spoiled = pcm.copy()
    spoiled[span] = np.clip(np.rint(pcm[span] * 10 ** (db / 20)), -32768, 32767)
    return spoiled


def with_noise(pcm: Pcm, span: slice, dbfs: float) -> Pcm:
    """Noise under a stretch, at an RMS in dBFS."""
    spoiled = pcm.copy()
    noise = np.random.default_rng(1).normal(0, 32768 * 10 ** (dbfs / 20), span.stop - span.start)
    spoiled[span] = np.clip(spoiled[span] + noise, -32768, 32767)
    return spoiled


def cut(pcm: Pcm, start: int, samples: int) -> Pcm:
    return np.concatenate([pcm[:start], pcm[start + samples :]])


def clicked(pcm: Pcm, at: int) -> Pcm:
    spoiled = pcm.copy()
    spoiled[at : at + 96] = 3000
    return spoiled


def inserted(pcm: Pcm, at: int, sound: Pcm) -> Pcm:
    """Something more, and as much less at the end."""
    return np.concatenate([pcm[:at], sound, pcm[at:]])[: len(pcm)]


def faster(pcm: Pcm, factor: float) -> Pcm:
    """As a tape is that runs too fast."""
    return np.asarray(soxr.resample(pcm, 48_000 * factor, 48_000), np.int16)
