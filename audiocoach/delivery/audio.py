"""Sessions as sound: linked as MP3, or mixed and written by libsndfile as WAV, FLAC or Opus.

Each function writes a master to a path, whole or not at all. The same master gives the same
bytes, and no session is too long for memory.
"""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

from audiocoach.delivery.captions import lyrics
from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.cover import MEDIA_TYPE, cover
from audiocoach.delivery.file import whole_file, write_whole
from audiocoach.delivery.id3 import ARTIST, FRONT_COVER, GENRE, YEAR, id3
from audiocoach.delivery.plan import COMMENT, Provenance, planned
from audiocoach.errors import UsageError
from audiocoach.sound.link import Layout, Progress, Track, lay
from audiocoach.sound.mix import CHUNK, chunks
from audiocoach.sound.mp3 import USUAL, Coding
from audiocoach.sound.studio import Takes
from audiocoach.timeline.landing import since
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.timeline.timeline import Timeline

if TYPE_CHECKING:
    from threading import Event

    import numpy as np
    from mutagen import FileType
    from numpy.typing import NDArray

    from audiocoach.sound.bed import Bed
    from audiocoach.sound.encode import Encoded, Tail

_SERIAL: Final = 0x61636F61
"""Of the one stream in an Ogg file; libsndfile takes another one each time."""
_MOST_WAV: Final = 12 * 3600 * SAMPLE_RATE * 2
"""Bytes of samples; the sizes in a WAV have 32 bits."""


_CLIPS: Final = 8
"""Sounds held in memory while a session is mixed (2 MB)."""


