"""Damaged and garbled files: a session or a clear error, soon, and in little memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from fuzz import EVERYTHING, MEGABYTES, TIMES, megabytes, outcome, outcomes, sources, yardstick
from sounds import gong

from audiocoach.routine.base import Model
from audiocoach.routine.load import load

H = "title: T\nlanguage: en\nexercises:\n"


def test_the_file_with_everything_is_a_routine_with_every_field(tmp_path: Path) -> None:
    gong(tmp_path)
    load(shutil.copy(EVERYTHING, tmp_path))
    events = yaml.parse(EVERYTHING.read_text("utf-8"))
    written = {event.value for event in events if isinstance(event, yaml.ScalarEvent)}
    fields = {name for kind in kinds(Model) for name in kind.model_fields}
    assert fields <= written


def kinds(below: type[Model]) -> list[type[Model]]:
    children = below.__subclasses__()
    return children + [kind for child in children for kind in kinds(child)]


@pytest.mark.parametrize("number", range(len(sources())))
def test_nothing_is_wrong_with_what_is_mutated(number: int, tmp_path: Path) -> None:
    path = tmp_path / "whole.yaml"
    path.write_text(sources()[number], encoding="utf-8")
    assert outcome(path).kind == "a session"


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_give_a_session_or_a_clear_error(seed: int, tmp_path: Path) -> None:
    before = megabytes()
    found = [each for _, each in outcomes(150, seed, tmp_path)]
    assert {each.kind for each in found} >= {"a session", "refused when it was read"}
    assert max(each.seconds for each in found) < TIMES * yardstick(tmp_path)
    assert megabytes() - before < MEGABYTES


HUGE = {
    "reps": "  - {name: a, hold: 3s, reps: 1000, sets: 20}\n",
    "days": "  - {name: a, hold: 24h, reps: 1000, sets: 20}\n",
    "rests": "  - {name: a, work: 24h, sets: 1000, rest: 24h}\n",
    "rounds": "  - {rounds: 1000, exercises: [{rounds: 20, exercises: [{name: a, work: 1h}]}]}\n",
    "words": f"  - {{rounds: 1000, exercises: [{{name: a, work: 3s, setup: [{'x,' * 9000}]}}]}}\n",
    "phases": f"  - {{name: a, reps: 1000, phases: [{'{time: 1s, say: x},' * 2500}]}}\n",
    "cues": f"  - {{name: a, reps: 1000, hold: 1h, cues: [{'{at: 3s, say: x},' * 100}]}}\n",
}


@pytest.mark.parametrize("step", HUGE.values(), ids=HUGE)
def test_what_unfolds_beyond_all_measure_is_refused_soon(step: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_text(H + step, encoding="utf-8")
    before, measure = megabytes(), yardstick(tmp_path)
    found = outcome(path)
    assert found.kind == "refused when it was compiled"
    # The machine may have grown slower meanwhile, or quicker.
    assert found.seconds < 4 * TIMES * max(measure, yardstick(tmp_path))
    assert megabytes() - before < MEGABYTES
