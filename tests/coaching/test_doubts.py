"""What `check` asks about: allowed, but probably meant otherwise."""

from __future__ import annotations

from inspect import isfunction

import pytest

from audiocoach.checking import DOUBTS
from audiocoach.coaching import doubts, hurried
from audiocoach.coaching.doubts import lowered_first
from audiocoach.coaching.hurried import hurried_changes, hurried_loads
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import loads

LIFTED = {
    "en": ("calf raise", "squat"),
    "de": ("Fersenheben", "Kniebeuge"),
    "es": ("elevación de talones", "sentadilla"),
    "fr": ("relevé de mollets", "flexion"),
}


@pytest.mark.parametrize("language", LIFTED)
def test_a_tempo_of_what_begins_with_the_lift_is_doubted(language: str) -> None:
    def doubts(name: str, more: str = "tempo: 3-1-2-1") -> list[str]:
        text = (
            f"title: T\nlanguage: {language}\nexercises:\n  - {{name: {name}, reps: 5, {more}}}\n"
        )
        return [str(each) for each in lowered_first(loads(text))]

    lifted, lowered = LIFTED[language]
    down, up = (phrases_for(language)(f"cue.{word}") for word in ("lower", "lift"))
    (doubt,) = doubts(lifted)
    assert f"phases: [{{say: {up}, time: 2s}}, {{time: 1s}}, {{say: {down}, time: 3s}}]" in doubt
    assert doubts(lowered) == []
    assert doubts(lifted, "tempo: 2-0-2-0, start: Up., finish: Down.") == []
    assert doubts(lifted, "tempo: {eccentric: {say: Sink, time: 2s}, concentric: 2s}") == []
    (doubt,) = doubts(lifted, "tempo: {eccentric: 2s, concentric: {say: Oh, time: 1s}}")
    assert f"phases: [{{say: Oh, time: 1s}}, {{say: {down}, time: 2s}}]" in doubt


MOVED = {
    "en": ("Lift the upper knee, and lower it.", "Sink down until your thighs are level."),
    "de": ("Heb das obere Knie, und senk es wieder.", "Geh in die Knie, und komm wieder hoch."),
    "es": ("Levanta la rodilla de arriba y bájala.", "Baja despacio y vuelve a subir."),
    "fr": ("Levez le genou du dessus, puis reposez-le.", "Descendez, puis remontez."),
}


@pytest.mark.parametrize("language", MOVED)
def test_the_words_of_a_movement_tell_how_it_begins(language: str) -> None:
    def doubts(movement: str) -> list[str]:
        text = (
            f"title: T\nlanguage: {language}\nexercises:\n"
            f"  - {{name: O, reps: 5, tempo: 2-1-2-0, movement: '{movement}'}}\n"
        )
        return [str(each) for each in lowered_first(loads(text))]

    up, down = MOVED[language]
    assert len(doubts(up)) == 1
    assert doubts(down) == []


@pytest.mark.parametrize(
    ("step", "noted"),
    [
        ("sides: right-then-left, side_rest: 4s, load: {right: 12 kg, left: 5 kg}", "load"),
        ("sides: right-then-left, side_rest: 20s, load: {right: 12 kg, left: 5 kg}", ""),
        ("sides: right-then-left, load: {right: 12 kg, left: 5 kg}", ""),
        ("sets: 2, rest: 5s, load: [4 kg, 6 kg]", "load"),
        ("sets: 2, rest: 5s, load: 4 kg", ""),
        ("sides: right-then-left, side_rest: 3s, position: lying on side", "sides"),
        ("sides: right-then-left, side_rest: 3s", ""),
        ("sides: affected, sets: 2, rest: 5s, load: [4 kg, 6 kg]", "load"),
    ],
)
def test_a_change_nobody_can_make_within_an_exercise_is_noted(step: str, noted: str) -> None:
    text = f"title: T\nlanguage: en\nexercises:\n  - {{name: O, work: 20s, {step}}}\n"
    found = [str(each) for each in hurried_changes(loads(text))]
    assert [f"{noted}: there are" in each for each in found] == [True] * bool(noted)


