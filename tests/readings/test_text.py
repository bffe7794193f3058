"""How written texts are read aloud, in each language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.readings.table import readings
from audiocoach.readings.text import read_aloud, sentences
from audiocoach.readings.unread import unread
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.translate import speaks, spoken, translate
from audiocoach.timeline.script import Utterance

READ = {
    "en": [
        ("Physio & PT – Day №1 (½ hour) 💪", "Physio and PT, Day number 1 (half an hour)"),
        ('3/4" loop band (red)', "three quarter inch loop band (red)"),
        ("DB press w/ 10 lbs", "dumbbell press with 10 pounds"),
        ("Press e.g. 10 lbs, i.e. 1 lb", "Press for example 10 pounds, that is 1 pound"),
        (
            "E.g. approx. 30 cm, 1 m, 2.5kg",
            "For example approximately 30 centimetres, 1 metre, 2.5 kilos",
        ),
        ("Keep ~90° at the elbow", "Keep about 90 degrees at the elbow"),
        ("See Dr. Brown vs. St. Anne's no. 2.", "See Doctor Brown versus Saint Anne's number 2."),
        ("90/90 hip switch", "90 90 hip switch"),
        ("1/2 kneeling T-spine rotation", "half kneeling T-spine rotation"),
        ("cat/cow", "cat cow"),
        ("L-sit / tuck (L & R)", "L-sit, tuck (left and right)"),
        ("3x10 → *slow* & **controlled**", "3 times 10, slow and controlled"),
        ("5–10 reps @ 60% 1RM", "5 to 10 reps at 60 percent one rep max"),
        ("1,5 m and 1,000 m, #2, C++", "1.5 metres and 1,000 metres, number 2, C plus plus"),
        ("Hold for 3-5s.", "Hold for 3 to 5 seconds."),
        ("Rest 30 sec. then go", "Rest 30 seconds then go"),
        ("1½ hours, 2 1/4 min.", "1 and a half hours, 2 and a quarter minutes."),
        ("10/side, pain 7/10, 120/80", "10 per side, pain 7 out of 10, 120 80"),
        ("tempo 3-1-2-0", "tempo 3, 1, 2, 0"),
        ("Breathe in for 4... hold … and out...", "Breathe in for 4, hold, and out."),
        ("x3, 10x, -5 °C", "3 times, 10 times, minus 5 degrees Celsius"),
        ('Say "Count to 10" and stop', 'Say "Count to 10" and stop'),
        ("Child's pose, 10:30 a.m.", "Child's pose, 10:30 a.m."),
        ("a 2 kg vest, the 5 kg weight", "a 2 kilo vest, the 5 kilo weight"),
        ("A 30 cm loop and two 20-cm loops", "A 30 centimetre loop and two 20 centimetre loops"),
        ("a 5-10 lbs ball", "a 5 to 10 pound ball"),
        ("L-sit, 10-s", "L-sit, 10 seconds"),
        ("the 6 ft bar, a 45° angle", "the 6 foot bar, a 45 degree angle"),
        ("Press 5 kg dumbbells, 2 kg in each hand", "Press 5 kilo dumbbells, 2 kilos in each hand"),
        (
            "the 5 kg in your hand, the 30 s are over",
            "the 5 kilos in your hand, the 30 seconds are over",
        ),
        ("a 10 km/h run 3 m forward", "a 10 kilometres an hour run 3 metres forward"),
    ],
    "de": [
        (
            "Nimm z. B. einen Stuhl, z.B. diesen",
            "Nimm zum Beispiel einen Stuhl, zum Beispiel diesen",
        ),
        (
            "Geh ca. 30 cm tief, d. h. nicht ganz",
            "Geh circa 30 Zentimeter tief, das heißt nicht ganz",
        ),
        ("Siehe Nr. 2.", "Siehe Nummer 2."),
        ("10–12 Wdh., 3x10, 2.5 kg", "10 bis 12 Wiederholungen, 3 mal 10, 2,5 Kilo"),
        (
            "½ Std. gehen, 30'' Pause, 1' halten",
            "eine halbe Stunde gehen, 30 Sekunden Pause, 1 Minute halten",
        ),
        ("Heb den li. Arm, 10/Seite", "Heb den linken Arm, 10 pro Seite"),
        ("Halte ½ Min., dann 1 ½ Min.", "Halte eine halbe Minute, dann anderthalb Minuten."),
        ("mind. 5 Min. & max. 10 %", "mindestens 5 Minuten und maximal 10 Prozent"),
        ("ein 6-kg-Gewicht, 1-min-Pause", "ein 6-Kilo-Gewicht, 1-Minuten-Pause"),
        ("die 30-cm-Schlaufe, das 2 kg-Band", "die 30-Zentimeter-Schlaufe, das 2 Kilo-Band"),
    ],
    "es": [
        ("Usa p. ej. una silla, p.ej. esta", "Usa por ejemplo una silla, por ejemplo esta"),
        ("Baja aprox. 30 cm, 1 m", "Baja aproximadamente 30 centímetros, 1 metro"),
        ('3x10 c/banda, 30" de descanso', "3 por 10 con banda, 30 segundos de descanso"),
        ("5-10 rep. c/u, n.º 2, 1/2 h", "5 a 10 repeticiones cada uno, número 2, media hora"),
        ("½ min, luego 1 ½ h", "medio minuto, luego hora y media"),
        ("2½ kg, 10/lado & 50 %", "2 y medio kilos, 10 por lado y 50 por ciento"),
        ("un chaleco de 2 kg, una pesa de 1 kg", "un chaleco de 2 kilos, una pesa de 1 kilo"),
    ],
    "fr": [
        (
            "Prenez p. ex. une chaise, env. 30 cm",
            "Prenez par exemple une chaise, environ 30 centimètres",
        ),
        ("Voir M. Dupont et le Dr. Martin", "Voir monsieur Dupont et le docteur Martin"),
        ("C.-à-d. 10 rép., 3 x 10, n° 2", "C'est-à-dire 10 répétitions, 3 fois 10, numéro 2"),
        ("1,5 m, 30 s, 1/2 h, 10/jambe", "1,5 mètre, 30 secondes, une demi-heure, 10 par jambe"),
        ("½ min, puis 1 ½ h", "une demi-minute, puis une heure et demie"),
        ("5 à 10 min & 80 %", "5 à 10 minutes et 80 pour cent"),
        ("un gilet de 2 kg, un haltère de 1 kg", "un gilet de 2 kilos, un haltère de 1 kilo"),
    ],
}
CUT = {
    "en": [
        "See Dr. Brown. Or Mr. Smith, etc. Then rest.",
        "You are an upside-down V. Bend your knees.",
        "Hold for 3 sec. Then lower.",
        "Ready? Go! (Slowly.)",
        "Use approx. 2 kg. Lift it.",
    ],
    "de": [
        "Mach die 2. Übung. Am 3. Tag ruh dich aus.",
        "Zähl bis 10. Dann ruh dich aus.",
        "Nimm z. B. einen Stuhl usw. Geh ca. 30 cm tief.",
        "Frag Dr. Müller bzw. Prof. Schulz. Fertig!",
    ],
    "es": [
        "Vea al Dr. García o a la Sra. López. ¿Listo? Sí.",
        "Haz 10 reps. Descansa.",
        "Muy bien. Uno más. No. Para.",
    ],
    "fr": ["Voir M. Dupont et le Dr. Martin. Reposez-vous.", "C.-à-d. lentement, etc. Levez."],
}
COUNTS = {"en": [3, 2, 2, 3, 2], "de": [2, 2, 2, 2], "es": [3, 2, 4], "fr": [2, 2]}


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [(language, *row) for language, rows in READ.items() for row in rows],
)
def test_shorthand_is_read_in_words(language: str, written: str, said: str) -> None:
    assert read_aloud(written, language) == said


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        (language, text, count)
        for language, texts in CUT.items()
        for text, count in zip(texts, COUNTS[language], strict=True)
    ],
)
def test_a_text_is_cut_at_ends_of_sentences_alone(language: str, text: str, count: int) -> None:
    found = sentences(text, language)
    assert len(found) == count, found
    assert " ".join(found) == read_aloud(text, language)


def test_our_own_texts_are_cut_at_each_end_of_a_sentence() -> None:
    """They have no abbreviations, so each dot before a capital is one."""
    ends = re.compile(r"(?<=[.!?])\s+(?=\S)")
    for name, _ in bundled():
        routine = load(name)
        for language in filter(lambda each: speaks(routine, each), languages()):
            for told in spoken(translate(routine, language)):
                assert sentences(told.text, language) == ends.split(told.text)


def test_no_word_of_ours_is_read_otherwise_than_it_is_written() -> None:
    """What audiocoach and its routines say is in words already."""
    for name, _ in bundled():
        routine = load(name)
        for language in filter(lambda each: speaks(routine, each), languages()):
            script = compile_script(translate(routine, language))
            for sound in script.sounds():
                if isinstance(sound, Utterance):
                    assert read_aloud(sound.text, language) == sound.text


@pytest.mark.parametrize("language", languages())
def test_each_language_has_readings(language: str) -> None:
    table, english = readings(language), readings("en")
    assert table is not None
    assert english is not None
    assert table.symbols.keys() == english.symbols.keys()
    assert table.fractions.keys() == table.mixed.keys() == english.fractions.keys()
    assert readings(f"{language}-XX") == table


def test_a_language_without_readings_is_left_as_it_is() -> None:
    assert read_aloud("3x10 & e.g. *so*", "it") == "3x10 & e.g. *so*"
    assert sentences("Alza. Abbassa.", "it") == ["Alza.", "Abbassa."]
    assert unread("日本", "it") == ""


# Whatever is written

_pieces = st.sampled_from(
    [
        *("e.g.", "z. B.", "p. ej.", "Dr.", "etc.", "10", "3x10", "½", "1/2", "3-5", "30s", '3/4"'),
        *(
            "~90°",
            "&",
            "w/",
            "cat/cow",
            "→",
            "*slow*",
            "…",
            "💪",
            "#2",
            "100%",
            "n° 3",
            "Step",
            "and",
        ),
        *("1,5 m", "(L & R)", "3-1-2-0", "V.", "日本", "_", "~", "-", "Übung", "2.", "+", "'", '"'),
    ]
)
_texts = st.lists(_pieces, min_size=1, max_size=8).map(" ".join) | st.text(max_size=60)


@settings(max_examples=examples(500))
@given(text=_texts, language=st.sampled_from(languages()))
def test_what_is_read_is_read_once(text: str, language: str) -> None:
    """A second reading changes nothing, and no letter or figure disappears."""
    said = read_aloud(text, language)
    assert read_aloud(said, language) == said
    assert any(map(str.isalnum, said)) or said == text
    assert all(figure in said for figure in text if figure.isascii() and figure in "56789")


@settings(max_examples=examples(300))
@given(st.text("ab É.,;:!?()'\"-/«»¿", max_size=12), st.sampled_from(languages()))
def test_what_has_nothing_to_read_is_seen_at_a_glance(text: str, language: str) -> None:
    """Every text with a figure goes through all the steps, one without may not need to."""
    inner = f"a{text}a"
    assert read_aloud(f"{inner} 1", language) == f"{read_aloud(inner, language)} 1"


@pytest.mark.parametrize("text", ["- Lift", " Lift", "Lift -", "Lift ", "Lift,", ", Lift"])
def test_what_only_sets_a_text_off_is_not_read(text: str) -> None:
    assert read_aloud(text, "en") == "Lift"


@settings(max_examples=examples(300))
@given(text=_texts, language=st.sampled_from(languages()))
def test_sentences_leave_nothing_out(text: str, language: str) -> None:
    told = "".join("".join(sentences(text, language)).split())
    assert told == "".join(read_aloud(text, language).split())


# What can't be read


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("足のヨガ", "足のヨガ"),
        ("Йога now", "Йога"),
        ("Ready ☯ 💪 → go – now…", ""),
        ("Café, Fuß, niño, œuvre, 1.ª", ""),
        ("½ & 3° @ 5%", ""),
        ("a ∮ b", "∮"),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_what_no_voice_can_read_is_found(language: str, text: str, marks: str) -> None:
    assert "".join(sorted(unread(text, language))) == "".join(
        sorted(dict.fromkeys(marks.replace(" ", "")))
    )


def test_a_session_says_what_is_read() -> None:
    """In one place, before any voice: names, sets-up and words on a beat alike."""
    routine = loads(
        "title: T & U\nlanguage: en\nexercises:\n"
        "  - {name: cat/cow, setup: See Dr. Brown. Stand., work: 10s, go: Go → 1st}\n"
    )
    said = [each.text for each in compile_script(routine).sounds() if isinstance(each, Utterance)]
    assert "T and U." in " ".join(said)
    assert {"Cat cow.", "See Doctor Brown.", "Stand.", "Go, 1st."} <= set(said)


SHORT = """\
title: T
language: {language}
exercises:
  - rounds: 2
    rest_between: 3s
    exercises:
      - name: 1/2 kneeling DB row
        sides: right-then-left
        side_rest: 3s
        load: {{right: 12.5 kg, left: 10 kg}}
        each: [3x10, {{name: "L & R", go: Go → 1st}}]
        reps: 3
        tempo: 1-0-1-0
      - {{name: cat/cow, sides: alternating, limb: "arm & leg", reps: 5, rep_duration: 2s}}
"""


@pytest.mark.parametrize("language", languages())
def test_so_it_is_in_the_few_words_of_a_short_time(language: str) -> None:
    script = compile_script(loads(SHORT.format(language=language)))
    said = [each.text for each in script.sounds() if isinstance(each, Utterance)]
    assert any("12" in text for text in said)
    assert [text for text in said if read_aloud(text, language) != text] == []
