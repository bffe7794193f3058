"""Random routines and clip lengths, and an independent reading of what a routine prescribes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import strategies as st

from audiocoach.routine.model import Exercise, Group, Routine, Sides
from audiocoach.routine.times import Time
from audiocoach.timeline.script import FRAME_SAMPLES, Sound, Utterance

_names = st.sampled_from(["toe press", "heel raise", "bridge", "wall sit", "step up", "bird dog"])
_seconds = st.integers(1, 45).map(lambda n: f"{n}s")
_fine = st.integers(400, 20_000).map(lambda n: f"{n}ms")
_prescribed = _seconds | _fine
_range = st.tuples(st.integers(3, 30), st.integers(1, 20)).map(lambda t: f"{t[0]}-{t[0] + t[1]}s")
_editorial = st.tuples(st.integers(800, 4000), st.integers(0, 2000), st.integers(0, 4000)).map(
    lambda t: f"~{t[0] + t[1]}ms ({t[0]}ms-{t[0] + t[1] + t[2] + 1}ms)"
)
_word = st.sampled_from(["Grip", "Lift", "Lower slowly", "Push", "Let go", "Reach far"])
_phase = st.fixed_dictionaries(
    {"time": _prescribed | _editorial}, optional={"say": _word, "name": st.just("hold")}
)
_sides = st.sampled_from([each.value for each in Sides])
_positions = st.sampled_from(
    ["standing", "sitting on chair", "sitting on floor", "lying on back", "kneeling"]
)
_setup = st.lists(
    st.just("Stand tall.")
    | st.fixed_dictionaries({"say": st.just("Fix the band."), "time": _editorial}),
    max_size=3,
)


@st.composite
def exercises(draw: st.DrawFn) -> dict[str, Any]:
    """One exercise as the loader would hand it to the model."""
    exercise: dict[str, Any] = {
        "name": draw(_names),
        "position": draw(_positions),
        "setup": draw(_setup),
        "movement": "Move. Then stop.",
        "sets": str(draw(st.integers(1, 4))),
        "sides": draw(_sides),
    }
    if exercise["sets"] != "1" and draw(st.booleans()):
        exercise["rest"] = draw(_prescribed | _range)
        exercise["rest_after_last"] = draw(st.sampled_from(["true", "false"]))
    if draw(st.booleans()):
        exercise["each"] = ["clockwise", "the other way"]
    way = draw(st.sampled_from(["hold", "work", "tempo", "rep_duration", "phases", "one hold"]))
    if way == "work":
        exercise["work"] = draw(_prescribed)
        if exercise["sides"] == "alternating":
            exercise["sides"] = "both"
        return exercise
    if way == "one hold":
        exercise["hold"] = draw(_prescribed)
        if exercise["sides"] == "alternating":
            exercise["sides"] = "right"
        return exercise
    exercise["reps"] = str(draw(st.integers(1, 12)))
    match way:
        case "hold":
            exercise["hold"] = draw(_prescribed)
        case "tempo":
            exercise["tempo"] = draw(st.sampled_from(["3-1-2-0", "1-0-1-0", "4-2-1-3"]))
        case "rep_duration":
            exercise["rep_duration"] = draw(_prescribed | _editorial)
        case _:
            exercise["phases"] = draw(st.lists(_phase, min_size=1, max_size=4))
    return exercise


@st.composite
def groups(draw: st.DrawFn) -> dict[str, Any]:
    """A circuit."""
    rounds = draw(st.integers(1, 3))
    group: dict[str, Any] = {
        "rounds": str(rounds),
        "exercises": draw(st.lists(exercises(), min_size=1, max_size=2)),
    }
    if rounds > 1 and draw(st.booleans()):
        group["rest"] = draw(_seconds | _range)
    return group


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """A whole routine."""
    steps = draw(st.lists(exercises() | groups(), min_size=1, max_size=3))
    return Routine.model_validate({"title": "Random", "language": "en", "exercises": steps})


def clip_lengths(sounds: Iterable[Sound], seed: int, slowness: int = 1) -> dict[Sound, int]:
    """Made-up but fixed lengths (samples, whole frames): longer texts take longer."""

    def length(sound: Sound) -> int:
        if not isinstance(sound, Utterance):
            return 40 * FRAME_SAMPLES
        jitter = zlib.crc32(f"{seed} {sound.text}".encode()) % 12
        return (8 + jitter + slowness * 2 * len(sound.text)) * FRAME_SAMPLES

    return {sound: length(sound) for sound in sounds}


def prescription(routine: Routine) -> list[tuple[int, int]]:
    """Every prescribed time in order as (shortest, longest) ms, read from the routine alone."""
    return [(time.minimum, time.maximum) for time in _steps(routine.exercises)]


def _steps(steps: tuple[Exercise | Group, ...]) -> Iterator[Time]:
    for step in steps:
        if isinstance(step, Exercise):
            yield from _exercise(step)
            continue
        for number in range(step.rounds or 1):
            if number and step.rest:
                yield step.rest
            yield from _steps(step.exercises)


def _exercise(exercise: Exercise) -> Iterator[Time]:
    blocks = len(exercise.sides.blocks) * (len(exercise.each) or 1)
    for number in range(exercise.sets or 1):
        if number and isinstance(exercise.rest, Time):
            yield exercise.rest
        for _ in range(blocks):
            yield from _block(exercise)
    if isinstance(exercise.rest, Time) and exercise.rest_after_last:
        yield exercise.rest


def _block(exercise: Exercise) -> Iterator[Time]:
    turns = 2 if exercise.sides is Sides.ALTERNATING else 1
    reps = exercise.reps if isinstance(exercise.reps, int) else 1
    for _ in range(reps * turns):
        for time in _rep(exercise):
            if time.source.value == "prescribed" and time.natural:
                yield time


def _rep(exercise: Exercise) -> Iterator[Time]:
    if exercise.tempo:
        yield from (phase.time for phase in exercise.tempo.phases)
    yield from (phase.time for phase in exercise.phases)
    for time in (exercise.hold, exercise.work, exercise.rep_duration):
        if isinstance(time, Time):
            yield time
