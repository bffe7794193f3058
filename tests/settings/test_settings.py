"""The table of settings: who wins, what a preset is, and what is said about a wrong value."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.errors import AudiocoachError, RoutineError, UsageError
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.settings.config import Config, ConfigError, load_config
from audiocoach.settings.kinds import NATURAL
from audiocoach.settings.resolve import Chosen, Options, Resolved, resolve
from audiocoach.settings.table import (
    PRESETS,
    SETTINGS,
    Family,
    Place,
    Setting,
    Settings,
    coaching_schema,
    names,
)
from audiocoach.settings.values import Amount, Mark, Pace, Telling

HEAD = "title: T\nlanguage: en\n"
EXERCISES = "exercises:\n  - {name: squat, hold: 3s}\n"


def routine(**coaching: str) -> Routine:
    """A routine with settings of its own, the first of them on line 4."""
    lines = "".join(f"  {name}: {value}\n" for name, value in coaching.items())
    return loads(f"{HEAD}coaching:\n{lines}{EXERCISES}" if lines else HEAD + EXERCISES, name="r")


def config(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def from_config(**settings: object) -> Config:
    return Config(Path("c.toml"), settings=settings)


# -- the table -----------------------------------------------------------------------


def test_without_a_choice_the_defaults_hold() -> None:
    settled = resolve({}, {})
    assert settled.settings == Settings()
    assert settled.family(Family.DOSE) == {
        **dict.fromkeys(("level", "affected", "sides", "sets", "reps", "rounds")),
        **dict.fromkeys(("only", "skip"), ()),
    }
    assert settled.changed() == {}
    assert {each.origin for each in settled.values()} == {"default"}
    assert (settled["voice"].value, settled["offline"].value) == (None, False)


def test_an_option_that_says_nothing_changes_nothing() -> None:
    nothing = Options(**{name: getattr(Options(), name) for name in SETTINGS})
    assert nothing == Options()
    assert resolve(nothing.given, {}).changed() == {}


def some(row: Setting) -> tuple[Any, str]:
    """A value that is not the default, and its text."""
    if row.kind.choices:
        text = next(each for each in row.kind.choices if each != row.kind.write(row.default))
    elif row.kind.is_switch:
        text = "off" if row.default else "on"
    else:
        text = {
            "duration": "18:00",
            "rate": "1.25",
            "transition": "x1.5",
            "get_ready": "4s",
            "max_silence": "off",
            "warn_at": "30s,10%",
            "seed": "7",
            "bed_level": "30",
            "voice": "espeak:en-gb",
            "language": "en-GB",
            "sets": "2",
            "reps": "5",
            "rounds": "3",
            "only": "squat, lunge",
            "skip": "plank",
        }[row.name]
    return row.kind.read(text), text


@pytest.mark.parametrize("row", SETTINGS.values(), ids=lambda row: row.name)
def test_each_setting_is_taken_from_each_of_its_places(row: Setting) -> None:
    value, text = some(row)
    assert value != row.default
    for place in row.places:
        settled, origin = given_in(place, row, text)
        assert settled[row.name] == Chosen(value, place, origin)
        assert row.name in settled.changed()


def given_in(place: Place, row: Setting, text: str) -> tuple[Resolved, str]:
    match place:
        case Place.FLAG:
            settled = resolve({row.name: text}, {})
            return settled, row.flag_for(settled[row.name].value)
        case Place.ENVIRONMENT:
            return resolve({}, {row.variable: f" {text} "}), row.variable
        case Place.ROUTINE if row.name == "duration":
            told = loads(f"{HEAD}duration: {text}\n{EXERCISES}")
            return resolve({}, {}, told), "the routine, line 3"
        case Place.ROUTINE:
            return resolve({}, {}, routine(**{row.name: text})), "the routine, line 4"
        case _:
            own = {"voice": text, "offline": True, "fallback": True}
            if row.name in own:
                told_by = Config(Path("c.toml"), **{row.name: own[row.name]})  # type: ignore[arg-type]
            else:
                told_by = from_config(**{row.name: text})
            return resolve({}, {}, None, told_by), "the config"


def test_flags_are_values_as_well_as_texts() -> None:
    texts = {"pace": "slow", "duration": "1:15.5", "transition": "x1.5", "warn_at": "10s"}
    texts |= {"duration": "75500ms", "rate": "0.9", "countdown": "5", "sets": "2"}
    values = {
        "pace": Pace.SLOW,
        "duration": 75_500,
        "transition": Amount(percent=150),
        "warn_at": (Mark(10_000),),
        "rate": 0.9,
        "countdown": 5,
        "sets": 2,
    }
    assert dict(resolve(texts, {})) == dict(resolve(values, {}))
    assert resolve({"halfway": False, "only": ["a"]}, {}).settings.only == ("a",)
    with pytest.raises(UsageError, match=r"--rate: '9\.0' is not a number between"):
        resolve({"rate": 9.0}, {})
    with pytest.raises(UsageError, match="--duration: a session can't be empty"):
        resolve({"duration": 0}, {})


def test_the_values_of_toml_are_taken(tmp_path: Path) -> None:
    text = 'pace = "slow"\nrate = 0.9\ncountdown = 5\nchimes = false\nhalfway = "no"\nseed = 3\n'
    settled = resolve({}, {}, None, config(tmp_path, text))
    told = {name: each.value for name, each in settled.changed().items()}
    assert told == {
        "pace": Pace.SLOW,
        "rate": 0.9,
        "halfway": False,
        "countdown": 5,
        "seed": 3,
        "chimes": False,
    }


def test_the_compiler_and_the_dose_are_given_the_values() -> None:
    settled = resolve(
        {"coaching": "brief", "first_side": "left", "max_silence": "off", "warn_at": "off"}
        | {"level": "advanced", "sides": "left", "sets": "2", "only": ("a, b", "c")},
        {"AUDIOCOACH_SKIP": "x, y", "AUDIOCOACH_DURATION": "9min"},
    )
    assert settled.settings == Settings(
        duration=540_000,
        coaching=Telling.BRIEF,
        first_side="left",
        max_silence=0,
        warn_at=(),
        level="advanced",
        sides="left",
        sets=2,
        only=("a, b", "c"),
        skip=("x", "y"),
    )
    dose = {"level": "advanced", "sides": "left", "sets": 2, "reps": None, "rounds": None}
    dose["affected"] = None
    assert settled.family(Family.DOSE) == dose | {"only": ("a, b", "c"), "skip": ("x", "y")}


# -- who wins ------------------------------------------------------------------------

LADDER = {  # the upper step is the stronger one: how each says the pace, and what it is called
    "flag": ("normal", "--pace"),
    "preset of the flag": ("slow", "preset gentle (--preset)"),
    "variable": ("brisk", "AUDIOCOACH_PACE"),
    "preset of the variable": ("slow", "preset gentle (AUDIOCOACH_PRESET)"),
    "routine": ("normal", "the routine, line 5"),
    "preset of the routine": ("brisk", "preset express (the routine, line 4)"),
    "config": ("normal", "the config"),
    "preset of the config": ("slow", "preset gentle (the config)"),
}
STEPS = list(LADDER)
BY_PRESET = {"slow": "gentle", "brisk": "express"}


def pace_said_on(steps: Collection[str]) -> tuple[str, str]:
    """The pace that holds when it is said on some steps, and where it comes from."""
    layers: list[dict[str, str]] = []
    for own, preset in zip(STEPS[::2], STEPS[1::2], strict=True):
        layer = {"preset": BY_PRESET[LADDER[preset][0]]} if preset in steps else {}
        layers.append(layer | ({"pace": LADDER[own][0]} if own in steps else {}))
    flags, environ, block, in_config = layers
    variables = {SETTINGS[name].variable: text for name, text in environ.items()}
    # A key that says nothing about the pace stands on line 4 unless the preset does.
    block = block if "preset" in block else {"seed": "1"} | block
    settled = resolve(flags, variables, routine(**block), from_config(**in_config))
    return settled["pace"].value, settled["pace"].origin


@pytest.mark.parametrize(("upper", "lower"), list(itertools.combinations(STEPS, 2)))
def test_of_two_places_the_upper_one_wins(upper: str, lower: str) -> None:
    assert pace_said_on({upper, lower}) == LADDER[upper]


@given(steps=st.frozensets(st.sampled_from(STEPS), min_size=1))
def test_of_any_places_the_uppermost_wins(steps: frozenset[str]) -> None:
    first = next(step for step in STEPS if step in steps)
    assert pace_said_on(steps) == LADDER[first]


def test_settings_come_from_several_places_at_once() -> None:
    settled = resolve(
        {"pace": "slow"}, {"AUDIOCOACH_RATE": "0.8"}, routine(chimes="off"), from_config(seed=4)
    )
    told = {name: each.origin for name, each in settled.changed().items()}
    assert told == {
        "pace": "--pace",
        "rate": "AUDIOCOACH_RATE",
        "seed": "the config",
        "chimes": "the routine, line 4",
    }


def test_a_voice_of_the_config_is_not_one_that_was_asked_for() -> None:
    own = Config(Path("c.toml"), voice="espeak:de", offline=True)
    assert resolve({}, {}, None, own).chosen_now("voice") is None
    assert resolve({}, {}, None, own).chosen_now("offline") is None
    asked = resolve({"offline": False}, {"AUDIOCOACH_VOICE": "espeak:fr"}, None, own)
    assert (asked.chosen_now("voice"), asked.chosen_now("offline")) == ("espeak:fr", False)


def test_an_empty_variable_says_nothing() -> None:
    assert resolve({}, {"AUDIOCOACH_PACE": " ", "AUDIOCOACH_SKIP": ""}).changed() == {}


# -- how long a session told in few words is -------------------------------------------

WITH_LENGTH = f"{HEAD}duration: 20:00\n"


@pytest.mark.parametrize("telling", ["brief", "minimal"])
@pytest.mark.parametrize("where", ["flag", "variable", "routine", "config"])
def test_told_in_few_words_it_has_its_natural_length(telling: str, where: str) -> None:
    block = f"coaching: {{coaching: {telling}}}\n" if where == "routine" else ""
    settled = resolve(
        {"coaching": telling} if where == "flag" else {},
        {"AUDIOCOACH_COACHING": telling} if where == "variable" else {},
        loads(WITH_LENGTH + block + EXERCISES),
        from_config(**({"coaching": telling} if where == "config" else {}), duration="5min"),
    )
    assert settled.settings.duration is None
    assert settled["duration"].origin.startswith(f"coaching is {telling} (")


@pytest.mark.parametrize("where", ["flag", "variable", "config"])
def test_described_to_closed_eyes_it_has_its_natural_length(where: str) -> None:
    settled = resolve(
        {"eyes_free": True} if where == "flag" else {},
        {"AUDIOCOACH_EYES_FREE": "on"} if where == "variable" else {},
        loads(WITH_LENGTH + EXERCISES),
        from_config(**({"eyes_free": True} if where == "config" else {})),
    )
    assert settled.settings.duration is None
    assert settled["duration"].origin.startswith("eyes_free is on (")


def test_a_routine_that_is_made_for_closed_eyes_keeps_its_length() -> None:
    block = "coaching: {eyes_free: on}\n"
    settled = resolve({}, {}, loads(WITH_LENGTH + block + EXERCISES))
    assert settled.settings.duration == 1_200_000


@pytest.mark.parametrize("telling", ["full", "fade"])
def test_told_in_full_it_has_the_routines_length(telling: str) -> None:
    settled = resolve({"coaching": telling}, {}, loads(WITH_LENGTH + EXERCISES))
    assert settled["duration"] == Chosen(1_200_000, Place.ROUTINE, "the routine, line 3")


def test_a_length_by_flag_or_variable_holds_however_much_is_told() -> None:
    told = loads(WITH_LENGTH + EXERCISES)
    for flags, environ in (({"duration": "3min"}, {}), ({}, {"AUDIOCOACH_DURATION": "3:00"})):
        for other in ({"coaching": "brief"}, {"eyes_free": True}):
            assert resolve(flags | other, environ, told).settings.duration == 180_000


# -- presets ---------------------------------------------------------------------------


def changes(preset: str) -> dict[str, str]:
    settled = resolve({"preset": preset}, {}, loads(WITH_LENGTH + EXERCISES))
    return {
        name: SETTINGS[name].written(each.value)
        for name, each in settled.items()
        if each.origin == f"preset {preset} (--preset)"
    }


def test_presets_are_what_they_are_said_to_be() -> None:
    slow = {"duration": NATURAL, "pace": "slow", "rate": "0.9", "coaching": "full"}
    assert changes("gentle") == slow | {"transition": "x1.3", "countdown": "5"}
    assert changes("eyes-free") == slow | {"eyes_free": "on", "breath": "on"}
    assert changes("express") == {
        "duration": NATURAL,
        "pace": "brisk",
        "coaching": "brief",
        "encouragement": "off",
    }


def test_standard_takes_back_what_another_preset_of_a_lower_place_changed() -> None:
    for preset in PRESETS:
        lower = from_config(preset=preset, countdown=10)
        settled = resolve({"preset": "standard"}, {}, None, lower)
        assert replace(settled.settings, preset=None) == Settings()
    kept = resolve({"preset": "standard"}, {}, routine(count="off", max_silence="off"))
    assert (kept["count"].value, kept["max_silence"].value) == ("off", 0)


@pytest.mark.parametrize("preset", ["gentle", "express", "eyes-free"])
@pytest.mark.parametrize("where", ["flag", "variable", "config"])
def test_a_preset_gives_the_same_length_wherever_it_stands(preset: str, where: str) -> None:
    """The routine's own length would squeeze a gentle session, and fill a brief one."""
    settled = resolve(
        {"preset": preset} if where == "flag" else {},
        {"AUDIOCOACH_PRESET": preset} if where == "variable" else {},
        loads(WITH_LENGTH + EXERCISES),
        from_config(preset=preset) if where == "config" else None,
    )
    assert settled.settings.duration is None
    assert settled["duration"].origin.startswith(f"preset {preset} (")


