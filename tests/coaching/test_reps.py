"""What is heard inside a set: which rep it is, and the seconds of each; never one for the other."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

import pytest
from catalogues import said_as
from heard_reps import Numbers, done, groups, left_out, text
from strategies import hurried_lengths

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Count, Pace
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    IntervalKind,
    Marker,
    MarkerKind,
)


def routine(exercises: str, top: str = "", language: str = "en") -> Routine:
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    return loads(f"title: T\nlanguage: {language}\n{top}exercises:\n{body}\n")


def timeline_of(of: Script) -> Timeline:
    return fit(of, hurried_lengths(of, 0))


def spoken(script: Script) -> set[str]:
    """All that may be said in a session."""
    return {sound.text for sound in script.sounds() if isinstance(sound, Utterance)}


def heard(of: Routine, **coaching: Any) -> list[list[str]]:
    """What is heard in each time in which something is done."""
    timeline = timeline_of(compile_script(of, Coaching(**coaching)))
    assert timeline.notes == ()
    return [[text(cue) for cue in cues] for _, cues in done(timeline)]


# Which rep it is

FAST = {
    "1-0-1-0": ["Two.", "Three.", "Four.", "Half done.", "Six.", "Two to go.", "Last one."],
    "2-0-1-0": [
        *("Lower, two.", "Lower, three.", "Lower, four.", "Lower. Half done."),
        *("Lower, six.", "Lower. Two to go.", "Lower. Last one."),
    ],
}
FAST["3-1-1-0"] = FAST["2-0-1-0"]


@pytest.mark.parametrize("tempo", FAST)
def test_a_fast_tempo_tells_each_rep_as_it_begins(tempo: str) -> None:
    """And nothing else is counted there, so that no number can be taken for another."""
    found = heard(routine(f"- {{name: squat, reps: 8, tempo: {tempo}}}"))
    size = len(found) // 8
    assert [words for (words, *_) in found[size::size]] == FAST[tempo]
    assert found[size - 1 :: size] == [["Lift."]] * 8, "who is down has to hear when to rise"
    assert all(len(words) == 1 for words in found)
    assert found[:size] == [["Lower."], *([["Hold."]] if size == 3 else []), ["Lift."]]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tempo", [*FAST, "2-0-2-0", "3-0-2-0"])
def test_no_rep_of_a_fast_tempo_goes_without_its_number(language: str, tempo: str) -> None:
    """Or a landmark in its place; nothing is left out, and the set ends in a word.

    In a second there is no room for either beside a word of a rep, so it takes the place of the
    first one, and the last one stays.
    """
    of = routine(f"- {{name: X, reps: 9, tempo: {tempo}}}", language=language)
    timeline, phrases = timeline_of(compile_script(of)), phrases_for(language)
    assert left_out(timeline) == []
    first, last = (
        [text(rep[place][1][0]).rstrip(".").lower() for rep in groups(timeline)]
        for place in (0, -1)
    )
    for rep in (2, 3, 4, 5, 7):
        assert first[rep - 1].rpartition(", ")[2] == phrases.number(rep)
    for rep, key in ((6, "cue.reps-halfway"), (8, "cue.two-more")):
        told = tuple(each.rstrip(".").lower() for each in said_as(language, key))
        assert first[rep - 1].endswith(told)
    assert all(each.startswith(phrases("cue.lift").lower()) for each in last)
    stop = phrases("cue.stop")
    assert stop in [text(cue) for cue in timeline.cues]


@pytest.mark.parametrize("language", languages())
def test_a_second_has_the_shortest_words_there_are(language: str) -> None:
    """Whichever wording's turn it is: none has to be hurried that another says sooner."""
    script = compile_script(
        routine("- {name: X, reps: 8, sets: 4, tempo: 1-0-1-0}", language=language)
    )
    words = spoken(script)
    for key in ("cue.reps-halfway", "cue.two-more", "cue.last-one"):
        told = said_as(language, key)
        heard = {each for each in words if each in told}
        assert {len(each) for each in heard} == {min(len(each) for each in told)}


