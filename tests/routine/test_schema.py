"""The schema for editors: it takes what `loads` takes, and marks the usual mistakes.

A routine is seen here as an editor sees it, with the types of YAML 1.2 (core schema);
PyYAML's own are those of YAML 1.1, in which `20:00` is a number.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT, call
from strategies import examples, exercises, groups, sounds_folder

from audiocoach.errors import RoutineError
from audiocoach.routine import model
from audiocoach.routine.base import Model
from audiocoach.routine.load import bundled, bundled_text, loads
from audiocoach.routine.schema import routine_schema, schema_text
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import coaching_schema, own_coaching_schema

H = "title: T\nlanguage: en\nexercises:\n"
E = H + "  - name: squat\n"
FORMAT = ROOT / "docs" / "routine-format.md"
SCHEMA = routine_schema(coaching_schema(), own_coaching_schema())
VALIDATORS = {
    "2020-12": jsonschema.Draft202012Validator(SCHEMA),
    "draft 7": jsonschema.Draft7Validator(SCHEMA),
}


# -- as an editor sees it ----------------------------------------------------------


def seen(text: str) -> Any:
    """YAML text as values, typed as in YAML 1.2."""
    return _value(yaml.compose(text, Loader=yaml.BaseLoader))


def _value(node: yaml.Node | None) -> Any:
    match node:
        case yaml.MappingNode():
            return {key.value: _value(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_value(item) for item in node.value]
        case yaml.ScalarNode(style=None):
            return _plain(node.value)
        case yaml.ScalarNode():
            return node.value
    raise TypeError(node)


_CORE: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("|~|null|Null|NULL", lambda _: None),
    ("true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", lambda text: float(text.replace(".", ""))),
)


def _plain(text: str) -> Any:
    return next((read(text) for form, read in _CORE if re.fullmatch(form, text)), text)


def test_values_are_typed_as_in_yaml_1_2() -> None:
    text = (
        "[10, 010, 0o10, 0x10, 1.5, 1e3, .inf, true, yes, no, 20:00, 3s, ~3s, 2024-01-02, ~, '1']"
    )
    assert seen(text) == [
        *(10, 10, 8, 16, 1.5, 1000.0, math.inf, True),
        *("yes", "no", "20:00", "3s", "~3s", "2024-01-02", None, "1"),
    ]


def takes(text: str) -> bool:
    """Whether the schema takes a routine, read as either draft."""
    first, second = (bool(each.is_valid(seen(text))) for each in VALIDATORS.values())
    assert first == second, text
    return first


def loaded(text: str) -> bool:
    """Whether it is a routine, its own settings included."""
    try:
        resolve({}, {}, loads(text))
    except RoutineError:
        return False
    return True


# -- the schema itself -------------------------------------------------------------


def test_it_is_a_schema_and_always_the_same() -> None:
    for validator in VALIDATORS.values():
        validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    command = [sys.executable, "-m", "audiocoach", "routines", "schema"]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    text = schema_text(coaching_schema(), own_coaching_schema())
    assert again.stdout == text == json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"


def parts(node: Any) -> list[dict[str, Any]]:
    """Every object in a piece of JSON."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = [node] if isinstance(node, dict) else []
    return own + [part for each in inner for part in parts(each)]


def models(below: type[Model] = Model) -> list[type[Model]]:
    children = below.__subclasses__()
    return children + [kind for child in children for kind in models(child)]


@pytest.mark.parametrize("kind", models(), ids=lambda kind: kind.__name__)
def test_every_field_is_there_and_no_other(kind: type[Model]) -> None:
    whole = SCHEMA if kind is model.Routine else SCHEMA["$defs"][kind.__name__]
    # Where a text may stand in place of the fields, these are the other choice.
    mapping = whole if "additionalProperties" in whole else whole["anyOf"][1]
    assert list(mapping["properties"]) == list(kind.model_fields)
    assert mapping["additionalProperties"] is False
    needed = [name for name, info in kind.model_fields.items() if info.is_required()]
    assert mapping.get("required", []) == needed


