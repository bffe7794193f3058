"""Rounds by the clock: what each is called, and what is new of it that short rests can't tell."""

from __future__ import annotations

import pytest
from catalogues import said_as
from heard_in import number, text, timeline, within

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.coaching.unrested import untold_again
from audiocoach.routine.load import loads
from audiocoach.timeline.script import IntervalKind

NAMES = {
    "en": ("march", "lunge", "rung"),
    "de": ("Marschieren", "Ausfallschritt", "Sprosse"),
    "es": ("marcha", "zancada", "peldaño"),
    "fr": ("marche", "fente", "échelon"),
}


def circuit(language: str, rest: str = "60s") -> str:
    march, lunge, _ = NAMES[language]
    return f"""
    - rounds: 3
      rest: {rest}
      rest_between: 5s
      exercises:
        - {{name: {march}, work: 30s}}
        - {{name: {lunge}, reps: [8, 6, 4], tempo: 2-0-2-0, load: [2 kg, 3 kg, 4 kg], sides: left}}
        - {{name: plank, hold: 15s}}
    """


@pytest.mark.parametrize("language", languages())
def test_a_long_rest_tells_the_new_doses_for_which_later_ones_have_no_time(language: str) -> None:
    phrases, lunge = phrases_for(language), NAMES[language][1]
    long = [
        rest
        for rest in within(timeline(circuit(language), language), IntervalKind.REST)
        if any(later(language, lunge) in each for each in rest)
    ]
    assert len(long) == 2
    for rest, (reps, kilos) in zip(long, ((6, 3), (4, 4)), strict=True):
        often = phrases("dose.reps", often=phrases.inline("count-reps", reps=reps))
        place = rest.index(f"{later(language, lunge)}{often[:1].lower()}{often[1:]}")
        assert rest[place + 1].startswith(phrases("dose.load", load=str(kilos)).rstrip("."))


def later(language: str, name: str) -> str:
    """How what is new at a later station begins."""
    return phrases_for(language)("exercise.later", name=name, dose="?").rstrip("?")


@pytest.mark.parametrize("language", languages())
def test_the_load_of_a_later_station_is_no_order_to_begin_it(language: str) -> None:
    march, lunge, _ = NAMES[language]
    loaded = f"""
    - rounds: 2
      rest: 60s
      rest_between: 4s
      exercises:
        - {{name: {march}, work: 30s}}
        - {{name: plank, work: 15s}}
        - {{name: {lunge}, position: lying on back, work: 20s, load: [12 kg, 16 kg]}}
    """
    heard = [text(cue.sound) for cue in timeline(loaded, language).cues]
    [told] = [each for each in heard if each.startswith(later(language, lunge))]
    assert told.startswith(f"{later(language, lunge)}16 ")


@pytest.mark.parametrize("language", languages())
def test_a_short_one_keeps_to_what_comes_next(language: str) -> None:
    heard = [text(cue.sound) for cue in timeline(circuit(language, "10s"), language).cues]
    assert not any(each.startswith(later(language, NAMES[language][1])) for each in heard)


