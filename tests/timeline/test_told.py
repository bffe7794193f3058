"""The figures of how a session is told, on sessions short enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

from audiocoach.timeline.script import (
    SAMPLE_RATE,
    Address,
    Chime,
    Cue,
    CueKind,
    Marker,
    MarkerKind,
    Origin,
    Sound,
    Utterance,
)
from audiocoach.timeline.timeline import Fit, PlacedCue, PlacedMarker, Timeline
from audiocoach.timeline.told import silences, told

SIX = "Stand tall and bend your knees."
SEVEN = "Bend your knees, and then stretch them."
EIGHT = "Let your arms hang down at your sides."


def timeline(*cues: tuple[float, float, Sound, CueKind, str], total: float) -> Timeline:
    """Cues by start, length (s), sound, kind and field, in a session of `total` seconds."""
    placed = tuple(
        PlacedCue(round(start * SAMPLE_RATE), round(length * SAMPLE_RATE), sound, cue)
        for start, length, sound, kind, field in cues
        for cue in [Cue(sound, kind, Origin(1, field))]
    )
    ms = round(total * 1000)
    return Timeline("T", "en", placed, (), (), round(total * SAMPLE_RATE), Fit(ms, ms, ms, ms))


def said(
    start: float, length: float, text: str, kind: CueKind, field: str = ""
) -> tuple[float, float, Sound, CueKind, str]:
    return start, length, Utterance(text, "en"), kind, field


def test_rates_are_words_a_minute() -> None:
    """21 words in 9 s; told in 10 s, pauses of 0.5 s between; 23 words in a minute overall."""
    found = told(
        timeline(
            said(1, 3, SIX, CueKind.SET_UP, "setup"),
            said(4.5, 3, SEVEN, CueKind.INSTRUCTION, "movement"),
            said(8, 3, EIGHT, CueKind.INSTRUCTION, "feel"),
            said(20, 1, "Halfway.", CueKind.HALFWAY),
            said(30, 1, "Three.", CueKind.COUNTDOWN),
            total=60,
        )
    )
    assert (found.in_sentences, found.in_tellings, found.overall) == (140, 126, 23)
    assert (found.length, found.cues, found.numbers) == (60_000, 5, 20)


def test_time_to_do_something_parts_two_tellings() -> None:
    """Each alone is too short to speak of a pace."""
    parted = timeline(said(0, 4, SIX, CueKind.SET_UP), said(10, 4, EIGHT, CueKind.SET_UP), total=20)
    assert told(parted).in_tellings == 0


def test_the_pause_after_a_movement_is_the_median_one() -> None:
    found = told(
        timeline(
            said(0, 1, SIX, CueKind.INSTRUCTION, "movement"),
            said(2, 1, SIX, CueKind.SET_UP, "setup"),
            said(3.5, 1, SIX, CueKind.SET_UP, "start"),
            said(7.5, 1, SIX, CueKind.INSTRUCTION, "feel"),
            said(8.6, 1, EIGHT, CueKind.INSTRUCTION, "breath"),
            total=10,
        )
    )
    assert found.after_movement == 1_000


def test_the_longest_silence_may_be_at_either_end_and_a_chime_breaks_it() -> None:
    word = said(4, 1, "Go.", CueKind.ACTION)
    chime = (9.0, 0.5, Chime.END, CueKind.CHIME, "")
    found = told(timeline(word, chime, total=10))
    assert (found.silence, found.silence_at) == (4_000, 0)
    found = told(timeline(word, chime, total=20))
    assert (found.silence, found.silence_at) == (10_500, 9_500)


def test_words_heard_before_are_repeats_and_numbers_are_not() -> None:
    found = told(
        timeline(
            *(said(each, 0.5, "Lift.", CueKind.ACTION) for each in range(3)),
            *(said(each, 0.5, "Two.", CueKind.COUNT) for each in range(3, 8)),
            said(8, 0.5, "Lower.", CueKind.ACTION),
            said(9, 0.5, "Lower.", CueKind.ACTION),
            total=10,
        )
    )
    assert (found.repeats, found.most, found.most_often) == (3, "Lift.", 3)
    assert found.numbers == 50


def test_a_session_without_a_word_has_no_figures() -> None:
    found = told(timeline(total=5))
    assert (found.in_sentences, found.in_tellings, found.overall, found.numbers) == (0, 0, 0, 0)
    assert (found.silence, found.most) == (5_000, "")


def test_the_silences_of_exercises_are_between_words_and_in_any_of_their_turns() -> None:
    """A bell does not end one, the next exercise does, and the welcome has none."""
    spoken = timeline(
        said(1, 1, "Welcome.", CueKind.WELCOME),
        said(20, 1, "Squat.", CueKind.NAME),
        (22.5, 1, Chime.BELL, CueKind.CHIME, ""),
        said(25, 1, "Lunge.", CueKind.NAME),
        said(28, 2, "Squat.", CueKind.NAME),
        said(35, 1, "Up.", CueKind.COUNT),
        said(46, 1, "Round 2.", CueKind.NAME),
        total=55,
    )
    marks = [(20, 1, 1), (25, 2, 1), (28, 1, 2)]
    markers = tuple(
        PlacedMarker(
            at * SAMPLE_RATE, Marker(MarkerKind.EXERCISE, "E", address=Address(number, turn))
        )
        for at, number, turn in marks
    )
    found = silences(replace(spoken, markers=markers))
    assert found == {1: 10_000, 2: 2_000}
    rest = PlacedMarker(36 * SAMPLE_RATE, Marker(MarkerKind.ROUND, "R", address=Address(round=2)))
    lunge = PlacedMarker(46 * SAMPLE_RATE, Marker(MarkerKind.EXERCISE, "E", address=Address(2, 2)))
    found = silences(replace(spoken, markers=(*markers, rest, lunge)))
    assert found == {1: 10_000, 2: 8_000}, "the rest of a round is of the exercise before it"
