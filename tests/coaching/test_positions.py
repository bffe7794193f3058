"""What is tiring or unsafe to wait in: entered last, each time anew, and left by its own words."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from heard_in import LEADING
from heard_in import timeline as spoken_slowly
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, coachings, examples, exercises, routine_of

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.doubts import long_starts
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import sentences
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.values import of_side
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Telling
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import SAMPLES_PER_MS, Address, CueKind, Interval, Sound
from audiocoach.timeline.timeline import LeftOut, PlacedSpan

LONGEST_HELD_MS = 6_000


def routine(exercises: str, language: str = "en") -> Routine:
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    return loads(f"title: T\nlanguage: {language}\nexercises:\n{body}\n")


def text(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else f"({sound})"


def lines(of: Script) -> list[str]:
    return [text(cue.sound) for cue in of.cues()]


def timeline_of(of: Script) -> Timeline:
    return fit(of, clip_lengths(of.sounds(), 0))


def told(dose: str, language: str = "en", **coaching: Any) -> list[str]:
    """What is heard, in order, from the first "Ready" on."""
    script = compile_script(routine(dose, language), Coaching(**coaching))
    heard = [text(cue.sound) for cue in timeline_of(script).cues]
    ready = phrases_for(language)("cue.ready").rstrip(".").casefold()
    return heard[next(i for i, line in enumerate(heard) if ready in line.casefold()) :]


def cut(heard: list[str], *words: str) -> list[str]:
    """Those of the words that are heard, in order."""
    return [line for line in heard if line in words]


RAISED = """
- name: raise
  limb: leg
  sides: right-then-left
  start: {right: Raise the right leg., left: Raise the left leg.}
  finish: {right: Right leg down., left: Left leg down.}
  sets: 2
  hold: 10s
