"""How a session is narrated, in figures: how fast, with which pauses, how often in the same words.

A word is what stands between two spaces. Figures to compare with are in `docs/architecture.md`,
"How a session is narrated".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median_low
from typing import Final

from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, CueKind, MarkerKind, Utterance
from audiocoach.timeline.timeline import PlacedCue, Timeline

SENTENCE_FROM: Final = 6
"""In words; anything shorter is a call, and is spoken more slowly."""
_TELLING_FROM: Final = 20
"""Words that follow one another, so that one can speak of a pace."""
_ONE_TELLING_MS: Final = 3_000
"""A longer pause is time to do something."""
_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_TOLD: Final = (
    *(CueKind.WELCOME, CueKind.NAME, CueKind.SET_UP, CueKind.INSTRUCTION),
    *(CueKind.SAFETY, CueKind.CLOSE),
)
MOVEMENT: Final = ("setup", "eyes_free", "movement", "start")
"""The fields whose sentences have to be understood as a movement."""


@dataclass(frozen=True, slots=True)
class Told:
    """Figures of one session; rates are words a minute, lengths ms, 0 where there is nothing."""

    length: int
    in_sentences: int
    """Within sentences: how fast the voice speaks."""
    in_tellings: int
    """Within an explanation, pauses included."""
    overall: int
    after_movement: int
    """The median pause after a sentence that describes a movement."""
    silence: int
    """The longest silence."""
    silence_at: int
    """Where the longest silence begins."""
    cues: int
    """The spoken cues."""
    numbers: int
    """The percentage of cues that are bare numbers or time left."""
    repeats: int
    """How many of the other cues repeat words heard before."""
    most: str
    """The wording that is heard most often, not counting numbers."""
    most_often: int


def told(timeline: Timeline) -> Told:
    """The figures of a session."""
    cues = timeline.cues
    spoken = [cue for cue in cues if isinstance(cue.sound, Utterance)]
    wordings = Counter(_text(cue) for cue in spoken if cue.cue.kind not in _NUMBERS)
    most, often = wordings.most_common(1)[0] if wordings else ("", 0)
    silence, at = _longest_silence(timeline)
    return Told(
        length=timeline.total // SAMPLES_PER_MS,
        in_sentences=_rate((_words(cue), cue.length) for cue in spoken if _is_sentence(cue)),
        in_tellings=_rate(_tellings(spoken)),
        overall=_rate([(sum(map(_words, spoken)), timeline.total)]),
        after_movement=_after_movement(cues),
        silence=silence,
        silence_at=at,
        cues=len(spoken),
        numbers=round(100 * (len(spoken) - wordings.total()) / len(spoken)) if spoken else 0,
        repeats=wordings.total() - len(wordings),
        most=most,
        most_often=often,
    )


def _text(cue: PlacedCue) -> str:
    return cue.sound.text if isinstance(cue.sound, Utterance) else ""


def _words(cue: PlacedCue) -> int:
    return len(_text(cue).split())


def _is_sentence(cue: PlacedCue) -> bool:
    return _words(cue) >= SENTENCE_FROM


def _rate(parts: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> int:
    """Words a minute of all parts together: words, and samples."""
    found = list(parts)
    samples = sum(length for _, length in found)
    return round(60 * SAMPLE_RATE * sum(words for words, _ in found) / samples) if samples else 0


def _tellings(spoken: Sequence[PlacedCue]) -> Iterator[tuple[int, int]]:
    """The words and the samples of each telling."""
    run: list[PlacedCue] = []
    for cue in (*spoken, None):
        near = run and cue and cue.start - run[-1].end <= _ONE_TELLING_MS * SAMPLES_PER_MS
        if cue and cue.cue.kind in _TOLD and (near or not run):
            run.append(cue)
            continue
        words = sum(map(_words, run))
        if words >= _TELLING_FROM:
            yield words, run[-1].end - run[0].start
        run = [cue] if cue and cue.cue.kind in _TOLD else []


def _after_movement(cues: Sequence[PlacedCue]) -> int:
    pauses = [
        following.start - cue.end
        for cue, following in pairwise(cues)
        if cue.cue.origin.field in MOVEMENT and _words(cue)
    ]
    return median_low(pauses) // SAMPLES_PER_MS if pauses else 0


def silences(timeline: Timeline) -> dict[int, int]:
    """The longest time without speech (ms) in each exercise, by its number; chimes don't count as
    speech.

    Taken over all its turns, and the rest of a round that it ends.
    """
    found: defaultdict[int, int] = defaultdict(int)
    number = 0
    for part in outline(timeline):
        spoken = [(cue.start, cue.end) for cue in part.cues if isinstance(cue.sound, Utterance)]
        edges = chain([(part.start, part.start)], spoken, [(part.end, part.end)])
        longest = max(start - end for (_, end), (start, _) in pairwise(edges))
        if part.kind is not MarkerKind.ROUND:
            number = part.address.exercise
        found[number] = max(found[number], longest // SAMPLES_PER_MS)
    return {number: longest for number, longest in found.items() if number}


def _longest_silence(timeline: Timeline) -> tuple[int, int]:
    """Its length and its place (ms)."""
    ends = [0, *(cue.end for cue in timeline.cues)]
    starts = [*(cue.start for cue in timeline.cues), timeline.total]
    length, at = max((start - end, -end) for end, start in zip(ends, starts, strict=True))
    return length // SAMPLES_PER_MS, -at // SAMPLES_PER_MS
