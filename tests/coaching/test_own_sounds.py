"""The user's own sounds inside a held or worked time: when they are heard, and what gives way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sounds import gong
from strategies import clip_lengths

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.routine.load import loads
from audiocoach.routine.recordings import Recording
from audiocoach.routine.translate import translate
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.placing import BEAT_MS, on_beats
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    Chime,
    CueKind,
    Interval,
    IntervalKind,
    Utterance,
)
from audiocoach.timeline.timeline import LeftOut, PlacedCue

QUIET = Coaching(max_silence=0, warn_at=(), halfway=False)
WORD = 60 * SAMPLES_PER_MS
"""So long after its start a word is heard to fall; a bell is heard at once."""


def timeline(
    folder: Path, dose: str, coaching: Coaching = QUIET, language: str = "en", more: str = ""
) -> Timeline:
    """The session of one exercise, its words placed by their beats as in a build."""
    routine = loads(
        f"title: T\nlanguage: en\nexercises:\n  - {{name: a, {dose}}}\n{more}", folder=folder
    )
    script = compile_script(translate(routine, language), coaching)
    beats = {sound: WORD * isinstance(sound, Utterance) for sound in on_beats(script)}
    return fit(script, clip_lengths(script.sounds(), 0), None, beats)


def sounds(of: Timeline) -> list[PlacedCue]:
    return [cue for cue in of.cues if isinstance(cue.sound, Recording)]


def instants(of: Timeline) -> list[list[float]]:
    """When (s) they are heard in each held or worked time, from its beginning.

    What is placed by its beat begins `BEAT_MS` late where it is heard at once.
    """
    times = [
        (span.start, span.start + span.length)
        for span in of.spans
        if isinstance(span.item, Interval)
        and span.item.kind in (IntervalKind.HOLD, IntervalKind.WORK)
    ]
    late = BEAT_MS * SAMPLES_PER_MS
    found = [
        [
            (cue.start - start - late) / SAMPLE_RATE
            for cue in sounds(of)
            if start <= cue.start and cue.end <= end
        ]
        for start, end in times
    ]
    assert sum(map(len, found)) == len(sounds(of))
    return found


def said(of: Timeline, text: str) -> PlacedCue:
    (found,) = [
        cue for cue in of.cues if isinstance(cue.sound, Utterance) and cue.sound.text == text
    ]
    return found


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        ("hold: 3min, bell: {every: 60s, sound: gong.wav}", [[60.0, 120.0]]),
        ("hold: 3min, bell: {at: [1min, -20s], sound: gong.wav}", [[60.0, 160.0]]),
        ("work: 100s, cues: [{at: 30s, sound: gong.wav}]", [[30.0]]),
        ("hold: 40s, cues: [{at: -15s, sound: gong.wav}]", [[25.0]]),
        (
            "hold: 40s, sets: 2, rest: 20s, cues: [{at: 9s, sound: gong.wav, set: 2}]",
            [[], [9.0]],
        ),
        ("every: 30s, reps: 3, sets: 2, bell: {at: 15s, sound: gong.wav}", [[15.0], [15.0]]),
    ],
)
def test_it_is_heard_at_its_instants(
    dose: str, expected: list[list[float]], tmp_path: Path
) -> None:
    gong(tmp_path, seconds=2)
    of = timeline(tmp_path, dose)
    assert instants(of) == expected
    assert not of.notes


@pytest.mark.parametrize(
    ("dose", "ringing"),
    [
        ("bell: {every: 60s, sound: gong.wav}", 6.0),
        ("bell: every 60s", 1.488),
    ],
)
def test_words_at_its_instant_come_when_it_is_over(
    dose: str, ringing: float, tmp_path: Path
) -> None:
    gong(tmp_path, seconds=6)
    of = timeline(tmp_path, f"hold: 3min, {dose}, cues: [{{at: 1min, say: Soften}}]")
    assert not of.notes
    first = next(cue for cue in of.cues if cue.cue.kind is CueKind.CHIME and cue.sound in rings(of))
    assert first.length / SAMPLE_RATE == pytest.approx(ringing, abs=0.024)
    assert first.end < said(of, "Soften.").start < first.end + SAMPLE_RATE // 2


def rings(of: Timeline) -> set[object]:
    return {Chime.BELL, *(cue.sound for cue in sounds(of))}


@pytest.mark.parametrize(
    ("dose", "beside"),
    [
        ("hold: 10s, cues: [{at: 5s, sound: gong.wav}]", "Five."),
        ("hold: 20s, bell: {at: 9s, sound: gong.wav}", "Halfway."),
        ("hold: 60s, bell: {at: -12s, sound: gong.wav}", "Ten seconds."),
    ],
)
def test_it_never_covers_a_count_and_a_note_says_so(dose: str, beside: str, tmp_path: Path) -> None:
    gong(tmp_path, seconds=3)
    of = timeline(tmp_path, dose, Coaching())
    assert not sounds(of)
    (note,) = of.notes
    assert isinstance(note, LeftOut)
    assert isinstance(note.sound, Recording)
    assert isinstance(note.beside, Utterance)
    assert note.beside.text == beside
    assert note.matters_less
    assert note.line == 4


def test_without_chimes_a_bell_is_silent_and_a_cue_is_not(tmp_path: Path) -> None:
    gong(tmp_path)
    dose = "hold: 60s, bell: {at: 20s, sound: gong.wav}, cues: [{at: 40s, sound: gong.wav}]"
    quiet = Coaching(max_silence=0, warn_at=(), halfway=False, chimes=False)
    assert instants(timeline(tmp_path, dose, quiet)) == [[40.0]]
    assert instants(timeline(tmp_path, dose)) == [[20.0, 40.0]]


def test_nobody_is_encouraged_in_the_middle_of_it(tmp_path: Path) -> None:
    gong(tmp_path, seconds=18)
    of = timeline(tmp_path, "hold: 4min, bell: {at: 205s, sound: gong.wav}", QUIET)
    assert not of.notes
    (sound,) = sounds(of)
    (word,) = [cue for cue in of.cues if cue.cue.kind is CueKind.ENCOURAGEMENT][:1]
    assert not sound.start <= word.start < sound.end


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_it_is_the_same_in_each_language_and_nothing_to_translate(
    language: str, tmp_path: Path
) -> None:
    gong(tmp_path, seconds=2)
    more = "translations: {de: {T: T, a: a}, es: {T: T, a: a}, fr: {T: T, a: a}}\n"
    dose = "hold: 60s, cues: [{at: 20s, sound: gong.wav}]"
    assert instants(timeline(tmp_path, dose, language=language, more=more)) == [[20.0]]
