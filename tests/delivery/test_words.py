"""What sheets say: lengths, what is done in short, and notes, in the words of a language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import exact, note_text, plain, rough, summary
from audiocoach.routine.load import loads
from audiocoach.routine.times import format_ms
from audiocoach.timeline import fit
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import SAMPLE_RATE, Chime, IntervalKind, Utterance, Wait
from audiocoach.timeline.timeline import Hurried, LeftOut

ENGLISH = phrases_for("en")


def told(exercise: str, language: str = "en", *, brief: bool = False) -> list[str]:
    """What is done in each exercise, as text that may be cut anywhere."""
    text = f"title: T\nlanguage: {language}\nexercises: [{{name: x, {exercise}}}]\n"
    script = compile_script(loads(text))
    phrases = phrases_for(language)
    return [
        plain(summary(phrases, part.passages, brief=brief))
        for part in outline(fit(script, clip_lengths(script.sounds(), 1)))
        if part.address.exercise
    ]


# what is done


@pytest.mark.parametrize(
    ("exercise", "wanted"),
    [
        ("reps: 10, hold: 3s", "10 × hold 3 s"),
        ("hold: 45s", "hold 45 s"),
        ("work: 90s", "work 90 s"),
        ("work: 3min", "work 3 min"),
        ("work: 2:30", "work 2:30 min"),
        ("sets: 6, work: 20s, rest: 15s", "6 × work 20 s, 5 × rest 15 s"),
        (
            "sets: 3, reps: 15, hold: 2s, rest: 1min-90s",
            "3 × 15 × hold 2 s, 2 × rest 90 s (prescribed 60–90 s)",
        ),
        (
            "sets: 2, work: 1min, rest: 90s-3min",
            "2 × work 60 s, rest 3 min (prescribed 90 s–3 min)",
        ),
        ("reps: 8, rep_duration: ~3s", "8 reps of about 3 s"),
        ("reps: 8, rep_duration: 2500ms", "8 reps of 2.5 s"),
        ("reps: 4, tempo: 3-1-2-0", "4 × (Lower 3 s, Hold 1 s, Lift 2 s)"),
        (
            "sides: left-then-right, limb: leg, reps: 5, hold: 10s",
            "left leg, then right leg: 5 × hold 10 s",
        ),
        (
            "sides: right-then-left, each: [in, out], reps: 5, hold: 2s",
            "right side, then left side: 2 × 5 × hold 2 s",
        ),
        ("phases: [{name: a, time: 1s}, {name: rest, time: 2s}], reps: 2", "2 × (a 1 s, rest 2 s)"),
    ],
)
def test_what_is_done_in_short(exercise: str, wanted: str) -> None:
    assert told(exercise) == [wanted]


@pytest.mark.parametrize(
    ("language", "exercise", "wanted"),
    [
        (
            "de",
            "sides: right-then-left, limb: Bein, reps: 8, rep_duration: 2500ms",
            "rechtes Bein, dann linkes Bein: 8 Wiederholungen zu je 2,5 s",
        ),
        (
            "es",
            "sets: 6, work: 20s, rest: 10-15s",
            "6 × 20 s de trabajo, 5 × 15 s de descanso (prescripción: 10–15 s)",
        ),
        ("es", "reps: 8, rep_duration: ~3s", "8 repeticiones de unos 3 s"),
        (
            "fr",
            "sides: right-then-left, limb: jambe, reps: {right: 5, left: 8}, hold: 1500ms",
            "jambe droite : 5 × tenir 1,5 s ; jambe gauche : 8 × tenir 1,5 s",
        ),
        ("fr", "reps: 8, rep_duration: ~3s", "8 répétitions de 3 s environ"),
        ("de", "reps: 4, tempo: 3-1-2-0", "4 × (Senken 3 s, Halten 1 s, Heben 2 s)"),
    ],
)
def test_what_is_done_in_other_languages(language: str, exercise: str, wanted: str) -> None:
    assert told(exercise, language) == [wanted]


@pytest.mark.parametrize(
    ("exercise", "wanted"),
    [
        ("reps: 8, rep_duration: ~3s", "8 reps"),
        ("reps: 8, rep_duration: 2500ms", "8 reps of 2.5 s"),
        ("sets: 3, work: 20s, rest: 10-15s", "3 × work 20 s, 2 × rest 15 s"),
    ],
)
def test_where_there_is_little_room_only_what_is_prescribed_is_told(
    exercise: str, wanted: str
) -> None:
    assert told(exercise, brief=True) == [wanted]


def test_a_phase_that_is_called_rest_is_told_with_the_work() -> None:
    exercise = "sets: 2, reps: 4, rest: 20s, phases: [{say: rest, time: 5s}]"
    assert told(exercise) == ["2 × 4 × rest 5 s, rest 20 s"]


def test_no_line_break_cuts_a_figure() -> None:
    text = "title: T\nlanguage: en\nexercises: [{name: x, sets: 6, work: 20s, rest: 10-15s}]\n"
    script = compile_script(loads(text))
    timeline = fit(script, clip_lengths(script.sounds(), 1))
    (part,) = (part for part in outline(timeline) if part.address.exercise)
    pieces = summary(ENGLISH, part.passages).split(" ")
    assert [plain(piece) for piece in pieces] == [
        "6 × work 20 s,",
        "5 × rest 15 s",
        "(prescribed 10–15 s)",
    ]


# lengths


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 s"),
        (2949, "2.9 s"),
        (2950, "3 s"),
        (119_900, "119.9 s"),
        (120_000, "2 min"),
        (150_000, "2:30 min"),
        (3_600_000, "60 min"),
        (5_430_000, "90:30 min"),
    ],
)
def test_a_length_as_people_say_it(ms: int, text: str) -> None:
    assert plain(rough(ENGLISH, ms)) == text


@given(st.integers(0, 7_200_000))
def test_an_exact_length_is_in_english_as_a_routine_has_it(ms: int) -> None:
    assert exact(ENGLISH, ms) == format_ms(ms)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["500 ms", "1,5 s", "1:30"]),
        ("es", ["500 ms", "1,5 s", "1:30"]),
        ("fr", ["500 ms", "1,5 s", "1:30"]),
    ],
)
def test_an_exact_length_in_other_languages(language: str, texts: list[str]) -> None:
    assert [exact(phrases_for(language), ms) for ms in (500, 1500, 90_000)] == texts


# notes

NOW = Utterance("Don't.", "en")
NOTES = [
    (
        LeftOut(NOW, 7, IntervalKind.HOLD, "", 1500, Chime.SIDE, matters_less=True),
        """line 7: "Don't." is left out: hold of 1.5s has no room for it beside 'side chime', """
        "which matters more",
        "Zeile 7: „Don't.“ entfällt: „Halten“ (1,5 s) hat dafür keinen Platz neben "
        "„Signal zum Seitenwechsel“, das wichtiger ist",
    ),
    (
        LeftOut(Chime.START, 0, IntervalKind.PHASE, "Up", 90_000),
        "'start chime' is left out: Up of 1:30 has no room for it",
        "„Startsignal“ entfällt: „Up“ (1:30) hat dafür keinen Platz",
    ),
    (
        LeftOut(Utterance("Still here.", "en"), 0, Wait.SIDES, "", 16_000),
        "'Still here.' is left out: change sides of 16s has no room for it",
        "„Still here.“ entfällt: „Seite wechseln“ (16 s) hat dafür keinen Platz",
    ),
    (
        Hurried(Utterance("Seven.", "en"), SAMPLE_RATE * 13 // 10, SAMPLE_RATE),
        "'Seven.' lasts 1.30 s and is spoken 1.30 times as fast to fit its beat",
        "„Seven.“ dauert 1,30 s und wird 1,30-mal so schnell gesprochen, um in den Takt zu passen",
    ),
]


@pytest.mark.parametrize(("note", "english", "german"), NOTES)
def test_a_note_in_words(note: LeftOut | Hurried, english: str, german: str) -> None:
    assert note_text(note, ENGLISH) == english
    assert note_text(note, phrases_for("de")) == german