"""
ORDER = [
    *("Raise the right leg.", "Right leg down.", "Raise the left leg.", "Left leg down."),
] * 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", "  rest: 20s", "  rest: 15-25s"])
def test_each_set_and_side_enters_the_position_anew_and_leaves_it(rest: str, language: str) -> None:
    assert cut(told(RAISED + rest, language), *ORDER) == ORDER


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("telling", [Telling.BRIEF, Telling.MINIMAL, Telling.FADE])
def test_few_words_never_cost_these(telling: Telling, language: str) -> None:
    assert cut(told(RAISED, language, coaching=telling), *ORDER) == ORDER


COUNT_IN = {
    "en": ["Three.", "Two.", "One.", "Now."],
    "de": ["Drei.", "Zwei.", "Eins.", "Jetzt."],
    "es": ["Tres.", "Dos.", "Uno.", "Ahora."],
    "fr": ["Trois.", "Deux.", "Un.", "Maintenant."],
}


@pytest.mark.parametrize("language", languages())
def test_it_is_entered_after_all_that_is_said_and_right_before_the_count(language: str) -> None:
    heard = told(RAISED + "  rest: 20s", language)
    entered = [place for place, line in enumerate(heard) if line.startswith("Raise the")]
    assert len(entered) == 4
    assert all(heard[place + 1 : place + 5] == COUNT_IN[language] for place in entered)


BETWEEN = {
    "en": ["Rest, twenty seconds.", "Last set is next.", "First: right leg."],
    "de": ["Pause, zwanzig Sekunden.", "Gleich kommt der letzte Satz.", "Zuerst: leg rechts."],
    "es": [
        *("Descanso: veinte segundos.", "Ahora viene la última serie."),
        "Primero: leg, lado derecho.",
    ],
    "fr": [
        *("Pause : vingt secondes.", "Ensuite : la dernière série."),
        "D'abord : leg, côté droit.",
    ],
}


@pytest.mark.parametrize("language", languages())
def test_a_rest_opens_with_the_way_out_and_ends_with_the_way_in(language: str) -> None:
    heard = told(RAISED + "  rest: 20s\n  stop: And stop", language)
    rest = heard.index(BETWEEN[language][0])
    assert heard[rest - 2 : rest] == ["And stop.", "Left leg down."]
    assert heard[rest : rest + 3] == BETWEEN[language]
    assert heard[heard.index(COUNT_IN[language][0], rest) - 1] == "Raise the right leg."


@pytest.mark.parametrize("language", languages())
def test_by_the_clock_too(language: str) -> None:
    circuit = """
    - rounds: 2
      rest_between: 30s
      exercises:
        - {name: march, work: 20s}
        - {name: plank, work: 20s, start: Knees up., finish: Knees down.}
    """
    go = f"{phrases_for(language)('cue.go')}."
    heard = cut(told(circuit, language), go, "Knees up.", "Knees down.")
    assert heard == [go, "Knees up.", go, "Knees down."] * 2


def test_what_takes_time_gets_it_before_the_count() -> None:
    dose = """
    - name: raise
      sets: 2
      hold: 5s
      rest: 30s
      start:
        - {say: Lie back., time: ~4s}
        - {say: Raise it., time: ~1s}
    """
    timeline = timeline_of(compile_script(routine(dose)))
    found = {cue.start // SAMPLES_PER_MS: text(cue.sound) for cue in timeline.cues}
    raised = [at for at, line in found.items() if line == "Raise it."]
    lying = [at for at, line in found.items() if line == "Lie back."]
    counted = [at for at, line in found.items() if line == "Three."][::2]
    assert len(raised) == len(lying) == 2
    for lie, lift, count in zip(lying, raised, counted, strict=False):
        assert lift - lie >= 4_000
        assert count - lift >= 1_000


def test_a_variant_is_changed_in_the_position_in_few_words() -> None:
    """All are told before; then nothing keeps the leg in the air but the count."""
    heard = told(RAISED.replace("hold: 10s", "reps: 2\n  hold: 1s") + VARIANTS)
    place = heard.index("Now in.")
    assert heard[place + 1 : place + 5] == ["Three.", "Two.", "One.", "Now."]
    before = lines(compile_script(routine(RAISED + VARIANTS)))
    first = before.index("Raise the right leg.")
    assert before.index("Toes out.") < before.index("Then: in.") < before.index("Toes in.") < first
    assert cut(heard, *ORDER) == ORDER


VARIANTS = "  each: [{name: out, say: Toes out.}, {name: in, say: Toes in.}]\n"


def test_a_variant_that_takes_time_is_a_reason_to_leave_the_position() -> None:
    variants = "  each: [out, {name: in, say: {say: Turn the band., time: ~9s}}]\n"
    heard = cut(told(RAISED + variants), *ORDER, "Turn the band.")
    assert heard[:5] == [
        *("Raise the right leg.", "Right leg down.", "Turn the band."),
        *("Raise the right leg.", "Right leg down."),
    ]


@pytest.mark.parametrize("countdown", [0, 3, 5, 10])
def test_a_long_count_in_does_not_keep_anybody_in_the_position(countdown: int) -> None:
    for rest in ("", "  rest: 40s"):
        script = compile_script(routine(RAISED + rest), Coaching(countdown=countdown))
        waits = held(timeline_of(script), "Raise the right leg.", "Raise the left leg.")
        assert len(waits) == 4
        assert all(0 < wait <= LONGEST_HELD_MS for wait in waits)


@pytest.mark.parametrize("language", languages())
def test_the_last_rep_ends_in_words_of_its_own(language: str) -> None:
    dose = """
    - name: heel drop
      sets: 2
      reps: 3
      phases:
        - {say: Lower, time: ~3s}
        - {say: Foot off, brief: Off, last: Both heels down, time: ~3s}
    """
    heard = cut(told(dose, language), "Foot off.", "Off.", "Both heels down.")
    assert heard == ["Foot off.", "Off.", "Both heels down."] * 2


# For any routine


def blocks_of(timeline: Timeline) -> list[tuple[PlacedSpan, PlacedSpan, Address]]:
    """The first and the last span of each block that is done, and where it stands."""
    found: list[tuple[PlacedSpan, PlacedSpan, Address]] = []
    for span in timeline.spans:
        if isinstance(span.item, Interval) and span.item.kind not in LEADING:
            address, first = replace(span.item.address, rep=0), span
            if found and (span.item.address.rep > 1 or found[-1][2] == address):
                first, _, address = found.pop()
            found.append((first, span, address))
    return found


def in_place(timeline: Timeline, leaving: str) -> list[tuple[PlacedSpan, PlacedSpan]]:
    """The spans before and after each change of variant in which the position is not left."""
    left = [cue.start for cue in timeline.cues if text(cue.sound) == leaving]
    return [
        (before, after)
        for (_, before, here), (after, _, there) in pairwise(blocks_of(timeline))
        if here.variant != there.variant and here == replace(there, variant=here.variant)
        if not any(before.start <= at <= after.start for at in left)
    ]


def efforts(timeline: Timeline, leaving: str = "") -> list[PlacedSpan]:
    """What is done, in order: the first span of each block that is entered anew."""
    stayed = [after for _, after in in_place(timeline, leaving)]
    return [first for first, *_ in blocks_of(timeline) if first not in stayed]


def held(
    timeline: Timeline, *entering: str, leaving: str = "", from_start: bool = False
) -> list[int]:
    """How long (ms) the words that lead into a position wait for each effort; 0 if none do.

    From the end of the first of them, or from its start.
    """
    told = [
        cue.start if from_start else cue.end for cue in timeline.cues if text(cue.sound) in entering
    ]
    found, before = [], 0
    for effort in efforts(timeline, leaving):
        first = min((at for at in told if before < at <= effort.start), default=effort.start)
        found.append((effort.start - first) // SAMPLES_PER_MS)
        before = effort.start
    return found


DOWN = "And down."
QUICK = {"say": "Raise it.", "time": "~1500ms (1s-2s)"}
STEP_TO = "Lift the right foot off the floor, and bend that knee a little."
INTO = (
    ("Raise it.", "Raise it.", True),
    ("Heels up. Take the left foot off.", "Heels up.", True),
    (STEP_TO, STEP_TO, True),
    (["Heels up.", "Knees wide.", "Take the left foot off."], "Heels up.", True),
    # While a line with a time is told, nobody is there yet.
    ({"say": "Raise it.", "time": "~4s (3-9s)"}, "Raise it.", False),
    # The first of several lines is the way there, if it has a time of its own.
    ([{"say": "Lie back. Be still.", "time": "~4s"}, "Raise it."], "Raise it.", True),
    ([{"say": "Lie back.", "time": "~4s"}, QUICK], "Raise it.", True),
    ([{"say": "Lie back.", "time": "~4s"}, "Raise it. Knees wide."], "Raise it.", True),
)
"""Ways into a position, each with the words from whose end it is held, or from whose start."""
CHANGES = (["out", "in"], ["out", "in, with the toes turned as far as they go and the heel high"])
"""Variants with names that can be said while one waits, or can't."""


