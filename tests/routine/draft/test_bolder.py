"""Where a rule was bolder than its words: what was wrong without a mark, a kind each."""

from __future__ import annotations

import pytest
from drafts import drafted_text, groups
from test_kinds import figures, only

from audiocoach.routine.draft.labels import labels


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thirty seconds. Turn the palms away; thirty more."),
        ("en", "Stay there for 30 seconds. Shake it out, then do another 30."),
        ("de", "30 Sekunden halten, die Hände drehen, dann noch 30."),
        ("es", "Mantenga 30 segundos, gire las manos y luego otros 30."),
        ("fr", "Tenez 30 secondes, retournez les mains, puis encore 30."),
    ],
)
def test_a_time_told_again_is_no_number_of_reps(language: str, text: str) -> None:
    assert only(text, language) == {"hold_s": 30}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Workshops: Saturday 22, 10:30, $18."),
        ("de", "Kurse: Samstag 22, 10:30 Uhr, 18 €."),
        ("es", "Talleres: sábado 22, 10:30 h, 18 €."),
        ("fr", "Ateliers : samedi 22, 10 h 30, 18 €."),
    ],
)
def test_a_date_behind_its_weekday_is_no_dose(language: str, text: str) -> None:
    page = f"A page\n\nBridge. 3 x 10.\n\nPlank. 3 x 12.\n\n{text}\n"
    found = drafted_text(page, language=language).exercises
    assert [each.value("reps") for each in found] == [10, 12]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Palm on the forehead, push without letting the head move, counting to six."),
        ("de", "Hand an die Stirn, drücken, ohne den Kopf zu bewegen, dabei bis 6 zählen."),
        ("es", "La palma en la frente, empuje sin que la cabeza se mueva, contando hasta seis."),
        ("fr", "La main sur le front, poussez sans que la tête bouge, en comptant jusqu'à six."),
    ],
)
def test_a_movement_that_is_ruled_out_is_none(language: str, text: str) -> None:
    again = {"en": "Repeat 4 more times.", "de": "Noch 4-mal.", "es": "Repita otras 4 veces."}
    found = only(f"{text} {again.get(language, 'Encore 4 fois.')}", language)
    assert (found.get("hold_s"), found.get("reps")) == (6, 5)


def test_sets_of_doubtful_reps_are_a_question() -> None:
    assert only("Roll the shoulders, counting to six. Do that four times altogether.", "en") == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sit back as if onto a low chair, 12 reps."),
        ("de", "Als ob Sie sich auf einen Stuhl setzen, 12 Wiederholungen."),
        ("es", "Como si se sentara en una silla, 12 repeticiones."),
        ("fr", "Comme si vous étiez assis sur une chaise, 12 répétitions."),
    ],
)
def test_a_position_that_is_imagined_is_not_taken(language: str, text: str) -> None:
    assert "position" not in only(text, language)


def test_the_minutes_of_one_exercise_are_labelled_as_the_text_tells_them() -> None:
    text = "Garage\n\nPOWER\nEMOM for 10 minutes: 12 swings\n\nCORE\nPlank: 3 x 40 s\n"
    draft = drafted_text(text, language="en")
    swings = labels(draft)["exercises"][0]
    assert draft.exercises[0].value("sets") == 10
    assert (swings["every_s"], swings["until_s"], swings["sets"]) == (60, 600, None)
    assert "until_s" in swings["evidence"]


@pytest.mark.parametrize(
    "text",
    [
        "Practise twice a day, unless it says otherwise.",
        "Üben Sie zweimal am Tag, wenn nichts anderes dabeisteht.",
    ],
)
def test_how_often_one_practises_is_said_of_the_session(text: str) -> None:
    german = text.startswith("Üben")
    once = "Nur einmal täglich, 20 Sekunden halten." if german else "Hold 20 seconds. Once a day."
    draft = drafted_text(f"Plan\n\n{text}\n\nBridge\n3 x 10\n\nRow\n3 x 12\n\nCalf\n{once}\n")
    assert draft.figures["schedule"].value == {"times": 2, "per": "day"}
    often = [each.value("schedule") for each in draft.exercises]
    assert often == [None, None, {"times": 1, "per": "day"}]


@pytest.mark.parametrize(
    ("language", "text", "rounds"),
    [
        ("en", "then the main set: 3 min run, 2 min jog. Three times, beginners only twice!", 3),
        ("de", "dann das Spiel: 3 min laufen, 2 min traben. 3 mal, die Neuen nur 2 mal!", 3),
        ("es", "luego el bloque: 3 min correr, 2 min trotar. 4 veces, los nuevos solo 2 veces.", 4),
        ("fr", "puis le bloc : 3 min course, 2 min trot. 4 fois, les nouveaux juste 2 fois.", 4),
    ],
)  # fmt: skip
def test_what_beginners_do_is_not_how_often_it_is_done(
    language: str, text: str, rounds: int
) -> None:
    draft = drafted_text(f"Plan\n\nSquat: 3 x 10\n\n{text}\n\nPlank: 3 x 20 s\n", language=language)
    ((members, told),) = groups(draft)
    assert (len(members), told) == (2, {"rounds": rounds})
    timed = [draft.exercises[n].value("work_s") for n in draft.groups[0].members]
    assert timed == [180, 120]


