"""Kinds of texts and of doses, each by a small example of its own, in every language."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.questions import open_questions
from audiocoach.routine.draft.reading import language_of
from audiocoach.routine.draft.writing import write


def read(text: str, language: str) -> Draft:
    return drafted_text(text, language=language)


def figures(draft: Draft) -> dict[str, dict[str, Any]]:
    """The sure figures of each exercise, by its name."""
    return {
        each.name: {name: made.value for name, made in each.figures.items() if not made.doubt}
        for each in draft.exercises
    }


def only(text: str, language: str) -> dict[str, Any]:
    """The sure figures of the one exercise of a text."""
    (found,) = figures(read(f"My page\n\nBridge\n{text}\n", language)).values()
    return found


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        # "N x N" is sets of reps, whatever stands behind it
        ("en", "3 x 12 rest 45 s", {"sets": 3, "reps": 12, "rest_s": 45}),
        ("en", "3x10-12, 60-90s rest", {"sets": 3, "reps": [10, 12], "rest_s": [60, 90]}),
        ("es", "3 x 15, descanso 45 s", {"sets": 3, "reps": 15, "rest_s": 45}),
        ("fr", "3 x 15, repos 45 s", {"sets": 3, "reps": 15, "rest_s": 45}),
        # once more, and some more
        ("en", "Do 10 of these, rest for a minute, and then do 10 more.", {"sets": 2, "reps": 10}),
        ("en", "Do 8 reps. Repeat the set twice more.", {"sets": 3, "reps": 8}),
        ("de", "10 Wiederholungen, dann noch 10.", {"sets": 2, "reps": 10}),
        ("es", "Haga 10 repeticiones y luego otras 10.", {"sets": 2, "reps": 10}),
        ("fr", "10 répétitions, puis encore 10.", {"sets": 2, "reps": 10}),
        # a rest in each rep, told without its unit
        ("en", "Hold for 6 seconds and relax for another 6. Do 8.", {"rep_rest_s": 6, "reps": 8}),
        ("de", "6 Sekunden halten, 6 lockerlassen, zehnmal.", {"hold_s": 6, "rep_rest_s": 6}),
        ("es", "Mantenga 6 segundos y descanse otros 6. Diez veces.", {"rep_rest_s": 6}),
        ("fr", "Tenez 30 secondes puis soufflez 15 secondes. Cinq fois.", {"rep_rest_s": 15}),
        # a movement with a time and no direction
        (
            "en",
            "Push away over 2 seconds, pause 1 second, lower over 4 seconds. 10 reps.",
            {"phases_s": [2, 1, 4], "reps": 10},
        ),
        (
            "fr",
            "Écartez en 2 secondes, tenez 2 secondes, revenez en 4 secondes. 2 x 10.",
            {"phases_s": [2, 2, 4], "sets": 2, "reps": 10},
        ),
        # during
        ("es", "Apriete la pelota durante 6 segundos. 10 veces.", {"hold_s": 6, "reps": 10}),
        ("es", "Aguante durante medio minuto.", {"hold_s": 30}),
        # minutes with seconds, and times that are none
        ("fr", "Gardez 1 minute 30. Deux fois.", {"hold_s": 90, "reps": 2}),
        ("en", "2 x 10 on the sore leg only", {"sets": 2, "reps": 10}),
        # what was, and what is now
        ("en", "I started with 3 sets of 10, now I'm on 3 sets of 6.", {"sets": 3, "reps": 6}),
        ("de", "Anfangs 3 Sätze mit 10, jetzt 3 Sätze mit 6.", {"sets": 3, "reps": 6}),
        ("es", "Empecé con 3 series de 10, ahora 3 series de 6.", {"sets": 3, "reps": 6}),
        ("fr", "Au début 3 séries de 10, maintenant 3 séries de 6.", {"sets": 3, "reps": 6}),
        # sides
        ("en", "10 steps left, 10 steps right, x3", {"sides": "left-then-right", "sets": 3}),
        ("en", "Hold 25s ea, 20s rest", {"sides": "each"}),
        ("de", "10 Schritte nach links, 10 Schritte nach rechts.", {"sides": "left-then-right"}),
        # a breath is a pace here
        ("en", "3 rounds, one breath per movement", {"reps": 3}),
        ("fr", "Dix fois, une respiration par mouvement.", {"reps": 10}),
    ],
)
def test_a_dose(language: str, text: str, wanted: dict[str, Any]) -> None:
    found = only(text, language)
    assert {name: found.get(name) for name in wanted} == wanted
    assert "hold_breaths" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Start with 5 and build up to 10."),
        ("de", "Beginnen Sie mit 5 und steigern Sie auf 10."),
        ("es", "Empiece con 5 y vaya aumentando hasta 10."),
        ("fr", "Commencez par 5 et allez jusqu'à 10."),
    ],
)
def test_a_beginning_is_a_question(language: str, text: str) -> None:
    (exercise,) = read(f"My page\n\nBridge\n{text}\n", language).exercises
    assert exercise.figures["reps"].value == 5
    assert exercise.figures["reps"].doubt


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "Stand on your left leg for 20 seconds.", "left"),
        ("de", "Stehen Sie 20 Sekunden auf dem rechten Bein.", "right"),
        ("es", "Aguante 20 segundos sobre la pierna derecha.", "right"),
        ("fr", "Tenez 20 secondes sur la jambe droite.", "right"),
    ],
)
def test_the_only_side_that_is_named_is_a_question(language: str, text: str, side: str) -> None:
    (exercise,) = read(f"My page\n\nBalance\n{text}\n", language).exercises
    assert exercise.figures["sides"].value == side
    assert exercise.figures["sides"].doubt == "one side"


@pytest.mark.parametrize(
    ("language", "text", "schedule"),
    [
        ("en", "Do it Mon, Wed and Fri.", {"times": 3, "per": "week"}),
        ("en", "I do these exercises M/W/F.", {"times": 3, "per": "week"}),
        ("en", "Three sessions a week, never on consecutive days.", {"times": 3, "per": "week"}),
        ("de", "Üben Sie montags, mittwochs und freitags.", {"times": 3, "per": "week"}),
        ("es", "Hágalo los lunes y jueves.", {"times": 2, "per": "week"}),
        ("fr", "À faire le mardi et le vendredi.", {"times": 2, "per": "week"}),
    ],
)
def test_how_often(language: str, text: str, schedule: dict[str, Any]) -> None:
    draft = read(f"My page\n\n{text}\n\n1. Squat\n10 x\n\n2. Plank\n30 s\n", language)
    assert draft.figures["schedule"].value == schedule


def test_rest_days_are_no_schedule() -> None:
    draft = read("My page\n\nSquat: 3 x 10\n\nMonday, Wednesday and Friday are rest days.\n", "en")
    assert "schedule" not in draft.figures


def test_one_of_them_may_be_done_more_often() -> None:
    draft = read(
        "Cheville\n\nÀ faire matin et soir, sauf le premier, toutes les 2 heures.\n\n"
        "- Pompage : 30 mouvements.\n\n- Équilibre : tenez 30 secondes.\n",
        "fr",
    )
    assert draft.figures["schedule"].value == {"times": 2, "per": "day"}
    assert draft.exercises[0].value("schedule") == {"every": "2 hours"}


# how a text is laid out


def test_a_circuit_is_what_stands_under_its_heading() -> None:
    draft = read(
        "30-minute garage workout\n\nBlock A - 4 rounds, 1 min rest between rounds\n"
        "Exercise      Work    Rest\nSwing         45 s    15 s\nPush-up       30 s    15 s\n\n"
        "Rest 2 minutes.\n\nBlock B - 3 rounds\nThruster: 8\nRow: 10\n\n"
        "Cool-down: 3 min slow walk + quad stretch 30 s each leg\n",
        "en",
    )
    first, second = draft.groups
    names = [exercise.name for exercise in draft.exercises]
    assert names == ["Swing", "Push-up", "Thruster", "Row", "slow walk", "quad stretch"]
    assert (first.members, second.members) == ([0, 1], [2, 3])
    told = {name: made.value for name, made in first.figures.items()}
    assert told == {"rounds": 4, "rest_s": 60, "between_rest_s": 15, "rest_after_s": 120}
    assert {name: made.value for name, made in second.figures.items()} == {"rounds": 3}
    assert figures(draft)["Swing"] == {"work_s": 45}
    assert figures(draft)["Row"] == {"reps": 10}
    assert draft.figures["duration_s"].value == 1800


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Tuesday: 10 min easy, then 5 x 2 minutes hard with 90 s jog between, 5 min easy\n\n"
            "Sunday – Long run: 1 hour 20 minutes, chatty",
            ["easy", "hard", "easy (2)", "Long run"],
        ),
        (
            "de",
            "Dienstag: 10 Minuten einlaufen, dann 5 x 3 Minuten zügig, 5 Minuten auslaufen\n\n"
            "Samstag: 50 Minuten locker",
            ["einlaufen", "zügig", "auslaufen", "locker"],
        ),
        (
            "fr",
            "Mardi : 5 minutes de marche, puis 6 fois 2 minutes de course\n\n"
            "Samedi : 40 minutes de vélo",
            ["marche", "course", "vélo"],
        ),
    ],
)
def test_a_running_plan_by_weekdays(language: str, text: str, names: list[str]) -> None:
    draft = read(f"Plan 10 km\n\n{text}\n", language)
    assert [exercise.name for exercise in draft.exercises] == names
    assert all({"work_s", "hold_s"} & x.figures.keys() for x in draft.exercises)


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("| Exercise | Sets | Reps | Rest |", "| Squat | 3 | 8-10 | 90 s |", "sets reps rest_s"),
        ("Exercise | How many | How long", "Bend the wrist | 10 | 5 seconds", "reps hold_s"),
        ("Exercise | How often | Mind", "Squat | 3 x 10 | slowly", "sets reps"),
        ("| Exercise | Sets x Reps |", "| Squat | 3 x 10 |", "sets reps"),
    ],
)
def test_a_table_of_any_form(head: str, row: str, wanted: str) -> None:
    (exercise,) = read(f"My table\n\n{head}\n{row}\n", "en").exercises
    assert list(exercise.figures) == wanted.split()


def test_a_chat_has_stamps_and_small_talk() -> None:
    draft = read(
        "[14/02, 18:03] Mags: heres tomos workout\n"
        "[14/02, 18:03] Mags:\nGlute bridge 2x20\nLat pulldown 3x12-15, 60s rest\n"
        "Finisher: EMOM 8 min, 12 wall balls\n"
        "[14/02, 18:05] Mags: RPE 8 on the first, stop at 4 sets if it hurts\n"
        "[14/02, 18:06] Mags: shld be abt an hour. u did 3x10 last week\n",
        "en",
    )
    assert figures(draft) == {
        "Glute bridge": {"sets": 2, "reps": 20},
        "Lat pulldown": {"sets": 3, "reps": [12, 15], "rest_s": 60},
        "wall balls": {"reps": 12, "every_s": 60, "sets": 8},
    }
    assert draft.figures["duration_s"].value == 3600


def test_a_mail_has_a_subject() -> None:
    draft = read(
        "From: Ingrid\nTo: the ladies\nSubject: Re: Balance homework\n\n"
        "First, walk on the spot for two minutes.\n\nLast, sit down and stand up ten times.\n",
        "en",
    )
    assert draft.title == "Balance homework"
    assert [x.name for x in draft.exercises] == ["walk on the spot", "sit down and stand up"]


def test_a_scan_breaks_its_lines_anywhere() -> None:
    draft = read(
        "SHOULDER\n\nASSISTED FLEXION\nLying on your back. Clasp your hands and lift both\n"
        "arms overhead as far as comfort allows. Hold for\n5 seconds. Repeat 10 times.\n\n"
        "WALL SLIDES\nStand facing a wall. Slide your hand up the wall for a\n"
        "count of 4 and down for a count of 4.\nRepeat 6 times\n",
        "en",
    )
    assert figures(draft) == {
        "ASSISTED FLEXION": {"hold_s": 5, "reps": 10, "position": "lying on back"},
        "WALL SLIDES": {"phases_s": [4, 4], "reps": 6, "position": "standing"},
    }


def test_a_list_may_begin_at_the_first_line() -> None:
    assert list(figures(read("Squat 3 x 10\nPlank 3 x 30 s\n", "en"))) == ["Squat", "Plank"]


def test_a_title_without_a_letter_is_none() -> None:
    written = write(read("!! heres what we do\n\nSquat 3 x 10\n\nPlank 30 s\n", "en"))
    assert "title: My routine" in written.text


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "20 seconds on, 10 seconds off, 8 rounds per exercise.", ["High knees", "Push-ups"]),
        ("de", "20 Sekunden Belastung, 10 Sekunden Pause.", ["Kniehebelauf", "Liegestütz"]),
    ],
)
def test_a_list_of_bare_names_under_one_dose(language: str, text: str, names: list[str]) -> None:
    draft = read(f"Class\n\n{text}\n\n" + "\n".join([*names, "Plank"]) + "\n", language)
    assert [exercise.name for exercise in draft.exercises] == [*names, "Plank"]
    assert {exercise.value("work_s") for exercise in draft.exercises} == {20}


def test_what_somebody_no_longer_does_is_left_out() -> None:
    draft = read(
        "Subject: my hip\n\nLast is step-ups, 2x10 on the bad leg only.\n\n"
        "Whole thing = 25 min. What I do NOT do anymore: clamshells 3x20 like he says.\n",
        "en",
    )
    assert list(figures(draft)) == ["step-ups"]
    assert draft.figures["duration_s"].value == 1500


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Put the ball of the foot on the step.", ""),
        ("That is one box.", ""),
        ("Step onto the box.", "box"),
        ("Do it on the machine.", "machine"),
        ("Hold one weight (2x 10 kg dumbbells).", "dumbbells"),
    ],
)
def test_a_thing_is_no_part_of_the_body(text: str, thing: str) -> None:
    (exercise,) = read(f"My page\n\nRaise\n{text} 10 reps.\n", "en").exercises
    assert ", ".join(exercise.equipment) == thing


@pytest.mark.parametrize(
    ("language", "text", "position"),
    [
        ("en", "Sit tall, soles together. 8 breaths.", "sitting on floor"),
        ("en", "Roll onto your back and stay 20 seconds.", "lying on back"),
        ("de", "Setzen Sie sich auf die Fersen, 10 Atemzüge.", "kneeling"),
        ("fr", "Assis sur les talons, restez une minute.", "kneeling"),
        ("es", "Siéntese sobre los talones y aguante 20 segundos.", "kneeling"),
    ],
)
def test_a_position(language: str, text: str, position: str) -> None:
    assert only(text, language)["position"] == position


def test_a_number_inside_the_words_of_another_figure_is_listed() -> None:
    draft = read(
        "Plan\n\nExercise   Reps   Load\nThruster   8      20 kg\nRow        10     25 kg\n", "en"
    )
    file = write(draft).text
    assert "reps: Thruster" in file
    tail = file.partition("Not made into figures")[2]
    assert "20 kg" in tail
    assert "25 kg" in tail


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Squat 3 x 10, rest 60 s", "en"),
        ("Kniebeugen 3 x 10, Pause 60 s", "de"),
        ("Sentadillas 3 x 10, descanso 60 s", "es"),
        ("Gainage 3 x 30 s, repos 60 s", "fr"),
    ],
)
def test_the_language_of_a_short_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_open_questions_are_found_by_their_lines() -> None:
    assert open_questions("a\n  # check: reps: which?\nb # check: no\n# check: x\n") == [2, 4]


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "Everything is for the right arm.", "right"),
        ("de", "Alle Übungen nur mit dem linken Fuß.", "left"),
        ("es", "Todo con la pierna operada.", "affected"),
        ("fr", "Toujours du côté gauche, le bras droit peut aider.", "left"),
    ],
)
def test_a_side_said_of_everything_is_that_of_each_with_a_question(
    language: str, text: str, side: str
) -> None:
    (exercise,) = read(f"My page\n\n{text}\n\nBridge\n3 x 10\n", language).exercises
    assert exercise.figures["sides"].value == side
    assert exercise.figures["sides"].doubt == "all"


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "You will be out of there in 25 minutes.", 25),
        ("en", "Eight minutes, every class.", 8),
        ("de", "Das Ganze dauert keine 20 Minuten.", 20),
        ("de", "Pro Einheit ca. 50 min einplanen.", 50),
        ("es", "Una clase de 60 minutos.", 60),
        ("fr", "25 min chrono.", 25),
        ("fr", "Durée : 1 h maxi.", 60),
    ],
)
def test_how_long_it_all_takes(language: str, text: str, minutes: int) -> None:
    draft = read(f"My page\n\nBridge\n3 x 10\n\nSquat\n3 x 8\n\n{text}\n", language)
    assert draft.figures["duration_s"].value == minutes * 60


def test_two_schedules_are_a_question() -> None:
    text = "Do these exercises twice a day.\n\nThe exercises are for 3 times a week."
    draft = read(f"My page\n\n{text}\n\nBridge\n3 x 10\n", "en")
    assert draft.figures["schedule"].doubt == "several"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3 x 8, down over 4 seconds."),
        ("de", "3 x 8, in 4 Sekunden absenken."),
        ("es", "3 x 8, bajando en 4 segundos."),
        ("fr", "3 x 8, descendre en 4 secondes."),
    ],
)
def test_one_way_with_a_time_is_a_tempo_with_a_question(language: str, text: str) -> None:
    (exercise,) = read(f"My page\n\nBridge\n{text}\n", language).exercises
    assert exercise.figures["tempo"].value == "4-x-x-x"
    assert exercise.figures["tempo"].doubt
    assert "hold_s" not in exercise.figures
