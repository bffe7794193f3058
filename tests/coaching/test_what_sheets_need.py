"""What people's sheets need, each as a tiny routine: it is read, heard, printed and documented."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from running import ROOT
from strategies import timeline_of

from audiocoach.delivery.markdown import markdown_sheet
from audiocoach.delivery.prescription import dose_table
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.routine.select import select
from audiocoach.timeline.script import Chime, Utterance

FORMAT = (ROOT / "docs" / "routine-format.md").read_text("utf-8")


class Need(NamedTuple):
    """A routine's exercises; what is heard of it in this order; figures on sheets; its field."""

    exercises: str
    heard: list[str]
    table: list[str]
    sheet: list[str]
    field: str


NEEDS = {
    "a load by set": Need(
        "{name: row, reps: 5, tempo: 2-0-2-0, load: [5 kg, 8 kg], rest: 30s}",
        ["Load, one set after the other: 5 kilos and 8 kilos.", "Load: 8 kilos."],
        ["load 5 kg, 8 kg"],
        ["5 × (Lower 2 s, Lift 2 s) · 5 kg, then 5 × (Lower 2 s, Lift 2 s) · 8 kg"],
        "load",
    ),
    "a load by round": Need(
        "{rounds: 2, exercises: [{name: row, work: 20s, load: [5 kg, 8 kg]}]}",
        ["Load: 5 kilos.", "Load: 8 kilos."],
        ["load 5 kg, 8 kg"],
        ["2 rounds: work 20 s · 5 kg / work 20 s · 8 kg"],
        "load",
    ),
    "a text by set": Need(
        "{name: row, sets: 2, work: 20s, rest: 30s, setup: [{say: Take the heavy one., set: 2}]}",
        ["Go.", "Take the heavy one.", "Go."],
        ["sets 2"],
        ["2 × work 20 s"],
        "set",
    ),
    "a text by round": Need(
        "{rounds: 2, exercises: [{name: row, work: 20s, setup: [{say: Feet apart., round: 2}]}]}",
        ["Go.", "Feet apart.", "Go."],
        ["2 rounds:"],
        ["work 20 s, 2 rounds"],
        "round",
    ),
    "words by set": Need(
        "{name: sit, sets: 2, hold: 20s, rest: 30s, cues: [{at: 5s, say: Press., set: 2}]}",
        ["Rest, thirty seconds.", "Press."],
        ["hold 20s"],
        ["2 × hold 20 s"],
        "cues",
    ),
    "a bell": Need(
        "{name: swan, hold: 3min, bell: every 60s}",
        [Chime.BELL, Chime.BELL, "Release."],
        ["hold 3:00"],
        ["hold 3 min"],
        "bell",
    ),
    "silence in one exercise": Need(
        "{name: rest, hold: 2min, coaching: {max_silence: off, warn_at: off, halfway: off, "
        "count: off}}, {name: sit, hold: 30s}",
        ["Hold.", "Release.", "Hold.", "Ten seconds."],
        ["hold 2:00"],
        ["hold 2 min"],
        "coaching",
    ),
    "a step without a dose": Need(
        "{say: Fetch a chair., pause: true}, {name: sit, hold: 30s}",
        ["Fetch a chair.", "Hold."],
        ["- Fetch a chair., pause"],
        ["Fetch a chair."],
        "pause",
    ),
    "names of groups and rounds": Need(
        "{name: the ladder, round_name: rung, rounds: 2, exercises: [{name: squat, "
        "reps: [4, 2], tempo: 2-0-2-0}]}",
        ["The ladder.", "Rung one of two.", "Four times.", "Coming up: rung two of two.", "Twice."],
        ["the ladder: 2 rounds", "reps 4, 2"],
        ["2 rounds: 4 × (Lower 2 s, Lift 2 s) / 2 × (Lower 2 s, Lift 2 s)"],
        "round_name",
    ),
    "the affected side": Need(
        "{name: raise, sides: affected, limb: leg, reps: 5, hold: 3s}",
        ["One side only: left leg."],
        ["sides left"],
        ["5 × hold 3 s"],
        "affected",
    ),
    "a time to change sides": Need(
        "{rest_between: 20s, exercises: [{name: plank, sides: right-then-left, work: 20s, "
        "side_rest: 8s}, {name: march, work: 20s}]}",
        ["Change sides: left side.", "Three.", "Two.", "One.", "Go."],
        ["side_rest 8s"],
        ["rest 8 s"],
        "side_rest",
    ),
    "rests of different length": Need(
        "{rounds: 2, rest_between: [0s, 30s], exercises: [{name: run, work: 20s}, "
        "{name: walk, work: 20s}]}",
        ["Coming up: walk.", "Walk.", "Rest, thirty seconds.", "Go."],
        ["2 rounds, rest 0s, 30s between exercises"],
        ["rest 30 s"],
        "rest_between",
    ),
    "an EMOM of two": Need(
        "{rounds: 2, exercises: [{name: swing, every: 60s, reps: 10}, "
        "{name: push, every: 60s, reps: 8}]}",
        [
            *("Eight times within sixty seconds.", "Ten times within sixty seconds."),
            *("Coming up: push.", "Ten seconds.", "Push.", "Round two of two.", "Swing."),
        ],
        ["every 1:00"],
        ["work 60 s, 2 rounds"],
        "every",
    ),
    "times as people write them": Need(
        "{name: sit, sets: 2, hold: 1 minute, rest: 30 to 60s}",
        ["Hold for one minute.", "Hold."],
        ["hold 1:00", "rest 30s-1:00"],
        ["2 × hold 60 s"],
        "10 to 15s",
    ),
}  # fmt: skip


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_it_is_read_heard_printed_and_documented(need: Need) -> None:
    head = "title: T\nlanguage: en\n"
    routine = select(loads(f"{head}exercises: [{need.exercises}]"), affected="left")
    timeline = timeline_of(routine)
    assert timeline.notes == ()
    said = iter(
        cue.sound.text if isinstance(cue.sound, Utterance) else cue.sound for cue in timeline.cues
    )
    for text in need.heard:
        assert any(text == each for each in said), f"{text} in its turn"
    table = dose_table(routine)
    assert [row for row in need.table if row not in table] == []
    sheet = markdown_sheet(timeline).replace("\N{NO-BREAK SPACE}", " ")
    assert [row for row in need.sheet if row not in sheet] == []
    assert need.field in FORMAT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("description: Sit.", "movement"),
        ("instructions: Sit.", "movement"),
        ("how: Sit.", "movement"),
        ("sitting: true", "position"),
        ("lying: true", "position"),
        ("posture: sitting", "position"),
        ("weight: 5 kg", "load"),
        ("kg: 5", "load"),
        ("resistance: red band", "load"),
        ("warning: Slowly.", "mistake"),
        ("side: left", "sides"),
        ("each_side: true", "sides"),
        ("repetitions: 5", "reps"),
        ("time: 20s", "work"),
        ("sound: ding", "bell"),
        ("switch_time: 5s", "side_rest"),
    ],
)
def test_a_near_word_leads_to_the_field(written: str, meant: str) -> None:
    with pytest.raises(RoutineError) as caught:
        loads(f"title: T\nlanguage: en\nexercises: [{{name: a, hold: 3s, {written}}}]")
    assert f"is not a field here; did you mean {meant!r}?" in str(caught.value)
