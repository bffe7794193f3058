"""A routine in another language: every spoken text in it, and nothing of what is prescribed."""

from __future__ import annotations

from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, routines

from audiocoach.coaching.compiler import compile_script
from audiocoach.errors import RoutineError
from audiocoach.routine.levels import Level
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.routine.translate import Spoken, missing, spoken, translate, unused
from audiocoach.timeline.script import Utterance

EVERY_TEXT = """
title: title
language: en
about: about
source: {title: "-source-", file: "-file-", url: "-url-", note: "-note-"}
schedule: {every: every}
equipment: [thing, other thing]
prepare: [{say: prepare, time: ~5s, orient: [orient, more orient]}]
safety: safety
closing: closing
quotes: {schedule: "-quote-"}
exercises:
  - name: name
    phase: warmup
    schedule: {times: 2, per: day}
    equipment: [thing]
    purpose: purpose
    place: place
    setup: setup
    movement: [movement, {say: more movement}]
    feel: feel
    breath: breath
    support: support
    mistake: mistake
    easier: easier
    harder: harder
    start: start
    eyes_free: eyes free
    brief: brief
    after: after
    limb: foot
    sides: right-then-left
    side_change: change
    each: [variant, {name: other variant, say: how, go: go on}]
    reps: 2
    rep_duration: 2s
    go: go
    stop: stop
    quotes: {reps: "-quote-"}
  - name: whole
    round_name: rung
    rounds: 2
    exercises:
      - name: inner
        limb: arm
        work: [20s, 20s]
        load: [light, heavy]
        cues: [{at: 5s, say: cue}]
      - name: phased
        limb: {right: right hand, left: left hand}
        sides: alternating
        reps: 2
        phases:
          - {name: "-phase-", say: {right: rightward, left: leftward}, time: 2s, brief: shorter}
      - name: held
        reps: 2
        hold: 2s
        act: {say: act, time: ~1s}
        release: {say: release, time: ~1s}
      - {name: lifted, reps: 2, tempo: {eccentric: {say: down, time: 2s}, concentric: 1s}}
translations:
  de: {}
"""
TEXTS = """title, every, about, thing, other thing, prepare, orient, more orient, safety, closing,
name, purpose, place, setup, movement, more movement, feel, breath, support, mistake, easier,
harder, start, eyes free, brief, after, right foot, left foot, change, variant, other variant, how,
go on, go, stop, whole, rung, inner, light, heavy, cue, phased, right hand, left hand, rightward,
leftward, shorter, held,
act, release, lifted, down"""
TINY = """
title: Small
language: en
exercises:
  - name: squat
    movement: Sit back.
    hold: 3s
"""


def texts(routine: Routine) -> list[str]:
    return [each.text for each in spoken(routine)]


def translated(routine: Routine, language: str = "de") -> Routine:
    """A copy that has a made-up translation of every text."""
    table = {text: f"{language} {text}" for text in texts(routine)}
    return routine.model_copy(update={"translations": {language: table}})


def figures(value: object) -> object:
    """Everything but texts: counts, times, sides, positions, and how they are nested."""
    match value:
        case Enum():
            return value
        case str():
            return ""
        case dict():
            return {name: figures(each) for name, each in value.items() if name != "limb"}
        case tuple():
            return [figures(each) for each in value]
        case _:
            return value


def prescribed(routine: Routine) -> object:
    return figures(routine.model_dump(exclude={"translations"}))


def said(routine: Routine) -> str:
    sounds = compile_script(routine).sounds()
    return " ".join(sound.text for sound in sounds if isinstance(sound, Utterance))


# What is translated


def test_every_spoken_text_is_found_once() -> None:
    found = texts(loads(EVERY_TEXT))
    assert sorted(found) == sorted(" ".join(TEXTS.split()).split(", "))


def test_texts_come_in_the_order_of_the_file_with_their_lines() -> None:
    assert spoken(loads(TINY)) == (Spoken("Small", 2), Spoken("squat", 5), Spoken("Sit back.", 6))


