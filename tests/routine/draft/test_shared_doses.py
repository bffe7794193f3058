"""What is said once: of all exercises, of those under one heading, of one with its own."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft


def of(draft: Draft, field: str) -> list[Any]:
    """A figure of each exercise."""
    return [each.value(field) for each in draft.exercises]


def asked(draft: Draft, field: str) -> list[bool]:
    """Whether a field of each exercise is a question."""
    return [
        field in each.doubts or bool(field in each.figures and each.figures[field].doubt)
        for each in draft.exercises
    ]


DAILY = {"times": 1, "per": "day"}
OFTEN = {"times": 4, "per": "day"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Knee sheet\n\nUnless told otherwise, go through the sheet four times a day.\n\n"
            "1. Heel slide\nSlide the heel. 12 repetitions.\n\n"
            "2. Wall squat\nSlide down the wall. 6 repetitions. This one only once a day.\n",
        ),
        (
            "de",
            "Knieblatt\n\nWenn nichts anderes dasteht, machen Sie das Programm viermal täglich.\n\n"
            "1. Ferse gleiten\nDie Ferse heranziehen. 12 Wiederholungen.\n\n"
            "2. Kniebeuge\nLangsam beugen. 6 Wiederholungen. Diese Übung nur einmal täglich.\n",
        ),
        (
            "es",
            "Rodilla\n\nSalvo que se indique otra cosa, haga la rutina cuatro veces al día.\n\n"
            "1. Deslizar el talón\nDeslice el talón. 12 repeticiones.\n\n"
            "2. Sentadilla\nBaje despacio. 6 repeticiones. Este, solo una vez al día.\n",
        ),
        (
            "fr",
            "Genou\n\nSauf indication contraire, faites la séance quatre fois par jour.\n\n"
            "1. Glissement du talon\nGlissez le talon. 12 répétitions.\n\n"
            "2. Demi-squat\nDescendez. 6 répétitions. Celui-ci une seule fois par jour.\n",
        ),
    ],
)
def test_how_often_a_sheet_is_gone_through_is_of_the_session(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    assert draft.figures["schedule"].value == OFTEN
    assert of(draft, "schedule") == [None, DAILY]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "After your knee surgery\n\nBED EXERCISES\nDo each of these 12 times, twice a day.\n\n"
            "a) Ankle pumps\nMove your feet up and down.\n\n"
            "b) Knee presses\nPush the knee down, hold for 5 seconds.\n\n"
            "STANDING EXERCISES\nDo 3 sets of 6 with the injured leg, four times a day.\n\n"
            "c) Side lift\nLift the leg sideways.\n\n"
            "d) Back lift\nTake the leg back, hold for 2 seconds.\n",
        ),
        (
            "de",
            "Nach der Knieoperation\n\nÜbungen im Bett\n"
            "Machen Sie jede davon 12-mal, zweimal täglich.\n\n"
            "a) Füße pumpen\nBewegen Sie die Füße auf und ab.\n\n"
            "b) Knie drücken\nDas Knie nach unten drücken, 5 Sekunden halten.\n\n"
            "Übungen im Stehen\n"
            "3 Sätze mit je 6 Wiederholungen mit dem operierten Bein, viermal täglich.\n\n"
            "c) Abspreizen\nDas Bein seitlich heben.\n\n"
            "d) Strecken\nDas Bein nach hinten führen, 2 Sekunden halten.\n",
        ),
        (
            "es",
            "Tras su operación de rodilla\n\nEjercicios en la cama\n"
            "Haga cada uno de ellos 12 veces, dos veces al día.\n\n"
            "a) Bombeo\nMueva los pies arriba y abajo.\n\n"
            "b) Presión\nEmpuje la rodilla hacia abajo, mantenga 5 segundos.\n\n"
            "Ejercicios de pie\nHaga 3 series de 6 con la pierna operada, cuatro veces al día.\n\n"
            "c) Elevación lateral\nSuba la pierna hacia un lado.\n\n"
            "d) Elevación atrás\nLleve la pierna hacia atrás, mantenga 2 segundos.\n",
        ),
        (
            "fr",
            "Après votre opération du genou\n\nExercices au lit\n"
            "Faites chacun d'eux 12 fois, deux fois par jour.\n\n"
            "a) Pompage\nBougez les pieds de haut en bas.\n\n"
            "b) Pression\nPoussez le genou vers le bas, tenez 5 secondes.\n\n"
            "Exercices debout\n"
            "Faites 3 séries de 6 avec la jambe opérée, quatre fois par jour.\n\n"
            "c) Levée de côté\nLevez la jambe sur le côté.\n\n"
            "d) Levée arrière\nAmenez la jambe en arrière, tenez 2 secondes.\n",
        ),
    ],
)
def test_a_dose_below_a_heading_is_of_the_exercises_under_it(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    twice = {"times": 2, "per": "day"}
    assert draft.groups == []
    assert of(draft, "reps") == [12, 12, 6, 6]
    assert of(draft, "sets") == [None, None, 3, 3]
    assert of(draft, "sides") == [None, None, "affected", "affected"]
    assert of(draft, "schedule") == [twice, twice, OFTEN, OFTEN]
    assert of(draft, "position")[2:] == ["standing", "standing"]


def test_a_dose_below_the_only_such_heading_is_asked_of_the_others() -> None:
    draft = drafted_text(
        "After surgery\n\nBED EXERCISES\nDo each of these 12 times.\n\n"
        "a) Ankle pumps\nMove your feet up and down.\n\nb) Fists\nClench your hands.\n\n"
        "STANDING EXERCISES\n\nc) Heel raises\nCome up on your toes, hold for 2 seconds.\n\n"
        "d) Squats\nBend a little, 7 times.\n"
    )
    assert of(draft, "reps") == [12, 12, 12, 7]
    assert asked(draft, "reps") == [False, False, True, False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Seated class\n\nDo every exercise 8 times, or 8 times with each arm where you use one "
            "arm at a time.\n\nShrugs\nLift both shoulders.\n\nPunches\nPunch forward.\n\n"
            "Reach\nReach up. Right arm first, then the left.\n",
        ),
        (
            "de",
            "Im Sitzen\n\nMachen Sie jede Übung 8-mal, oder 8-mal mit jedem Arm, wenn nur ein Arm "
            "arbeitet.\n\nZucken\nBeide Schultern heben.\n\nBoxen\nNach vorn boxen.\n\n"
            "Greifen\nNach oben greifen. Erst der rechte Arm, dann der linke.\n",
        ),
        (
            "es",
            "En la silla\n\nHaga cada ejercicio 8 veces, u 8 veces con cada brazo cuando trabaje "
            "un solo brazo.\n\nEncogerse\nSuba los dos hombros, ambos a la vez.\n\n"
            "Golpes\nGolpee hacia delante.\n\n"
            "Alcanzar\nEstire hacia arriba. Primero el brazo derecho, después el izquierdo.\n",
        ),
        (
            "fr",
            "Sur la chaise\n\nFaites chaque exercice 8 fois, ou 8 fois de chaque bras quand un "
            "seul bras travaille.\n\nHaussement\nLevez les deux bras.\n\n"
            "Boxe\nFrappez devant vous.\n\n"
            "Attraper\nTendez vers le haut. D'abord le bras droit, puis le gauche.\n",
        ),
    ],
)
def test_sides_on_a_condition_are_asked_of_each(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    assert of(draft, "reps") == [8, 8, 8]
    assert of(draft, "sides") == [None, None, "right-then-left"]
    assert asked(draft, "sides") == [False, True, False]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Raise alternate heels. Ten times with each foot.", "alternating"),
        ("Swing it. One arm first, then the other. Ten times.", "each"),
    ],
)
def test_words_of_an_exercise_tell_its_sides(text: str, wanted: str) -> None:
    (exercise,) = drafted_text(f"Plan\n\nMove\n{text}\n", language="en").exercises
    assert exercise.value("sides") == wanted
    assert "sides" not in exercise.doubts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "With your good hand, hold the elbow of the other arm and pull. 8 times."),
        ("en", "Hold the other elbow with your good hand and pull it across. 8 times."),
        ("en", "Stick in both hands: the good arm pushes the other one outwards. 8 times."),
        ("de", "Stab in beide Hände, der gesunde Arm schiebt den anderen nach außen. 8-mal."),
        ("es", "Un palo en las manos: el brazo sano empuja el otro hacia fuera. 8 veces."),
        ("fr", "Un bâton en mains : le bras valide pousse l'autre vers l'extérieur. 8 fois."),
        ("de", "Umfassen Sie mit der gesunden Hand den anderen Ellenbogen und ziehen. 8-mal."),
        ("de", "Den anderen Fuß mit der gesunden Hand fassen und heranziehen. 8-mal."),
        ("es", "Con la mano sana, tome el codo del otro brazo y tire. 8 veces."),
        ("es", "Tome el otro codo con la mano sana y tire. 8 veces."),
        ("fr", "Avec la main valide, prenez le coude de l'autre bras et tirez. 8 fois."),
        ("fr", "Prenez l'autre coude avec la main saine et tirez. 8 fois."),
    ],
)
def test_what_the_good_hand_helps_is_the_affected_side(language: str, text: str) -> None:
    (exercise,) = drafted_text(f"Plan\n\nPull\n{text}\n", language=language).exercises
    sides = exercise.figures["sides"]
    assert (sides.value, bool(sides.doubt)) == ("affected", True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Squeeze with your good hand, then with the other hand. 8 times."),
        ("de", "Mit der gesunden Hand drücken, dann mit der anderen Hand. 8-mal."),
        ("es", "Apriete con la mano sana y luego con la otra. 8 veces."),
        ("fr", "Serrez avec la main saine, puis avec l'autre main. 8 fois."),
    ],
)
def test_what_the_good_hand_does_first_is_done_on_each_side(language: str, text: str) -> None:
    (exercise,) = drafted_text(f"Plan\n\nSqueeze\n{text}\n", language=language).exercises
    assert exercise.value("sides") == "each"


STAGES = {
    "en": "Arm sheet\n\nPHASE 1: from the day after surgery until the stitches come out at last\n"
    "Do these four times a day, 6 times each. Keep the elbow below the shoulder until they are out "
    "and the wound is dry.\n\n"
    "Shrugs\nLift the shoulders and hold for 3 seconds.\n\nFists\nClose the hand firmly.\n",
    "de": "Blatt\n\nTeil 1: vom ersten Tag an, bis die Fäden ganz gezogen sind und alles heilt\n"
    "Machen Sie diese viermal täglich, je 6-mal. Der Ellbogen bleibt dabei immer unter der Höhe "
    "der Schulter, auch beim Anziehen.\n\n"
    "Schultern\nHeben Sie die Schultern und halten Sie 3 Sekunden.\n\nFaust\nSchließen Sie die "
    "Hand fest.\n",
    "es": "Hoja\n\nFase 1: desde el día de la operación hasta que le quiten los puntos\n"
    "Haga estos cuatro veces al día, 6 veces cada uno. El codo queda siempre por debajo de la "
    "altura del hombro, también al vestirse.\n\n"
    "Hombros\nSuba los hombros y mantenga 3 segundos.\n\nPuño\nCierre la mano con fuerza.\n",
    "fr": "Fiche\n\nPhase 1 : du lendemain de l'opération jusqu'au retrait des fils de suture\n"
    "Faites ces exercices quatre fois par jour, 6 fois chacun. Le coude reste toujours sous la "
    "hauteur de l'épaule, même pour vous habiller.\n\n"
    "Épaules\nHaussez les épaules et tenez 3 secondes.\n\nPoing\nFermez la main avec force.\n",
}


@pytest.mark.parametrize("language", sorted(STAGES))
def test_a_dose_of_these_below_a_long_heading_is_that_of_those_below(language: str) -> None:
    draft = drafted_text(STAGES[language], language=language)
    told = [(x.value("reps"), x.value("hold_s"), x.value("schedule")) for x in draft.exercises]
    often = {"times": 4, "per": "day"}
    session = draft.figures.get("schedule")
    told = [(reps, hold, each or (session and session.value)) for reps, hold, each in told]
    assert told == [(6, 3, often), (6, None, often)]


def test_how_often_stands_in_a_column_with_a_short_head() -> None:
    heads = {
        "en": ("Exercise", "Sets", "Freq", "3x/day"),
        "es": ("Ejercicio", "Series", "Frec.", "3 veces al día"),
        "fr": ("Exercice", "Séries", "Fréq.", "3 fois par jour"),
    }
    for language, (name, sets, freq, often) in heads.items():
        table = f"Plan\n\n{name} | {sets} | {freq}\nA b c | 2 | {often}\nB c d | 3 | {often}\n"
        exercises = drafted_text(table, language=language).exercises
        told = [each.value("schedule") for each in exercises]
        assert told == [{"times": 3, "per": "day"}] * 2, language
