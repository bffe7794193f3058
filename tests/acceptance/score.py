"""The score of a session: which words have to be heard, in which order, how far apart.

A score is laid over what was heard, and each check is a function from that to a list of
findings. Nothing here knows audiocoach: what is expected is written down by hand, and what was
heard comes from a decoder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import fmean, median

import numpy as np
from ears import (
    LONGEST_WORD_MS,
    MS,
    NUMBERS,
    STOCK,
    UNKNOWN,
    Ears,
    Grammar,
    Level,
    Pcm,
    Segment,
    envelope,
    knows,
    segments_of,
)
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from pulse import Pulse, beats_of, pulse_of, rough_beat

Finding = str

EXACT = 0.010
"""Seconds a count may be beside its beat, as heard."""
ROUGH = 0.2
"""Seconds within which a sound is taken for the count meant; then it is measured."""
UNSURE = 0.035
"""Seconds by which two measures of the beat of a word may differ."""
SILENCE_DBFS = -80.0
DECAYED_DBFS = -30.0
"""The voice itself stops at up to -37 dBFS, at the end of an "n"; a word is at -12."""
LONGEST_SILENCE = 20.0
_SENTENCE_PAUSE_MS = 300
_REMARKS_FROM = 30.0
"""Seconds; in a time so long a word on form or breath may be heard between the calls."""
_ONE_WORD = 2
"""A saying is words and a number."""
_LONGEST_TELLING = 300.0
"""Seconds in which an exercise is told, and people get there."""
_LONGEST_START = 20.0
"""Seconds for a sentence that leads into a position, and for what it asks for."""
_TAIL_MS = 35


@dataclass(frozen=True)
class Slot:
    """A stock word that has to be heard, and how long after the slot before it."""

    word: str
    least: float
    most: float
    part: str
    required: bool = True
    alone: bool = False
    """Nothing else is to be heard since the slot before it."""
    leads: bool = False
    """It leads into a position: how the exercise is told may say the same."""


@dataclass(frozen=True)
class Measure:
    """Slots that stand on exact beats from its first one."""

    name: str
    beats: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Rhythm:
    """Slots at equal distances, each from `least` to `most` seconds."""

    name: str
    slots: list[int]
    least: float
    most: float


@dataclass(frozen=True)
class Span:
    """What lasts from `least` to `most` seconds, from one slot to another."""

    name: str
    first: int
    last: int
    least: float
    most: float

    @property
    def rigid(self) -> bool:
        return self.least == self.most


@dataclass
class Score:
    """All slots of a session in order, and what is measured on them."""

    slots: list[Slot] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    closed: list[tuple[str, int, int]] = field(default_factory=list)
    """Stretches from one slot to another in which nothing else may be heard."""
    announced: list[int] = field(default_factory=list)
    """Slots before which more may be said where there is time: the rep's number, encouragement."""
    rhythms: list[Rhythm] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    rests: list[tuple[int, int, int]] = field(default_factory=list)
    """The end of a bout, the seconds spoken, the next bout."""
    warnings: list[tuple[str, int]] = field(default_factory=list)
    """What is said before a count-in: the side, another way, or just "ready"."""

    def add(self, word: str, least: float, most: float, part: str, *, required: bool = True) -> int:
        self.slots.append(Slot(word, least, most, part, required))
        return len(self.slots) - 1

    def then(self, word: str, least: float, most: float, part: str) -> int:
        """A word with nothing else between it and the one before."""
        self.slots.append(Slot(word, least, most, part, alone=True))
        return len(self.slots) - 1

    def beat(self, word: str, seconds: float, part: str) -> int:
        return self.then(word, seconds, seconds, part)

    def count_in(
        self,
        part: str,
        action: str,
        side: str = "",
        start: Sequence[str] = (),
        ready: str = "ready",
    ) -> int:
        """Ready, three, two, one, and the action word on the beat; `side` is "right leg", say.

        `start` is what leads into the position, up to a pause each: nothing else is heard
        between "ready" and "three".
        """
        warning = self.add(ready, 1.0, _LONGEST_TELLING, part)
        if side:  # "Ready: right leg." is two sounds, with a pause between
            warning = self.then(side, 0.2, 1.5, part)
        told = side.split(maxsplit=1)[0] if side else ready.rsplit(maxsplit=1)[-1]
        self.warnings.append((told, warning))
        for sentence in start:
            slot = Slot(sentence, 0.5, _LONGEST_START, part, alone=True, leads=True)
            self.slots.append(slot)
        # From the first word of a sentence of up to 3 s, or of just "ready".
        three = self.then("three", 1.0, 8.0 if start else 6.0, part)
        return self.counted_down(part, action, three)

    def counted_down(self, part: str, action: str, three: int) -> int:
        two = self.beat("two", 1.0, part)
        one = self.beat("one", 1.0, part)
        act = self.beat(action, 1.0, part)
        beats = ((three, 0.0), (two, 1.0), (one, 2.0), (act, 3.0))
        self.measures.append(Measure(f"{part}: count-in", beats))
        self.closed.append((f"{part}: count-in", three, act))
        return act

    def calls(
        self,
        name: str,
        start: int,
        calls: Sequence[tuple[float, str]],
        *,
        announced: str = "",
        late: bool = False,
    ) -> int:
        """Calls on their seconds after `start`, the last of them the end, and else only remarks.

        But an announcement may follow the first word, or all the calls if it comes `late`, at no
        second of its own.
        """
        part = self.slots[start].part
        ends = calls[-1][0]
        long = ends >= _REMARKS_FROM
        slot_for = self.add if long else self.then
        beats, earliest, latest = [(start, 0.0)], 0.0, 0.0
        if announced and not late:
            earliest, latest = 0.4, 4.0
            self.then(announced, earliest, latest, part)
        for at, word in calls:
            if announced and late and at == ends:
                begins = (at - 2.5, at - 0.3)
                self.then(announced, begins[0] - latest, begins[1] - earliest, part)
                earliest, latest = begins
            slot = slot_for(word, at - latest, at - earliest, part)
            beats.append((slot, at))
            earliest = latest = at
        self.measures.append(Measure(name, tuple(beats)))
        if not long:
            self.closed.append((name, start, beats[-1][0]))
        return beats[-1][0]