@st.composite
def entered(draw: st.DrawFn) -> tuple[dict[str, Any], str, bool]:
    """An exercise whose position is entered by words of its own, in its file's form."""
    exercise = draw(exercises())
    exercise["start"], first, from_start = draw(st.sampled_from(INTO))
    exercise["finish"] = DOWN
    if not {"until", "every"} & exercise.keys() and draw(st.booleans()):
        exercise["each"] = draw(st.sampled_from(CHANGES))
    return exercise, first, from_start


@settings(max_examples=examples(100))
@given(way=entered(), coaching=coachings(), language=st.sampled_from(languages()))
def test_no_position_of_effort_waits_long_for_its_first_beat(
    way: tuple[dict[str, Any], str, bool], coaching: Coaching, language: str
) -> None:
    """From the first words that lead into it, however many; with nothing counted if need be.

    That is so however long the session is made.

    Each set and side enters it anew, last of all; only a set that begins by the clock can't.
    Where rests are too short for the words, a note says so: one for all that are as long.
    """
    exercise, first, from_start = way
    script = compile_script(routine_of(exercise, language=language), coaching)
    natural = timeline_of(script)
    longest = fit(script, clip_lengths(script.sounds(), 0), natural.fit.longest)
    for timeline in (natural, longest):
        waits = held(timeline, first, leaving=DOWN, from_start=from_start)
        if "every" in exercise:
            waits = waits[:1]
        entered_anew = efforts(timeline, DOWN)
        silent = [each for each, wait in zip(entered_anew, waits, strict=False) if not wait]
        noted = {
            note.length
            for note in timeline.notes
            if isinstance(note, LeftOut) and text(note.sound) == first
        }
        unled = {_rest_before(timeline, effort) for effort in silent}
        assert unled <= noted if "every" in exercise else unled == noted
        long = zip(entered_anew, waits, strict=False)
        alone = [effort for effort, wait in long if wait > LONGEST_HELD_MS]
        assert not any(counted_into(timeline, each) for each in alone)
        for before, after in in_place(timeline, DOWN):
            assert (after.start - before.end) // SAMPLES_PER_MS <= LONGEST_HELD_MS


