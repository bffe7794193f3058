"""The table of doses that `check` prints: every prescribed figure, however it is written."""

from __future__ import annotations

import pytest

from audiocoach.delivery.prescription import dose_table
from audiocoach.routine.levels import Level
from audiocoach.routine.load import loads
from audiocoach.routine.select import select

H = "title: T\nlanguage: en\n"


def table(exercises: str, head: str = "") -> list[str]:
    return dose_table(loads(f"{H}{head}exercises:\n{exercises}")).splitlines()


@pytest.mark.parametrize(
    ("dose", "rows"),
    [
        ("hold: 3s", ["hold 3s"]),
        ("reps: 10, hold: 3s, sets: 3, rest: 1:30", ["sets 3", "reps 10", "hold 3s", "rest 1:30"]),
        ("reps: [8, 10], hold: [3s, 1:00]", ["reps 8, 10", "hold 3s, 1:00"]),
        ("work: 20s, sets: 3, rest: [10s, 10-15s]", ["sets 3", "work 20s", "rest 10s, 10s-15s"]),
        (
            "reps: {right: 8, left: 12}, hold: 3s, sides: right-then-left",
            ["reps right 8, left 12", "hold 3s", "sides right-then-left"],
        ),
        (
            "work: {right: 8s, left: 9s}, sides: left-then-right",
            ["work right 8s, left 9s", "sides left-then-right"],
        ),
        ("until: 5min, tempo: 3-1-2-0", ["until 5:00 (50 reps)", "tempo 3s - 1s - 2s - 0s"]),
        ("until: 6s, tempo: 3-1-2-0", ["until 6s (1 rep)", "tempo 3s - 1s - 2s - 0s"]),
        (
            "until: 1min, rep_duration: 3s, sides: alternating",
            ["until 1:00 (10 reps on each side)", "rep_duration 3s", "sides alternating"],
        ),
        (
            "until: 1min, hold: 3s, act: {time: 1s}, release: {time: 1s}",
            ["until 1:00 (12 reps)", "hold 3s", "act 1s", "release 1s"],
        ),
        ("every: 60s, reps: 5, sets: 10", ["sets 10", "reps 5", "every 1:00"]),
        (
            "reps: 3, sides: alternating, phases: [{say: {right: Right, left: Left}, time: 5-10s}, "
            "{name: rise, say: Up, time: 3s}, {time: ~1s (1-2s)}]",
            [
                "reps 3",
                "phases right Right, left Left 5s-10s · rise 3s · phase ~1s (1s-2s)",
                "sides alternating",
            ],
        ),
        ("hold: 3s, quotes: {hold: of three}", ['hold 3s   "of three"']),
        ("hold: 3s, each: [in, out]", ["hold 3s", "each in, out"]),
    ],
)  # fmt: skip
def test_every_figure_of_a_dose(dose: str, rows: list[str]) -> None:
    lines = table(f"  - {{name: squat, {dose}}}\n")
    assert lines[1:] == [
        "1. squat (standing, not said)",
        *(f"     {row}" for row in rows),
    ]


@pytest.mark.parametrize(
    ("level", "rows"),
    [
        (
            Level.BEGINNER,
            ["reps 8, 6 (of 8-12, 6-8, level beginner)", "hold 5s (of 5 to 10s, level beginner)"],
        ),
        (
            Level.ADVANCED,
            ["reps 12, 8 (of 8-12, 6-8, level advanced)", "hold 10s (of 5 to 10s, level advanced)"],
        ),
    ],
)
def test_a_range_of_ability_says_that_it_was_one(level: Level, rows: list[str]) -> None:
    dose = "reps: [8-12, 6-8], hold: 5 to 10s"
    routine = loads(f"{H}exercises:\n- {{rounds: 2-3, exercises: [{{name: a, {dose}}}]}}\n")
    lines = dose_table(routine.at_level(level)).splitlines()
    assert [line.strip() for line in lines if " (of " in line][1:] == rows
    assert any(" rounds (of 2-3, level " in line for line in lines)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("name: x", "x: 1 round"),
        ("rounds: 3", "3 rounds"),
        ("rounds: 3, rest: 60-90s", "3 rounds, rest 1:00-1:30 between rounds"),
        ("rounds: 3, rest_between: 15s", "3 rounds, rest 15s between exercises"),
        (
            "rounds: 3, rest: 1min, rest_between: 15s",
            "3 rounds, rest 1:00 between rounds, rest 15s between exercises",
        ),
        ("until: 10min", "15 rounds until 10:00, no rest between exercises"),
    ],
)
def test_a_group_says_its_rounds_and_rests(fields: str, told: str) -> None:
    exercises = "[{name: a, work: 30s}, {name: b, work: 10s}]"
    lines = table(f"  - {{{fields}, exercises: {exercises}}}\n  - {{name: c, hold: 3s}}\n")
    assert lines == [
        *("T", f"{told}:", "  1. a (standing, not said)", "       work 30s"),
        *(
            "  2. b (standing, not said)",
            "       work 10s",
            "3. c (standing, not said)",
            "     hold 3s",
        ),
    ]


def test_levels_and_breath_stand_at_the_top() -> None:
    head = (
        "level: advanced\nbreath: {inhale: 4s, exhale: ~6s (5-8s)}\n"
        "schedule: {times: 3, per: day}\nquotes: {breath: slowly}\n"
    )
    assert table("  - {name: squat, hold: 3-10s}\n", head) == [
        "T",
        "   levels: beginner, intermediate, advanced",
        '   breath 4s in, ~6s (5s-8s) out   "slowly"',
        "   schedule 3 times a day",
        "1. squat (standing, not said)",
        "     hold 10s (of 3-10s, level advanced)",
    ]


def test_a_level_that_was_chosen_has_its_own_table() -> None:
    routine = loads(f"{H}exercises:\n  - {{name: squat, reps: 8-12, hold: 3s}}\n")
    assert "     reps 8 (of 8-12, level beginner)" in dose_table(routine).splitlines()
    assert (
        "     reps 12 (of 8-12, level advanced)"
        in dose_table(select(routine, level="advanced")).splitlines()
    )