HIGH = {
    "en": ("single-leg deadlift", "calf raise", "Lower both heels."),
    "de": ("einbeiniges Kreuzheben", "Fersenheben", "Senk beide Fersen."),
    "es": ("peso muerto a una pierna", "elevación de talones", "Baja los talones."),
    "fr": ("soulevé de terre sur une jambe", "relevé de mollets", "Descendez les talons."),
}


@pytest.mark.parametrize("language", HIGH)
def test_who_begins_high_is_up_already(language: str) -> None:
    def doubts(name: str, position: str, more: str = "") -> int:
        step = f"{{name: {name}, position: {position}, reps: 5, tempo: 3-1-2-0{more}}}"
        text = f"title: T\nlanguage: {language}\nexercises: [{step}]\n"
        return len(list(lowered_first(loads(text))))

    hinged, lifted, down = HIGH[language]
    assert doubts(hinged, "standing") == 0
    assert doubts(lifted, "standing") == 1
    assert doubts(lifted, "standing", f", movement: {down}") == 0
    assert doubts(lifted, "lying on front", f", movement: {down}") == 1


@pytest.mark.parametrize(
    ("group", "press", "noted"),
    [
        ("rest_between: 0s", "work: 20s, load: [5 kg, 4 kg]", True),
        ("rest_between: 7s", "reps: 4, rep_duration: 2s, load: [5 kg, 4 kg]", True),
        ("rest_between: 8s", "work: 20s, load: [5 kg, 4 kg]", False),
        ("rest_between: 0s, rest: 60s", "work: 20s, load: [5 kg, 4 kg]", False),
        ("rest_between: 0s", "work: 20s, load: [5 kg, 5 kg]", False),
        ("rest_between: 0s", "every: 60s, reps: 8, load: [5 kg, 4 kg]", False),
        (
            "rest_between: 0s",
            "work: 20s, sides: right-then-left, load: {right: 5 kg, left: 4 kg}",
            True,
        ),
        ("rest: 5s", "work: 20s, load: [5 kg, 4 kg]", False),
    ],
)
def test_a_load_nobody_can_change_before_the_next_round_is_noted(
    group: str, press: str, noted: bool
) -> None:
    step = f"{{name: squat, work: 20s}}, {{name: press, {press}}}"
    text = f"title: T\nlanguage: en\nexercises:\n- {{rounds: 2, {group}, exercises: [{step}]}}\n"
    found = [str(each) for each in hurried_loads(loads(text))]
    assert ["exercise 'press': load: there are" in each for each in found] == [True] * noted


def test_a_doubt_that_is_thought_of_is_a_note() -> None:
    """One that nobody asks for is never heard of."""
    found = {
        function
        for module in (doubts, hurried)
        for name, function in vars(module).items()
        if isfunction(function) and function.__module__ == module.__name__ and name[0] != "_"
        if "Iterator[Problem]" in str(function.__annotations__["return"])
    }
    assert found
    assert found <= {*DOUBTS}


@pytest.mark.parametrize(
    ("first", "second", "noted"),
    [
        ("sides: right", "sides: left", True),
        ("sides: right", "sides: right", False),
        ("sides: left-then-right, side_rest: 9s", "sides: left", True),
        ("sides: left-then-right, side_rest: 9s", "sides: right", False),
    ],
)
def test_who_lies_on_the_side_has_to_turn_over_for_the_next_exercise(
    first: str, second: str, noted: bool
) -> None:
    steps = [
        f"{{name: {name}, position: lying on side, work: 20s, {sides}}}"
        for name, sides in (("clam", first), ("lift", second))
    ]
    group = f"{{rest_between: 4s, exercises: [{', '.join(steps)}]}}"
    text = f"title: T\nlanguage: en\nexercises: [{group}]\n"
    found = [str(each) for each in hurried.hurried_moves(loads(text))]
    assert ["there are 4s to turn over to the other side" in each for each in found] == [
        True
    ] * noted


def test_nobody_turns_over_between_two_reps() -> None:
    step = "{name: clam, position: lying on side, sides: alternating, reps: 5, rep_duration: 3s}"
    text = f"title: T\nlanguage: en\nexercises: [{step}]\n"
    (noted,) = map(str, hurried_changes(loads(text)))
    assert "no time between two reps to turn over" in noted
    assert not list(hurried_changes(loads(text.replace("lying on side", "lying on back"))))
