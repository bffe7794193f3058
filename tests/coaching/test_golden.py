"""Golden scripts: what is said and waited for, as text a person can read and judge.

After a change that is meant, look at the difference and write them anew with
`UPDATE_GOLDEN=1 scripts/test tests/coaching/test_golden.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from script_sheet import script_sheet

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.routine.translate import translate
from audiocoach.settings.resolve import resolve

GOLDEN = Path(__file__).parent / "golden"


def routine(name: str) -> Routine:
    """One of ours, or a bundled one; whoever has an affected side has it on the left."""
    local = GOLDEN / f"{name}.yaml"
    return select(load(local if local.exists() else name), affected="left")


NAMES = (
    *("foot-relief", "foot-care", "every-kind", "every-feature"),
    *("sheet-of-a-clinic", "stuhlgymnastik", "emom-by-round", "yin-cadera"),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_script_reads_as_it_did(name: str) -> None:
    told = routine(name)
    text = script_sheet(compile_script(told, resolve({}, {}, told).settings))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_the_translated_script_reads_as_it_did(language: str) -> None:
    told = translate(load("foot-relief"), language)
    text = script_sheet(compile_script(told, Coaching(duration=told.duration)))
    file = GOLDEN / f"foot-relief.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