@dataclass(frozen=True, slots=True)
class Master:
    """A session that only has to be written: what is heard when, and the takes of its sounds."""

    timeline: Timeline
    takes: Takes
    comment: str = ""
    progress: Progress | None = None
    script: bytes = b""
    """The hash of the script (`timeline.digest`)."""
    program: str = ""
    """The version of audiocoach, for the plan."""
    coding: Coding = USUAL
    bed: Bed | None = None

    @property
    def cover(self) -> bytes:
        """Its picture, a PNG."""
        return cover(self.timeline, self.takes.studio.cache)

    def plan(self, form: str) -> bytes:
        """The plan of a file in that format, for its tag. Raises VoiceError."""
        prints = self.takes.fingerprints(cue.sound for cue in self.timeline.cues)
        bed = self.bed.level if self.bed else 0
        made = Provenance(form, self.program, self.script, self.coding, bed)
        return planned(self.timeline, prints, made, self.comment).as_bytes()

    def chunks(self) -> Iterator[NDArray[np.int16]]:
        """The session as samples (48 kHz mono), a chunk at a time. Raises VoiceError."""
        timeline, takes, told = self.timeline, self.takes, self.progress or _tell_nobody
        bed = self.bed.under(timeline, takes) if self.bed else None
        total = -(-timeline.total // CHUNK)
        # A count is heard again and again, and what is heard when a chunk ends in the next too.
        samples_of = lru_cache(_CLIPS)(takes.samples)
        mixed = chunks(timeline, samples_of, bed, awake=self.coding.awake)
        for done, chunk in enumerate(mixed, start=1):
            yield chunk
            told(done, total)


def _tell_nobody(_done: int, _total: int) -> None:
    pass


def write_mp3(master: Master, path: Path) -> None:
    """MP3 with ID3v2.3 tags."""
    write_whole(path, mp3_chunks(master))


def mp3_chunks(master: Master) -> Iterator[bytes]:
    """The bytes of the MP3 of a master. Raises VoiceError."""
    tag, track = mp3_parts(master)
    return chain([tag], track)


def mp3_parts(
    master: Master, start: int = 0, whole: Encoded | None = None
) -> tuple[bytes, Track | Encoded | Tail]:
    """The tag and the frames of the MP3 of a master, from a sample on.

    The frames are linked from the objects of its regions or, over a bed, cut from the `whole` as it
    is encoded, here or before. They know their `size` and yield their bytes. Raises VoiceError.
    """
    tag = mp3_tag(master, start)
    whole = whole or mp3_encoded(master)
    if whole:
        return tag, whole.since(start) if start else whole
    return tag, mp3_linked(master, mp3_layout(master, start))


def mp3_encoded(master: Master) -> Encoded | None:
    """All frames of a master over a bed; None for one without. Raises VoiceError."""
    if not master.bed:
        return None
    from audiocoach.sound.encode import Encoded

    return Encoded(master.chunks(), master.timeline.total, master.coding)


def mp3_tag(master: Master, start: int = 0) -> bytes:
    """The ID3 tag of the MP3 of a master, from a sample on. Raises VoiceError."""
    part = _part(master, start)
    return id3(part.timeline, part.comment, part.plan("mp3"), master.cover)


def mp3_layout(master: Master, start: int = 0) -> Layout:
    """The regions of a master without a bed, from a sample on, at their places in its MP3."""
    return lay(master.timeline, master.takes.key, start=start, coding=master.coding)


def mp3_linked(master: Master, layout: Layout) -> Track:
    """The layout of `mp3_layout`, with its frames. Raises VoiceError."""
    return layout.linked(master.takes.samples, master.takes.studio.cache, master.progress)


def _part(master: Master, start: int) -> Master:
    return replace(master, timeline=since(master.timeline, start)) if start else master


def write_wav(master: Master, path: Path) -> None:
    """WAV, 16 bit, with the same tags as the MP3 in a chunk of their own.

    Title, artist and so on are also in a LIST chunk, the only one that many programs read. Raises
    UsageError for a session that is too long for it.
    """
    if 2 * master.timeline.total > _MOST_WAV:
        raise UsageError("a WAV lasts 12 hours at most; name a file that ends in .flac")
    encode(master, path, ("WAV", "PCM_16"), _tag_wav, _info(master))


def write_flac(master: Master, path: Path) -> None:
    """FLAC, 16 bit, with Vorbis comments."""
    encode(master, path, ("FLAC", "PCM_16"), _tag_flac)


def write_opus(master: Master, path: Path) -> None:
    """Opus in Ogg, with Vorbis comments."""
    encode(master, path, ("OGG", "OPUS"), _tag_opus)


# -- tags --------------------------------------------------------------------------


def _info(master: Master) -> dict[str, str]:
    """The tags that RIFF has names for, as libsndfile calls them."""
    title = master.timeline.title
    told = {"title": title, "artist": ARTIST, "album": title, "genre": GENRE, "date": YEAR}
    return told | ({"comment": master.comment} if master.comment else {})


def _tag_wav(master: Master, file: BinaryIO) -> None:
    tag = id3(master.timeline, master.comment, master.plan("wav"), master.cover)
    file.seek(0, os.SEEK_END)
    file.write(struct.pack("<4sI", b"id3 ", len(tag)) + tag + bytes(len(tag) % 2))
    riff = file.tell() - 8
    file.seek(4)
    file.write(struct.pack("<I", riff))


def _tag_flac(master: Master, file: BinaryIO) -> None:
    from mutagen.flac import FLAC

    _comment(FLAC(file), master, file, "flac")


def _tag_opus(master: Master, file: BinaryIO) -> None:
    from mutagen.ogg import OggPage
    from mutagen.oggopus import OggOpus

    _comment(OggOpus(file), master, file, "opus")
    file.seek(0)
    with suppress(EOFError):
        while True:
            start = file.tell()
            page = OggPage(file)
            page.serial = _SERIAL
            file.seek(start)
            file.write(page.write())


def _comment(tagged: FileType, master: Master, file: BinaryIO, form: str) -> None:
    """Write Vorbis comments; chapters as in xiph.org's "Chapter Extension"."""
    timeline = master.timeline
    told = {
        "TITLE": timeline.title,
        "ARTIST": ARTIST,
        "ALBUM": timeline.title,
        "GENRE": GENRE,
        "DATE": YEAR,
        "LANGUAGE": timeline.language,
        "COMMENT": master.comment,
    }
    for number, chapter in enumerate(chapters(timeline), start=1):
        minutes, ms = divmod(chapter.start, 60_000)
        start = f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"
        told |= {f"CHAPTER{number:03}": start, f"CHAPTER{number:03}NAME": chapter.title}
    told["LYRICS"] = lyrics(timeline)
    told["METADATA_BLOCK_PICTURE"] = _picture_block(master.cover)
    told[COMMENT] = base64.b64encode(master.plan(form)).decode()
    tagged.update({name: text for name, text in told.items() if text})
    file.seek(0)
    tagged.save(file, padding=lambda _info: 0)


def _picture_block(picture: bytes) -> str:
    """The cover as Vorbis comments have one: FLAC's block of a picture, in Base64."""
    from mutagen.flac import Picture

    block = Picture()
    block.type, block.mime, block.data = FRONT_COVER, MEDIA_TYPE, picture
    return base64.b64encode(block.write()).decode()


# -- libsndfile --------------------------------------------------------------------


def encode(
    master: Master,
    path: Path,
    kind: tuple[str, str],
    complete: Callable[[Master, BinaryIO], None],
    told: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Have libsndfile write a container and subtype, with its tags. Raises DeliveryError."""
    written(path, partial(_write_samples, master, kind, told), partial(complete, master))


def written(
    path: Path,
    write: Callable[[Watched, Event], None],
    complete: Callable[[BinaryIO], None],
) -> None:
    """Have a library write a file, then complete it. Raises DeliveryError.

    It calls back to have bytes written, and an exception in the callback would be lost. So
    everything is done in a thread of its own, where no Ctrl-C arrives, and the file keeps its
    errors. `write` ends when the event is set.
    """
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    stopped = Event()

    def both() -> None:
        with whole_file(path) as file:
            watched = Watched(file)
            try:
                write(watched, stopped)
            finally:
                if watched.error:
                    raise watched.error
            file.seek(0)
            complete(file)

    with ThreadPoolExecutor(1) as pool:
        try:
            pool.submit(both).result()
        finally:
            stopped.set()


def _write_samples(
    master: Master,
    kind: tuple[str, str],
    told: Mapping[str, str],
    file: Watched,
    stopped: Event,
) -> None:
    from soundfile import SoundFile

    container, subtype = kind
    channels = master.coding.channels
    with SoundFile(file, "w", SAMPLE_RATE, channels, subtype, None, container) as encoder:
        for name, text in told.items():
            setattr(encoder, name, text)
        for chunk in master.chunks():
            if stopped.is_set():
                raise InterruptedError
            encoder.write(chunk if channels == 1 else chunk.repeat(channels).reshape(-1, channels))


class Watched:
    """A file for a library in C: it raises no error, but keeps the first one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        return self._try(self._file.write, data)

    def seek(self, offset: int, whence: int) -> int:
        return self._try(self._file.seek, offset, whence)

    def tell(self) -> int:
        return self._try(self._file.tell)

    def _try(self, call: Callable[..., int], *arguments: object) -> int:
        try:
            return call(*arguments)
        except OSError as error:
            self.error = self.error or error
            return 0
