"""The timeline as JSON: what the schema in docs/ promises to those who build on it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from running import ROOT
from strategies import clip_lengths, examples, routines, timeline_of

from audiocoach.coaching.compiler import compile_script
from audiocoach.delivery.json import json_sheet
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.times import Source
from audiocoach.timeline import fit
from audiocoach.timeline.script import Chime, CueKind, Glue, IntervalKind, MarkerKind, Wait

SCHEMA = json.loads((ROOT / "docs" / "timeline.schema.json").read_text("utf-8"))


def told(routine: Routine) -> dict[str, Any]:
    script = compile_script(routine)
    found: dict[str, Any] = json.loads(json_sheet(fit(script, clip_lengths(script.sounds(), 1))))
    return found


@settings(max_examples=examples(60))
@given(routines())
def test_any_timeline_is_as_the_schema_says(routine: Routine) -> None:
    timeline = told(routine)
    Draft202012Validator(SCHEMA).validate(timeline)
    ends = [cue["start"] + cue["duration"] for cue in timeline["cues"]]
    starts = [cue["start"] for cue in timeline["cues"][1:]]
    assert all(end <= start + 1e-9 for end, start in zip(ends, starts, strict=False))
    assert timeline["samples"] == round(timeline["duration"] * 48_000)


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_the_bundled_ones_too(name: str) -> None:
    Draft202012Validator(SCHEMA).validate(told(load(name)))


def test_a_beat_is_told_where_there_is_one() -> None:
    script = compile_script(load("foot-relief"))
    lengths = clip_lengths(script.sounds(), 1)
    beats = dict.fromkeys(lengths, 4800)
    timeline = json.loads(json_sheet(fit(script, lengths, beats=beats)))
    Draft202012Validator(SCHEMA).validate(timeline)
    told = [cue for cue in timeline["cues"] if "beat" in cue]
    assert told
    assert all(cue["beat"] == pytest.approx(cue["start"] + 0.1) for cue in told)


def test_a_load_stands_with_the_time_it_is_lifted_in() -> None:
    text = "title: T\nlanguage: en\nexercises: [{name: a, work: 3s, load: [5 kg, 6 kg], rest: 9s}]"
    timeline = json.loads(json_sheet(timeline_of(loads(text))))
    Draft202012Validator(SCHEMA).validate(timeline)
    done = [(span["interval"], span.get("load")) for span in timeline["spans"] if "set" in span]
    assert done[1:] == [("work", "5 kg"), ("rest", None), ("work", "6 kg")]


def test_the_schema_knows_every_word() -> None:
    properties = SCHEMA["properties"]
    cue, marker, span = (
        properties[name]["items"]["properties"] for name in ("cues", "markers", "spans")
    )
    for words, known in (
        (Chime, cue["chime"]),
        (CueKind, cue["kind"]),
        (MarkerKind, marker["kind"]),
        (Glue, span["stretch"]),
        (Wait, span["gap"]),
        (IntervalKind, span["kind"]),
        (Source, span["source"]),
    ):
        assert [each.value for each in words] == known["enum"]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