# --- Laying the score over what was heard -----------------------------------------------------

_REACH = 60
"""Segments that may lie between two slots: the instructions of an exercise are about 25."""
_SKIPS = 3
_MISSING, _WRONG, _UNSURE, _PASSED, _CROWDED = 1.0, 0.7, 0.3, 0.02, 0.2
_BESIDE = 2.0
"""The price of a second beside a beat, up to `ROUGH`: of two places, the exact one is meant."""


@dataclass
class Heard:
    """A session as heard: its segments and, for each slot, the segment that fills it."""

    score: Score
    segments: list[Segment]
    samples: int
    filled: list[int | None]
    sounds: list[int] = field(default_factory=list)
    words: list[str] | None = None
    level: Level = field(default_factory=lambda: np.empty(0))
    """Of each millisecond, where the sound itself is to be checked."""
    pulse: Pulse = field(default_factory=lambda: Pulse((), {}, {}))
    counts: list[int] = field(default_factory=list)
    """The segments with which three in a row, a second apart, begin, that no slot asks for."""

    def time(self, slot: int) -> float | None:
        """When the beat of a word is heard."""
        segment = self.filled[slot]
        if segment is None:
            return None
        return self.segments[segment].at + self.pulse.after(slot)

    @property
    def unasked(self) -> list[int]:
        taken = set(self.filled)
        return [n for n in range(len(self.segments)) if n not in taken]


def listen(pcm: Pcm, score: Score, ears: Ears, *, words: bool = False) -> Heard:
    """Hear a session; without `words`, by times alone."""
    level = envelope(pcm)
    segments = segments_of(level)
    sounds = [ears.sound_of(pcm, segment) for segment in segments]
    said = [ears.word_of(sound) for sound in sounds] if words else None
    heard = heard_by_times(pcm, score, segments, said)
    return replace(heard, sounds=sounds, words=said, level=level)


def heard_by_times(
    pcm: Pcm, score: Score, segments: list[Segment], words: list[str] | None = None
) -> Heard:
    """What is heard without comparing sounds."""
    times = np.array([segment.at + rough_beat(pcm, segment) for segment in segments])
    filled = lay(score, times, words)
    heard = Heard(score, segments, len(pcm), filled)
    heard.pulse = pulse_of(pcm, score, segments, filled)
    heard.counts = _other_counts(pcm, heard)
    return heard


def _other_counts(pcm: Pcm, heard: Heard) -> list[int]:
    """The first of three words in a row that no slot asks for, their beats a second apart."""
    words = [n for n in heard.unasked if _is_word(heard.segments[n])]
    known = [heard.segments[n] for n in words]
    found = []
    for n in words:
        segment = heard.segments[n]
        near = [
            [other for other in known if abs(other.at - segment.at - later) <= ROUGH]
            for later in (1, 2)
        ]
        if all(near):
            at = _beat_at(pcm, segment)
            beats = [
                [_beat_at(pcm, other) - at - n for other in each] for n, each in enumerate(near, 1)
            ]
            if all(any(abs(beside) <= UNSURE for beside in each) for each in beats):
                found.append(n)
    return found


