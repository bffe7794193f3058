"""Reads a finished file: its tags, how it is encoded, and what is heard in it."""

from __future__ import annotations

import base64
import binascii
import mmap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from audiocoach.delivery.plan import COMMENT, MP4_ATOM, OWNER, Plan, PlanError, read_plan
from audiocoach.errors import VerificationError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.sound.meter import Measured, measure
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Marker, MarkerKind
from audiocoach.timeline.timeline import Fit, PlacedMarker, Timeline
from audiocoach.verify.mp4 import Mp4, is_mp4, opened_mp4
from audiocoach.verify.mpeg import Mpeg, walk

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from soundfile import SoundFile

_MOST_SAMPLES: Final = 480_000
"""Decoded at a time, of all channels together."""
_LONGER: Final = 60 * SAMPLE_RATE
"""What is longer than promised is heard up to here and no further, so no file is too long."""
_WITHOUT_PLAN: Final = 60 * SAMPLE_RATE
_FORMATS: Final = {("OGG", "OPUS"): "opus"}
_MOST_CHANNELS: Final = 8


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tags of a file say."""

    title: str = ""
    comment: str = ""
    length_ms: int | None = None
    chapters: tuple[tuple[int, str], ...] = ()
    """Start (ms) and title of each, in the order of their starts."""
    plan: bytes = b""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, read and heard."""

    path: Path
    form: str
    """The name of its format, as `delivery/formats.py` has it where it is one of ours."""
    rate: int
    channels: int
    tags: Tags
    plan: Plan | None
    why_no_plan: str
    mpeg: Mpeg | None
    heard: Measured
    """At 48 kHz, mixed to mono."""


def read_file(path: Path, listener: Listener = SILENT) -> Found:
    """Read and decode a finished session; memory grows by 120 kB for each minute.

    Raises VerificationError for a file that can't be read, or is not a sound.
    """
    if not path.is_file():
        there = "it is not a file" if path.exists() else "there is no such file"
        raise VerificationError(f"cannot verify {path}: {there}")
    try:
        tags = _tags(path)
        plan, why = _plan(tags.plan)
        return _decoded(path, tags, plan, why, listener)
    except OSError as error:
        raise VerificationError(f"cannot read {path}: {error.strerror or error}") from error


def _plan(payload: bytes) -> tuple[Plan | None, str]:
    if not payload:
        return None, "it carries no plan"
    try:
        return read_plan(payload), ""
    except PlanError as error:
        return None, f"the plan it carries can't be read: {error}"


def _decoded(path: Path, tags: Tags, plan: Plan | None, why: str, listener: Listener) -> Found:
    import soundfile

    limit = plan.total + _LONGER if plan else _WITHOUT_PLAN
    try:
        with _opened(path) as decoder:
            if decoder.channels > _MOST_CHANNELS:
                raise VerificationError(
                    f"{path} has {decoder.channels} channels; a session has one"
                )
            form = _FORMATS.get((decoder.format, decoder.subtype), decoder.format.lower())
            heard = measure(_told(_samples(decoder, limit), plan, listener))
            rate, channels = decoder.samplerate, decoder.channels
    except soundfile.LibsndfileError as error:
        raise VerificationError(
            f"{path} can't be decoded: {error.error_string.rstrip('.')}; build it again"
        ) from error
    mpeg = _walked(path) if form in ("mp3", "mpeg") else None
    form = "mp3" if mpeg else form
    return Found(path, form, rate, channels, tags, plan, why, mpeg, heard)


@contextmanager
def _opened(path: Path) -> Iterator[SoundFile | Mp4]:
    import soundfile

    if is_mp4(path):
        with opened_mp4(path) as mp4:
            yield mp4
    else:
        with path.open("rb") as file, soundfile.SoundFile(file) as decoder:
            yield decoder


def _walked(path: Path) -> Mpeg:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return walk(content)