def counted_into(timeline: Timeline, effort: PlacedSpan) -> bool:
    """Whether the last word before an effort is a number."""
    *_, last = (cue for cue in timeline.cues if cue.start < effort.start)
    return last.cue.kind is CueKind.COUNTDOWN


def _rest_before(timeline: Timeline, effort: PlacedSpan) -> int:
    """The length (ms) of what leads straight into an effort."""
    (before,) = (span for span in timeline.spans if span.end == effort.start and span.length)
    return before.length // SAMPLES_PER_MS


WAITING = {
    "en": ("Rise onto the toes of both feet.", "Take the weight over, and lift the left foot off."),
    "de": ("Geh auf die Zehenspitzen.", "Verlagere das Gewicht, und heb den linken Fuß ab."),
    "es": ("Ponte de puntillas.", "Pasa el peso al pie derecho, y levanta el izquierdo."),
    "fr": ("Montez sur la pointe des pieds.", "Passez sur le pied droit, et levez le gauche."),
}


@pytest.mark.parametrize("language", languages())
def test_many_words_have_no_count_and_too_many_are_doubted(language: str) -> None:
    rise, lift = WAITING[language]
    dose = f"- {{name: X, hold: 5s, sets: 2, rest: 30s, start: [{rise!r}, {lift!r}]}}"
    heard = told(dose, language)
    places = [place for place, line in enumerate(heard) if line == lift]
    assert len(places) == 2
    assert all(heard[place + 1] == COUNT_IN[language][-1] for place in places)
    few = dose.replace(f"{rise!r}, ", "")
    assert not list(long_starts(routine(few, language)))
    (doubt,) = long_starts(routine(dose, language))
    assert "X" in str(doubt)
    assert "setup" in str(doubt)


@pytest.mark.parametrize("language", languages())
def test_a_variant_is_counted_into_in_the_position_only_as_long_as_one_can_wait(
    language: str,
) -> None:
    names = ["out, with the toes up", "in, with the knee bent", "one, two, three, " * 4 + "up"]
    reps = "reps: 2\n  hold: 4s"  # a single hold has the time of letting go besides
    dose = RAISED.replace("sets: 2", f"each: {names!r}").replace("hold: 10s", reps)
    heard = told(dose, language)
    phrases = phrases_for(language)
    kept, left = (heard.index(phrases("cue.other", variant=name)) for name in names[1:])
    assert heard[kept + 1 : kept + 4] == COUNT_IN[language][1:]
    assert heard[left - 1] == "Right leg down."
    assert heard.index("Raise the right leg.", left)


