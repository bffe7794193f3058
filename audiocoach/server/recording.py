"""A spoken and linked session, in memory: each of its formats as bytes, on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from audiocoach.delivery.audio import (
    Master,
    mp3_encoded,
    mp3_layout,
    mp3_linked,
    mp3_parts,
    mp3_tag,
)
from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.cover import MEDIA_TYPE
from audiocoach.delivery.entry import Entries
from audiocoach.delivery.formats import FORMATS, MP3, PAGE
from audiocoach.delivery.page import linked_page
from audiocoach.sound.link import Layout, Track
from audiocoach.timeline.landing import since
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import Timeline

if TYPE_CHECKING:
    from audiocoach.sound.encode import Encoded, Tail

SOUND: Final = MP3.endings[0]
PLAYER: Final = PAGE.endings[0]
CHAPTERS: Final = ".chapters.json"
COVER: Final = ".png"
_SHEETS: Final = {row.endings[0]: row for row in FORMATS if not row.is_sound}
ENDINGS: Final = (SOUND, PLAYER, *_SHEETS, CHAPTERS, COVER)
"""The endings of the formats that are served: those that can be made without a file."""
_CHUNK: Final = 1 << 16
"""Bytes handed out at once."""
_UTF8: Final = "; charset=utf-8"
_CUE_BYTES: Final = 1_000
"""What a cue with its script and its placing takes in memory, about."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an answer. Those of a track are not stored, but laid out as they are read."""

    media_type: str
    head: bytes
    tag: str
    """Its ETag, different for different bytes."""
    track: Track | Encoded | Tail | None = None
    """What follows the head, except for its Info frame."""
    size: int = 0
    whole: Future[Content] | None = None
    """For content whose size is known before its bytes: the same, with all of them."""

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """Bytes `start` to `stop`, in chunks."""
        for at in range(start, stop, _CHUNK):
            yield self._chunk(at, min(at + _CHUNK, stop))

    def _chunk(self, start: int, stop: int) -> bytes:
        chunk, before = self.head[start:stop], len(self.head)
        if self.track is None or stop <= before:
            return chunk
        return chunk + b"".join(self.track.stretch(max(start - before, 0), stop - before))


class Frame(NamedTuple):
    """What surrounds a player: the paths of its MP3, its cover and the page it was opened from."""

    sound: str
    cover: str
    home: str


NO_FRAME: Final = Frame("", "", "")


class _Draft(NamedTuple):
    """An MP3 whose regions are laid, and wait to be encoded."""

    sound: Content
    """Its head is the tag alone: the Info frame has the checksum of all that follows it."""
    layout: Layout
    """Over a bed nothing is linked: then it only says how many frames there are."""


class Recording:
    """A session that can be asked for any of its formats.

    The size of its MP3 and its ETag are known before anything is encoded, so an answer can begin;
    `link` makes the rest.
    """

    def __init__(self, master: Master) -> None:
        """Lay it out.

        Raises VoiceError for a clip that is damaged and can't be spoken again, and UsageError for a
        bed that can't be read.
        """
        self._master = master
        self.timeline = master.timeline
        self._entries = Entries(self.timeline)
        self._whole: Future[Content] = Future()
        self._draft: _Draft | None = _draft(master)

    def link(self) -> None:
        """Encode what the cache lacks, once. Raises what the constructor does."""
        draft = self._draft
        if draft is None:
            return
        try:
            self._whole.set_result(_linked(self._master, draft))
        except BaseException as error:
            self._whole.set_exception(error)
            raise
        finally:
            self._draft = None

    @property
    def sound(self) -> Content:
        """Its MP3. Raises what `link` raised."""
        draft = self._draft
        if draft and not self._whole.done():
            return replace(draft.sound, whole=self._whole)
        return self._whole.result()

    @property
    def cost(self) -> int:
        """About how many bytes of memory it takes, if no other session shares its regions."""
        track = self.sound.track
        frames = _distinct(track) if isinstance(track, Track) else [self.sound.head]
        return sum(map(len, frames)) + _CUE_BYTES * len(self.timeline.cues) + len(self.sound.head)

    def start(self, ms: int) -> int:
        """Where the session is entered (samples) for a moment of it, so that no hold is cut.

        Raises ValueError for one after its end.
        """
        if ms * SAMPLES_PER_MS >= self.timeline.total:
            raise ValueError("the session is over by then")
        return self._entries.at(ms)

    def content(self, ending: str, start: int, frame: Frame) -> Content:
        """One of the formats in `ENDINGS`, from a sample on; a player is embedded in that frame.

        Raises VoiceError as the constructor does.
        """
        if ending == SOUND:
            return _part(self._master, start, self.sound) if start else self.sound
        if ending == COVER:
            return bytes_content(MEDIA_TYPE, self._master.cover)
        timeline = since(self.timeline, start) if start else self.timeline
        if ending == PLAYER:
            page = linked_page(timeline, self._master.script.hex(), *frame)
            return text_content(PAGE.media_type, page)
        if ending == CHAPTERS:
            return _chapters(timeline)
        row = _SHEETS[ending]
        return text_content(row.media_type, row.make(timeline))


def _draft(master: Master, start: int = 0) -> _Draft:
    tag, layout = mp3_tag(master, start), mp3_layout(master, start)
    keys = [layout.key]  # of equal keys are equal bytes
    if bed := master.bed:
        keys += [bed.key(), f"{bed.level} {bed.least}", master.program]
    etag = _etag(tag, *(each.encode() for each in keys))
    return _Draft(Content(MP3.media_type, tag, etag, size=len(tag) + layout.size), layout)


def _linked(master: Master, draft: _Draft) -> Content:
    track = mp3_encoded(master) or mp3_linked(master, draft.layout)
    return replace(draft.sound, head=draft.sound.head + track.info, track=track)


def _part(master: Master, start: int, whole: Content) -> Content:
    """The MP3 of a master from a sample on; over a bed it is cut from the whole."""
    if not master.bed:
        return _linked(master, _draft(master, start))
    from audiocoach.sound.encode import Encoded

    encoded = whole.track if isinstance(whole.track, Encoded) else None
    tag, track = mp3_parts(master, start, encoded)
    size = len(tag) + track.size
    return Content(MP3.media_type, tag + track.info, _etag(tag, *track), track, size)


def _etag(*parts: bytes) -> str:
    summed = blake2b(digest_size=12)
    for each in parts:
        summed.update(each)
    return f'"{summed.hexdigest()}"'


def _distinct(track: Track) -> list[bytes]:
    """The frames of its regions, equal ones once."""
    return list({id(frames): frames for _, frames in track.pieces}.values())


def bytes_content(media_type: str, body: bytes) -> Content:
    """Bytes that are there."""
    return Content(media_type, body, _etag(body), size=len(body))


def text_content(media_type: str, text: str) -> Content:
    """A text in UTF-8."""
    return bytes_content(media_type + _UTF8, text.encode())


def _chapters(timeline: Timeline) -> Content:
    """Chapters as podcasts have them (JSON Chapters 1.2.0, of Podcasting 2.0)."""
    listed = [
        {"startTime": each.start / 1000, "endTime": each.end / 1000, "title": each.title}
        for each in chapters(timeline)
    ]
    body = {"version": "1.2.0", "title": timeline.title, "chapters": listed}
    return bytes_content("application/json+chapters", json.dumps(body, ensure_ascii=False).encode())
