"""What sets, rounds and groups are told: loads, names, and settings of one exercise."""

from __future__ import annotations

import re

import pytest
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import Script, fit
from audiocoach.timeline.script import Interval, IntervalKind, Marker, MarkerKind, Utterance

LIFT = "name: lift, reps: 2, tempo: 2-1-2-0"


def script(exercises: str, language: str = "en", **flags: str) -> Script:
    head = f"title: T\nlanguage: {language}\nexercises:\n"
    routine = loads(f"{head}  - {exercises}\n  - {{name: stand, hold: 3s}}\n")
    return compile_script(routine, resolve(flags, {}, routine).settings)


def said(of: Script) -> list[str]:
    return [cue.sound.text for cue in of.cues() if isinstance(cue.sound, Utterance)]


def heard(of: Script) -> list[str]:
    """What is said and has room."""
    timeline = fit(of, clip_lengths(of.sounds(), 0))
    return [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]


# -- loads -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_a_load_is_told_with_the_dose(language: str) -> None:
    words = said(script(f"{{{LIFT}, load: 20 kg}}", language))
    told = {
        "en": "Load: 20 kilos.",
        "de": "Belastung: 20 Kilo.",
        "es": "Carga: 20 kilos.",
        "fr": "Charge : 20 kilos.",
    }
    assert [text for text in words if "20" in text] == [told[language]]


@pytest.mark.parametrize("rest", ["", ", rest: 20s"])
def test_another_load_is_told_before_its_set(rest: str) -> None:
    of = script(f"{{{LIFT}, load: [20 kilos, 25 kilos, 30 kilos]{rest}}}")
    words = heard(of)
    assert "Load, set by set: 20 kilos, then 25 kilos, then 30 kilos." in words
    second, third = words.index("Load: 25 kilos."), words.index("Load: 30 kilos.")
    lowered = [index for index, text in enumerate(words) if text == "Lower."]
    assert lowered[1] < second < lowered[2]
    assert lowered[3] < third < lowered[4]


def test_the_same_load_is_not_told_again() -> None:
    words = heard(script(f"{{{LIFT}, load: [yellow, red, red, blue], rest: 20s}}"))
    told = [text for text in words if text.startswith("Load: ")]
    assert told == ["Load: yellow.", "Load: red.", "Load: blue."]


def test_a_load_by_side_is_told_at_the_start_and_at_the_change() -> None:
    exercise = f"{{{LIFT}, sides: right-then-left, load: {{right: 8 kilos, left: 6 kilos}}}}"
    words = heard(script(exercise))
    assert words.index("Right side: 8 kilos.") < words.index("Left side: 6 kilos.")
    assert words.index("Change sides: left side.") < words.index("Load: 6 kilos.")


def test_a_load_by_round_is_told_in_its_round() -> None:
    group = f"{{rounds: 2, exercises: [{{{LIFT}, load: [20 kilos, 25 kilos]}}]}}"
    words = heard(script(group))
    told = [text for text in words if text.startswith("Load")]
    assert told == ["Load: 20 kilos.", "Load: 25 kilos."]


# -- names of groups, rounds and rungs -------------------------------------------------


def test_each_rung_says_its_size_for_each_exercise() -> None:
    """The dose of two exercises may be the same: it is told for both."""
    group = (
        "{name: the ladder, round_name: rung, rounds: 3, exercises: "
        "[{name: a, reps: [3, 2, 1], hold: 9s}, {name: b, reps: [3, 2, 1], hold: 9s}]}"
    )
    words = heard(script(group))
    assert words.index("The ladder.") < words.index("Rung one of three.")
    later = [text.partition(": ")[2] for text in words if "rung" in text]
    assert later == ["rung two of three.", "rung three of three."]
    doses = [text for text in words if "nine seconds" in text]
    assert len(doses) == 6
    assert len(set(doses)) == 3


