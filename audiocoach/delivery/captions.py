"""Captions: what is heard, as WebVTT, SubRip and LRC, with a caption for each cue.

A caption stays after its words until the next one, but not for long: without that, a count would be
gone before it is read; and a sentence that stayed through a hold would describe what is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import sound_text
from audiocoach.timeline.script import SAMPLES_PER_MS, CueKind, Utterance
from audiocoach.timeline.timeline import Timeline

_COUNTS: Final = frozenset({CueKind.COUNT, CueKind.COUNTDOWN, CueKind.ACTION, CueKind.REP})
_STAYS: Final = 2_000
"""How long (ms) a caption stays after its words; our own judgement."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text and when it is shown (ms)."""

    start: int
    end: int
    text: str


def captions(timeline: Timeline) -> tuple[Caption, ...]:
    """What is heard, in order; chimes are named in brackets. No two overlap."""
    phrases = phrases_for(timeline.language)
    starts = [cue.start // SAMPLES_PER_MS for cue in timeline.cues]
    ends = [*starts, timeline.total // SAMPLES_PER_MS][1:]
    return tuple(
        Caption(start, min(cue.end // SAMPLES_PER_MS + _STAYS, end), _shown(text, cue.sound))
        for cue, start, end in zip(timeline.cues, starts, ends, strict=True)
        for text in [sound_text(phrases, cue.sound)]
    )


def _shown(text: str, sound: object) -> str:
    words = " ".join(text.split())
    return words if isinstance(sound, Utterance) else f"[{words}]"


def vtt(timeline: Timeline) -> str:
    """WebVTT (W3C); the exercise a caption belongs to is not repeated in it."""
    return "WEBVTT\n\nNOTE audiocoach\n\n" + "\n".join(
        f"{_clock(each.start, '.')} --> {_clock(each.end, '.')}\n{escape(each.text, quote=False)}\n"
        for each in captions(timeline)
    )


def srt(timeline: Timeline) -> str:
    """SubRip, which has no standard: what VLC, ffmpeg and pysubs2 read.

    It has no comments either: numbers of four digits are what tells ours from others.
    """
    return "\n".join(
        f"{number:04}\n{_clock(each.start, ',')} --> {_clock(each.end, ',')}\n{each.text}\n"
        for number, each in enumerate(captions(timeline), start=1)
    )


def lrc(timeline: Timeline) -> str:
    """LRC, the lyrics of music players, in hundredths of a second; an empty line ends a caption."""
    return "".join(f"{line}\n" for line in _lrc_lines(timeline))


def lyrics(timeline: Timeline) -> str:
    """What is heard, without times: a line for each sentence, and one for each run of counts."""
    lines: list[str] = []
    counting = False
    for cue, caption in zip(timeline.cues, captions(timeline), strict=True):
        counts = cue.cue.kind in _COUNTS
        if counting and counts:
            lines[-1] += f" {caption.text}"
        else:
            lines.append(caption.text)
        counting = counts
    return "\n".join(lines)


def _lrc_lines(timeline: Timeline) -> Iterator[str]:
    length = timeline.total // SAMPLES_PER_MS
    yield f"[ti:{timeline.title.replace(']', ')')}]"
    yield "[by:audiocoach]"
    yield f"[length:{length // 60_000:02d}:{length // 1000 % 60:02d}]"
    shown = captions(timeline)
    for each, following in pairwise([*shown, Caption(length, length, "")]):
        yield f"[{_hundredths(each.start)}]{each.text}"
        if each.end < following.start:
            yield f"[{_hundredths(each.end)}]"


def _clock(ms: int, point: str) -> str:
    """`00:01:22.040`."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{ms:03d}"


def _hundredths(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}.{ms % 1000 // 10:02d}"