def test_a_length_chosen_beside_a_preset_holds() -> None:
    told = loads(WITH_LENGTH + EXERCISES)
    gentle = from_config(preset="gentle")
    for flags, environ in (({"duration": "3min"}, {}), ({}, {"AUDIOCOACH_DURATION": "3:00"})):
        assert resolve(flags, environ, told, gentle).settings.duration == 180_000
    both = from_config(preset="gentle", duration="25:00")
    assert resolve({}, {}, loads(HEAD + EXERCISES), both).settings.duration == 1_500_000


def test_standard_leaves_a_routine_its_own_length() -> None:
    told = loads(WITH_LENGTH + EXERCISES)
    settled = resolve({"preset": "standard"}, {"AUDIOCOACH_PRESET": "gentle"}, told)
    assert settled["duration"] == Chosen(1_200_000, Place.ROUTINE, "the routine, line 3")


def test_every_preset_there_is_can_be_chosen() -> None:
    assert set(SETTINGS["preset"].kind.choices) == set(PRESETS)
    paced = {row.name for row in SETTINGS.values() if row.family in (Family.PACE, Family.COACHING)}
    for preset, values in PRESETS.items():
        assert values.keys() <= paced - {"preset", "seed"}, preset
        for name, value in values.items():
            row = SETTINGS[name]
            assert row.kind.read(row.kind.write(value)) == value


