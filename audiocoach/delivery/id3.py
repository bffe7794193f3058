"""ID3v2.3 tags: title, artist, album, language, comment, chapters, words, cover and the plan.

Chapters are CHAP frames (id3.org, "ID3v2 Chapter Frame Addendum") listed by one
CTOC frame: players ignore either one without the other.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from audiocoach.delivery.captions import lyrics
from audiocoach.delivery.chapters import Chapter, chapters
from audiocoach.delivery.cover import MEDIA_TYPE
from audiocoach.delivery.plan import OWNER
from audiocoach.language import three_letters
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import Timeline

if TYPE_CHECKING:
    from mutagen.id3 import Frame, TextFrame

ARTIST: Final = "audiocoach"
GENRE: Final = "Fitness"
YEAR: Final = "2026"
"""The year of this version: the year of the build would give different bytes next year."""

_HEADER: Final = 10
"""Bytes of the header of a tag."""
FRONT_COVER: Final = 3
"""The kind of picture: the front cover."""
_NO_OFFSET: Final = 0xFFFFFFFF
_TOP_LEVEL_ORDERED: Final = 0b11


def id3(timeline: Timeline, comment: str = "", plan: bytes = b"", picture: bytes = b"") -> bytes:
    """The tag's bytes, which go before the first frame; `picture` is the cover, a PNG.

    The words are a USLT frame. There is no SYLT: no player here shows it, and the captions have the
    times.
    """
    from mutagen.id3 import APIC, COMM, PRIV, TALB, TCON, TIT2, TLAN, TLEN, TPE1, TPE2, TYER, USLT

    language = three_letters(timeline.language)  # as ID3 wants it
    title, length = timeline.title, str(timeline.total // SAMPLES_PER_MS)
    texts = {TIT2: title, TPE1: ARTIST, TPE2: ARTIST, TALB: title, TCON: GENRE, TYER: YEAR}
    texts |= {TLAN: language, TLEN: length}
    frames: list[Frame] = [_text(frame, text) for frame, text in texts.items()]
    for kind, text in ((COMM, comment), (USLT, lyrics(timeline))):
        if text:
            frames.append(kind(encoding=_encoding(text), lang=language, desc="", text=text))
    frames += _chapters(timeline)
    if picture:
        frames.append(APIC(encoding=0, mime=MEDIA_TYPE, type=FRONT_COVER, desc="", data=picture))
    if plan:
        frames.append(PRIV(owner=OWNER, data=plan))
    return _tag(frames)


def track_tag(part: Chapter, number: int, count: int, album: str, language: str) -> bytes:
    """The tag of a chapter in a file of its own: only texts, for the oldest players."""
    from mutagen.id3 import TALB, TCON, TIT2, TLAN, TPE1, TPE2, TRCK, TYER

    texts = {TIT2: part.title, TPE1: ARTIST, TPE2: ARTIST, TALB: album, TRCK: f"{number}/{count}"}
    texts |= {TCON: GENRE, TYER: YEAR, TLAN: three_letters(language)}
    return _tag(_text(frame, text) for frame, text in texts.items())


def _chapters(timeline: Timeline) -> Iterator[Frame]:
    from mutagen.id3 import CHAP, CTOC, TIT2

    parts = chapters(timeline)
    names = [f"chapter{number}" for number in range(1, len(parts) + 1)]
    if names:
        yield CTOC(element_id="toc", flags=_TOP_LEVEL_ORDERED, child_element_ids=names)
    for name, part in zip(names, parts, strict=True):
        yield CHAP(
            element_id=name,
            start_time=part.start,
            end_time=part.end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[_text(TIT2, part.title)],
        )


def _tag(frames: Iterable[Frame]) -> bytes:
    """The frames in this order: mutagen sorts by size, and many players list chapters as found."""
    body = b"".join(_bytes(frame) for frame in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _bytes(frame: Frame) -> bytes:
    from mutagen.id3 import ID3

    tag, buffer = ID3(), io.BytesIO()
    tag.add(frame)
    tag.save(buffer, v1=0, v2_version=3, padding=lambda _info: 0)
    return buffer.getvalue()[_HEADER:]


def _text(frame: type[TextFrame], text: str) -> Frame:
    return frame(encoding=_encoding(text), text=text)


def _encoding(text: str) -> int:
    """Latin-1 where it is enough (every player reads it), else UTF-16."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return 1
    return 0
