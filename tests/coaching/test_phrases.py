"""The sentences of what we ship: short enough to follow, and true to their sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import bundled, bundled_text, load
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.times import Source, Time
from audiocoach.timeline import Utterance

SOURCES = Path(__file__).parents[3] / "shared/sources"
"""The texts of the first routines, where they lie beside the checkout."""
SOURCE_OF = {
    "foot-relief": "001_71769022e7abbc73.txt",
    "foot-care": "000_aeeb1f056e314787.txt",
}
ROUTINES = [name for name, _ in bundled()]
LONGEST_TEXT = 100
"""Characters: online voices take more in several requests."""
MOST_WORDS = 16


def sentences(name: str) -> list[str]:
    """Every sentence a session of a bundled routine may say."""
    routine = load(name)
    script = compile_script(routine, Coaching(duration=routine.duration))
    said = [sound.text for sound in script.sounds() if isinstance(sound, Utterance)]
    # What is told of what comes next is a sentence behind another, unless it is a name.
    recall = phrases_for("en")("cue.rest-recall")
    return [part for text in said for part in re.split(f"(?<={re.escape(recall)}) (?=[A-Z])", text)]


# What is shipped


@pytest.mark.parametrize("name", ROUTINES)
def test_every_sentence_is_one_request_and_easy_to_follow(name: str) -> None:
    for sentence in sentences(name):
        assert len(sentence) <= LONGEST_TEXT, sentence
        assert "{" not in sentence
        assert sentence[:1] == sentence[:1].upper()
    # What lists things by their names is as long as they are.
    lists = ("You need", "Your choice")
    long = [s for s in sentences(name) if len(s.split()) > MOST_WORDS and not s.startswith(lists)]
    assert long == []


# Prescribed figures


def figures(exercise: Exercise) -> set[str]:
    """The fields of an exercise that prescribe something."""
    found = {
        field
        for field in ("reps", "until", "hold", "work", "every", "rest", "schedule")
        if getattr(exercise, field) is not None
    }
    if exercise.rep_duration and exercise.rep_duration.source is not Source.EDITORIAL:
        found.add("rep_duration")
    parts = {"phases": exercise.phases, "tempo": exercise.tempo.phases if exercise.tempo else ()}
    for field, phases in parts.items():
        if any(phase.time.source is not Source.EDITORIAL for phase in phases if phase.time.maximum):
            found.add(field)
    return found


def arrangement(exercise: Exercise) -> set[str]:
    """The fields that say in which order, and how often, what is prescribed is done."""
    found = set()
    if exercise.set_count > 1:
        found.add("sets")
    if exercise.each:
        found.add("each")
    if exercise.sides.blocks != (None,):
        found.add("sides")
    return found


def quotes(routine: Routine) -> list[str]:
    found = [*routine.quotes.values()]
    for exercise in routine.all_exercises():
        found.extend(exercise.quotes.values())
    return found


@pytest.mark.parametrize("name", ROUTINES)
def test_every_prescribed_figure_has_the_words_it_comes_from(name: str) -> None:
    """Or the file says that it is ours; of the first routines, nothing is."""
    routine = load(name)
    assert routine.source
    assert name in SOURCE_OF or routine.source.url
    assert routine.schedule is None or "schedule" in routine.quotes
    ours = name not in SOURCE_OF and re.search(r"\b(our choice|ours)\b", bundled_text(name))
    for exercise in routine.all_exercises():
        assert ours or figures(exercise) <= exercise.quotes.keys(), exercise.name
        assert name not in SOURCE_OF or arrangement(exercise) <= exercise.quotes.keys()
    assert ours or routine.duration is None or "duration" in routine.quotes


@pytest.mark.parametrize("name", SOURCE_OF)
def test_the_quotes_are_the_words_of_the_source(name: str) -> None:
    source = SOURCES / SOURCE_OF[name]
    if not source.exists():
        pytest.skip("the sources are not beside this checkout")
    text = " ".join(source.read_text("utf-8").split())  # also no-break spaces
    assert len(text) > 1000
    for quote in quotes(load(name)):
        assert " ".join(quote.split()) in text, quote


NUMBERS = {phrases_for("en").number(number): number for number in range(21)}


@pytest.mark.parametrize("name", ROUTINES)
def test_a_quote_holds_the_figure_it_is_for(name: str) -> None:
    """At one of its levels at least: what the less able do is often ours."""
    routine = load(name)
    told = [routine.at_level(level) for level in routine.levels] or [routine]
    for exercises in zip(*(each.all_exercises() for each in told), strict=True):
        for field in ("reps", "hold", "work"):
            quote = exercises[0].quotes.get(field)
            if quote is None:
                continue
            words = re.findall(r"\w+", quote.lower())
            numbers = {NUMBERS.get(word, int(word) if word.isdigit() else 0) for word in words}
            assert any(
                amounts(getattr(exercise, field), "minute" in quote) <= numbers
                for exercise in exercises
            ), (exercises[0].name, quote)


def amounts(value: object, minutes: bool) -> set[int]:
    """The counts, seconds or minutes of a figure as they would be written."""
    match value:
        case int():
            return {value}
        case Time():
            return {value.natural // (60_000 if minutes else 1000)}
        case tuple():
            return {number for each in value for number in amounts(each, minutes)}
        case _:
            raise AssertionError(f"the quote of {value} is not read yet")