# -- what is wrong ---------------------------------------------------------------------

MISTAKES = [
    (
        "pace",
        "fast",
        "'fast' is not possible here; did you mean brisk? write slow, normal or brisk",
    ),
    ("pace", "brisc", "'brisc' is not possible here; did you mean brisk? write slow, normal"),
    ("rate", "fast", "'fast' is not a number between 0.5 and 2.0"),
    ("rate", "2.1", "'2.1' is not a number between 0.5 and 2.0"),
    ("rate", "nan", "'nan' is not a number between 0.5 and 2.0"),
    ("transition", "12", "'12' has no unit; write it with its unit, such as 3s, 1:30, 2min or"),
    (
        "transition",
        "1.5x",
        "'1.5x': 'x' is not a unit; the units are ms, s, min and h; or a factor",
    ),
    ("transition", "x11", "'x11' is too much; x10 is the most"),
    ("get_ready", "-2s", "'-2s' is below zero"),
    (
        "coaching",
        "short",
        "'short' is not possible here; did you mean brief? write full, brief, minimal or fade",
    ),
    ("count", "every5", "did you mean every-5? write auto, every, every-5, ends or off"),
    ("count_direction", "back", "'back' is not possible here; write auto, up or down"),
    ("countdown", "4", "'4' is not possible here; write 0, 3, 5 or 10"),
    ("warn_at", "soon", "'soon' is not a time; write it with its unit, such as 3s"),
    ("warn_at", "10s,soon", "'soon' is not a time"),
    ("warn_at", "0%", "'0%' is the end itself; write 'off' for none"),
    ("warn_at", "0s", "'0s' is the end itself; write 'off' for none"),
    ("halfway", "maybe", "'maybe' is not possible here; write on or off"),
    ("seed", "-1", "'-1' is not a whole number from 0 to 999999999"),
    ("first_side", "both", "'both' is not possible here; write right, left or as-written"),
    ("max_silence", "3s", "'3s' is too short; write 5s or more, or 'off'"),
    ("max_silence", "none", "'none' is not a time; write it with its unit, such as 3s, 1:30, 2min"),
    ("preset", "gentel", "did you mean gentle? write gentle, standard, express or eyes-free"),
    ("eyes_free", "1", "'1' is not possible here; write on or off"),
]
EACH_TIME = [
    ("duration", "20", "'20' has no unit; did you mean 20min? Or write natural"),
    ("duration", "long", "(or 'natural')"),
    ("duration", "0s", "a session can't be empty"),
    ("language", "English", "'English' is not a language code; did you mean en?"),
    ("level", "pro", "'pro' is not possible here; write beginner, intermediate or advanced"),
    ("sides", "up", "'up' is not possible here; write right, left or both"),
    ("sets", "0", "'0' is not a whole number from 1 to 1000"),
    ("reps", "many", "'many' is not a whole number from 1 to 1000"),
    ("rounds", "101", "'101' is not a whole number from 1 to 100"),
]


