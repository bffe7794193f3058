"""ID3v2.3 tags: title, artist, album, language, and a chapter for each section and exercise.

Chapters are CHAP frames (id3.org, "ID3v2 Chapter Frame Addendum") listed by one
CTOC frame: players ignore either one without the other.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from audiocoach.timeline.script import SAMPLES_PER_MS, MarkerKind
from audiocoach.timeline.timeline import Timeline

ARTIST: Final = "audiocoach"

# ID3 wants ISO 639-2 (three letters); routines carry ISO 639-1 tags.
_ISO_639_2: Final = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "nl": "nld",
    "pl": "pol",
    "pt": "por",
}
_NO_OFFSET: Final = 0xFFFFFFFF
_TOP_LEVEL_ORDERED: Final = 0b11
_CHAPTERS: Final = frozenset({MarkerKind.SECTION, MarkerKind.EXERCISE})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the session with a title; times in ms."""

    title: str
    start: int
    end: int


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """The chapters of a session, without holes: each ends where the next begins."""
    marks = [mark for mark in timeline.markers if mark.marker.kind in _CHAPTERS]
    ends = [*(mark.at for mark in marks[1:]), timeline.total]
    return tuple(
        Chapter(_titled(mark.marker.title), mark.at // SAMPLES_PER_MS, end // SAMPLES_PER_MS)
        for mark, end in zip(marks, ends, strict=True)
    )


def id3(timeline: Timeline, comment: str = "") -> bytes:
    """The tag's bytes, to stand in front of the first frame."""
    from mutagen.id3 import CHAP, COMM, CTOC, ID3, TALB, TIT2, TLAN, TLEN, TPE1

    tag = ID3()
    base = timeline.language.partition("-")[0]
    language = _ISO_639_2.get(base, base if len(base) == 3 else "und")
    tag.add(TIT2(encoding=_encoding(timeline.title), text=timeline.title))
    tag.add(TPE1(encoding=0, text=ARTIST))
    tag.add(TALB(encoding=_encoding(timeline.title), text=timeline.title))
    tag.add(TLAN(encoding=0, text=language))
    tag.add(TLEN(encoding=0, text=str(timeline.total // SAMPLES_PER_MS)))
    if comment:
        tag.add(COMM(encoding=_encoding(comment), lang=language, desc="", text=comment))
    parts = chapters(timeline)
    names = [f"chapter{number}" for number in range(1, len(parts) + 1)]
    tag.add(CTOC(element_id="toc", flags=_TOP_LEVEL_ORDERED, child_element_ids=names))
    for name, part in zip(names, parts, strict=True):
        title = TIT2(encoding=_encoding(part.title), text=part.title)
        tag.add(
            CHAP(
                element_id=name,
                start_time=part.start,
                end_time=part.end,
                start_offset=_NO_OFFSET,
                end_offset=_NO_OFFSET,
                sub_frames=[title],
            )
        )
    buffer = io.BytesIO()
    tag.save(buffer, v1=0, v2_version=3, padding=lambda _info: 0)
    return buffer.getvalue()


def _encoding(text: str) -> int:
    """Latin-1 where it is enough (every player reads it), else UTF-16."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return 1
    return 0


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]
