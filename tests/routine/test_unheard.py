"""What nobody will hear is noted; in what is bundled there is nothing of the kind."""

from __future__ import annotations

import pytest

from audiocoach.checking import DOUBTS
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.unheard import unheard

TOP = "title: T\nlanguage: en\nexercises:\n  - name: squat\n    sides: alternating\n    reps: 2\n"
TEMPO = "    tempo: 3-1-2-0\n"


def notes(dose: str) -> list[str]:
    return [str(each) for each in unheard(loads(TOP + dose))]


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        (
            TEMPO + "    release: {say: Down, time: ~2s}\n",
            "8:5: release: is never heard: it goes with hold, and the dose is tempo",
        ),
        (
            TEMPO + "    start: Bend your knees.\n",
            "8:5: start: nobody says how to leave what it leads into; write finish",
        ),
        (
            TEMPO + "    start: {right: Right up., left: Left up.}\n    finish: Down.\n",
            "8:5: start: one side of it is never heard: where sides alternate, a set has one start",
        ),
        (
            "    phases: [{say: Up, time: 2s}, {time: 8s}]\n",
            "7:5: phases: a phase of 8s begins without a word; write its say",
        ),
        (
            "    phases: [{say: Up, time: 2s}, {time: ~3s}, {time: ~1s}, {name: a, time: ~3s}]\n",
            "7:5: phases: a phase of 3s begins without a word; write its say",
        ),
    ],
)
def test_what_is_not_heard_is_noted_with_its_place(dose: str, told: str) -> None:
    (note,) = notes(dose)
    assert note.endswith(told)


@pytest.mark.parametrize(
    "dose",
    [
        "    hold: 9s\n    release: {say: Down, time: ~2s}\n",
        TEMPO + "    go: Squat\n    stop: Stand\n",
        "    phases: [{say: Up, time: 8s}, {name: rest, time: 8s}, {time: 4s}]\n",
    ],
)
def test_what_is_heard_is_not(dose: str) -> None:
    assert notes(dose) == []


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_all_that_is_bundled_is_heard(name: str) -> None:
    assert [str(each) for each in unheard(load(name))] == []


def test_check_tells_it() -> None:
    assert unheard in DOUBTS