def told(kind: type[AudiocoachError], resolving: Any) -> str:
    with pytest.raises(kind) as error:
        resolving()
    return str(error.value)


@pytest.mark.parametrize(("name", "text", "says"), MISTAKES + EACH_TIME)
def test_a_wrong_flag_or_variable_is_one_line_with_its_place(
    name: str, text: str, says: str
) -> None:
    row = SETTINGS[name]
    for place, layers in (
        (row.flag, ({name: text}, {})),
        (row.variable, ({}, {row.variable: text})),
    ):
        message = told(UsageError, lambda layers=layers: resolve(*layers))
        assert message.startswith(f"{place}: ")
        assert says in message
        assert "\n" not in message


@pytest.mark.parametrize(("name", "text", "says"), MISTAKES)
def test_a_wrong_value_in_a_routine_is_told_with_its_line(name: str, text: str, says: str) -> None:
    message = told(RoutineError, lambda: resolve({}, {}, routine(**{name: f"'{text}'"})))
    assert message.startswith(f"r:4:3: coaching: {name}: ")
    assert says in message


@pytest.mark.parametrize(("name", "text", "says"), MISTAKES)
def test_a_wrong_value_in_the_config_is_told_with_its_key(name: str, text: str, says: str) -> None:
    message = told(ConfigError, lambda: resolve({}, {}, None, from_config(**{name: text})))
    assert message.startswith(f"the config c.toml: {name} ")
    assert says in message
    assert "\n" not in message