def _is_word(segment: Segment) -> bool:
    return segment.end - segment.start <= LONGEST_WORD_MS


def _beat_at(pcm: Pcm, segment: Segment) -> float:
    return segment.at + fmean(beats_of(pcm, segment))


def lay(
    score: Score, times: NDArray[np.float64], words: list[str] | None = None
) -> list[int | None]:
    """The segment that fills each slot, by about when the beat of each is heard."""
    filled = align(score.slots, times, words)
    slots = list(score.slots)
    for rhythm in score.rhythms:
        found = [n for slot in rhythm.slots if (n := filled[slot]) is not None]
        _at_its_pace(rhythm, slots, times[found])
    return filled if slots == score.slots else align(slots, times, words)


def _at_its_pace(rhythm: Rhythm, slots: list[Slot], times: NDArray[np.float64]) -> None:
    """The pace of a block of counted reps is now known, whatever it is."""
    pace = float(np.median(np.diff(times))) if len(times) > 1 else rhythm.least
    for before, slot in pairwise(rhythm.slots):
        if slot == before + 1:
            slots[slot] = replace(slots[slot], least=pace, most=pace)


def align(
    slots: list[Slot], times: NDArray[np.float64], words: list[str] | None
) -> list[int | None]:
    """For each slot the segment that fits best by time and word, in order.

    The cheapest path: a wrong word, a wrong time or an empty slot each have their price, so
    that no single one of them can throw the rest off. Times far off cost most; a few
    hundredths of a second cost next to nothing here, they are measured afterwards.
    """
    count = len(times)
    cost = np.full((len(slots), count), np.inf)
    back = np.zeros((len(slots), count, 2), np.int32)
    steps = np.arange(1, _REACH + 1)
    before = np.arange(count)[:, None] - steps[None, :]
    gaps = times[:, None] - times[np.maximum(before, 0)]

    @lru_cache(64)  # most slots are as far apart as others, and that is most of the work
    def time_cost(least: float, most: float) -> Level:
        beside = np.maximum(np.maximum(gaps - most, least - gaps) - EXACT, 0.0)
        late = beside - ROUGH
        far = 0.5 + np.minimum(4 * late, 4.0)
        return np.asarray(np.where(late > 0, far, _BESIDE * beside))

    for n, slot in enumerate(slots):
        own = _word_cost(slot, words, count)
        if n <= _SKIPS:
            cost[n] = own + n * _MISSING + _PASSED * np.arange(count)
            back[n, :, 0] = -1
        passed = (_CROWDED if slot.alone else _PASSED) * (steps - 1)
        least, most, price = 0.0, 0.0, 0.0
        for skipped in range(min(n, _SKIPS + 1)):
            least += slots[n - skipped].least
            most += slots[n - skipped].most
            if skipped:
                price += _MISSING if slots[n - skipped].required else _PASSED
            earlier = np.pad(cost[n - skipped - 1], (_REACH, 0), constant_values=np.inf)[:-1]
            total = sliding_window_view(earlier, _REACH)[:, ::-1] + time_cost(least, most)
            total += passed
            best = np.argmin(total, axis=1)
            value = total[np.arange(count), best] + price + own
            better = value < cost[n]
            cost[n, better] = value[better]
            back[n, better, 0] = skipped + 1
            back[n, better, 1] = before[np.arange(count), best][better]
    filled: list[int | None] = [None] * len(slots)
    last = min(
        range(len(slots) - _SKIPS - 1, len(slots)),
        key=lambda n: cost[n].min() + (len(slots) - 1 - n) * _MISSING,
    )
    n, segment = last, int(np.argmin(cost[last]))
    while True:
        filled[n] = segment
        skip, segment = (int(v) for v in back[n, segment])
        if skip < 0:
            return filled
        n -= skip


def _word_cost(slot: Slot, words: list[str] | None, count: int) -> Level:
    if words is None:
        return np.full(count, _UNSURE)
    fits = [_fits(slot.word, word) for word in words]
    return np.where(fits, 0.0, [_UNSURE if word == UNKNOWN else _WRONG for word in words])


def _fits(expected: str, heard: str) -> bool:
    if expected.endswith("seconds"):  # which number, the rest itself is held against
        return heard.endswith("seconds")
    return expected == heard


# --- Checks of the beats: no words needed -----------------------------------------------------


def check_every_slot(heard: Heard) -> list[Finding]:
    """Every word there has to be is there, give or take its wording."""
    return [
        f"{slot.part}: no “{slot.word}” after {clock(_last_time(heard, n))}"
        for n, slot in enumerate(heard.score.slots)
        if heard.filled[n] is None and slot.required
    ]


