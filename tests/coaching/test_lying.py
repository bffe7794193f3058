"""Lying down, turning over, coming up to the knees: what is asked for can be done from there."""

from __future__ import annotations

import pytest
import yaml
from heard_in import text, timeline

from audiocoach.coaching.dose import side_behind_name
from audiocoach.coaching.moving import request
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Position
from audiocoach.timeline.script import SAMPLE_RATE

_LYING = (Position.LYING_ON_BACK, Position.LYING_ON_FRONT, Position.LYING_ON_SIDE)
_DOWN = {"en": "lie down", "de": "leg dich", "es": "acuéstate", "fr": "allongez"}
_LIMB = {"en": "leg", "de": "Bein", "es": "pierna", "fr": "jambe"}


def asked(language: str, before: Position, after: Position) -> list[str]:
    key = request(before, after)
    forms = (key, *(key.replace(".", f"-{form}.") for form in ("brief", "least")))
    return [phrases_for(language)(each) for each in forms]


@pytest.mark.parametrize("language", languages())
def test_nobody_who_lies_is_asked_to_lie_down(language: str) -> None:
    for before in _LYING:
        for after in _LYING:
            if before is not after:
                told = asked(language, before, after)
                assert not [each for each in told if _DOWN[language] in each.casefold()]
    assert _DOWN[language] in asked(language, Position.STANDING, _LYING[0])[0].casefold()


@pytest.mark.parametrize("language", languages())
def test_who_is_on_the_floor_comes_up_to_the_knees(language: str) -> None:
    standing = asked(language, Position.STANDING, Position.KNEELING)[0]
    floor = (*_LYING, Position.SITTING_ON_FLOOR, Position.HANDS_AND_KNEES)
    for before in floor:
        assert asked(language, before, Position.KNEELING)[0] != standing


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sides", ["right-then-left", "right", "alternating"])
def test_the_side_is_told_before_one_lies_down_for_it(sides: str, language: str) -> None:
    routine = f"""
    - {{name: A a, position: lying on side, sides: {sides}, limb: {_LIMB[language]}, reps: 5,
       rep_duration: 3s}}
    """
    phrases = phrases_for(language)
    lines = [text(cue.sound) for cue in timeline(routine, language).cues]
    down = lines.index(phrases("position.lying-on-side"))
    side = phrases.inline("side-name", side="right", limb=_LIMB[language])
    named = next(at for at, line in enumerate(lines) if "A a" in line)
    assert any(side in line for line in lines[named:down])


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", "rest_between: 20s, "])
def test_who_lies_on_the_wrong_side_is_asked_to_turn_over(rest: str, language: str) -> None:
    """Not where the side stays; and with the time it takes, if no rest is prescribed."""
    limb = _LIMB[language]
    first, second, third = (
        f"{{name: {name}, position: lying on side, sides: {side}, limb: {limb}, work: 20s}}"
        for name, side in (("A a", "right"), ("B b", "left"), ("C c", "left"))
    )
    routine = f"- {{{rest}exercises: [{first}, {second}, {third}]}}"
    cues = timeline(routine, language).cues
    lines, over = [text(cue.sound) for cue in cues], phrases_for(language)("position.turn-over")
    assert lines.count(over) == 1
    place = lines.index(over)
    side = phrases_for(language).inline("side-name", side="left", limb=limb)
    assert any(side in line for line in lines[:place])
    assert rest or cues[place + 1].start - cues[place].start > 6 * SAMPLE_RATE


@pytest.mark.parametrize("language", languages())
def test_the_limb_is_named_to_who_lies_on_one_side(language: str) -> None:
    """Behind a name that ends in it, too: "left side" would be the side to lie on."""
    phrases, limb = phrases_for(language), _LIMB[language]
    exercise = {"name": f"Xy {limb}", "position": "lying on side", "work": "20s", "limb": limb}
    (told,) = loads(
        yaml.safe_dump({"title": "T", "language": language, "exercises": [exercise]})
    ).all_exercises()
    named = phrases.inline("side-name", side="left", limb=limb)
    assert side_behind_name(phrases, told, "left") == named