def _samples(decoder: SoundFile | Mp4, limit: int) -> Iterator[NDArray[np.float32]]:
    """The sound at 48 kHz, mixed to mono, up to `limit` samples."""
    resampler = None
    if decoder.samplerate != SAMPLE_RATE:
        import soxr

        resampler = soxr.ResampleStream(decoder.samplerate, SAMPLE_RATE, 1, dtype="float32")
    given = 0
    while given < limit:
        read = decoder.read(_MOST_SAMPLES // decoder.channels, "float32", always_2d=True)
        mono = np.asarray(read.mean(axis=1), np.float32) if decoder.channels > 1 else read[:, 0]
        mono = np.nan_to_num(mono, posinf=1.0, neginf=-1.0)
        if resampler:
            mono = np.asarray(resampler.resample_chunk(mono, last=not len(read)), np.float32)
        given += len(mono)
        yield mono
        if not len(read):
            return


def _told(
    sound: Iterator[NDArray[np.float32]], plan: Plan | None, listener: Listener
) -> Iterator[NDArray[np.float32]]:
    """The same sound; the listener hears how far it is."""
    total = plan.total if plan else _WITHOUT_PLAN
    done = 0
    for piece in sound:
        done = min(done + len(piece), total)
        listener.progress(Stage.HEAR, done // SAMPLE_RATE, total // SAMPLE_RATE)
        yield piece


def read_chapters(path: Path) -> Timeline:
    """A timeline with the chapters of a file and no words, for those who only jump.

    Raises VerificationError for a file that can't be read, or is not a sound.
    """
    import soundfile

    try:
        tags = _tags(path)
        with _opened(path) as decoder:
            total = round(decoder.frames * SAMPLE_RATE / decoder.samplerate)
    except OSError as error:
        raise VerificationError(f"cannot read {path}: {error.strerror or error}") from error
    except soundfile.LibsndfileError as error:
        raise VerificationError(f"cannot play {path}: {error.error_string.rstrip('.')}") from error
    title = tags.title or path.stem
    marks = tuple(
        PlacedMarker(start * SAMPLES_PER_MS, Marker(MarkerKind.SECTION, name or title))
        for start, name in tags.chapters or ((0, title),)
        if start * SAMPLES_PER_MS < total
    )
    return Timeline(title, "en", (), marks, (), total, Fit(0, 0, 0, total // SAMPLES_PER_MS))


# -- tags --------------------------------------------------------------------------


def _tags(path: Path) -> Tags:
    """What mutagen makes of the tags; none where it finds none it understands."""
    import mutagen
    from mutagen.id3 import ID3
    from mutagen.mp4 import MP4Tags

    with path.open("rb") as file:
        head = file.read(3)
    try:
        if head == b"ID3":
            return _of_id3(ID3(path))
        found = mutagen.File(path)
    except mutagen.MutagenError:
        return Tags()
    except (ValueError, KeyError, IndexError, OverflowError, AssertionError):
        return Tags()  # a damaged tag, which mutagen trusts
    tags = getattr(found, "tags", None)
    if tags is None:
        return Tags()
    if isinstance(tags, MP4Tags):
        return _of_mp4(tags, found.chapters or ())
    return _of_id3(tags) if isinstance(tags, ID3) else _of_comments(tags)


def _of_id3(tags: Any) -> Tags:
    private = [frame.data for frame in tags.getall("PRIV") if frame.owner == OWNER]
    length = str(tags["TLEN"]) if "TLEN" in tags else ""
    chapters = []
    for frame in tags.getall("CHAP"):
        title = frame.sub_frames.get("TIT2")
        chapters.append((int(frame.start_time), str(title) if title else ""))
    comments = [str(frame) for frame in tags.getall("COMM") if not frame.desc]
    return Tags(
        title=str(tags.get("TIT2", "")),
        comment=comments[0] if comments else "",
        length_ms=int(length)
        if length.isascii() and length.isdigit() and len(length) < 16
        else None,
        chapters=tuple(sorted(chapters)),
        plan=bytes(private[0]) if private else b"",
    )


def _of_mp4(tags: Any, chapters: Iterable[Any]) -> Tags:
    plan = b""
    with suppress(binascii.Error, ValueError, IndexError):
        plan = base64.b64decode(bytes(tags.get(MP4_ATOM, [b""])[0]), validate=True)
    title, comment = (str((tags.get(name) or [""])[0]) for name in ("\xa9nam", "\xa9cmt"))
    starts = tuple((round(each.start * 1000), str(each.title)) for each in chapters)
    return Tags(title, comment, None, starts, plan)


def _of_comments(tags: Any) -> Tags:
    told = {str(name).upper(): str(values[0]) for name, values in tags.as_dict().items() if values}
    plan = b""
    with suppress(binascii.Error, ValueError):
        plan = base64.b64decode(told.get(COMMENT, ""), validate=True)
    chapters = []
    for name, start in told.items():
        if name.startswith("CHAPTER") and name[7:].isdigit() and (ms := _ms(start)) is not None:
            chapters.append((ms, told.get(f"{name}NAME", "")))
    return Tags(told.get("TITLE", ""), told.get("COMMENT", ""), None, tuple(sorted(chapters)), plan)


def _ms(clock: str) -> int | None:
    """`00:01:22.500` in ms."""
    with suppress(ValueError):
        hours, minutes, seconds = clock.split(":")
        whole, _, part = seconds.partition(".")
        told = (int(hours) * 60 + int(minutes)) * 60 + int(whole)
        return told * 1000 + int(part.ljust(3, "0")[:3])
    return None