@pytest.mark.parametrize("tempo", ["2-0-2-0", "2-1-2-0", "3-1-2-0"])
def test_two_seconds_have_no_room_for_a_word_and_a_number(tempo: str) -> None:
    """Nobody says "Lift. Number two." so fast: the number goes to the first word of the rep."""
    found = heard(routine(f"- {{name: squat, reps: 8, tempo: {tempo}}}"))
    size = len(found) // 8
    *before, last = [words for (words, *_) in found[size::size]]
    assert before == FAST["2-0-1-0"][:-1]
    assert (found[7 * size - 1], last) == (["Lift. Last one."], "Lower.")
    assert all(len(words) == 1 for words in found)


def test_a_slower_tempo_counts_its_seconds_and_tells_the_next_rep_at_the_end() -> None:
    tempo = "{eccentric: 3s, bottom_pause: 1s, concentric: 2.5s}"
    found = heard(routine(f"- {{name: squat, reps: 4, tempo: {tempo}}}"))
    rep = [["Lower.", "Two.", "Three."], ["Hold."]]
    ends = [["Lift.", "Number two."], ["Lift.", "Two to go."], ["Lift. Last one."], ["Lift."]]
    assert found[:2] == rep
    assert found[2::3] == [ends[0], ends[1], ends[2], ["Lift.", "Two."]]


@pytest.mark.parametrize("language", languages())
def test_the_last_one_is_never_lost_whatever_it_takes_the_place_of(language: str) -> None:
    """In any tempo, with words of any length: in the rep before, or with its own first word."""
    told = said_as(language, "cue.last-one")
    for tempo in ("1-0-1-0", "2-0-1-0", "2-0-2-0", "3-1-1-0", "1-0-2-1", "4-0-4-0"):
        dose = f"- {{name: X, reps: 5, tempo: {tempo}}}"
        script = compile_script(routine(dose, language=language))
        found = done(fit(script, hurried_lengths(script, 0)))
        at = [(span.item.address.rep, cues) for span, cues in found]  # type: ignore[union-attr]
        before = [text(cue) for rep, cues in at if rep == 4 for cue in cues]
        begun = next(text(cues[0]) for rep, cues in at if rep == 5)
        assert any(each.lower() in line.lower() for line in (*before, begun) for each in told), (
            tempo
        )


@pytest.mark.parametrize("language", languages())
def test_a_set_of_fixed_times_ends_in_a_word(language: str) -> None:
    for dose in ("tempo: 1-0-1-0", "phases: [{say: Up, time: 1s}, {say: Down, time: 1s}]"):
        own = routine(f"- {{name: X, reps: 5, {dose}, stop: And stand}}", language=language)
        timeline = timeline_of(compile_script(own))
        (stop,) = (cue for cue in timeline.cues if text(cue) == "And stand.")
        assert stop.start == done(timeline)[-1][0].end
        script = compile_script(routine(f"- {{name: X, reps: 5, {dose}}}", language=language))
        said = [text(cue) for cue in timeline_of(script).cues]
        assert said.count(phrases_for(language)("cue.stop")) == 1


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("way", ["tempo: 2-0-2-0", "hold: 2s", "phases: [{say: Up, time: 9s}]"])
def test_whatever_fills_a_rep_the_first_begins_with_its_own_word(way: str, language: str) -> None:
    dose = f"- {{name: X, reps: 2, {way}, go: Dig in}}"
    first, *others = heard(routine(dose, language=language))
    assert first[0] == "Dig in."
    assert not any("Dig in." in words for words in others)


def test_a_quick_release_is_heard_all_the_same() -> None:
    dose = "- {{name: X, reps: 4, hold: 2s, release: {{say: Drop, time: {}}}}}"
    found = heard(routine(dose.format("1500ms")))
    assert [words for words in found if words[0].startswith("Drop")] == [
        *(["Drop."], ["Drop."], ["Drop. Last one."], ["Drop."]),
    ]
    assert [words for words in found if "Now" in words[0] or words[0].startswith("Last")] == [
        *(["Now."], ["Now."], ["Two to go. Now."], ["Now."]),
    ]
    quick = heard(routine(dose.format("1s")))
    assert [words for words in quick if words[0] == "Drop."] == [["Drop."]] * 4
    assert quick[9] == ["Now. Last one."]


COUNTED = {
    "en": ("Two.", "Three.", "Last one.", "Four."),
    "de": ("Zwei.", "Drei.", "Das letzte Mal.", "Vier."),
    "es": ("Dos.", "Tres.", "La última.", "Cuatro."),
    "fr": ("Deux.", "Trois.", "La dernière.", "Quatre."),
}


