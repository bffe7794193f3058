"""The ways to fill a rep: one table, and a rep is a list of phases whichever it is."""

from __future__ import annotations

import pytest

from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Group, PhaseKind, Routine
from audiocoach.routine.unfold import blocks, round_count
from audiocoach.routine.ways import BY_SET, WAYS, Reps

H = "title: T\nlanguage: en\nexercises:\n"


def routine(steps: str) -> Routine:
    return loads(f"{H}  - {steps}\n")


def only(dose: str) -> Exercise:
    (exercise,) = routine(f"{{name: squat, {dose}}}").exercises
    assert isinstance(exercise, Exercise)
    return exercise


EACH_WAY = {
    "hold": ("hold: 3s", ["act ~1.5s (800ms-3s)", "hold 3s", "release ~3s (2s-5s)"]),
    "work": ("work: 20s", ["work 20s"]),
    "tempo": ("reps: 5, tempo: 3-1-2-0", ["lower 3s", "pause 1s", "lift 2s", "pause 0s"]),
    "rep_duration": ("reps: 5, rep_duration: ~3s", ["rep ~3s (2s-4.5s)"]),
    "phases": (
        "reps: 5, phases: [{say: In, time: 4s}, {say: rest, time: 5s}]",
        ["own 4s", "own 5s"],
    ),
    "every": ("reps: 5, every: 60s, sets: 2", ["work 1:00"]),
}


@pytest.mark.parametrize(("field", "dose", "phases"), [(k, *v) for k, v in EACH_WAY.items()])
def test_a_rep_is_a_list_of_phases(field: str, dose: str, phases: list[str]) -> None:
    exercise = only(dose)
    assert exercise.way.field == field
    assert [f"{each.kind} {each.time}" for each in exercise.rep_phases()] == phases
    for block in blocks(exercise):
        assert block.phases == exercise.rep_phases()


def test_each_way_has_a_row_and_a_field_of_its_own() -> None:
    fields = [way.field for way in WAYS]
    assert len(set(fields)) == len(fields)
    assert fields == [*EACH_WAY]
    assert {*fields, *BY_SET, *(part for way in WAYS for part in way.parts)} < {
        *Exercise.model_fields
    }


def test_no_way_of_its_own_name_is_asked_about_reps() -> None:
    reps = {way.field: way.reps for way in WAYS}
    assert [field for field, need in reps.items() if need is not Reps.NEEDED] == ["hold", "work"]
    assert [way.field for way in WAYS if way.paced] == ["every"]
    assert [way.field for way in WAYS if not way.until] == ["work", "every"]


def test_a_phase_keeps_its_words_and_what_it_is() -> None:
    exercise = only(
        "hold: 3s, sides: left, act: {say: Up, brief: U, chime: true, time: ~1s}, "
        "release: {say: {right: R, left: L}, time: 2s}"
    )
    act, hold, release = exercise.rep_phases()
    assert (act.say, act.brief, act.chime, act.kind) == ("Up", "U", True, PhaseKind.ACT)
    assert (hold.say, hold.kind) == (None, PhaseKind.HOLD)
    assert (release.kind, release.line("say")) == (PhaseKind.RELEASE, 4)
    assert exercise.act.kind is PhaseKind.OWN  # the one in the file is left alone
    tempo = only("reps: 1, tempo: {eccentric: {say: Sink, time: 2s}, concentric: 1s}")
    assert [each.say for each in tempo.rep_phases()] == ["Sink", None, None, None]


def test_the_phrases_for_phases_without_words() -> None:
    spoken = [kind.cue for kind in PhaseKind if kind.cue]
    assert spoken == ["cue.act", "cue.release", "cue.lower", "cue.pause", "cue.lift"]


@pytest.mark.parametrize(
    ("dose", "named"),
    [
        ("hold: [3s, 4s]", ["3s", "4s"]),
        ("hold: {right: 3s, left: 4s}, sides: left-then-right", ["4s", "3s"]),
        ("hold: 3s, act: {time: 2s}", ["3s"]),
        ("work: [20s, 30s]", ["20s", "30s"]),
        ("reps: 3, every: 60s", ["1:00"]),
        ("reps: 3, tempo: 3-1-2-0", ["None"]),
        ("reps: 3, rep_duration: 3s", ["None"]),
        ("reps: 3, phases: [{time: ~1s}, {time: 5s}, {time: ~2s}]", ["5s"]),
        ("reps: 3, phases: [{time: 5s}, {time: 5s}]", ["None"]),
        ("reps: 3, phases: [{time: 5-6s}]", ["None"]),
        ("reps: 3, phases: [{time: 5-6s}, {time: 3s}]", ["None"]),
    ],
)
def test_the_time_that_stands_for_a_rep(dose: str, named: list[str]) -> None:
    assert [str(block.named) for block in blocks(only(dose))] == named


@pytest.mark.parametrize(
    ("dose", "length"),
    [
        ("hold: 3s, act: {time: 1s}, release: {time: 2s}", 6000),
        ("hold: 3s", None),
        ("reps: 2, tempo: 3-1-2-0", 6000),
        ("reps: 2, phases: [{time: 3s}, {time: 4-5s}]", None),
        ("reps: 2, rep_duration: 2.5s", 2500),
        ("work: 20s", 20_000),
    ],
)
def test_the_length_of_a_rep_all_of_which_is_prescribed(dose: str, length: int | None) -> None:
    assert only(dose).rep_ms == length


@pytest.mark.parametrize(
    ("dose", "rounds"),
    [
        ("hold: 3s", 20),
        ("hold: 3s, act: {time: 2s}", 12),
        ("hold: 3s, release: {time: 2-3s}", 10),
        ("hold: 3s, reps: 2, act: {time: 1s}, release: {time: 1s}", 6),
        ("hold: [3s, 5s], reps: 2, act: {time: 1s}, release: {time: 0s}", 3),
    ],
)
def test_rounds_are_counted_by_all_that_is_prescribed(dose: str, rounds: int) -> None:
    (group,) = routine(f"{{until: 60s, exercises: [{{name: a, {dose}}}]}}").exercises
    assert isinstance(group, Group)
    assert round_count(group) == rounds