def test_every_text_is_replaced() -> None:
    told = translate(translated(loads(EVERY_TEXT)), "de")
    assert told.language == "de"
    own = {text for text in texts(told) if not text.startswith(("right ", "left "))}
    assert all(text.startswith("de ") for text in own)
    assert "-" not in "".join(own)
    dumped = str(told.model_dump(exclude={"translations"}))
    for kept in ("-source-", "-file-", "-url-", "-note-", "-quote-"):
        assert kept in dumped
    assert "-phase-" not in dumped  # a sheet would show it, in the other language


def test_what_is_prescribed_stays() -> None:
    routine = translated(loads(EVERY_TEXT))
    assert prescribed(translate(routine, "de")) == prescribed(routine)


@settings(max_examples=examples(40))
@given(routine=routines(), language=st.sampled_from(["de", "es", "fr"]))
def test_any_routine_can_be_translated(routine: Routine, language: str) -> None:
    told = translate(translated(routine, language), language)
    assert prescribed(told) == prescribed(routine)
    assert set(texts(told)) == {f"{language} {text}" for text in texts(routine)}
    compile_script(told)


def test_the_original_is_untouched_and_lines_are_kept() -> None:
    routine = translated(loads(EVERY_TEXT, name="mine.yaml"))
    before = routine.model_dump()
    told = translate(routine, "de")
    assert routine.model_dump() == before
    for mine, theirs in zip(routine.all_exercises(), told.all_exercises(), strict=True):
        assert str(theirs.problem("name", "")) == str(mine.problem("name", "")) != "mine.yaml"


def test_a_limb_is_translated_with_its_side() -> None:
    """`rechter` or `rechtes`: only whoever knows the whole name can say."""
    routine = loads(
        TINY + "    sides: right-then-left\n    limb: foot\n"
        "translations:\n  de: {Small: Klein, squat: Hocke, Sit back.: Setz dich zurück., "
        "right foot: rechter Fuß, left foot: linker Fuß}\n"
    )
    heard = said(translate(routine, "de"))
    assert "Zuerst: rechter Fuß. Dann: linker Fuß." in heard
    assert "Seitenwechsel: linker Fuß." in heard


def test_a_limb_nobody_hears_needs_no_translation() -> None:
    assert "right foot" not in texts(loads(TINY + "    limb: foot\n"))
    assert not any("side" in text for text in texts(loads(TINY + "    sides: right\n")))


# Languages


def test_the_own_language_changes_nothing() -> None:
    routine = loads(TINY)
    assert translate(routine, "en") == routine
    assert missing(routine, "en") == missing(routine, "en-GB") == ()


def test_a_variety_of_the_own_language_changes_the_voice_alone() -> None:
    told = translate(loads(TINY), "en-GB")
    assert told.language == "en-GB"
    assert texts(told) == texts(loads(TINY))


def test_a_variety_is_served_by_its_language_unless_it_has_its_own() -> None:
    routine = translated(loads(TINY))
    assert (translate(routine, "de-AT").language, translate(routine, "de-AT").title) == (
        *("de-AT", "de Small"),
    )
    tables = {**routine.translations, "de-AT": dict.fromkeys(texts(routine), "Servus")}
    austrian = routine.model_copy(update={"translations": tables})
    assert translate(austrian, "de-AT").title == "Servus"
    assert translate(austrian, "de-CH").title == "de Small"


def test_a_routine_can_be_written_in_any_language() -> None:
    routine = loads(TINY.replace("language: en", "language: de"))
    assert translate(translated(routine, "en"), "en").title == "en Small"


# Levels and choices


def test_every_level_is_translated() -> None:
    routine = loads(
        TINY.replace("Sit back.", "{beginner: Sit back., advanced: Sit low.}")
        + "translations: {de: {Small: Klein, squat: Hocke, Sit back.: Zurück., Sit low.: Tief.}}\n"
    )
    assert texts(routine) == ["Small", "squat", "Sit back.", "Sit low."]
    told = translate(routine, "de")
    assert "Tief." in said(told.at_level(Level.ADVANCED))
    assert "Zurück." in said(told.at_level(Level.BEGINNER))
    chosen = select(routine, level="advanced")
    assert "Tief." in said(translate(chosen, "de"))


@pytest.mark.parametrize("name", ["toe walk", "Zehengang", "ZEHENGANG", "2", "marcha de puntillas"])
def test_an_exercise_is_chosen_by_its_name_in_any_language(name: str) -> None:
    routine = load("foot-relief")
    for language in ("en", "de"):
        told = translate(select(routine, skip=(name,)), language)
        assert "Zehengang" not in [exercise.name for exercise in told.all_exercises()]
        assert len(list(told.all_exercises())) == 4