@pytest.mark.parametrize("language", languages())
def test_a_named_group_is_named_each_time_it_begins(language: str) -> None:
    inner = "{name: Block, rounds: 2, exercises: [{name: a, hold: 3s}]}"
    words = said(script(f"{{rounds: 2, exercises: [{inner}]}}", language))
    assert words.count("Block.") == 2


def test_a_round_with_a_name_is_a_chapter_by_it() -> None:
    of = script("{round_name: rung, rounds: 2, exercises: [{name: a, hold: 3s}]}")
    marks = [item.title for item in of.items if isinstance(item, Marker)]
    rounds = [item for item in of.items if isinstance(item, Marker)]
    assert [each.title for each in rounds if each.kind is MarkerKind.ROUND] == ["Rung 2 of 2"]
    assert "Rung 2 of 2" in marks


def test_without_a_name_nothing_is_said_of_a_group() -> None:
    words = said(script("{rounds: 2, exercises: [{name: a, hold: 3s}]}"))
    assert not [text for text in words if re.match("Round one", text)]


# -- words for one set or round --------------------------------------------------------


def test_words_at_an_instant_may_be_for_one_set_or_round() -> None:
    cues = "[{at: 8s, say: Always}, {at: 12s, say: Second, set: 2}, {at: 4s, say: Late, round: 2}]"
    exercise = f"{{name: plank, hold: 30s, sets: 2, rest: 20s, cues: {cues}}}"
    words = heard(script(f"{{rounds: 2, exercises: [{exercise}]}}"))
    told = [text for text in words if text in ("Always.", "Second.", "Late.")]
    both = ["Late.", "Always.", "Late.", "Always.", "Second."]
    assert told == ["Always.", "Always.", "Second.", *both]


def test_words_for_a_set_that_is_not_there_are_refused() -> None:
    with pytest.raises(RoutineError, match=r"cues are for set 3, and there is no more than 2 sets"):
        script("{name: a, work: [20s, 20s], cues: [{at: 5s, say: Now, set: 3}]}")


# -- settings of one exercise ----------------------------------------------------------

ICE = "name: ice, work: 2min, go: Rest, coaching: {max_silence: off, warn_at: off, halfway: off"


def times_left(of: Script) -> list[str]:
    return [text for text in said(of) if re.search("to go|seconds|Halfway", text)]


def test_a_setting_of_one_exercise_is_only_its() -> None:
    plain = script("{name: ice, work: 2min, go: Rest}")
    quiet = script(f"{{{ICE}}}}}")
    assert times_left(plain)
    assert [text for text in times_left(quiet) if "three" not in text] == []
    both = script(f"{{{ICE}}}}}\n  - {{name: walk, work: 2min}}")
    assert len(times_left(both)) >= len(times_left(plain))


def test_the_user_is_stronger_than_an_exercise() -> None:
    def counted(**flags: str) -> int:
        of = script("{name: plank, hold: 5s, coaching: {count: off}}", **flags)
        holds = [item for item in of.items if isinstance(item, Interval)]
        first = next(each for each in holds if each.kind is IntervalKind.HOLD)
        return len(first.placements)

    assert counted() == 1
    assert counted(count="every") == 5


def test_what_an_exercise_cannot_set_is_told_with_its_line() -> None:
    text = (
        "title: T\nlanguage: en\nexercises:\n  - name: a\n    hold: 3s\n"
        "    coaching:\n      pace: slow\n      halway: on\n      count: 3\n"
    )
    with pytest.raises(RoutineError) as caught:
        resolve({}, {}, loads(text, name="r"))
    first, second, third = str(caught.value).splitlines()
    assert first.startswith("r:7:7: a: coaching: 'pace' can't differ for one exercise; keys: ")
    assert second.startswith("r:8:7: a: coaching: 'halway' is unknown; did you mean halfway?; keys")
    assert third.startswith("r:9:7: a: coaching: count: '3' is not possible here")