@pytest.mark.parametrize("language", languages())
def test_reps_that_are_counted_only_are_counted_as_they_begin(language: str) -> None:
    two, three, last, four = COUNTED[language]
    dose = "- {{name: circle, reps: 4, rep_duration: {}, go: Circle}}"
    found = heard(routine(dose.format("~3s (2-4s)"), language=language))
    assert found == [["Circle."], [two], [three, last], [four]]
    rushed = heard(routine(dose.format("1s"), language=language))
    assert rushed[:3] == [["Circle."], [two], [three]], "no voice is so quick"
    assert {*rushed[3]} <= said_as(language, "cue.last-one")


def test_quick_reps_by_turns_name_the_side_and_the_last_pair_as_it_begins() -> None:
    """Behind the side, two seconds have no room for it, and one second has none at all."""
    dose = "- {{name: row, limb: arm, sides: alternating, reps: 4, rep_duration: {}}}"
    found = heard(routine(dose.format("2s")))
    assert found == [
        *(["Go."], ["Left arm."], ["Right arm, two."], ["Left arm."]),
        *(["Right arm, three."], ["Left arm."], ["Last pair. Right arm."], ["Left arm."]),
    ]
    slow = heard(routine(dose.format("4s")))
    last = ["Left arm.", "Last one on each side."]
    assert slow[5:] == [last, ["Right arm, four."], ["Left arm."]]
    quick = heard(routine(dose.format("1s")))
    assert quick[1:] == [
        *(["Left arm."], ["Two."], ["Left arm."], ["Three."], ["Left arm."]),
        *(["Last right."], ["Left arm."]),
    ]
    pulses = heard(routine("- {name: pulse, reps: 9, rep_duration: 1s}"))
    assert pulses[-2:] == [["Eight."], ["Last one."]]


def test_whose_turn_it_is_is_heard_before_what_is_done() -> None:
    dose = "sides: alternating, limb: knee, reps: 2, tempo: 2-0-2-0"
    found = heard(routine(f"- {{name: march, {dose}}}"))
    assert [words for (words, *_) in found[::2]] == [
        *("Lower.", "Left knee. Lower.", "Right knee. Lower.", "Left knee. Lower."),
    ]
    assert found[3] == ["Lift. Last one on each side."]


def test_sides_by_turns_are_numbered_by_pairs() -> None:
    found = heard(
        routine(
            "- {name: bug, sides: alternating, limb: leg, reps: 4, hold: 3s, "
            "release: {say: Release, time: 6s}}"
        )
    )
    assert [words for words in found if words[0] == "Release."] == [
        ["Release.", "Left leg."],
        ["Release.", "Number two. Right leg."],
        ["Release.", "Left leg."],
        ["Release.", "Two more each side. Right leg."],
        ["Release.", "Left leg."],
        ["Release.", "Last one on each side. Right leg."],
        ["Release.", "Left leg."],
        ["Release."],
    ]


# Breaths

IN_OUT = {
    "en": ("In", "Out", "Half of it is over.", "one minute to go."),
    "de": ("Ein", "Aus", "Die Hälfte ist geschafft.", "noch eine Minute."),
    "es": ("Inhala", "Exhala", "Ya ha pasado la mitad.", "queda un minuto."),
    "fr": ("Inspirez", "Expirez", "La moitié est passée.", "encore une minute."),
}


@pytest.mark.parametrize("language", languages())
def test_a_breath_has_no_number_and_now_and_then_a_word_of_time(language: str) -> None:
    inhale, exhale, half, minute = IN_OUT[language]
    phases = f"[{{say: {inhale}, time: 4s}}, {{say: {exhale}, time: 6s}}]"
    found = heard(routine(f"- {{name: X, until: 4min, phases: {phases}}}", language=language))
    number = [phrases_for(language).number(n).capitalize() + "." for n in range(7)]
    counts = [f"{inhale}.", *number[2:5]], [f"{exhale}.", *number[2:7]]
    assert found[0::2] == [counts[0]] * 24
    others = {place: words for place, words in enumerate(found[1::2], 1) if words != counts[1]}
    assert list(others) == [12, 18, 23]
    assert others[12][:3] == [f"{exhale}.", *number[2:4]], "counted until it is said"
    assert others[12][-1] == half
    assert others[18] == [f"{exhale}.", minute[0].upper() + minute[1:]]
    assert others[23][:4] == [f"{exhale}.", *number[2:5]]