HELD = {
    "en": "One hand on the worktop.",
    "de": "Eine Hand an die Tischkante.",
    "es": "Una mano en la encimera.",
    "fr": "Une main sur le plan de travail.",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("field", ["support", "setup", "place"])
@pytest.mark.parametrize("rest", ["0s", "2s", "5s", "12s"])
def test_what_one_holds_on_to_is_said_in_every_round(language: str, field: str, rest: str) -> None:
    march, lunge, _ = NAMES[language]
    held = f"""
    - rounds: 3
      rest_between: {rest}
      rest: 40s
      exercises:
        - {{name: plank, position: lying on back, work: 20s}}
        - {{name: {march}, position: standing, work: 30s, {field}: {HELD[language]}}}
        - {{name: {lunge}, position: standing, reps: 8, tempo: 2-0-2-0}}
    """
    heard = within(timeline(held, language, 110), IntervalKind.REST, IntervalKind.WORK)
    before = [index for index, said in enumerate(heard) if HELD[language] in said]
    assert len(before) == 3
    for index, said in enumerate(heard):
        if index in before:
            assert march.casefold() in " ".join([*said, *heard[index - 1]]).casefold()


@pytest.mark.parametrize("language", languages())
def test_a_round_with_a_name_is_named_before_the_work_is_counted_in(language: str) -> None:
    squat, step, rung = NAMES[language]
    ladder = f"""
    - round_name: {rung}
      rounds: 3
      rest: 5s
      exercises:
        - {{name: {squat}, reps: [21, 15, 9], tempo: 1-0-1-0}}
        - {{name: {step}, reps: [3, 2, 1], tempo: 2-0-2-0}}
    """
    phrases = phrases_for(language)
    rests = within(timeline(ladder, language, 85), IntervalKind.REST)
    for rest, (place, reps) in zip(rests, ((2, 15), (3, 9)), strict=True):
        whole = phrases("round.named", name=rung, number=place, total=3)
        brief = phrases("round.named-brief", name=rung, number=place)
        assert {f"{whole}.", f"{brief}."} & {*rest}
        assert phrases("dose.reps", often=phrases.inline("count-reps", reps=reps)) in rest


@pytest.mark.parametrize("language", languages())
def test_a_name_that_the_rest_has_said_is_not_said_again_before_now(language: str) -> None:
    march, lunge, _ = NAMES[language]
    dose = f"""
    - rounds: 2
      rest_between: {{}}
      exercises: [{{{{name: {march}, work: 20s}}}}, {{{{name: {lunge}, hold: 15s}}}}]
    """
    phrases = phrases_for(language)
    now, name = f"{phrases('cue.act')}.", phrases("exercise.only", name=lunge)
    named = said_as(language, "exercise.next", name=lunge) | {name}
    of = timeline(dose.format("5s"), language)
    assert [words[0] for words in within(of, IntervalKind.PHASE) if words[:1] == [now]] == [now] * 2
    rests = [rest for rest in within(of, IntervalKind.REST) if named & {*rest}]
    assert len(rests) == 2
    assert all(number(language, each) in rest for rest in rests for each in (1, 2))
    short = timeline(dose.format("1s"), language, 60)
    first = [words[0] for words in within(short, IntervalKind.PHASE)]
    assert first.count(f"{name} {now}") == 2


@pytest.mark.parametrize("language", languages())
def test_the_limb_is_said_once_behind_a_name_that_ends_in_it(language: str) -> None:
    limb = {"en": "leg", "de": "Bein", "es": "pierna", "fr": "jambe"}[language]
    movement = "Lift it slowly, and breathe. " * 12
    dose = f"""
    - {{name: X {limb}, movement: {movement!r}, limb: {limb}, sides: right-then-left, hold: 9s}}
    """
    heard = [text(cue.sound) for cue in timeline(dose, language).cues]
    phrases, called = phrases_for(language), limb if language in {"en", "de"} else "side"
    side = phrases.inline("side-name", side="right", limb=called)
    assert phrases("cue.ready-name-side", name=f"X {limb}", side=side) in heard


SIDES = {
    "en": (
        "right arm and hand",
        "left arm and hand",
        "right arm and left leg",
        "left arm and right leg",
    ),
    "de": (
        "rechter Arm mit Hand",
        "linker Arm mit Hand",
        "rechter Arm, linkes Bein",
        "linker Arm, rechtes Bein",
    ),
    "es": (
        *("brazo y hombro derechos", "brazo y hombro izquierdos"),
        *("brazo derecho, pierna izquierda", "brazo izquierdo, pierna derecha"),
    ),
    "fr": (
        "bras droit tendu",
        "bras gauche tendu",
        "bras droit, jambe gauche",
        "bras gauche, jambe droite",
    ),
}


@pytest.mark.parametrize("language", languages())
def test_a_side_with_a_name_of_its_own_is_right_or_left_where_that_is_clear(language: str) -> None:
    right, left, both, other = SIDES[language]
    dose = (
        "- {{name: X, sides: alternating, limb: {{right: {}, left: {}}}, reps: 3, tempo: 1-0-1-0}}"
    )
    phrases = phrases_for(language)
    for names, told in (
        ((right, left), phrases("cue.side-only", side="left")),
        ((both, other), phrases("cue.rep-other-side")),
    ):
        named = ('"' + name + '"' for name in names)
        phases = within(timeline(dose.format(*named), language, 75), IntervalKind.PHASE)
        assert phases[2][0] == told


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("between", ["", "rest_between: 10s, ", "rest_between: 0s, "])
def test_a_group_without_a_name_says_how_many_rounds_it_has(language: str, between: str) -> None:
    march, lunge, _ = NAMES[language]
    steps = f"[{{name: {march}, work: 30s}}, {{name: {lunge}, work: 20s}}]"
    group = f"- {{rounds: 3, {between}exercises: {steps}}}"
    told = phrases_for(language)("exercise.rounds-of", rounds=3, count=2)
    heard = [text(cue.sound) for cue in timeline(group, language).cues]
    assert heard.count(told) == 1
    assert heard.index(told) < heard.index(phrases_for(language)("exercise.title", **first(march)))
    assert phrases_for(language)("exercise.ahead", count=2) not in heard


def first(name: str) -> dict[str, object]:
    return {"number": 1, "total": 2, "name": name}


@pytest.mark.parametrize("language", languages())
def test_so_does_one_inside_another_each_time(language: str) -> None:
    march, lunge, rung = NAMES[language]
    inner = f"[{{name: {march}, work: 30s}}, {{name: {lunge}, work: 10s}}]"
    nested = f"""
    - round_name: {rung}
      rounds: 2
      rest: 1min
      exercises: [{{rounds: 3, rest_between: 0s, exercises: {inner}}}]
    """
    of, phrases = timeline(nested, language), phrases_for(language)
    heard = [text(cue.sound) for cue in of.cues]
    assert heard.count(phrases("exercise.rounds-of", rounds=3, count=2)) == 2
    works = within(of, IntervalKind.WORK)
    for turn, places in ((2, [2, 8]), (3, [4, 10])):
        told = phrases("exercise.round", number=turn, total=3)
        assert [index for index, said in enumerate(works) if told in said] == places


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("before", "doubted"),
    [("reps: 5, tempo: 2-0-2-0", True), ("work: 20s", False), ("reps: 3, tempo: 2-0-9-0", False)],
)
def test_what_reps_without_a_rest_leave_no_time_to_say_again_is_doubted(
    language: str, before: str, doubted: bool
) -> None:
    march, lunge, _ = NAMES[language]
    steps = f"""[
      {{name: {march}, {before}}},
      {{name: {lunge}, reps: 8, tempo: 2-0-2-0, support: {HELD[language]}}},
    ]"""
    head = f"title: T\nlanguage: {language}\nexercises:\n  - rounds: 2\n    rest_between: 0s\n"
    found = [str(each) for each in untold_again(loads(f"{head}    exercises: {steps}\n"))]
    assert bool(found) == doubted
    assert all("support: is told before the first round, and never again" in each for each in found)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["0s", "4s", "10s"])
