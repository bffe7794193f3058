"""Minutes that belong to one set each (EMOM), and exercises that follow at once: what leads on."""

from __future__ import annotations

import pytest
from heard_in import number, timeline, within

from audiocoach.coaching.doubts import told_long_ahead
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.coaching.unrested import unled
from audiocoach.readings.text import read_aloud
from audiocoach.routine.load import loads
from audiocoach.timeline.script import IntervalKind

MINUTES = """
- rounds: 3
  exercises:
    - {name: Xa, every: MINUTE, reps: 8, load: 16 kg, start: Abc., finish: Def., go: Ga}
    - {name: Xb, every: MINUTE, reps: 6, sides: left, load: 8 kg, setup: LONG, go: Gb}
"""
LONG = "[Stand with your feet as wide as your hips., Take it to the shoulder., Let it go there.]"
SETS = "- {name: Xa, every: 45s, reps: 8, sets: 3, start: Abc., finish: Def., go: Ga}"
AT_ONCE = """
- rounds: 2
  rest_between: 0s
  exercises:
    - {name: Xa, work: 20s, start: Abc., finish: Def., go: Ga}
    - {name: Xb, WAY, start: Ghi., finish: Jkl.}
"""
LEFT = {"de": "linke Seite", "en": "left side", "es": "lado izquierdo", "fr": "côté gauche"}


def minutes(length: str, setup: str = LONG) -> str:
    return MINUTES.replace("MINUTE", length).replace("LONG", setup)


def counted(language: str) -> list[str]:
    return [number(language, each) for each in (3, 2, 1)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("length", ["30s", "40s", "60s"])
@pytest.mark.parametrize("percent", [80, 100])
def test_a_minute_ends_with_what_leads_into_the_next(
    percent: int, length: str, language: str
) -> None:
    phrases = phrases_for(language)
    done = phrases("cue.when-done", what="Def")
    works = within(timeline(minutes(length), language, percent), IntervalKind.WORK)
    assert len(works) == 6
    for first, second in zip(works[::2], works[1::2], strict=True):
        assert done in first
        assert "Def." not in first
        assert "Abc." not in first
        if second is works[-1]:
            continue
        at = second.index("Abc.")
        assert second[at + 1 :] == counted(language)[-len(second[at + 1 :]) :]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("length", ["30s", "40s", "60s"])
def test_side_dose_and_load_come_before_the_minute_however_long_the_set_up(
    length: str, language: str
) -> None:
    phrases = phrases_for(language)
    dose = phrases("dose.reps", often=phrases.inline("count-reps", reps=6))
    load = read_aloud("8 kg", language)
    works = within(timeline(minutes(length), language), IntervalKind.WORK)
    for before, own in zip(works[::2], works[1::2], strict=True):
        (named,) = [at for at, each in enumerate(before) if "Xb" in each]
        assert LEFT[language] in before[named]
        assert dose in before[named:]
        assert any(load in each for each in before[named:])
        assert own[0] == "Gb."


@pytest.mark.parametrize("language", languages())
def test_a_count_into_a_minute_is_said_to_be_one(language: str) -> None:
    """Nobody has heard that the reps are over."""
    phrases = phrases_for(language)
    sets = "- {name: Xa, every: 60s, reps: 8, sets: 3, go: Ga}"
    first, second, last = within(timeline(sets, language), IntervalKind.WORK)
    for each in (first, second):
        assert each[-4:] == [phrases("cue.ready"), *counted(language)]
    assert phrases("cue.ready") not in last


@pytest.mark.parametrize("language", languages())
def test_each_set_on_the_minute_is_left_and_entered_anew(language: str) -> None:
    done = phrases_for(language)("cue.when-done", what="Def")
    first, second, last = within(timeline(SETS, language), IntervalKind.WORK)
    for each in (first, second):
        assert each.index(done) < each.index("Abc.")
        assert each[each.index("Abc.") + 1 :] == counted(language)
    assert done not in last
    assert "Abc." not in last


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "way", ["work: 20s", "hold: 10s", "reps: 3, phases: [{say: Up, time: 4s}, {time: 4s}]"]
)
def test_what_follows_at_once_begins_with_the_way_into_it(way: str, language: str) -> None:
    steps = AT_ONCE.replace("WAY", way)
    kinds = [each for each in IntervalKind if each not in (IntervalKind.REST,)]
    heard = [line for each in within(timeline(steps, language), *kinds) for line in each]
    told = " ".join(heard)
    assert told.count("Ghi.") == 2
    assert told.count("Abc.") >= 1
    assert told.index("Def.") < told.index("Ghi.")
    assert not [*unled(loads(f"title: T\nlanguage: {language}\nexercises:{steps}"))]


def test_check_notes_a_way_into_a_position_that_has_no_room() -> None:
    way = "reps: 5, tempo: 1-0-1-0"
    steps = AT_ONCE.replace("WAY", way).replace("Ghi.", "Hold on to the edge of the table there.")
    found = [str(each) for each in unled(loads(f"title: T\nlanguage: en\nexercises:{steps}"))]
    assert len(found) == 2
    assert "exercise 'Xa': finish: 'Def.' is not heard" in found[0]
    assert "exercise 'Xb': start: 'Hold on to the edge" in found[1]


def test_check_says_of_minutes_too_what_is_told_long_ahead() -> None:
    setup = "[" + ", ".join(
        f"Put the hand with number {n} on the table before you." for n in range(9)
    )
    routine = loads(f"title: T\nlanguage: en\nexercises:{minutes('60s', setup + ']')}")
    (doubt,) = told_long_ahead(routine)
    assert "use fewer words in place, setup and support" in str(doubt)
    assert "rest_between" not in str(doubt)


@pytest.mark.parametrize("language", languages())
def test_exercises_are_never_counted_as_reps_are(language: str) -> None:
    phrases = phrases_for(language)
    counting = phrases("cue.number", number=3).split()[0].casefold()
    named = [
        phrases.worded("exercise.title", each, number=3, total=5, name="X")
        for each in phrases.wordings("exercise.title")
    ]
    for each in (*named, phrases("exercise.ahead-number", number=3, name="X")):
        assert counting not in each.casefold()
