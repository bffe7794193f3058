"""ID3v2.3 tags: title, artist, album, language, comment, chapters and the plan.

Chapters are CHAP frames (id3.org, "ID3v2 Chapter Frame Addendum") listed by one
CTOC frame: players ignore either one without the other.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.plan import OWNER
from audiocoach.language import three_letters
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import Timeline

if TYPE_CHECKING:
    from mutagen.id3 import Frame, TextFrame

ARTIST: Final = "audiocoach"

_HEADER: Final = 10
"""Bytes of the header of a tag."""
_NO_OFFSET: Final = 0xFFFFFFFF
_TOP_LEVEL_ORDERED: Final = 0b11


def id3(timeline: Timeline, comment: str = "", plan: bytes = b"") -> bytes:
    """The tag's bytes, to stand in front of the first frame."""
    from mutagen.id3 import CHAP, COMM, CTOC, PRIV, TALB, TIT2, TLAN, TLEN, TPE1

    language = three_letters(timeline.language)  # as ID3 wants it
    title, length = timeline.title, str(timeline.total // SAMPLES_PER_MS)
    texts = {TIT2: title, TPE1: ARTIST, TALB: title, TLAN: language, TLEN: length}
    frames: list[Frame] = [_text(frame, text) for frame, text in texts.items()]
    if comment:
        frames.append(COMM(encoding=_encoding(comment), lang=language, desc="", text=comment))
    parts = chapters(timeline)
    names = [f"chapter{number}" for number in range(1, len(parts) + 1)]
    if names:
        frames.append(CTOC(element_id="toc", flags=_TOP_LEVEL_ORDERED, child_element_ids=names))
    for name, part in zip(names, parts, strict=True):
        frames.append(
            CHAP(
                element_id=name,
                start_time=part.start,
                end_time=part.end,
                start_offset=_NO_OFFSET,
                end_offset=_NO_OFFSET,
                sub_frames=[_text(TIT2, part.title)],
            )
        )
    if plan:
        frames.append(PRIV(owner=OWNER, data=plan))
    return _tag(frames)


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