def test_in_a_round_within_a_round_it_is_said_once(language: str, rest: str) -> None:
    march, lunge, _ = NAMES[language]
    inner = f"""[
      {{name: {march}, work: 20s, support: {HELD[language]}}}, {{name: {lunge}, work: 20s}}
    ]"""
    nested = f"""
    - rounds: 2
      exercises: [{{rounds: 3, rest_between: {rest}, exercises: {inner}}}]
    """
    heard = [text(cue.sound) for cue in timeline(nested, language, 110).cues]
    assert heard.count(HELD[language]) == 6


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("head", ["until: 90s", "rounds: 3, rest_between: 0s"])
def test_a_round_of_fast_reps_without_a_rest_is_told(head: str, language: str) -> None:
    """In place of the last word before it, which has no room for more."""
    march, lunge, _ = NAMES[language]
    group = f"""
    - {head.replace(", ", chr(10) + "      ")}
      exercises:
        - {{name: {march}, reps: 10, tempo: 1-0-1-0}}
        - {{name: {lunge}, reps: 5, tempo: 1-0-1-0}}
    """
    phrases = phrases_for(language)
    heard = [text(cue.sound) for cue in timeline(group, language, 78).cues]
    named = phrases("exercise.only", name=march)
    for number_of in (2, 3):
        place = heard.index(phrases("exercise.round-brief", number=number_of))
        assert heard[place + 1].startswith(named)
