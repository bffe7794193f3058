"""What is done between exercises and has no dose: fetch, lie down, pause until you are ready."""

from __future__ import annotations

import re

import pytest
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.moving import request
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.delivery.prescription import dose_table
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.routine.model import Position, Routine
from audiocoach.routine.select import select
from audiocoach.routine.translate import spoken
from audiocoach.timeline import Timeline, Utterance, fit
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import Gap, Glue, Interval, IntervalKind, MarkerKind, Wait

TASKS = """
  - {name: the chair, say: Fetch a chair., time: ~20s (10-40s), pause: true}
  - {name: squat, work: 10s}
  - rounds: 2
    rest: 40s
    exercises:
      - {say: Lie down., position: lying on back, time: ~15s (8-30s), orient: No hurry.}
      - {name: bridge, position: lying on back, work: 10s}
  - {say: Get up., position: standing}
"""


def routine(exercises: str = TASKS, language: str = "en") -> Routine:
    return loads(f"title: T\nlanguage: {language}\nexercises:{exercises}")


def timeline(of: Routine) -> Timeline:
    script = compile_script(of)
    return fit(script, clip_lengths(script.sounds(), 0))


def texts(of: Timeline) -> list[str]:
    return [cue.sound.text for cue in of.cues if isinstance(cue.sound, Utterance)]


@pytest.mark.parametrize("language", languages())
def test_it_is_said_where_it_stands_with_its_time_and_the_invitation_to_pause(
    language: str,
) -> None:
    of = timeline(routine(language=language))
    said, phrases = texts(of), phrases_for(language)
    at = said.index("Fetch a chair.")
    assert said[at + 1] == phrases("task.pause")
    assert said.count("Lie down.") == 2
    assert said.index("Get up.") > max(i for i, text in enumerate(said) if text == "Lie down.")
    gaps = [span.item.span for span in of.spans if isinstance(span.item, Gap)]
    waits = [(span.minimum, span.natural, span.maximum) for span in gaps]
    assert waits.count((10_000, 20_000, 40_000)) == 1
    assert waits.count((8_000, 15_000, 30_000)) == 1, "the second time it is told in the rest"
    assert waits.count((4_000, 10_000, 30_000)) == 1


def test_its_time_stretches_as_the_time_to_move_does() -> None:
    script = compile_script(routine())
    lengths = clip_lengths(script.sounds(), 0)
    longest = fit(script, lengths, fit(script, lengths).fit.longest)
    (gap,) = (
        span
        for span in longest.spans
        if isinstance(span.item, Gap)
        and span.item.span.minimum == 10_000
        and span.item.span.natural == 20_000
    )
    assert gap.length >= 39_900 * 48
    assert gap.item.glue is Glue.MOVE


def test_nobody_is_asked_to_move_where_a_task_has_led() -> None:
    said = texts(timeline(routine()))
    phrases = phrases_for("en")
    assert phrases(request(Position.STANDING, Position.LYING_ON_BACK)) not in said


def test_in_a_rest_between_rounds_it_is_told_in_the_rest() -> None:
    of = timeline(routine())
    (rest,) = (
        span
        for span in of.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST
    )
    inside = [
        cue.sound.text  # type: ignore[union-attr]
        for cue in of.cues
        if rest.start <= cue.start < rest.end
    ]
    assert "Lie down." in inside
    assert rest.length == 40_000 * 48


def test_one_with_a_name_is_a_chapter_and_all_are_on_the_sheet() -> None:
    parts = outline(timeline(routine()))
    assert [part.title for part in parts if part.kind is MarkerKind.SECTION] == [
        *("Welcome", "The chair", "Close"),
    ]
    table = dose_table(routine())
    assert "- the chair, pause\n1. squat" in table
    assert "  - Lie down.\n  2. bridge" in table
    assert table.endswith("- Get up.\n")


def test_it_is_translated() -> None:
    assert {"the chair", "Fetch a chair.", "Lie down.", "No hurry."} <= {
        each.text for each in spoken(routine())
    }


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"only": ["squat"]}, ["Fetch a chair.", "Get up."]),
        ({"only": ["bridge"]}, ["Lie down.", "Lie down.", "Get up."]),
        ({"skip": ["squat"]}, ["Lie down.", "Lie down.", "Get up."]),
    ],
)
def test_it_goes_with_the_exercise_it_leads_to(
    chosen: dict[str, list[str]], left: list[str]
) -> None:
    said = texts(timeline(select(routine(), **chosen)))  # type: ignore[arg-type]
    assert [text for text in said if text in ("Fetch a chair.", "Lie down.", "Get up.")] == left


@pytest.mark.parametrize(
    ("exercises", "message"),
    [
        ("\n  - {say: Lie down.}\n", "a routine needs an exercise: something with a dose"),
        (
            "\n  - {rounds: 2, exercises: [{say: Lie down.}]}\n",
            "a group needs an exercise; put what has no dose outside it",
        ),
        (
            "\n  - {rest_between: 5s, exercises: [{name: a, work: 5s}, {say: Up.}]}\n",
            "rest_between is between exercises, so nothing else may stand inside",
        ),
        (
            "\n  - {say: Up., time: 10s}\n  - {name: a, work: 5s}\n",
            "task 1: time: '10s'",
        ),
        (
            "\n  - {say: Up., reps: 3}\n  - {name: a, work: 5s}\n",
            "task 1: 'reps' is not a field here",
        ),
    ],
)
def test_what_can_t_be_is_told(exercises: str, message: str) -> None:
    with pytest.raises(RoutineError, match=re.escape(message)):
        routine(exercises)


@pytest.mark.parametrize("language", languages())
def test_equipment_without_a_time_to_fetch_it_gets_one(language: str) -> None:
    head = f"title: T\nlanguage: {language}\nequipment: [X]\n"
    tail = "exercises: [{name: squat, work: 10s}]\n"

    def fetching(prepare: str) -> list[Gap]:
        script = compile_script(loads(f"{head}{prepare}{tail}"))
        return [each for each in script.items if isinstance(each, Gap) and each.wait is Wait.FETCH]

    assert len(fetching("")) == 1
    assert len(fetching("prepare: Sit at a table.\n")) == 1
    assert fetching("prepare: {say: Fetch the chair., time: ~9s}\n") == []
