"""Circuits with more to tell than their rests, and forty seconds before them, have time for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.doubts import told_long_ahead
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import Utterance
from audiocoach.timeline.script import Cue, Interval, IntervalKind

STATION = """
      - name: n{number}
        {dose}
        setup: [Put the left hand {number} on the table before you., Turn to the wall behind you.]
        support: Keep that hand where it is for the whole time.
        movement: Bend both knees {number} a little and stretch them again.
        brief: Bend and stretch {number}.
"""


CHAIR = """
      - name: n{number}
        {dose}
        setup: Stand {number} behind the chair.
        support: Hold on to its back {number} with one hand.
        movement: Bend both knees {number} a little, and stretch them again.
"""


def circuit(
    rest: str, dose: str = "work: 30s", language: str = "en", station: str = STATION, many: int = 9
) -> Routine:
    stations = "".join(station.format(number=number, dose=dose) for number in range(many))
    head = f"title: T\nlanguage: {language}\nexercises:\n  - rounds: 2\n    rest_between: {rest}\n"
    return loads(f"{head}    exercises:{stations}")


def told(routine: Routine, **coaching: Any) -> tuple[list[str], list[list[str]]]:
    """What is said before the first work, and in each work."""
    before: list[str] = []
    works: list[list[str]] = []
    for item in compile_script(routine, resolve(coaching, {}, routine).settings).items:
        cues = [item] if isinstance(item, Cue) else []
        if isinstance(item, Interval):
            cues = [placement.cue for placement in item.placements]
        words = [cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)]
        if isinstance(item, Interval) and item.kind is IntervalKind.WORK:
            works.append(words)
        elif not works:
            before += words
    return before, works


@pytest.mark.parametrize("language", languages())
def test_what_moves_is_said_as_its_work_begins(language: str) -> None:
    """Rather than long before, when nobody can keep it in mind; and once."""
    before, works = told(circuit("10s", language=language, many=4))
    phrases = phrases_for(language)
    ahead = before[: before.index(phrases("exercise.ahead-begin"))]
    assert not [text for text in ahead if text.startswith("Bend")]
    assert len([text for text in ahead if text.startswith("Put")]) == 3
    go = f"{phrases('cue.go')}."
    moves = [f"Bend both knees {number} a little and stretch them again." for number in range(4)]
    assert [words[:2] for words in works[1:4]] == [[go, text] for text in moves[1:]]
    assert not [text for words in works[4:] for text in words if text in moves]


@pytest.mark.parametrize("language", languages())
def test_so_is_its_set_up_where_there_are_many_stations(language: str) -> None:
    """Eight of them in a row are too many to keep in mind; names and doses are told before.

    What moves comes behind its set-up, so not in the rest either; in the next round the set-up
    alone is said again.
    """
    routine = circuit("10s", language=language, station=CHAIR)
    before, works = told(routine)
    phrases = phrases_for(language)
    first = before.index(phrases("exercise.ahead-listen")) + 1
    thirty = phrases("dose.work", seconds=phrases.inline("dose.seconds", number=30))
    names = [f"N{number}." for number in range(1, 9)]
    assert before[first : first + 9] == [names[0], thirty, *names[1:]]
    for number in range(1, 9):
        assert works[number][1:4] == [
            f"Stand {number} behind the chair.",
            f"Hold on to its back {number} with one hand.",
            f"Bend both knees {number} a little, and stretch them again.",
        ]
    assert [words[1:3] for words in works[10:]] == [words[1:3] for words in works[1:9]]
    assert not [text for words in works[9:] for text in words if text.startswith("Bend both")]
    assert not [*told_long_ahead(routine)]


@pytest.mark.parametrize(
    "dose",
    [
        "reps: 8, tempo: 2-0-2-0",
        "work: 30s, cues: [{at: 3s, say: Up}]",
        "work: 12s",
        "work: 30s, start: Lift your right foot.",
        "work: 30s, place: {say: Go to the chair., time: ~5s}",
    ],
)
def test_what_the_work_has_no_room_for_is_told_before_all_the_same(dose: str) -> None:
    routine = circuit("10s", dose.replace(", ", "\n        ", 1), station=CHAIR)
    before, works = told(routine)
    ahead = before[: before.index("And now, the first one.")]
    assert len([text for text in ahead if text.startswith("Hold on")]) == 8
    assert not [text for words in works for text in words if text.startswith("Hold on")]


@pytest.mark.parametrize(("dose", "telling"), [("work: 12s", "full"), ("work: 30s", "brief")])
def test_a_few_words_are_said_where_there_is_no_time_for_more(dose: str, telling: str) -> None:
    """In the rest before the work, or else as it begins, and not both."""
    routine = circuit("10s", dose)
    script = compile_script(routine, resolve({"coaching": telling}, {}, routine).settings)
    said = [cue.sound.text for cue in script.cues() if isinstance(cue.sound, Utterance)]
    ahead, first = (
        said.index("And now, the first one."),
        next(i for i, t in enumerate(said) if "two of two" in t),
    )
    told_once = {f"Bend and stretch {number}.": 1 for number in range(1, 9)}
    assert {text: said[ahead:first].count(text) for text in told_once} == told_once


@pytest.mark.parametrize(
    "dose", ["reps: 8, tempo: 2-0-2-0", "work: 30s, cues: [{at: 3s, say: Up}]"]
)
def test_where_the_work_has_no_room_for_it_it_is_said_before(dose: str) -> None:
    dose = dose.replace(", ", "\n        ", 1)
    before, works = told(circuit("10s", dose))
    ahead = before[: before.index("And now, the first one.")]
    assert len([text for text in ahead if text.startswith("Bend and stretch")]) == 8
    assert not [text for words in works for text in words if text.startswith("Bend")]


def test_check_says_how_long_that_takes() -> None:
    (doubt,) = told_long_ahead(circuit("10s"))
    assert str(doubt).startswith("<routine>:5:5: group: about "), str(doubt)
    assert (
        " s of explanation come before its first round, because its rests have no time for it"
        in str(doubt)
    )
    assert not [*told_long_ahead(circuit("40s"))]


def test_what_its_rest_says_is_not_said_again_as_the_work_begins() -> None:
    """A rest may have room for a few words, and not for how one stands."""
    long = "[Put the left hand on the table before you., Turn to the wall behind you.]"
    steps = [f"{{name: n{n}, work: 30s, setup: {long}, movement: Bend {n}.}}" for n in range(9)]
    group = f"{{rest_between: 10s, exercises: [{', '.join(steps)}]}}"
    cues = compile_script(loads(f"title: T\nlanguage: en\nexercises: [{group}]\n")).cues()
    said = [cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)]
    assert {text: said.count(text) for text in said if text.startswith("Bend")} == {
        f"Bend {n}.": 1 for n in range(9)
    }


def test_what_helps_and_no_rest_had_time_for_is_said_at_work() -> None:
    """The first line that helps, once: not in a later round, nor where there are words already."""
    wall = "movement: Bend your arms., mistake: Keep your hips still."
    listed = f"[{{name: a, work: 30s}}, {{name: wall press, work: 30s, {wall}}}]"
    group = f"exercises:\n  - {{rounds: 2, rest_between: 10s, exercises: {listed}}}\n"
    _, works = told(loads("title: T\nlanguage: en\n" + group))
    assert works[1][:2] == ["Go.", "Keep your hips still."]
    assert "Keep your hips still." not in works[3]


def test_when_to_breathe_is_told_before_a_circuit_if_there_is_the_time() -> None:
    """Reps have no room for it, and rests of ten seconds neither."""
    wall = "setup: [Face the wall., Put both hands on it.], movement: Bend your arms slowly."
    press = f"{{name: press, reps: 8, tempo: 2-0-2-0, {wall}, breath: Breathe out as you push.}}"
    group = f"{{rounds: 2, rest_between: 10s, exercises: [{{name: a, work: 30s}}, {press}]}}"
    before, _ = told(loads(f"title: T\nlanguage: en\nexercises: [{group}]\n"))
    assert "Breathe out as you push." in before[: before.index("And now, the first one.")]


# For any circuit

DOSES = ("work: 20s", "work: 40s", "reps: 6, tempo: 2-0-2-0", "reps: 3, hold: 5s", "hold: 30s")
SIDES = ("", ", sides: left", ", sides: right-then-left", ", sides: right-then-left, side_rest: 6s")
MORE = (
    "",
    ", start: Lift it.",
    ", each: [one way, the other]",
    ", load: 5 kg",
    ", feel: It pulls.",
)


@st.composite
def crowded(draw: st.DrawFn) -> Routine:
    """A circuit of many stations, each with a set-up and a movement of its own."""
    stations = []
    for number in range(draw(st.integers(3, 9))):
        dose = "".join(draw(st.sampled_from(each)) for each in (DOSES, SIDES, MORE))
        position = draw(st.sampled_from(["standing", "lying on back", "sitting on chair"]))
        words = "so that your back is long and your shoulders are low " * draw(st.integers(0, 2))
        timed = draw(st.sampled_from(["", ", time: ~3s"]))
        stations.append(
            f"{{name: n{number}, position: {position}, {dose}, "
            f"setup: {{say: 'Settle {number} {words.strip()}.'{timed}}}, "
            f"movement: 'Move {number} {words.strip()}.', brief: Briefly {number}.}}"
        )
    rest, language = draw(st.integers(3, 40)), draw(st.sampled_from(languages()))
    group = f"{{rounds: 2, rest_between: {rest}s, exercises: [{', '.join(stations)}]}}"
    return loads(f"title: T\nlanguage: {language}\nexercises: [{group}]\n")


@settings(max_examples=examples(60))
@given(routine=crowded(), telling=st.sampled_from(["full", "brief"]))
def test_how_a_station_is_set_up_is_told_before_what_moves(routine: Routine, telling: str) -> None:
    """In whatever portions: ahead, in its rest, or as its work begins."""
    script = compile_script(routine, resolve({"coaching": telling}, {}, routine).settings)
    said = [cue.sound.text for cue in script.cues() if isinstance(cue.sound, Utterance)]
    for number in range(sum(1 for _ in routine.all_exercises())):
        set_up, moves = (
            next(place for place, text in enumerate(said) if re.match(f"{words}\\b", text))
            for words in (f"Settle {number}", f"(Move|Briefly) {number}")
        )
        assert set_up < moves, said