def test_every_reference_leads_somewhere() -> None:
    referred = {part["$ref"] for part in parts(SCHEMA) if isinstance(part.get("$ref"), str)}
    assert referred == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_an_example_is_what_it_is_an_example_of() -> None:
    examples = [(part, example) for part in parts(SCHEMA) for example in part.get("examples", [])]
    assert examples
    for part, example in examples:
        assert jsonschema.Draft202012Validator(part).is_valid(example), example
        assert seen(f"[{example}]") == [example]  # as completion writes it, without quotes


def test_descriptions_are_for_people_who_write_routines() -> None:
    told = [
        part["description"] for part in parts(SCHEMA) if isinstance(part.get("description"), str)
    ]
    for description in told:
        assert not re.search(r"\.py\b|pydantic|tuple|model|\b_|\n", description), description
    limb = SCHEMA["$defs"]["Exercise"]["properties"]["limb"]
    assert limb["description"].startswith('What "right" and "left" belong to: foot, leg, arm;')
    assert limb["default"] == "side"


def test_it_is_generated_only_when_asked_for() -> None:
    code = "import sys, audiocoach.cli, audiocoach.routine.load; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert "audiocoach.routine.schema" not in done.stdout.split()


# -- what it takes -----------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_it_takes_every_bundled_routine(name: str) -> None:
    for validator in VALIDATORS.values():
        validator.validate(seen(bundled_text(name)))