def check_beats(heard: Heard) -> list[Finding]:
    """Holds, walks and count-ins: each count within 10 ms of its beat."""
    return [
        f"{name}: “{heard.score.slots[slot].word}” {error * 1000:+.0f} ms at {clock(at)}"
        for name, slot, at, error in beat_errors(heard)
        if abs(error) > EXACT
    ]


def beat_errors(heard: Heard) -> Iterator[tuple[str, int, float, float]]:
    for measure in heard.score.measures:
        times = [(slot, beat, heard.time(slot)) for slot, beat in measure.beats]
        known = [(slot, beat, at) for slot, beat, at in times if at is not None]
        if not known:
            continue
        zero = median(at - beat for _, beat, at in known)
        for slot, beat, at in known:
            yield measure.name, slot, at, at - zero - beat


def check_pulse(heard: Heard) -> list[Finding]:
    """The beat of each word is where two measures hear it, as far as these agree.

    A constant is nobody's: what counts is that no word is sooner or later than the others. Marcus
    measured words of one syllable: in "heels down" he hears the louder vowel, the second.
    """
    findings = []
    pulse = heard.pulse
    on_beats = {pulse.sayings[n] for measure in heard.score.measures for n, _ in measure.beats}
    for number, name in enumerate(("Cummins and Port", "Marcus")):
        beside = {
            word: pulse.placed[word] - pulse.measured[word][number]
            for word in on_beats & pulse.measured.keys()
            if name != "Marcus" or len(word.split()) == _ONE_WORD
        }
        usual = median(beside.values())
        findings += [
            f"“{word}” is {(off - usual) * 1000:+.0f} ms beside its beat by {name}"
            for word, off in sorted(beside.items())
            if abs(off - usual) > UNSURE
        ]
    return findings


def check_rhythms(heard: Heard) -> list[Finding]:
    """What has no prescribed length: inside its limits, and each time alike."""
    findings = []
    for rhythm in heard.score.rhythms:
        times = [heard.time(slot) for slot in rhythm.slots]
        known = [(n, at) for n, at in enumerate(times) if at is not None]
        pace = (known[-1][1] - known[0][1]) / (known[-1][0] - known[0][0])
        if not rhythm.least - EXACT <= pace <= rhythm.most + EXACT:
            findings.append(f"{rhythm.name}: {pace:.2f} s each")
        errors = [(n, at, at - known[0][1] - n * pace) for n, at in known]
        findings += [
            f"{rhythm.name}: count {n} {error * 1000:+.0f} ms at {clock(at)}"
            for n, at, error in errors
            if abs(error) > EXACT
        ]
    return findings


def check_spans(heard: Heard) -> list[Finding]:
    """Prescribed ranges: never shorter, never longer."""
    findings = []
    for span in heard.score.spans:
        start, end = heard.time(span.first), heard.time(span.last)
        if start is None or end is None:
            continue
        if not span.least - EXACT <= end - start <= span.most + EXACT:
            findings.append(f"{span.name}: {end - start:.3f} s at {clock(start)}")
    return findings


def check_nothing_extra(heard: Heard) -> list[Finding]:
    """No sound within a count or between repetitions that is not on the score."""
    findings = []
    announced = {heard.filled[slot] for slot in heard.score.announced}
    for name, first, last in heard.score.closed:
        start, end = heard.time(first), heard.time(last)
        if start is not None and end is not None:
            findings += [
                f"{name}: an unasked sound at {clock(heard.segments[n].at)}"
                for n in heard.unasked
                if start < heard.segments[n].at < end and n + 1 not in announced
            ]
    return findings


def check_no_other_count(heard: Heard) -> list[Finding]:
    """No count anywhere else: three sounds in a row, a second apart, that are no one's."""
    return [f"an unasked count at {clock(heard.segments[n].at)}" for n in heard.counts]


def check_not_again(heard: Heard) -> list[Finding]:
    """What is asked for more than once is not heard once more elsewhere: a rep, a side, a bout.

    Bare numbers may be: "One, two, three, two and one minutes"; so may what leads into a position.
    """
    filled = [
        (heard.sounds[segment], slot.word)
        for slot, segment in zip(heard.score.slots, heard.filled, strict=True)
        if segment is not None and slot.word not in NUMBERS and not slot.leads
    ]
    asked = {pair[0]: pair[1] for pair, times in Counter(filled).items() if times > 1}
    return [
        f"“{asked[heard.sounds[n]]}” once more at {clock(heard.segments[n].at)}"
        for n in heard.unasked
        if heard.sounds[n] in asked
    ]


