"""What people's sheets need, each as a tiny routine: it is read, heard, printed and documented."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from running import ROOT
from strategies import timeline_of

from audiocoach.coaching.phrases import languages
from audiocoach.delivery.markdown import markdown_sheet
from audiocoach.delivery.prescription import dose_table
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.routine.select import select
from audiocoach.timeline.script import Utterance

FORMAT = (ROOT / "docs" / "routine-format.md").read_text("utf-8")


NEEDS = tomllib.loads(Path(__file__).with_name("sheets_need.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_it_is_read_heard_printed_and_documented(need: dict[str, Any], language: str) -> None:
    head = f"title: T\nlanguage: {language}\n"
    routine = select(loads(f"{head}exercises: [{need['exercises']}]"), affected="left")
    timeline = timeline_of(routine)
    assert timeline.notes == ()
    said = iter(
        cue.sound.text if isinstance(cue.sound, Utterance) else f"({cue.sound})"
        for cue in timeline.cues
    )
    for text in need["heard"][language]:
        assert any(text == each for each in said), f"{text} in its turn"
    table = dose_table(routine)
    assert [row for row in need["table"] if row not in table] == []
    sheet = markdown_sheet(timeline).replace("\N{NO-BREAK SPACE}", " ")
    assert [row for row in need["sheet"][language] if row not in sheet] == []
    assert need["field"] in FORMAT


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
