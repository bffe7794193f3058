"""Circuits with more to tell than their rests, and forty seconds before them, have time for."""

from __future__ import annotations

from typing import Any

import pytest

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.doubts import told_long_ahead
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import Utterance
from audiocoach.timeline.script import Cue, Interval, IntervalKind

STATION = """
      - name: n{number}
        {dose}
        setup: [Put the left hand {number} on the table before you., Turn to the wall behind you.]
        support: Keep that hand where it is for the whole time.
        movement: Bend both knees {number} a little and stretch them again.
        brief: Bend and stretch {number}.
"""


def circuit(rest: str, dose: str = "work: 30s", language: str = "en") -> Routine:
    stations = "".join(STATION.format(number=number, dose=dose) for number in range(9))
    head = f"title: T\nlanguage: {language}\nexercises:\n  - rounds: 2\n    rest_between: {rest}\n"
    return loads(f"{head}    exercises:{stations}")


def told(routine: Routine, **coaching: Any) -> tuple[list[str], list[list[str]]]:
    """What is said before the first work, and in each work."""
    before: list[str] = []
    works: list[list[str]] = []
    for item in compile_script(routine, resolve(coaching, {}, routine).settings).items:
        cues = [item] if isinstance(item, Cue) else []
        if isinstance(item, Interval):
            cues = [placement.cue for placement in item.placements]
        words = [cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)]
        if isinstance(item, Interval) and item.kind is IntervalKind.WORK:
            works.append(words)
        elif not works:
            before += words
    return before, works


@pytest.mark.parametrize("language", languages())
def test_what_moves_is_said_as_its_work_begins(language: str) -> None:
    """Rather than long before, when nobody can keep it in mind; and once."""
    before, works = told(circuit("10s", language=language))
    phrases = phrases_for(language)
    ahead = before[: before.index(phrases("exercise.ahead-begin"))]
    assert not [text for text in ahead if text.startswith("Bend")]
    assert len([text for text in ahead if text.startswith("Put")]) == 8
    go = f"{phrases('cue.go')}."
    moves = [f"Bend both knees {number} a little and stretch them again." for number in range(9)]
    assert [words[:2] for words in works[1:9]] == [[go, text] for text in moves[1:]]
    assert not [text for words in works[9:] for text in words if text in moves]


def test_a_few_words_are_said_where_there_is_no_time_for_more() -> None:
    _, works = told(circuit("10s", "work: 12s"))
    assert [words[1] for words in works[1:9]] == [f"Bend and stretch {n}." for n in range(1, 9)]
    _, works = told(circuit("10s"), coaching="brief")
    assert [words[1] for words in works[1:9]] == [f"Bend and stretch {n}." for n in range(1, 9)]


@pytest.mark.parametrize(
    "dose", ["reps: 8, tempo: 2-0-2-0", "work: 30s, cues: [{at: 3s, say: Up}]"]
)
def test_where_the_work_has_no_room_for_it_it_is_said_before(dose: str) -> None:
    dose = dose.replace(", ", "\n        ", 1)
    before, works = told(circuit("10s", dose))
    ahead = before[: before.index("Now we begin.")]
    assert len([text for text in ahead if text.startswith("Bend and stretch")]) == 8
    assert not [text for words in works for text in words if text.startswith("Bend")]


def test_check_says_how_long_that_takes() -> None:
    (doubt,) = told_long_ahead(circuit("10s"))
    assert str(doubt).startswith("<routine>:5:5: group: about "), str(doubt)
    assert " s are told before its first round, as its rests have no time for it" in str(doubt)
    assert not [*told_long_ahead(circuit("40s"))]


def test_what_helps_and_no_rest_had_time_for_is_said_at_work() -> None:
    """The first line that helps, once: not in a later round, nor where there are words already."""
    wall = "movement: Bend your arms., mistake: Keep your hips still."
    listed = f"[{{name: a, work: 30s}}, {{name: wall press, work: 30s, {wall}}}]"
    group = f"exercises:\n  - {{rounds: 2, rest_between: 10s, exercises: {listed}}}\n"
    _, works = told(loads("title: T\nlanguage: en\n" + group))
    assert works[1][:2] == ["Go.", "Keep your hips still."]
    assert "Keep your hips still." not in works[3]


def test_when_to_breathe_is_told_before_a_circuit_if_there_is_the_time() -> None:
    """Reps have no room for it, and rests of ten seconds neither."""
    wall = "setup: [Face the wall., Put both hands on it.], movement: Bend your arms slowly."
    press = f"{{name: press, reps: 8, tempo: 2-0-2-0, {wall}, breath: Breathe out as you push.}}"
    group = f"{{rounds: 2, rest_between: 10s, exercises: [{{name: a, work: 30s}}, {press}]}}"
    before, _ = told(loads(f"title: T\nlanguage: en\nexercises: [{group}]\n"))
    assert "Breathe out as you push." in before[: before.index("Now we begin.")]