def check_same_sounds(heard: Heard) -> list[Finding]:
    """The same word sounds the same everywhere: a slot filled by another word's sound is wrong."""
    votes: dict[int, Counter[str]] = {}
    filled = [(slot, segment) for slot, segment in enumerate(heard.filled) if segment is not None]
    for slot, segment in filled:
        votes.setdefault(heard.sounds[segment], Counter())[heard.score.slots[slot].word] += 1
    findings = []
    for slot, segment in filled:
        usual, times = votes[heard.sounds[segment]].most_common(1)[0]
        word = heard.score.slots[slot].word
        if usual != word and times > 1:
            at = clock(heard.segments[segment].at)
            findings.append(f"“{word}” sounds like “{usual}” at {at}")
    return findings


# --- Checks of the words ----------------------------------------------------------------------


def check_words(heard: Heard, grammar: Grammar = STOCK) -> list[Finding]:
    """97 of 100 words are recognised; no two neighbouring words have changed places.

    Words the grammar does not know are left out.
    """
    assert heard.words is not None
    pairs = [
        (slot.word, heard.words[segment], heard.segments[segment].at)
        for slot, segment in zip(heard.score.slots, heard.filled, strict=True)
        if segment is not None and knows(grammar, slot.word)
    ]
    wrong = [pair for pair in pairs if not _fits(pair[0], pair[1])]
    findings = [
        f"“{other[0]}” and “{one[0]}” changed places at {clock(one[2])}"
        for one, other in pairwise(wrong)
        if one[:2] == other[1::-1] and other[2] - one[2] < 10
    ]
    if len(wrong) > 0.03 * len(pairs):
        summary = Counter(f"“{word}” heard as “{said}”" for word, said, _ in wrong)
        findings.append(f"{len(wrong)} of {len(pairs)} words not recognised: {dict(summary)}")
    return findings


def check_warnings(heard: Heard) -> list[Finding]:
    """Each first count-in is preceded by "ready", with the side: right before left.

    Said on its own: words that run into the sentence before them are not found here.
    """
    assert heard.words is not None
    findings = []
    for word, slot in heard.score.warnings:
        segment = heard.filled[slot]
        said = "nothing" if segment is None else heard.words[segment]
        if word not in said.split():
            part, at = heard.score.slots[slot].part, clock(heard.time(slot) or 0.0)
            findings.append(f"{part}: no “{word}” of its own before the count-in, after {at}")
    return findings


def check_silences(heard: Heard, longest: float = LONGEST_SILENCE) -> list[Finding]:
    """Never more than 20 s without a sound, or as long as was asked for."""
    edges = [0, *(edge for s in heard.segments for edge in (s.start, s.end)), heard.samples // MS]
    return [
        f"{(start - end) / 1000:.1f} s of silence at {clock(end / 1000)}"
        for end, start in zip(edges[::2], edges[1::2], strict=True)
        if start - end > longest * 1000
    ]


def check_endings(heard: Heard) -> list[Finding]:
    """Each sound dies away before it stops, and true silence follows until the next one.

    The pauses within a sentence are the voice's own.
    """
    findings = []
    starts = [segment.start for segment in heard.segments[1:]] + [heard.samples // MS]
    for segment, start in zip(heard.segments, starts, strict=True):
        if start - segment.end < _SENTENCE_PAUSE_MS:
            continue
        quiet = np.flatnonzero(heard.level[segment.end - 1 : start] <= SILENCE_DBFS)
        stop = segment.end - 1 + (int(quiet[0]) if len(quiet) else 0)
        last = heard.level[stop - 1]
        if last > DECAYED_DBFS:
            findings.append(f"cut off at {last:.0f} dBFS at {clock(stop / 1000)}")
        gap = heard.level[segment.end + _TAIL_MS : start - _TAIL_MS]
        if len(gap) and gap.max() > SILENCE_DBFS:
            findings.append(f"no silence after {clock(segment.end / 1000)}")
    return findings


def check_chapters(heard: Heard, chapters: Sequence[float]) -> list[Finding]:
    """A chapter starts with a sound, or with the file."""
    onsets = np.array([0.0, *(segment.at for segment in heard.segments)])
    return [
        f"a chapter at {clock(chapter)}, {off * 1000:.0f} ms from a sound"
        for chapter in chapters
        if (off := float(np.abs(onsets - chapter).min())) > 0.005
    ]


def clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:06.3f}"


def _last_time(heard: Heard, slot: int) -> float:
    return max((at for n in range(slot) if (at := heard.time(n)) is not None), default=0.0)