def test_every_mistake_of_a_routine_is_told_at_once() -> None:
    wrong = routine(pace="fast", chimes="off", paece="slow", countdown="4")
    assert told(RoutineError, lambda: resolve({}, {}, wrong)).splitlines() == [
        "r:4:3: coaching: pace: 'fast' is not possible here; did you mean brisk? write slow, "
        "normal or brisk",
        "r:6:3: coaching: 'paece' is unknown; did you mean pace? keys: "
        + ", ".join(names(Place.ROUTINE)),
        "r:7:3: coaching: countdown: '4' is not possible here; write 0, 3, 5 or 10",
    ]


def test_the_block_is_fields_with_one_text_each() -> None:
    for block, says in (
        ("coaching: slow", "3:11: coaching: 'slow' must have fields of its own"),
        ("coaching: {pace: }", "3:12: coaching: pace: has no value; write one"),
        ("coaching: {pace: [slow]}", "3:18: coaching: pace: must be a text, not a list"),
    ):
        assert says in told(RoutineError, lambda block=block: loads(f"{HEAD}{block}\n{EXERCISES}"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("duration", "belongs at the top of a routine, not here"),
        ("voice", "is no choice of a routine, which must not say who hears its texts; use --voice"),
        ("offline", "use --offline or AUDIOCOACH_OFFLINE, or your config"),
        (
            "level",
            "is a dose, and belongs in the exercises; to change it, use --level or AUDIOCOACH",
        ),
        (
            "sets",
            "is a dose, and belongs in the exercises; to change it, use --sets or AUDIOCOACH_",
        ),
        ("count-direction", "is unknown; did you mean count_direction?"),
    ],
)
def test_what_a_routine_may_not_set(name: str, says: str) -> None:
    message = told(RoutineError, lambda: resolve({}, {}, routine(**{name: "x"})))
    assert message.startswith(f"r:4:3: coaching: '{name}' ")
    assert says in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("voise = 'x'", "voise is unknown; did you mean voice? keys: duration, pace"),
        ("Voices = 'x'", "Voices is unknown; did you mean voices?"),
        ("sets = 2", "sets would change every routine; use --sets or AUDIOCOACH_SETS"),
        ("only = ['a']", "only would change every routine; use --only or AUDIOCOACH_ONLY"),
        ("pace = ['slow']", "pace must be one value, such as a text"),
        ("pace = ''", "pace has no value; write one, or leave it out"),
        ("rate = inf", "rate 'inf' is not a number between 0.5 and 2.0"),
        ("countdown = 4", "countdown '4' is not possible here; write 0, 3, 5 or 10"),
        ("halfway = 1", "halfway '1' is not possible here; write on or off"),
        ("max_silence = 20", "max_silence '20' has no unit"),
        ("coaching = {pace = 'slow'}", "coaching must be one value, such as a text"),
    ],
)
def test_what_a_config_may_not_hold(tmp_path: Path, text: str, says: str) -> None:
    own = config(tmp_path, text)
    message = told(ConfigError, lambda: resolve({}, {}, None, own))
    assert message.startswith(f"the config {own.path}: {says}")
    assert "\n" not in message


