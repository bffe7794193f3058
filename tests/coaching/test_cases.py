"""Routines as other people write them, each with what was once wrong in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from blocks import worked
from catalogues import said_as
from facts import check_facts
from heard_in import DONE, beats, told, within

from audiocoach.coaching.phrases import phrases_for
from audiocoach.readings.text import read_aloud
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import Timeline, Utterance
from audiocoach.timeline.script import SAMPLE_RATE, IntervalKind
from audiocoach.timeline.timeline import LeftOut

CASES = {path.stem: path for path in (Path(__file__).parent / "cases").glob("*.yaml")}
PERCENT = 80
"""eSpeak takes about so much of the time that words are thought to take."""


def session(name: str) -> tuple[Routine, Timeline]:
    routine = load(CASES[name])
    return routine, told(routine, resolve({}, {}, routine).settings, PERCENT)


def lines(timeline: Timeline) -> list[str]:
    return [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]


def done(timeline: Timeline) -> list[list[str]]:
    return within(timeline, *DONE)


def rests(timeline: Timeline) -> list[list[str]]:
    return within(timeline, IntervalKind.REST)


def left_out(timeline: Timeline) -> list[str]:
    notes = (each.sound for each in timeline.notes if isinstance(each, LeftOut))
    return [sound.text for sound in notes if isinstance(sound, Utterance)]


@pytest.mark.parametrize("name", CASES)
def test_all_that_it_prescribes_is_heard_before_it_is_needed(name: str) -> None:
    routine, timeline = session(name)
    check_facts(routine, resolve({}, {}, routine).settings)
    assert [*worked(routine, timeline)]
    assert [text for text in lines(timeline) if read_aloud(text, routine.language) != text] == []


# -- what was wrong --------------------------------------------------------------------


def alternating(timeline: Timeline) -> None:
    """No number and no last one, though there was room."""
    releases = [words for words in done(timeline) if words[:1] == ["Release."]]
    assert [words[1] for words in releases[:-1]] == [
        *("Left leg.", "Number two. Right leg.", "Left leg.", "Number three. Right leg."),
        *("Left leg.", "Two more each side. Right leg.", "Left leg."),
        *("Last one on each side. Right leg.", "Left leg."),
    ]


def breath_rounds(timeline: Timeline) -> None:
    """Breaths that did not go straight into the hold behind them."""
    spans = [span for span, _ in beats(timeline, *DONE, IntervalKind.REST)]
    assert all(after.start == before.end for before, after in pairwise(spans))
    assert (
        "Round by round: a hold of thirty seconds, then one minute, then a minute and a half."
        in lines(timeline)
    )


def circuit_doses(timeline: Timeline) -> None:
    """The dose and the first variant of the stations behind the first were never told."""
    at_ankles = next(rest for rest in rests(timeline) if any("circle" in line for line in rest))
    assert {"Clockwise.", "Right foot."} <= {*at_ankles}
    assert "Five times clockwise, then five times counterclockwise." in lines(timeline)


def circuit_sides(timeline: Timeline) -> None:
    """The sides were never told."""
    first, second, _, third, fourth = rests(timeline)
    for rest, side in ((first, "Right"), (second, "Left"), (third, "Right"), (fourth, "Left")):
        assert f"{side} arm." in rest


def fast_tempo(timeline: Timeline) -> None:
    """Every number was lost, and the set ended in the middle of a movement."""
    assert left_out(timeline) == []
    said = lines(timeline)
    assert said.count("Twenty.") == 0, "the last but one is two to go"
    assert said.count("Eighteen.") == 2
    assert said.count("Nineteen.") == 2
    assert said.count("Two to go.") == 6, "each takes the place of a number"
    assert said.count("And stop.") == 6
    assert sum(line in said_as("en", "cue.last-one") for line in said) == 6


def german_shorthand(timeline: Timeline) -> None:
    """Sentences were cut at abbreviations."""
    said = lines(timeline)
    assert "Nimm zum Beispiel einen Stuhl." in said
    assert "Geh circa 30 Zentimeter tief, das heißt nicht ganz." in said
    assert "Siehe Nummer 2." in said


def knee_after_surgery(timeline: Timeline) -> None:
    """Forty-five calls in fifteen minutes of ice, and a time as nobody tells it."""
    ((ice, heard),) = ((span, cues) for span, cues in beats(timeline, IntervalKind.WORK))
    times = [cue.sound.text for cue in heard if isinstance(cue.sound, Utterance)]
    assert len(times) < 24
    told_left = [line for line in times if re.search(r"minutes? |seconds ", line)]
    assert len(told_left) <= 6
    assert all((after.start - before.end) <= 60 * SAMPLE_RATE for before, after in pairwise(heard))
    assert ice.length == 900 * SAMPLE_RATE


def mixed_hiit(timeline: Timeline) -> None:
    """A long countdown left no time to tell what is next."""
    names = ("squats", "mountain climbers", "high knees", "jumping jacks")
    for place, rest in enumerate(rests(timeline)):
        assert any(names[place % 4] in line.casefold() for line in rest)


def paced_breathing(timeline: Timeline) -> None:
    """The number of a breath before a count down, and nothing on the time."""
    said = lines(timeline)
    assert not any("umber" in line for line in said)
    assert "Half of it is over." in said
    assert said.index("Half of it is over.") < said.index("One minute to go.")
    order = ("Three.", "Two.", "One.")
    assert not any(tuple(words[-3:]) == order for words in done(timeline))


def rehab_walk(timeline: Timeline) -> None:
    """Two and a half minutes of nothing."""
    for _, cues in beats(timeline, IntervalKind.WORK):
        starts = [cue.start for cue in cues]
        assert max(after - before for before, after in pairwise(starts)) <= 40 * SAMPLE_RATE


def rest_of_two_seconds(timeline: Timeline) -> None:
    """Silence when the work ends."""
    assert all(rest[0].startswith("Rest") for rest in rests(timeline))


def short_rests_circuit(timeline: Timeline) -> None:
    """A new round was told, and not what is done in it."""
    names = ("reverse lunge", "high knees", "jumping jack")
    for place, (rest, work) in enumerate(zip(rests(timeline), done(timeline)[1:], strict=True)):
        name = names[place % 3]
        assert any(name in line.casefold() for line in rest)
        assert work[0].casefold() == f"{name}."
        assert rest[-2:] == ["Two.", "One."]


def short_rests_sides(timeline: Timeline) -> None:
    """The side was left out."""
    for rest in rests(timeline):
        assert any("right leg" in line.casefold() for line in rest)


def side_words_german(timeline: Timeline) -> None:
    """English sides in German."""
    said = " ".join(lines(timeline))
    assert "rechtes Bein" in said or "Bein rechts" in said
    assert not re.search(r"\b(right|left|leg|then)\b", said)


def start_by_side(timeline: Timeline) -> None:
    """It was said once, and only for the side that came first."""
    said = Counter(lines(timeline))
    assert said["Now lift the right leg."] == said["Now lift the left leg."] == 2
    assert said["Put the leg down."] == 3


def two_exercise_emom(timeline: Timeline) -> None:
    """Each pair took a hundred seconds."""
    works = [span for span, _ in beats(timeline, IntervalKind.WORK)]
    assert [span.length for span in works] == [60 * SAMPLE_RATE] * 6
    assert all(after.start == before.end for before, after in pairwise(works))


def unnamed_phase(timeline: Timeline) -> None:
    """A slow walk was called a hold."""
    assert [words[0] for words in done(timeline)] == ["Fast.", "Slow walk."] * 2
    assert phrases_for("en")("cue.hold") not in " ".join(lines(timeline))


def until_group(timeline: Timeline) -> None:
    """Five minutes became eleven."""
    spans = [span for span, _ in beats(timeline, *DONE)]
    assert spans[-1].end - spans[0].start == 300 * SAMPLE_RATE


def written_shorthand(timeline: Timeline) -> None:
    """It was read as it stands."""
    said = " ".join(lines(timeline))
    for part in ("three quarter inch loop band", "Doctor Brown versus Saint Anne's", "half kneel"):
        assert part in said
    assert not re.search(r"[/*→@#%💪🔥№½~°]", said)
    assert "Press for example 10 pounds." in said


def yin_with_bells(timeline: Timeline) -> None:
    """The bells of a hold were the words of its phases, and each had a count."""
    assert left_out(timeline) == []
    for _, cues in beats(timeline, IntervalKind.HOLD, IntervalKind.PHASE):
        assert len(cues) <= 12


FAULTS: dict[str, Callable[[Timeline], None]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        *(alternating, breath_rounds, circuit_doses, circuit_sides, fast_tempo),
        *(german_shorthand, knee_after_surgery, mixed_hiit, paced_breathing, rehab_walk),
        *(rest_of_two_seconds, short_rests_circuit, short_rests_sides, side_words_german),
        *(start_by_side, two_exercise_emom, unnamed_phase, until_group, written_shorthand),
        yin_with_bells,
    )
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_wrong_in_it_is_so_no_more(name: str) -> None:
    _, timeline = session(name)
    FAULTS[name](timeline)