def test_no_breath_is_numbered_when_it_is_free_either() -> None:
    free = "[{say: In, time: ~4s}, {say: Out, time: ~6s}]"
    found = heard(routine(f"- {{name: X, reps: 5, phases: {free}}}"))
    assert found == [["In."], ["Out."]] * 3 + [["In."], ["Out.", "Last one."], ["In."], ["Out."]]
    asked = heard(routine(f"- {{name: X, reps: 5, phases: {free}}}"), count=Count.EVERY)
    assert asked[1] == ["Out.", "Number two."]


@pytest.mark.parametrize("language", languages())
def test_breaths_inside_a_hold_are_paced_and_counted_down(language: str) -> None:
    top = "breath: {inhale: 4s, exhale: 5500ms}\n"
    script = compile_script(routine("- {name: X, hold: 4 breaths}", top, language))
    timeline = timeline_of(script)
    (span, cues) = next(each for each in done(timeline) if each[0].item.name == "hold")  # type: ignore[union-attr]
    assert span.length == 4 * 9_500 * SAMPLES_PER_MS
    at = [(cue.start - span.start) // SAMPLES_PER_MS for cue in cues]
    assert at == [0, 4_000, 9_500, 13_500, 19_000, 23_000, 28_500, 32_500]
    phrases = phrases_for(language)
    assert [text(cue) for cue in cues[0::2]] == [
        phrases("cue.breath-in", left=left) for left in (0, 3, 2, 1)
    ]
    assert {text(cue) for cue in cues[1::2]} == {phrases("cue.breath-out")}


@pytest.mark.parametrize("pace", Pace)
def test_free_breaths_stretch_together(pace: Pace) -> None:
    top = "breath: {inhale: ~4s (3-6s), exhale: ~4s (3-6s)}\n"
    dose = "- {name: X, reps: 1, phases: [{say: Stay, time: 5 breaths}, {say: Up, time: inhale}]}"
    script = compile_script(routine(dose, top), Coaching(pace=pace))
    lengths = hurried_lengths(script, 0)
    for target in (None, fit(script, lengths).fit.shortest, fit(script, lengths).fit.longest):
        (span, cues), *_ = done(fit(script, lengths, target))
        assert text(cues[0]) == "Stay."
        assert [text(cue) for cue in cues[2::2]] == [
            *("In, four more.", "In, three more.", "In, two more.", "In, the last one."),
        ]
        starts = [cue.start for cue in cues]
        steps = [after - before for before, after in pairwise([*starts, span.end])]
        assert max(steps) - min(steps) <= 48 * SAMPLES_PER_MS
        assert max(steps) - span.length // 10 <= 48 * SAMPLES_PER_MS


BY_TURNS = {
    "named": "limb: Q, hold: 3s, release: {time: 6s}",
    "named in two seconds": "limb: Q, tempo: 2-0-2-0",
    "told by its word": "phases: [{say: {right: A, left: B}, time: 2s}, {say: C, time: 2s}]",
    "told by one word": "phases: [{say: {right: A, left: B}, time: 4s}]",
    "whole": "limb: Q, rep_duration: 3s",
}


@pytest.mark.parametrize("way", BY_TURNS)
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seed", range(3))
def test_the_last_pair_is_announced_before_it_in_any_wording(
    language: str, way: str, seed: int
) -> None:
    """And nowhere inside it: whose turn it is comes in its midst."""
    dose = f"- {{name: X, sides: alternating, reps: 3, {BY_TURNS[way]}}}"
    script = compile_script(routine(dose, language=language), Coaching(seed=seed))
    reads = Numbers(language)
    told = [
        span.item.address.rep  # type: ignore[union-attr]
        for span, cues in done(timeline_of(script))
        for cue in cues
        if reads.is_last(cue)
    ]
    assert told == [4]


TURNS = [
    "hold: 3s, act: {say: A, time: 2s}, release: {say: B, time: 2s}",
    "hold: 3s, act: {say: A, time: 1s}, release: {say: B, time: 2s}",
    "hold: 10s, act: {say: Reach, time: 2s}, release: {say: Lower slowly, time: 3s}",
    "hold: 3s",
    "tempo: 2-0-2-0",
    "tempo: 3-1-3-0",
    "phases: [{say: Turn, time: 2s}, {say: Back to the middle, time: 2s}]",
    "phases: [{say: Slide out, time: 3s}, {say: Slide back, time: 3s}]",
    "rep_duration: 2s",
]


@pytest.mark.parametrize("way", TURNS)
@pytest.mark.parametrize("language", languages())
def test_whose_turn_it_is_is_always_heard(language: str, way: str) -> None:
    """At the latest with the first word of the rep; a number may stand for the first of a pair."""
    phrases = phrases_for(language)
    left = phrases.inline("side-name", side="left", limb="arm")
    assert_left_is_told(language, way, "arm", left)


LONG_NAMES = {
    "en": ("right arm and left leg", "left arm and right leg"),
    "de": ("rechter Arm und linkes Bein", "linker Arm und rechtes Bein"),
    "es": ("brazo derecho y pierna izquierda", "brazo izquierdo y pierna derecha"),
    "fr": ("bras droit et jambe gauche", "bras gauche et jambe droite"),
}


@pytest.mark.parametrize("way", TURNS)
@pytest.mark.parametrize("language", languages())
def test_a_name_too_long_for_its_turn_is_the_other_side(language: str, way: str) -> None:
    right, left = LONG_NAMES[language]
    assert_left_is_told(language, way, f"{{right: {right}, left: {left}}}", left)


def assert_left_is_told(language: str, way: str, limb: str, left: str) -> None:
    """Each second rep is told to be of the left side, or of the other one."""
    dose = f"- {{name: X, sides: alternating, limb: {limb}, reps: 6, {way}}}"
    timeline = timeline_of(compile_script(routine(dose, language=language)))
    assert left_out(timeline) == []
    phrases = phrases_for(language)
    other, short = phrases("cue.rep-other-side"), phrases("cue.side-only", side="left")
    names = (left.casefold(), other.casefold(), short.casefold())
    first = [[text(cue) for cue in rep[0][1]] for rep in groups(timeline)]
    last = [[text(cue) for cue in rep[-1][1]] for rep in groups(timeline)]
    assert len(first) == 12
    for rep in range(1, 12, 2):
        said = " ".join([*last[rep - 1], *first[rep][:1]]).casefold()
        assert any(name in said for name in names), (rep, said)
    if len(left) < 12:
        assert other not in [each for words in (*first, *last) for each in words]


SHORT_LAST = {
    "en": ("In", "Out", "Pause"),
    "de": ("Ein", "Aus", "Pause"),
    "es": ("Inhala", "Exhala", "Pausa"),
    "fr": ("Inspirez", "Expirez", "Pause"),
}


@pytest.mark.parametrize("language", languages())
def test_a_word_of_time_is_said_in_the_part_of_a_breath_with_room_for_it(language: str) -> None:
    inhale, exhale, pause = SHORT_LAST[language]
    phases = (
        f"[{{say: {inhale}, time: 4s}}, {{say: {exhale}, time: 6s}}, {{say: {pause}, time: 2s}}]"
    )
    timeline = timeline_of(
        compile_script(routine(f"- {{name: X, until: 4min, phases: {phases}}}", language=language))
    )
    assert left_out(timeline) == []
    phrases = phrases_for(language)
    half, minute = phrases("cue.half-over"), phrases("cue.minutes-left", minutes=1)
    told = {
        span.item.address.rep: [text(cue) for cue in cues]  # type: ignore[union-attr]
        for span, cues in done(timeline)
        if text(cues[0]) == f"{exhale}."
    }
    assert told[10][-1] == half
    assert told[15][-1] == f"{minute}."


def test_no_number_of_a_rep_by_turns_is_said_before_seconds() -> None:
    dose = "sides: alternating, limb: leg, reps: 3"
    tempo = "tempo: {eccentric: 1s, concentric: 11s}"
    found = heard(routine(f"- {{name: X, {dose}, {tempo}}}"))
    assert found[2:5] == [
        ["Left leg."],
        ["Lift.", "Five.", "Three.", "Two.", "One."],
        ["Right leg."],
    ]
    assert not any("Number" in words for each in found for words in each)


def test_words_are_joined_without_the_marks_between_them() -> None:
    phases = "[{say: Down!, time: 2s}, {say: Stand right up…, time: 2s}]"
    script = compile_script(routine(f"- {{name: X, reps: 4, phases: {phases}}}"))
    assert {"Down, last one.", "Down, two to go."} <= spoken(script)


def test_long_words_of_a_phase_take_the_place_of_the_numbers_they_cover() -> None:
    """Else they would be gabbled at one and a half times their pace."""
    phases = "[{say: Slide your heel in, time: 4s}, {say: Slide it out, time: 4s}]"
    found = heard(routine(f"- {{name: X, reps: 2, phases: {phases}}}"))
    assert found[0] == ["Slide your heel in.", "Three.", "Four."]
    assert found[2:] == [found[0], ["Slide it out.", "Two.", "Three.", "Four."]]


def test_no_number_is_said_where_it_has_no_room() -> None:
    """Nor is a last one that opens a rep run into by its seconds."""
    phases = "[{say: Down, time: 7s}, {say: Up, time: 800ms}]"
    found = heard(routine(f"- {{name: X, reps: 3, phases: {phases}}}"))
    assert [words[0] for words in found[::2]] == ["Down.", "Down.", "Down. Last one."]
    assert found[1::2] == [["Up."]] * 3


# Phases without words


def test_a_movement_without_words_is_not_a_hold() -> None:
    dose = """
    - name: walk
      reps: 2
      phases:
        - {say: Fast, time: 20s}
        - {name: slow walk, time: 10s}
        - {time: 8s}
    """
    found = heard(routine(dose))
    assert [words[0] for words in found] == [
        *("Fast.", "Slow walk.", "The last one is next."),
        *("Fast.", "Slow walk.", "Five."),
    ]


@pytest.mark.parametrize("language", languages())
def test_nothing_but_a_hold_is_called_one(language: str) -> None:
    phases = "[{say: A, time: 9s}, {name: b, time: 8s}, {time: 12s}]"
    script = compile_script(routine(f"- {{name: X, reps: 3, phases: {phases}}}", language=language))
    hold = phrases_for(language)("cue.hold").casefold()
    said = {text(cue).casefold() for _, cues in done(timeline_of(script)) for cue in cues}
    assert "b." in said
    assert not any(hold in each for each in said)


def test_a_name_that_is_heard_is_translated() -> None:
    table = "translations: {de: {T: T, walk: Gehen, Fast: Schnell, slow walk: Langsam}}\n"
    dose = "- {name: walk, reps: 1, phases: [{say: Fast, time: 9s}, {name: slow walk, time: 9s}]}"
    from audiocoach.routine.translate import translate

    found = heard(translate(routine(dose, table), "de"))
    assert [words[0] for words in found] == ["Schnell.", "Langsam."]


def test_a_rep_without_a_word_is_not_called_by_the_number_of_the_next() -> None:
    for phase, counted, news in (
        ("4s", ["One.", "Two.", "Three."], "Last one."),
        ("~6s (4-8s)", [], "Two to go."),
    ):
        script = compile_script(routine(f"- {{name: X, reps: 4, phases: [{{time: {phase}}}]}}"))
        told = done(timeline_of(script))
        span, cues = next(each for each in told if news in map(text, each[1]))
        assert [*map(text, cues)] == [*counted, news]
        assert cues[-1].start - span.start > (span.end - span.start) // 3


@pytest.mark.parametrize("language", languages())
def test_where_no_word_begins_a_rep_the_next_is_announced_near_its_end(language: str) -> None:
    """As it begins, it would be taken for the next itself; nor is a count cut short by it."""
    dose = "- {name: X, reps: 3, phases: [{time: 8s}]}"
    script = compile_script(routine(dose, language=language))
    reads = Numbers(language)
    for span, cues in done(timeline_of(script)):
        last = [cue for cue in cues if reads.is_last(cue)]
        assert bool(last) == (span.item.address.rep == 2)  # type: ignore[union-attr]
        if last:
            assert cues == last
            assert last[0].start > span.end - 3_000 * SAMPLES_PER_MS


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_what_is_bundled_loses_no_word_about_its_reps(name: str) -> None:
    found = load(name)
    script = compile_script(found, resolve({}, {}, found).settings)
    notes = timeline_of(script).notes
    assert [note for note in notes if getattr(note, "kind", None) is not IntervalKind.REST] == []
    assert [m for m in script.items if isinstance(m, Marker) and m.kind is MarkerKind.EXERCISE]
