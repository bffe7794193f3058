"""What is said to someone who holds a load, holds oneself up, or works at one's own pace."""

from __future__ import annotations

import pytest
from heard_in import text, timeline

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import CueKind, Gap, Wait

EFFORTS = {
    "on the minute": "{name: X, sets: 4, every: 60s, reps: 6}",
    "loaded": "{name: X, hold: 60s, load: 8 kg, reps: 3}",
    "held up": "{name: X, hold: 60s, start: Up., reps: 3}",
    "on all fours": "{name: X, hold: 60s, position: on hands and knees, reps: 3}",
    "a series": "{name: X, sets: 4, work: 60s, rest: 20s}",
    "an AMRAP": "{until: 8min 20s, rest_between: 10s, rest: 10s, exercises: "
    "[{name: X, work: 60s}, {name: Y, work: 90s}]}",
}


def remarks(of: Timeline) -> list[str]:
    return [text(cue.sound) for cue in of.cues if cue.cue.kind is CueKind.ORIENT]


def stock(language: str, key: str) -> set[str]:
    return {*phrases_for(language).variants(key)}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", EFFORTS)
def test_nobody_lets_go_in_an_effort(kind: str, language: str) -> None:
    found = remarks(timeline(f"- {EFFORTS[kind]}", language, max_silence=15_000))
    idle = [each for each in found if each not in stock(language, "cue.rest-remark")]
    within = stock(language, "cue.remark-effort")
    assert {*idle} <= within | stock(language, "exercise.orient")
    assert {*idle} & within


@pytest.mark.parametrize("language", languages())
def test_an_effort_has_no_word_that_lets_go(language: str) -> None:
    loose = {
        "en": ("loose", "relax", "just like this"),
        "de": ("locker", "genau so"),
        "es": ("afloja", "relaja", "sigue así"),
        "fr": ("relâche", "détend", "comme cela"),
    }[language]
    told = " ".join(stock(language, "cue.remark-effort")).casefold()
    assert not [word for word in loose if word in told]
    calm = " ".join(stock(language, "cue.remark")).casefold()
    assert [word for word in loose if word in calm]


@pytest.mark.parametrize("language", languages())
def test_who_lies_still_may_let_go(language: str) -> None:
    found = remarks(timeline("- {name: X, work: 10min, position: lying on back}", language))
    assert len({*found} & stock(language, "cue.remark")) > 3


TIRING = {
    "alike": ("position: on hands and knees", "position: on hands and knees", "on-hands"),
    "other": ("position: on hands and knees", "position: lying on back", "tired"),
    "led out": ("position: on hands and knees, finish: Q.", "position: standing", "tired"),
    "up": ("start: Up.", "position: standing", "tired"),
    "down": ("start: Up., finish: Q.", "position: standing", ""),
    "easy": ("position: standing", "position: standing", ""),
}


def waits(exercises: str, language: str, wait: Wait) -> list[str]:
    """What each pause of a kind says first, where it becomes long."""
    routine = loads(f"title: T\nlanguage: {language}\nexercises: [{exercises}]")
    gaps = (item for item in compile_script(routine).items if isinstance(item, Gap))
    return [text(gap.fillers[0].sound) for gap in gaps if gap.wait is wait]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", TIRING)
def test_who_waits_in_a_tiring_position_hears_that_one_may_rest(kind: str, language: str) -> None:
    first, second, key = TIRING[kind]
    exercises = f"{{name: X, reps: 2, hold: 5s, {first}}}, {{name: Y, hold: 10s, {second}}}"
    (told,) = waits(exercises, language, Wait.EXERCISES)
    if key:
        assert told == phrases_for(language)(f"exercise.orient-{key}")
    else:
        assert told in stock(language, "exercise.orient")


@pytest.mark.parametrize("language", languages())
def test_between_two_sets_on_all_fours_too(language: str) -> None:
    sets = "{name: X, sets: 2, reps: 4, hold: 5s, position: on hands and knees}"
    told = waits(sets, language, Wait.SETS)
    assert told == [phrases_for(language)("exercise.orient-on-hands")]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["{name: X, hold: 20s, movement: %s}", "{name: %s, hold: 20s}"])
def test_who_holds_the_breath_is_not_told_to_breathe_easily(name: str, language: str) -> None:
    word = phrases_for(language).inline("words.breath").split()[0].capitalize()
    stop, breathe = phrases_for(language).variants("welcome.safety")
    heard = [text(cue.sound) for cue in timeline(f"- {name % word}", language).cues]
    assert stop in heard
    assert breathe not in heard
    assert breathe in [text(cue.sound) for cue in timeline("- {name: X, hold: 20s}", language).cues]