def test_an_error_knows_the_setting_and_the_place() -> None:
    def raised(flags: Any, environ: dict[str, str], own: Config | None = None) -> UsageError:
        with pytest.raises(UsageError) as error:
            resolve(flags, environ, None, own)
        return error.value

    flag = raised({"max_silence": "1s"}, {})
    assert (flag.setting, flag.place) == ("max_silence", "--max-silence")
    variable = raised({}, {"AUDIOCOACH_PACE": "fast"})
    assert (variable.setting, variable.place) == ("pace", "AUDIOCOACH_PACE")
    for key, setting in (("pace", "pace"), ("paece", "")):
        wrong = raised({}, {}, from_config(**{key: "fast"}))
        assert isinstance(wrong, ConfigError)
        assert (wrong.setting, wrong.place, wrong.key) == (setting, key, key)
        assert wrong.path == Path("c.toml")


@given(text=st.text(max_size=80), name=st.sampled_from(sorted(SETTINGS)))
def test_any_text_is_a_value_or_one_clear_line(text: str, name: str) -> None:
    row = SETTINGS[name]
    try:
        value = resolve({}, {row.variable: text})[name].value
    except UsageError as error:
        message = str(error)
        assert message.startswith(f"{row.variable}: ")
        assert message.isprintable()
        return
    if value != row.default:
        assert resolve({name: row.kind.write(value)}, {})[name].value == value


# -- what an editor is told ------------------------------------------------------------

VALIDATOR = jsonschema.Draft202012Validator(coaching_schema())


def test_the_schema_has_every_key_and_choice() -> None:
    properties = coaching_schema()["properties"]
    assert list(properties) == list(names(Place.ROUTINE))
    for name in names(Place.ROUTINE):
        row = SETTINGS[name]
        _, text = some(row)
        for written in (text, *row.kind.choices):
            assert VALIDATOR.is_valid({name: written}), (name, written)
        assert row.help in properties[name]["description"]
    for number in (0, 3, 5, 10):
        assert VALIDATOR.is_valid({"countdown": number})
    assert VALIDATOR.is_valid({"halfway": False, "rate": 0.9, "seed": 3, "warn_at": "30s, 10%"})


@pytest.mark.parametrize(("name", "text", "_"), MISTAKES)
def test_the_schema_marks_mistakes(name: str, text: str, _: str) -> None:
    unseen = {"x11", "2.1", "0%", "0s", "3s"}  # figures an editor does not compare
    assert text in unseen or not VALIDATOR.is_valid({name: text})