def examples_of_the_format() -> list[str]:
    found = re.findall(r"^```yaml\n(.*?)^```$", FORMAT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [H + text if text.startswith("- ") else text for text in found]


@pytest.mark.parametrize("text", examples_of_the_format())
def test_it_takes_every_example_of_the_format(text: str) -> None:
    for validator in VALIDATORS.values():
        validator.validate(seen(text))


GOOD = {
    "numbers and words of YAML as texts": (
        "title: 21\nlanguage: no\nabout: 1.5\nequipment: [true, 0x1F, .inf]\nexercises:\n"
        "  - {name: 1e3, hold: 3s, go: True, each: [1, {name: 2, say: 3}], setup: [4, {say: 5}]}\n"
    ),
    "counts as numbers and as digits": (
        E + '    reps: "10"\n    sets: 010\n    hold: 3s\n  - {name: b, reps: 1000, hold: 3s}\n'
    ),
    "flags with and without quotes": (
        E + "    work: 3s\n    rest: 3s\n    rest_after_last: 'true'\n"
        "  - {name: b, work: 3s, rest_after_last: false}\n"
    ),
    "odd but good times": (
        E + "    reps: 1\n    hold: '  3 s '\n    rest: 10\N{EN DASH}15s\n    sets: 2\n"
        "    act: {time: 0s}\n    release: {time: ~0s (0-5s)}\n"
        "    setup: {say: x, time: ~ 1:30 ( 1:00 - 1:05:00 )}\n"
        "  - {name: b, hold: 010.50min}\n  - name: c\n    hold: |\n      3s\n"
    ),
    "no value fits, and none is there": (
        E + "    hold: 3s\n    phases: []\n    setup: []\n    equipment: []\n    quotes: {}\n"
    ),
    "a name with many spaces": H + f"  - {{name: '{'ab   ' * 26}', hold: 3s}}\n",
    "tempo": E + "    reps: 3\n    tempo: 10-0-01-0\n"
    "  - {name: b, reps: 1, tempo: {eccentric: 3s, bottom_pause: 0s, concentric: 1s}}\n",
    "nested groups": (
        H + "  - exercises:\n      - {name: a, hold: 3s}\n      - rounds: 2\n        rest: 1-2min\n"
        "        exercises: [{name: b, work: 3s}]\n"
    ),
    "lists": (
        E + "    reps: [8, 10-12, '6']\n    hold: [3s, 3-5s, 1:00]\n    rest: [10s, 10-15s]\n"
        "  - {name: b, reps: [5], every: 60s}\n  - {name: c, work: [20s, 30s], rest: [10s]}\n"
    ),
    "sides": (
        E + "    sides: right-then-left\n    reps: {right: 8, left: 8-12}\n"
        "    hold: {left: 3s, right: 3-5s}\n    limb: {right: right foot, left: left foot}\n"
        "    start: {right: [Lift it.], left: {say: Lower it., time: ~3s}}\n"
        "    side_change: {left: Turn.}\n"
        "    act: {say: {right: Right, left: Left}, time: 1s, brief: {right: R1, left: L1}}\n"
    ),
    "levels": (
        "title: {beginner: 1, advanced: B}\nlanguage: {beginner: en}\nlevel: advanced\n"
        "duration: {intermediate: 10min}\nequipment: [{beginner: a chair, advanced: a box}]\n"
        "coaching: {beginner: {pace: slow}, advanced: {pace: {beginner: slow, advanced: brisk}}}\n"
        "exercises:\n  beginner: [{name: a, hold: 3s}]\n  advanced:\n"
        "    - beginner: {name: b, hold: 3s}\n      advanced:\n        rounds: 2\n"
        "        exercises:\n          - name: {beginner: a}\n            reps: [{beginner: 3}]\n"
        "            hold: {beginner: 3s, advanced: {advanced: 5s}}\n"
        "            position: {beginner: standing}\n            sides: {beginner: both}\n"
        "            rest_after_last: {advanced: true}\n            phases: {beginner: []}\n"
        "            setup: [{beginner: Sit., advanced: {say: {beginner: Stand.}}}]\n"
        "            each: {beginner: [in, {advanced: out}]}\n"
        "            quotes: {hold: {beginner: three seconds}}\n"
    ),
    "breaths": (
        "breath: {inhale: 4s, exhale: {beginner: 4s, advanced: 6s}}\n" + E + "    reps: 3\n"
        "    phases: [{time: inhale}, {time: exhale}, {time: '5  breaths'}, {time: 1 breath}]\n"
        "    sets: 2\n    rest: 2 breaths\n  - {name: b, hold: exhale, until: 9 breaths,"
        " act: {time: inhale}, release: {time: inhale}}\n"
    ),
    "free breaths": (
        "breath: {inhale: ~4s, exhale: ~4s (3-6s)}\n" + E + "    hold: 3s\n"
        "    setup: {say: Breathe., time: 3 breaths}\n"
    ),
    "until and every": (
        E + "    until: 5min\n    tempo: 3-1-2-0\n  - {name: b, every: 1:00, reps: 5, sets: 10}\n"
        "  - {until: 10min, rest: 10-15s, exercises: [{name: c, work: 20s}]}\n"
        "  - {name: d, until: 1min, rep_duration: 3s}\n"
        "  - {name: e, until: 1min, hold: 3s, act: {time: 1s}, release: {time: 1s}}\n"
    ),
    "a circuit by the clock": (
        H + "  - {rounds: 2, rest_between: 15s, rest: 1min,"
        " exercises: [{name: a, work: 3s}, {name: b, work: 3s}]}\n"
    ),
    "phases": (
        E + "    reps: 3\n    phases: [{say: In, time: 5-10s, brief: 1, chime: true}]\n"
        "  - {name: b, reps: 1, tempo: {eccentric: ~3s, concentric: {say: Up, time: ~1s (0.5-2s)},"
        " top_pause: {time: 0s}}}\n"
    ),
    "cues": (
        E + "    work: 20s\n    cues: [{at: 10s, say: Go on.}, {at: -5s, say: 5}]\n"
        "  - {name: b, work: 20s, cues: [{at: '- 0:09 ', say: x}]}\n"
    ),
    "words for those who can't look": E + "    hold: 3s\n    eyes_free: [Sit., Feel the floor.]\n",
    "schedules": E + "    hold: 3s\n    schedule: {every: 2}\nschedule: {times: 3, per: day}\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_it_takes_what_is_good(text: str) -> None:
    loads(text)
    assert takes(text)


# -- what it refuses ---------------------------------------------------------------

BAD = {
    "nothing that is needed": "title: T\n",
    "no exercises": "title: T\nlanguage: en\nexercises: []\n",
    "an unknown field": E + "    hold: 3s\n    repetitions: 3\n",
    "an unknown field of the routine": "level: easy\n" + E + "    hold: 3s\n",
    "an unknown field of an instruction": E + "    hold: 3s\n    setup: {sya: Sit.}\n",
    "an unknown field in a group": H + "  - {exercises: [{name: a, hold: 3s}], hold: 3s}\n",
    "no name": H + "  - hold: 3s\n",
    "a number for a time": E + "    hold: 3\n",
    "a fraction for a time": E + "    hold: 1.5\n",
    "a number for a rest": E + "    work: 20s\n    sets: 2\n    rest: 15\n",
    "a number for a length": "duration: 20\n" + E + "    hold: 3s\n",
    "a number for the time of a phase": E + "    reps: 1\n    phases: [{time: 3}]\n",
    "a number deep in a group": H + "  - exercises: [{exercises: [{name: a, work: 20}]}]\n",
    "a unit that is none": E + "    hold: 3 reps\n",
    "a decimal comma": E + "    hold: '3,5s'\n",
    "more than 59 seconds": E + "    hold: 1:75\n",
    "more than 59 minutes": E + "    hold: 1:75:00\n",
    "a list for a length": "duration: [20min]\n" + E + "    hold: 3s\n",
    "an editorial hold": E + "    hold: ~3s\n",
    "a range for the time of a set": E + "    reps: 3\n    every: 50-60s\n",
    "an editorial rest": E + "    work: 3s\n    sets: 2\n    rest: ~3s\n",
    "a prescribed time to do something": E + "    hold: 3s\n    setup: {say: Sit., time: 3s}\n",
    "a range for a rep": E + "    reps: 3\n    rep_duration: 2-3s\n",
    "a range for a length": "duration: 20-25min\n" + E + "    hold: 3s\n",
    "a range for a pause": E
    + "    reps: 1\n    tempo: {eccentric: 3s, concentric: 1s, top_pause: 1-2s}\n",
    "a movement of zero": E + "    reps: 1\n    tempo: {eccentric: 3s, concentric: {time: 0s}}\n",
    "a hold of zero": E + "    hold: 0s\n",
    "a length of zero": "duration: 0:00\n" + E + "    hold: 3s\n",
    "a time without a value": E + "    hold:\n",
    "a text without a value": "title:\n" + E.partition("\n")[2] + "    hold: 3s\n",
    "a blank name": H + "  - {name: ' ', hold: 3s}\n",
    "punctuation alone": E + "    hold: 3s\n    feel: '...'\n",
    "a name that is too long": H + f"  - {{name: {'x' * 81}, hold: 3s}}\n",
    "a list for a name": H + "  - {name: [a], hold: 3s}\n",
    "a list in a list of instructions": E + "    hold: 3s\n    movement: [[a]]\n",
    "a text for a list": "equipment: a band\n" + E + "    hold: 3s\n",
    "a text for an exercise": H + "  - toe press\n",
    "a text for a phase": E + "    hold: 3s\n    act: Lift\n",
    "a side that is none": E + "    hold: 3s\n    sides: Left\n",
    "a position that is none": E + "    hold: 3s\n    position: lying\n",
    "a phase that is none": E + "    hold: 3s\n    phase: warm-up\n",
    "a language by its name": H.replace("en", "English", 1) + "  - {name: a, hold: 3s}\n",
    "a word for a count": E + "    hold: 3s\n    reps: ten\n",
    "a fraction for a count": E + "    hold: 3s\n    reps: 1.5\n",
    "a range for how often": E + "    hold: 3s\n    schedule: {times: 2-3, per: day}\n",
    "what only the listener could end": E + "    hold: 3s\n    reps: AMRAP\n",
    "an empty list": E + "    hold: 3s\n    reps: []\n",
    "a list in a list": E + "    hold: 3s\n    reps: [[3]]\n",
    "a list of texts for counts": E + "    hold: 3s\n    reps: [three]\n",
    "a list for the sets": E + "    hold: 3s\n    sets: [3]\n",
    "half the sides": E + "    hold: {right: 3s}\n    sides: right-then-left\n",
    "a third side": E + "    hold: 3s\n    reps: {right: 3, left: 4, both: 5}\n",
    "rests for each side": E + "    work: 3s\n    sets: 2\n    rest: {right: 3s, left: 4s}\n",
    "a fourth level": E + "    hold: {beginner: 3s, expert: 9s}\n",
    "no level": E + "    hold: {}\n",
    "a mistake at one level": E + "    hold: {beginner: 3s, advanced: 9}\n",
    "a mistake in a level in a level": E + "    hold: {beginner: 3s, advanced: {beginner: 9}}\n",
    "the level by level": "level: {beginner: beginner}\n" + E + "    hold: 3s\n",
    "a level that is none": "level: easy\n" + E + "    hold: 3s\n",
    "half a breath": "breath: {inhale: 4s}\n" + E + "    hold: 3s\n",
    "a breath of breaths": "breath: {inhale: 1 breath, exhale: 4s}\n" + E + "    hold: 3s\n",
    "no whole breaths": "breath: {inhale: 4s, exhale: 4s}\n" + E + "    hold: 1.5 breaths\n",
    "reps and until": E + "    reps: 3\n    until: 5min\n    rep_duration: 3s\n",
    "work and until": E + "    work: 3s\n    until: 5min\n",
    "every without reps": E + "    every: 60s\n",
    "every and until": E + "    every: 60s\n    until: 5min\n",
    "every and hold": E + "    every: 60s\n    reps: 3\n    hold: 3s\n",
    "rounds and until": H + "  - {rounds: 3, until: 5min, exercises: [{name: a, work: 3s}]}\n",
    "a rest between in an exercise": E + "    hold: 3s\n    rest_between: 3s\n",
    "a cue without a time": E + "    work: 20s\n    cues: [{say: Go on.}]\n",
    "a cue at a number": E + "    work: 20s\n    cues: [{at: 10, say: Go on.}]\n",
    "a cue at a range": E + "    work: 20s\n    cues: [{at: 5-10s, say: Go on.}]\n",
    "too many cues": E + f"    work: 1h\n    cues: [{'{at: 3s, say: x},' * 101}]\n",
    "a cue that is no list": E + "    work: 20s\n    cues: {at: 10s, say: Go on.}\n",
    "none for a count": E + "    hold: 3s\n    reps: 0\n",
    "too many": E + "    hold: 3s\n    sets: 1001\n",
    "too many in quotes": E + "    hold: 3s\n    sets: '1001'\n",
    "true for a count": E + "    hold: 3s\n    reps: true\n",
    "yes": E + "    work: 3s\n    rest_after_last: yes\n",
    "a number for a flag": E + "    work: 3s\n    rest_after_last: 1\n",
    "no dose": E + "    sides: both\n",
    "half a dose": E + "    reps: 10\n",
    "two doses": E + "    reps: 10\n    hold: 3s\n    tempo: 3-1-2-0\n",
    "work with reps": E + "    reps: 10\n    work: 3s\n",
    "a tempo without reps": E + "    tempo: 3-1-2-0\n",
    "phases without reps": E + "    phases: [{time: 3s}]\n",
    "a tempo of three": E + "    reps: 3\n    tempo: 3-1-2\n",
    "a tempo of zero": E + "    reps: 3\n    tempo: 0-1-2-0\n",
    "half a tempo": E + "    reps: 3\n    tempo: {eccentric: 3s}\n",
    "a schedule by halves": "schedule: {times: 3}\n" + E + "    hold: 3s\n",
    "a schedule of two kinds": "schedule: {times: 3, per: day, every: day}\n"
    + E
    + "    hold: 3s\n",
    "a schedule by the year": "schedule: {times: 3, per: year}\n" + E + "    hold: 3s\n",
    "a quote of nothing": E + "    hold: 3s\n    quotes: {hodl: three seconds}\n",
    "a source without a title": "source: {url: x}\n" + E + "    hold: 3s\n",
    "rounds of nothing": H + "  - rounds: 3\n",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_it_refuses_the_usual_mistakes_as_loads_does(text: str) -> None:
    assert not takes(text)
    with pytest.raises(RoutineError):
        loads(text)


def test_it_refuses_the_mistakes_of_the_format() -> None:
    (wrong,) = re.findall(r"^```yaml wrong\n(.*?)^```$", FORMAT.read_text("utf-8"), re.M | re.S)
    assert not takes(wrong)


# -- properties --------------------------------------------------------------------


def flow(value: Any, *, quotes: bool) -> str:
    """YAML of what the strategies make, each text with or without quotes."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key}: {flow(item, quotes=quotes)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(item, quotes=quotes) for item in value)}]"
    needed = "," in str(value)  # it would end the value
    return json.dumps(value) if quotes or needed else str(value)


@given(steps=st.lists(exercises() | groups(), min_size=1, max_size=3), quotes=st.booleans())
def test_it_takes_every_routine(steps: list[dict[str, Any]], quotes: bool) -> None:
    text = f"title: Random\nlanguage: en\nexercises: {flow(steps, quotes=quotes)}\n"
    loads(text, folder=sounds_folder())
    assert takes(text)


PLAIN = [
    *(
        "",
        "~",
        "null",
        "true",
        "False",
        "yes",
        "3",
        "010",
        "0o10",
        "0x10",
        "1.5",
        "1e3",
        "-1",
        "+1",
    ),
    *(".inf", ".nan", "1_000", "2024-01-02", "20:00", "1:30", "3s", "0s", "10-15s", "~3s", "'3'"),
    *("~3s (2-5s)", "'...'", '"true"', "[]", "{}", "[1, 2]", "[a, {say: b}]", "{say: 3}", "[[a]]"),
    *("{time: 3s}", "{time: ~3s}", "[{time: 3s}]", "{name: x}", "[{name: 1}]", "{hold: x}", "x"),
    *("both", "alternating", "standing", "en", "3-1-2-0", "0-1-2-0", "{times: 3, per: day}"),
    *("{every: 2}", "1000", "1001", "{eccentric: 1s, concentric: 2s}", "[{name: a, hold: 3s}]"),
]
PLAIN += [
    *("8-12", "5 breaths", "inhale", "[3, 4]", "[3s, 4-5s]", "[]", "{beginner: 3, advanced: 4}"),
    *("{right: 3, left: 4-5}", "{right: 3s, left: 4s}", "{right: x, left: y}", "{right: x}"),
    *("{beginner: 3s}", "{advanced: [3s, 4s]}", "{beginner: {advanced: 3}}", "[{beginner: 3s}]"),
    *(
        "{beginner: []}",
        "[{at: 1s, say: x}]",
        "[{at: -1s, say: {beginner: x}}]",
        "{beginner: both}",
    ),
    *("{inhale: 4s, exhale: ~3s}", "[{say: {right: x, left: y}, time: 1-2s, chime: true}]"),
    *("{eccentric: ~1s, concentric: {say: x, time: 2s}}", "AMRAP", "beginner", "{beginner: x}"),
]
FIELDS = [*model.Exercise.model_fields, "rounds", "exercises", "rest_between"]
# What `coaching` may hold is checked above this room, by `audiocoach check`.
ROUTINE_FIELDS = [name for name in model.Routine.model_fields if name != "coaching"]


@st.composite
def odd(draw: st.DrawFn) -> str:
    """A routine with odd values in a few fields."""
    fields = draw(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(PLAIN), max_size=3))
    more = draw(
        st.dictionaries(st.sampled_from(ROUTINE_FIELDS), st.sampled_from(PLAIN), max_size=1)
    )
    way = draw(st.sampled_from(["hold", "work", "go", "rep_duration", "every"]))
    own = {"name": "squat", way: "3s", **fields}
    step = ", ".join(f"{name}: {value}" for name, value in own.items())
    whole = {"title": "T", "language": "en", "exercises": f"[{{{step}}}]", **more}
    return "".join(f"{name}: {value}\n" for name, value in whole.items())


@given(odd())
@settings(max_examples=examples(500))
def test_it_takes_whatever_loads(text: str) -> None:
    assert takes(text) or not loaded(text)


BREATH = "breath: {inhale: 4s, exhale: ~4s}\n"
PLACES = {
    "hold": "hold: {}",
    "rest": "work: 3s, sets: 2, rest: {}",
    "phase": "hold: 3s, act: {{time: {}}}",
    "rep": "reps: 1, rep_duration: {}",
    "instruction": "hold: 3s, setup: {{say: x, time: {}}}",
    "phases": "reps: 1, phases: [{{time: {}}}]",
    "until": "rep_duration: 1s, until: {}",
    "list": "work: [1s, {}]",
    "side": "work: {{right: 1s, left: {}}}, sides: right-then-left",
    "cue": "work: 1h, cues: [{{at: {}, say: x}}]",
    "pause": "reps: 1, tempo: {{eccentric: 1s, concentric: 1s, top_pause: {}}}",
}
_ends = st.sampled_from(
    ["3s", "10s", "1.5s", "0s", "10", "500ms", "2 min", "1:30", "1:05:00", "24h"]
)
_counts = st.sampled_from(["1", "5", "0", "999", ""])
_spaces = st.sampled_from(["", " ", "  ", "\n"])
TIMES = (
    st.lists(_ends | _spaces | st.sampled_from("-–~()"), max_size=9).map("".join)
    | st.tuples(_ends, _spaces, st.sampled_from("-–"), _spaces, _ends).map("".join)
    | st.tuples(_ends, _spaces, _ends, st.sampled_from("-–"), _ends).map(
        lambda t: f"~{t[1]}{t[0]}{t[1]}({t[1]}{t[2]}{t[3]}{t[4]}{t[1]})"
    )
    | st.text(alphabet="0123456789.:-~() smhin", max_size=12)
    | st.tuples(_counts, _spaces, st.sampled_from(["breath", "breaths", "inhale"])).map("".join)
)


@given(text=TIMES, place=st.sampled_from(list(PLACES.values())))
@settings(max_examples=examples(1000))
def test_it_takes_every_time(text: str, place: str) -> None:
    text = f"{BREATH}{H}  - {{name: a, {place.format(json.dumps(text))}}}\n"
    assert takes(text) or not loaded(text)


@given(text=st.text(max_size=100), field=st.sampled_from(["name", "feel", "go"]))
@settings(max_examples=examples(300))
def test_it_takes_every_text(text: str, field: str) -> None:
    step = {"name": "a", "hold": "3s", field: text}
    text = f"{H}  - {json.dumps(step)}\n"
    assert takes(text) or not loaded(text)


# -- the command -------------------------------------------------------------------


def test_the_command_prints_it_or_writes_it(tmp_path: Path) -> None:
    printed = call("routines", "schema", cwd=tmp_path, cache=tmp_path)
    assert (printed.returncode, printed.stdout, printed.stderr) == (
        0,
        schema_text(coaching_schema(), own_coaching_schema()),
        "",
    )
    written = call("routines", "schema", "-o", "a/x.json", cwd=tmp_path, cache=tmp_path)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert (tmp_path / "a" / "x.json").read_text("utf-8") == schema_text(
        coaching_schema(), own_coaching_schema()
    )