def test_what_is_left_out_is_told_in_the_language() -> None:
    chosen = select(load("foot-relief"), skip=("toe walk",))
    assert "Deine Auswahl: ohne Zehengang." in said(translate(chosen, "de"))


# What is missing


def test_no_translation_at_all_is_one_clear_line() -> None:
    with pytest.raises(RoutineError) as error:
        translate(loads(TINY, name="mine.yaml"), "it")
    assert str(error.value) == (
        "mine.yaml: there is no translation of this routine to 'it'; it is in en. "
        "'audiocoach check mine.yaml --language it' lists what to translate"
    )


def test_another_translation_is_named() -> None:
    routine = loads(TINY + "translations:\n  de: {Small: Klein}\n", name="mine.yaml")
    with pytest.raises(RoutineError, match=r"mine\.yaml:8:1: .* in en, with translations to de"):
        translate(routine, "it")


def test_the_first_missing_texts_are_named_with_their_lines() -> None:
    routine = loads(TINY + "translations:\n  de: {Small: Klein}\n", name="mine.yaml")
    with pytest.raises(RoutineError) as error:
        translate(routine, "de")
    assert str(error.value) == (
        "mine.yaml:8:1: texts have no translation to 'de': 'squat' (line 5), 'Sit back.' (line 6). "
        "'audiocoach check mine.yaml --language de' lists them all"
    )


def test_of_many_missing_texts_a_few_are_named() -> None:
    routine = loads(EVERY_TEXT)
    with pytest.raises(RoutineError, match=r"and 49 more\. ") as error:
        translate(routine, "de")
    assert "\n" not in str(error.value)
    assert len(missing(routine, "de")) == 52


def test_a_blank_translation_is_still_to_come() -> None:
    routine = loads(TINY + 'translations:\n  de: {Small: "", squat: Hocke, Sit back.: " "}\n')
    assert [each.text for each in missing(routine, "de")] == ["Small", "Sit back."]
    assert said(routine)


def test_what_reads_otherwise_by_now_is_no_longer_used() -> None:
    routine = loads(TINY + "translations:\n  de: {Small: Klein, squad: Hocke}\n")
    assert unused(routine, "de") == ("squad",)
    assert unused(routine, "fr") == ()


def test_a_text_over_several_lines_is_one_text() -> None:
    routine = loads(
        "title: T\nlanguage: en\nexercises:\n  - name: squat\n    hold: 3s\n    movement: >-\n"
        "      Sit back.\n      Stand up.\n"
        "translations:\n  de:\n    T: T\n    squat: Hocke\n"
        "    Sit back. Stand up.: Setz dich. Steh auf.\n"
    )
    assert missing(routine, "de") == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("de", "8:15: translations: 'de' must have fields of its own"),
        ("{DE: {a: b}}", "8:16: translations: DE: 'DE' is not a language code"),
        ("{de: [a]}", "8:20: translations: de: must have fields of its own, not a list"),
        ("{de: {Small: [a]}}", "translations: de: Small: must be a text, not a list"),
        ("{de: {Small: }}", "translations: de: Small: has no value"),
        ("{de: {'...': a}}", "translations: de: ...: '...' has no letter or digit"),
        ("{de: {Small: '...'}}", "translations: de: Small: '...' has no letter or digit"),
        ("{de: {Small: a, Small: b}}", "'Small' is given twice"),
    ],
)
def test_mistakes_are_told_where_they_stand(written: str, message: str) -> None:
    with pytest.raises(RoutineError) as error:
        loads(TINY + f"translations: {written}\n")
    assert message in str(error.value)


# What is shipped


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_a_bundled_routine_is_translated_whole_or_not_at_all(name: str) -> None:
    routine = load(name)
    for language in routine.translations:
        assert missing(routine, language) == ()
        assert unused(routine, language) == ()


@pytest.mark.parametrize("name", ["foot-relief", "foot-care"])
def test_the_foot_exercises_are_there_in_four_languages(name: str) -> None:
    assert set(load(name).translations) == {"de", "es", "fr"}