def test_bare_letters_in_order_are_marks() -> None:
    text = (
        "Hips\n\nA  word first: go gently.\n\nON THE BED\nExercises A to C, ten times each.\n\n"
        "A  Foot pumps\nPoint and pull the feet.\n\nB  Seat squeeze\nHold for 5 seconds.\n\n"
        "C  Slide\nSlide the heel up.\n\nSTANDING\nD  Hip swing\n2 sets of 8.\n"
    )
    found = figures(drafted_text(text, language="en"))
    assert list(found) == ["Foot pumps", "Seat squeeze", "Slide", "Hip swing"]
    assert (found["Hip swing"]["sets"], found["Hip swing"]["reps"]) == (2, 8)
    assert "sets" not in found["Slide"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "4 strides of 20 seconds on the flat, 40 seconds walk after each one."),
        ("de", "4 Steigerungen à 20 Sekunden, dazwischen 40 Sekunden Pause."),
        ("es", "4 progresivos de 20 segundos, descanso 40 segundos."),
        ("fr", "4 lignes droites de 20 secondes, repos 40 secondes."),
    ],
)
def test_so_many_of_a_time_are_sets(language: str, text: str) -> None:
    found = only(text, language)
    assert (found["sets"], found["rest_s"]) == (4, 40)
    assert found.get("work_s", found.get("hold_s")) == 20


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Take one break of 20 seconds."),
        ("de", "Machen Sie eine Pause von 20 Sekunden."),
        ("es", "Haga una pausa de 20 segundos."),
        ("fr", "Faites une pause de 20 secondes."),
    ],
)
def test_a_break_of_a_time_is_no_set(language: str, text: str) -> None:
    assert only(f"Lift it 10 x. {text}", language).get("sets") is None


@pytest.mark.parametrize(
    ("language", "over", "after", "behind"),
    [
        ("en", "Block {}, {} rounds, 90 s between rounds", "After the block, 3 minutes of rest.",
         "Calves: 3 x 12"),
        ("de", "Block {}, {} Runden, 90 s zwischen den Runden",
         "Nach dem Block 3 Minuten Pause.", "Waden: 3 x 12"),
        ("es", "Bloque {}, {} rondas, 90 s entre rondas",
         "Después del bloque, 3 minutos de descanso.", "Gemelos: 3 x 12"),
        ("fr", "Bloc {}, {} tours, 90 s entre les tours",
         "Après le bloc, 3 minutes de récup.", "Mollets : 3 x 12"),
    ],
)  # fmt: skip
def test_a_block_has_its_rounds_behind_a_comma(
    language: str, over: str, after: str, behind: str
) -> None:
    text = (
        f"Class\n\n{over.format('A', 4)}\n"
        f"  a. goblet squat ... 12\n  b. push-ups ... 10\n{after}\n\n"
        f"{over.format('B', 3)}\n  c. burpees ... 8\n  d. sit-ups ... 15\n\n{behind}\n"
    )
    draft = drafted_text(text, language=language)
    first, second = draft.groups
    assert (len(first.members), first.figures["rounds"].value) == (2, 4)
    assert first.figures["rest_after_s"].value == 180
    assert not any("rest_s" in draft.exercises[n].figures for n in first.members)
    sure = [name for name, made in second.figures.items() if not made.doubt]
    assert len(second.members) == 2 or (sure == [] and second.doubts["members"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Lying down, pedal in the air with both legs. One minute, rest a little, then again.",
        ),
        (
            "de",
            "In Rückenlage in der Luft Rad fahren. Eine Minute lang, ausruhen, dann noch einmal.",
        ),
        ("es", "Boca arriba, pedalee en el aire. Un minuto."),
        ("fr", "Sur le dos, pédalez dans le vide. Une minute."),
    ],
)
def test_what_the_sentence_before_moves_is_not_held(language: str, text: str) -> None:
    found = only(text, language)
    assert (found["work_s"], "hold_s" in found) == (60, False)


@pytest.mark.parametrize(
    ("language", "twice", "others"),
    [
        ("en", "1 and 2 are twice a day. Yes, seven days a week.", "The rest is once a day:"),
        ("de", "1 und 2 sind zweimal am Tag. Ja, sieben Tage die Woche.",
         "Die anderen einmal am Tag:"),
        ("es", "1 y 2 son dos veces al día.", "Los demás una vez al día:"),
        ("fr", "1 et 2 sont deux fois par jour.", "Les autres une fois par jour :"),
    ],
)  # fmt: skip
def test_how_often_others_are_done_waits_until_they_are_known(
    language: str, twice: str, others: str
) -> None:
    text = (
        "Plan\n\n1) Squat. 3 x 10.\n\n2) Calf raise. 3 x 12.\n\n"
        f"{twice} {others}\n\n3) Bridge. 2 x 8.\n\n4) Clam. 2 x 9.\n"
    )
    draft = drafted_text(text, language=language)
    often = [each.value("schedule")["times"] for each in draft.exercises]
    assert (often, draft.figures.get("schedule")) == ([2, 2, 1, 1], None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "AMRAP 8 minutes:\n9 burpees\n12 step-ups, alternate legs (6 a leg)"),
        ("de", "AMRAP 8 Minuten:\n9 Burpees\n12 Step-ups, abwechselnd (6 pro Bein)"),
        ("es", "AMRAP 8 minutos:\n9 burpees\n12 subidas, alternando piernas (6 por pierna)"),
        ("fr", "AMRAP 8 minutes :\n9 burpees\n12 montées, en alternant les jambes (6 par jambe)"),
    ],
)
def test_a_manner_of_sides_is_no_exercise(language: str, text: str) -> None:
    draft = drafted_text(f"Garage\n\nSquat: 3 x 10\n\n{text}\n", language=language)
    last = draft.exercises[-1]
    assert len(draft.exercises) == 3
    assert last.value("reps") == 6 or last.figures["reps"].doubt
