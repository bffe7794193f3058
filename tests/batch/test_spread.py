"""Which sessions a command line asks for, and how their files are called."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.batch.variants import Variant, spread
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS

FOLDER: Final = Path("folder")
SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {
    "language": ("en", "de", "pt-BR"),
    "duration": ("20:00", "15min", "natural"),
    "pace": ("slow", "normal", "brisk"),
    "rate": ("0.9", "1", "1.25"),
    "transition": ("x1.5", "12s"),
    "get_ready": ("5s", "x2"),
    "first_side": ("right", "left"),
    "max_silence": ("20s", "off"),
    "preset": ("gentle", "express"),
    "coaching": ("full", "brief"),
    "count": ("every", "off"),
    "count_direction": ("up", "down"),
    "countdown": ("3", "10"),
    "seed": ("1", "2", "3"),
    "voice": ("espeak:en-us+f3", "gtts", "command:/opt/say"),
    "bed": ("rain", "off", "music.mp3"),
    "bed_level": ("20", "30"),
    "bitrate": ("64", "96"),
    "level": ("beginner", "advanced"),
    "affected": ("left", "right"),
    "sides": ("left", "both"),
    "sets": ("1", "2"),
    "reps": ("8", "12"),
    "rounds": ("1", "2"),
}
"""A few values of each setting that may hold several."""


def options_with(values: Mapping[str, Any]) -> Options:
    return Options(**values)


def names(sources: list[str], **values: str) -> list[str]:
    return [each.name for each in spread(sources, options_with(values), FOLDER)]


@pytest.mark.parametrize(
    ("sources", "values", "told"),
    [
        (["foot-care"], {}, ["foot-care"]),
        (["foot-care"], {"pace": "slow"}, ["foot-care"]),
        (["foot-care", "my/own.yaml"], {"pace": "slow"}, ["foot-care", "own"]),
        (["./own.yml"], {"pace": "slow,brisk"}, ["own-slow", "own-brisk"]),
        (
            ["foot-relief"],
            {"pace": "slow, normal", "language": "en ,de"},
            [
                "foot-relief-en-slow",
                "foot-relief-en-normal",
                "foot-relief-de-slow",
                "foot-relief-de-normal",
            ],
        ),
        (["own.v2.yaml"], {"duration": "20:00,18.5min"}, ["own.v2-20-00", "own.v2-18.5min"]),
        (
            ["own.yaml"],
            {"voice": "espeak:en-us+f3,espeak:+f3,command:/opt/say it/now"},
            ["own-espeak-en-us-f3", "own-espeak-f3", "own-command-opt-say-it-now"],
        ),
        (["Füße 足.yaml"], {"rate": "0.9,1"}, ["Füße 足-0.9", "Füße 足-1"]),
    ],
)
def test_the_name_is_the_routines_and_what_differs(
    sources: list[str], values: dict[str, str], told: list[str]
) -> None:
    assert names(sources, **values) == told


def test_one_variant_keeps_its_options_and_takes_the_routines_name() -> None:
    options = Options(pace="slow", warn_at="30s,10s", chimes=False)
    assert spread(["my/own.yaml"], options, FOLDER) == (
        Variant("own", "my/own.yaml", options, FOLDER / "own.mp3"),
    )


def test_what_is_left_of_a_routine_has_a_name_of_its_own() -> None:
    (only,) = spread(["own.yaml"], Options(only=("1", "a, b"), sets="2"), FOLDER)
    assert only.output == FOLDER / "own-exercise-1-a-b-2-sets.mp3"
    (without,) = spread(["own.yaml"], Options(skip=("toe walk",), sides="left"), FOLDER)
    assert without.output == FOLDER / "own-without-toe-walk-left.mp3"


def test_what_may_hold_several_values_is_all_that_holds_one_and_has_no_commas_of_its_own() -> None:
    others = {name for name in SETTINGS if name not in SEVERAL}
    assert {name for name, row in SETTINGS.items() if row.kind.spreads} == set(SEVERAL)
    assert {name for name in others if not SETTINGS[name].kind.is_switch} == {
        "warn_at",
        "only",
        "skip",
    }
    for name in others:
        if not SETTINGS[name].kind.is_switch:
            (only,) = spread(["own"], options_with({name: "30s,10s"}), FOLDER)
            assert getattr(only.options, name) == "30s,10s"


DOSES: Final = {
    "affected": "affected",
    "sides": "",
    "level": "",
    "sets": "sets",
    "reps": "reps",
    "rounds": "rounds",
}
"""What is told of a dose, and the word beside it where one value was asked for."""


@st.composite
def choices(draw: st.DrawFn) -> dict[str, list[str]]:
    """Some settings with some of their values each."""
    chosen = draw(st.lists(st.sampled_from(sorted(SEVERAL)), max_size=4, unique=True))
    return {
        name: draw(st.lists(st.sampled_from(SEVERAL[name]), min_size=1, unique=True))
        for name in chosen
    }


@given(
    sources=st.lists(
        st.sampled_from(["foot-care", "a/foot-relief.yaml", "b.yml"]), min_size=1, unique=True
    ),
    values=choices(),
    comma=st.sampled_from([",", ", ", " ,"]),
)
def test_every_combination_is_there_once(
    sources: list[str], values: dict[str, list[str]], comma: str
) -> None:
    given_options = options_with({name: comma.join(each) for name, each in values.items()})
    variants = spread(sources, given_options, FOLDER)
    assert len(variants) == len(sources) * prod(map(len, values.values()))
    asked = [
        (variant.source, tuple(getattr(variant.options, name) for name in values))
        for variant in variants
    ]
    assert sorted(asked) == sorted(product(sources, product(*values.values())))

    assert len({str(variant.output).casefold() for variant in variants}) == len(variants)
    assert all(variant.output == FOLDER / f"{variant.name}.mp3" for variant in variants)
    left = SETTINGS.keys() - values
    for variant in variants:
        assert all(getattr(variant.options, name) == getattr(given_options, name) for name in left)


@given(values=choices())
def test_a_name_is_fit_for_any_system_and_tells_only_what_differs(
    values: dict[str, list[str]],
) -> None:
    asked = options_with({name: ",".join(each) for name, each in values.items()})
    for variant in spread(["own.yaml"], asked, FOLDER):
        assert not set('<>:"/\\|?*+ ,') & set(variant.name)
        parts = [
            f"{'' if len(each) > 1 else DOSES.get(name, '')}{getattr(variant.options, name)}"
            for name, each in values.items()
            if len(each) > 1 or name in DOSES
        ]
        assert variant.name.startswith("own-" if parts else "own")
        told = variant.name.removeprefix("own").replace("-", "")
        safe = ["".join(c for c in part if c.isalnum() or c == ".") for part in parts]
        assert sorted(told) == sorted("".join(safe))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"pace": "slow,"}, "--pace: a value is missing beside a comma in 'slow,'"),
        ({"pace": ",slow"}, "--pace: a value is missing beside a comma in ',slow'"),
        ({"pace": "slow, ,brisk"}, "--pace: a value is missing beside a comma"),
        ({"pace": "slow,slow"}, "--pace: 'slow' would be built twice; leave one out"),
        ({"duration": "20:00,20min"}, "--duration: '20:00' and '20min' would be built twice"),
        ({"pace": "slow,fast"}, "--pace: 'fast' is not possible here; did you mean brisk? write"),
        ({"rate": "1,9"}, "--rate: '9' is not a number between 0.5 and 2.0"),
        (
            {"voice": "espeak:en-us,espeak-en-us"},
            "folder/own-espeak-en-us.mp3 would be written twice, for two values of --voice for "
            "own.yaml; build them one by one, each with an --output of its own",
        ),
    ],
)
def test_a_mistake_in_values_is_told(values: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as told:
        names(["own.yaml"], **values)
    assert str(told.value).startswith(message)


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["own.yaml", "own.yaml"], "own.yaml is given twice; leave one out"),
        (
            ["a/own.yaml", "b/own.yaml"],
            "folder/own-slow.mp3 would be written twice, for a/own.yaml and b/own.yaml; build "
            "them one by one, each with an --output of its own",
        ),
        (["Own.yaml", "own.yaml"], "folder/own-slow.mp3 would be written twice, for Own.yaml and"),
    ],
)
def test_two_variants_never_share_a_file(sources: list[str], message: str) -> None:
    with pytest.raises(UsageError) as told:
        names(sources, pace="slow,brisk")
    assert str(told.value).startswith(message)