@pytest.mark.parametrize("preset", ["gentle", "standard", "express", "eyes-free"])
@pytest.mark.parametrize(
    "name",
    [name for name, _ in bundled() if any(each.start for each in load(name).all_exercises())],
)
def test_nor_in_what_is_bundled(name: str, preset: str) -> None:
    found = load(name)
    for exercise in found.all_exercises():
        for side in ("right", "left"):
            told = of_side(exercise.start, side)
            if not told:
                continue
            timed = bool(told[0].time)
            there = timed and len(told) > 1
            first, *_ = sentences(told[1 if there else 0].say, found.language)
            script = compile_script(found, resolve({"preset": preset}, {}, found).settings)
            timeline = timeline_of(script)
            waits = [wait for wait in held(timeline, first, from_start=there or not timed) if wait]
            assert waits
            assert max(waits) <= LONGEST_HELD_MS


SHORT = {
    "en": "Lift the left foot.",
    "de": "Heb den linken Fuß.",
    "es": "Levanta el pie.",
    "fr": "Levez le pied.",
}
MIDDLING = {
    "en": "Lift the left foot off the floor.",
    "de": "Heb den linken Fuß vom Boden ab.",
    "es": "Levanta el pie izquierdo del suelo.",
    "fr": "Levez bien le pied gauche du sol.",
}
SENTENCE = {
    "en": "Put the right foot straight in front of the left, heel to toe, with your eyes closed.",
    "de": "Stell den rechten Fuß direkt vor den linken, Ferse an Zehen, mit geschlossenen Augen.",
    "es": "Pon el pie derecho justo delante del izquierdo, talón con punta, y cierra los ojos.",
    "fr": "Placez le pied droit juste devant le gauche, talon contre pointe, les yeux fermés.",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", ", sets: 2, rest: 30s"])
def test_the_longer_one_sentence_is_the_less_is_counted_behind_it(rest: str, language: str) -> None:
    """One that takes so long by itself that nobody could wait for its end is doubted."""
    for texts, counted in ((SHORT, 3), (MIDDLING, 2), (SENTENCE, 0)):
        start = texts[language]
        dose = f"- {{name: X, hold: 6s, start: {start!r}{rest}}}"
        heard = told(dose, language)
        places = [place for place, line in enumerate(heard) if line == start]
        assert places
        behind = COUNT_IN[language][-1 - counted :]
        assert all(heard[place + 1 : place + 2 + counted] == behind for place in places)
        doubts = [str(each) for each in long_starts(routine(dose, language))]
        assert ["about" in each and "fewer words" in each for each in doubts] == [True] * (
            not counted
        )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("slowness", [90, 100])
def test_nobody_waits_longer_for_a_slower_voice(slowness: int, language: str) -> None:
    for texts in (SHORT, MIDDLING):
        dose = f"- {{name: X, hold: 6s, start: {texts[language]!r}}}"
        told_slowly = spoken_slowly(dose, language, slowness)
        (wait,) = held(told_slowly, texts[language], from_start=True)
        assert 0 < wait <= LONGEST_HELD_MS


@pytest.mark.parametrize("language", languages())
def test_of_variants_that_are_explained_together_it_is_said_which_is_first(language: str) -> None:
    dose = "each: [low, {name: high, say: Arms up.}, {name: wide, say: Arms out.}]"
    script = compile_script(routine(RAISED.replace("sets: 2", dose), language))
    heard = lines(script)
    phrases = phrases_for(language)
    order = [
        *("Arms up.", "Arms out."),
        *(phrases("cue.then", what=name) for name in ("high", "wide")),
        phrases("exercise.ahead-listen"),
    ]
    up, out, high, wide, listen = (heard.index(line) for line in order)
    firsts = {
        phrases.worded("cue.start-with", name, what="low")
        for name in phrases.wordings("cue.start-with")
    }
    assert heard[listen - 1] in firsts
    assert [listen, high, up, wide, out] == [*range(listen, listen + 5)]
    assert heard[out + 1] in firsts
