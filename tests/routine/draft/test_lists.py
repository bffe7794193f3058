"""Lists and blocks: what of them is an exercise, and what is said of all of them."""

from __future__ import annotations

import pytest
from drafts import doses, drafted_text, groups


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "For your lungs\n\n1) Belly breathing\nBreathe in and out 8 times.\n\n"
            "2) Clearing\n   a. Sighs – 5 long sighs, holding each for 2 seconds.\n"
            "   b. Coughs – 3 coughs with a closed mouth.\n"
            "   Rest for 45 seconds, then go round again. Four rounds in all, every evening.\n",
            ["sighs", "coughs"],
        ),
        (
            "de",
            "Für die Hände\n\n1) Faust\nSchließen Sie die Hand. 8 Wiederholungen.\n\n"
            "2) Lockern\n   a. Kreise – 5 große Kreise, jeden 2 Sekunden halten.\n"
            "   b. Klatscher – 3 Klatscher über dem Kopf.\n"
            "   45 Sekunden Pause, dann von vorn. Insgesamt vier Runden, jeden Abend.\n",
            ["kreise", "klatscher"],
        ),
    ],
)
def test_items_inside_of_an_exercise_are_exercises_done_in_rounds(
    language: str, text: str, names: list[str]
) -> None:
    draft = drafted_text(text, language=language)
    assert doses(draft, "reps")[1:] == [(names[0], 5), (names[1], 3)]
    ((members, figures),) = groups(draft)
    assert (members, figures["rounds"]) == (names, 4)
    assert [each.value("schedule") for each in draft.exercises[1:]] == [
        {"times": 1, "per": "day"}
    ] * 2
    assert "schedule" not in draft.figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Week 3\n\nMarch for 5 minutes.\nThen:\n- run for 2 minutes\n- walk for 60 seconds\n"
            "- run for 3 minutes\n\n{}\n\nHip stretch: lean in, 30 seconds each leg.\n",
        ),
        (
            "de",
            "Woche 3\n\n5 Minuten marschieren.\nDann:\n- 2 Minuten laufen\n- 60 Sekunden gehen\n"
            "- 3 Minuten laufen\n\n{}\n\nHüftdehnung: nach vorn lehnen, 30 Sekunden je Bein.\n",
        ),
        (
            "es",
            "Semana 3\n\nMarche 5 minutos.\nLuego:\n- correr 2 minutos\n- caminar 60 segundos\n"
            "- correr 3 minutos\n\n{}\n\nCadera: inclínese, 30 segundos por pierna.\n",
        ),
        (
            "fr",
            "Semaine 3\n\nMarchez 5 minutes.\nPuis :\n- courir 2 minutes\n- marcher 60 secondes\n"
            "- courir 3 minutes\n\n{}\n\nHanche : penchez-vous, 30 secondes par jambe.\n",
        ),
    ],
)
def test_what_stands_below_a_list_is_about_the_list(language: str, text: str) -> None:
    again = {
        "en": "and go through the whole list once more.",
        "de": "und den ganzen Block noch einmal.",
        "es": "y repita todo el bloque una vez más.",
        "fr": "et refaites tout le bloc encore une fois.",
    }
    draft = drafted_text(text.format(again[language]), language=language)
    ((members, figures),) = groups(draft)
    assert [draft.exercises[n].value("work_s") for n in draft.groups[0].members] == [120, 60, 180]
    assert (len(members), figures) == (3, {"rounds": 2})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Club board\n\nPART 1 / EMOM, 6 minutes\n8 thrusters at the start of every minute.\n\n"
            "PART 2 / Circuit\n30 sec work, 15 sec to change. 4 rounds.\n"
            "* squat\n* row\n* plank\n",
        ),
        (
            "en",
            "Club board\n\nPART A | EMOM\n8 thrusters at the top of every minute, for 6 minutes.\n"
            "\nPART B | FINISHER\n30 seconds of work, 15 seconds to change stations:\n"
            "- squat\n- row\n- plank\n4 rounds in total.\n",
        ),
        (
            "en",
            "Club board\n\nPART A: EMOM\nEvery minute on the minute for 6 minutes:\n 8 thrusters\n"
            "Rest for what is left.\n\nPART B: CIRCUIT\n30 sec work, 15 sec rest. 4 rounds.\n"
            "- squat\n- row\n- plank\n",
        ),
        (
            "de",
            "Tafel\n\nTEIL 1 / EMOM, 6 Minuten\n8 Thruster zu Beginn jeder Minute.\n\n"
            "TEIL 2 / Zirkel\n30 Sekunden Arbeit, 15 Sekunden Wechsel. 4 Runden.\n"
            "* Squat\n* Row\n* Plank\n",
        ),
    ],
)
def test_a_block_by_the_clock_has_what_stands_below_its_heading(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    assert doses(draft, "reps", "every_s", "work_s")[1:] == [
        ("squat", None, None, 30),
        ("row", None, None, 30),
        ("plank", None, None, 30),
    ]
    name, reps, every, _ = doses(draft, "reps", "every_s", "work_s")[0]
    assert (name.startswith("thruster"), reps, every) == (True, 8, 60)
    ((members, figures),) = groups(draft)
    assert (members, figures) == (
        ["squat", "row", "plank"],
        {"rounds": 4, "between_rest_s": 15},
    )


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "Finish: frog pose 40s/side", "frog pose"),
        ("de", "Zum Schluss: Froschdehnung 40 s/Seite", "froschdehnung"),
        ("es", "Para terminar: postura de la rana 40 s/lado", "postura de la rana"),
        ("fr", "Pour finir : posture de la grenouille 40 s/côté", "posture de la grenouille"),
    ],
)
def test_a_label_at_the_end_has_an_exercise_behind_it(language: str, line: str, name: str) -> None:
    text = f"Plan\n\n- Squat 3 x 8\n- Plank 3 x 30 s\n- Row 3 x 10\n\n{line}\n"
    draft = drafted_text(text, language=language)
    assert doses(draft, "hold_s", "sides")[-1] == (name, 40, "each")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Club mail\n\nFirst block: run for 3 minutes.\n\nFinish on the grass with:\n"
            "- hip stretch, 30 seconds each leg\n"
            "- thigh stretch on your back with a belt, 20 seconds, 2 times each leg\n"
            "- ankle rolls, 10 each way\n",
        ),
        (
            "fr",
            "Le club – semaine 2\n\nÉchauffement : 5 minutes de marche tranquille.\n\n"
            "Retour au calme : 5 minutes de marche, puis\n"
            "– étirement de la hanche, 30 s par jambe\n"
            "– étirement de la cuisse, 2 x 20 s par jambe\n– balancement des bras, 10 fois\n",
        ),
    ],
)
def test_each_item_of_a_list_with_a_dose_is_an_exercise(language: str, text: str) -> None:
    found = doses(drafted_text(text, language=language), "hold_s", "reps")[-3:]
    assert [hold for _, hold, _ in found] == [30, 20, None]
    assert found[-1][2] == 10
    assert all("march" not in name for name, *_ in found)


def test_lines_with_the_parts_of_a_dose_are_one_exercise() -> None:
    text = (
        "Hotel room\n\nA1) Split squat 3x10/leg\nA2) Row 3x12\n\nB) Slow bridge\n"
        "3 sec up, 2 sec hold, 3 sec down\n4 x 6\n\nC) EMOM 6\nodd: 8 squats\neven: 8 burpees\n\n"
        "Finisher - wall sit, 3 x 40 sec, 20 sec rest\n"
    )
    found = doses(drafted_text(text), "sets", "reps", "phases_s")
    assert found[2] == ("slow bridge", 4, 6, [3, 2, 3])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Bring water and a layer. Next Tuesday is hills, 8 x 60 s."),
        ("en", "All of that once a day, and twice on the days you stay in."),
        ("de", "Nächsten Dienstag sind Berge dran, 8 x 60 s."),
        ("es", "El próximo martes tocan cuestas, 8 x 60 s."),
        ("fr", "Mardi prochain, ce sont les côtes, 8 x 60 s."),
    ],
)
def test_news_behind_a_list_are_no_exercise(language: str, line: str) -> None:
    text = f"Club\n\nPlank: 30 s.\n\nSquat: 3 x 10.\n\nRow: 2 x 12.\n\n{line}\n"
    assert len(doses(drafted_text(text, language=language))) == 3


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Exercises 1 and 2 every day, the rest Monday, Wednesday and Friday."),
        ("en", "The first two every day, the other two on 3 days a week."),
        ("de", "Übungen 1 und 2 täglich, die anderen dreimal pro Woche."),
        ("es", "Ejercicios 1 y 2 todos los días, los demás tres veces por semana."),
        ("fr", "Exercices 1 et 2 tous les jours, les autres trois fois par semaine."),
    ],
)
def test_some_exercises_are_done_more_often_than_the_rest(language: str, line: str) -> None:
    text = (
        f"Blatt\n\n{line}\n\n1. Plank\n3 x 30 s\n\n2. Squat\n3 x 10\n\n3. Row\n2 x 12\n\n"
        "4. Curl\n2 x 15\n"
    )
    draft = drafted_text(text, language=language)
    daily, weekly = {"times": 1, "per": "day"}, {"times": 3, "per": "week"}
    assert [each.value("schedule") for each in draft.exercises] == [daily, daily, weekly, weekly]


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "Drills in the hall – skips 2 x 20 seconds, bounds 2 x 20 seconds.", "skips"),
        ("en", "On the grass: high skips 2 x 20 s, bounds 2 x 20 s.", "high skips"),
        ("de", "In der Halle: Hopserlauf 2 x 20 s, Seitschritte 2 x 20 s.", "Hopserlauf"),
        ("es", "En la pista: saltos cortos 2 x 20 s, pasos laterales 2 x 20 s.", "saltos cortos"),
        ("fr", "Sur la piste : sauts courts 2 x 20 s, pas chassés 2 x 20 s.", "sauts courts"),
    ],
)
def test_names_with_doses_behind_a_label_are_exercises(
    language: str, line: str, names: str
) -> None:
    found = drafted_text(f"Plan\n\n{line}\n", language=language).exercises
    assert [each.value("work_s") or each.value("hold_s") for each in found] == [20, 20]
    assert [each.value("sets") or each.value("reps") for each in found] == [2, 2]
    assert found[0].name == names


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Calf raise: left 10 times, right 12 times."),
        ("de", "Seitheben: links 10-mal, rechts 12-mal."),
        ("es", "Elevación lateral: izquierda 10 veces, derecha 12 veces."),
        ("fr", "Planche latérale : à gauche 10 fois, à droite 12 fois."),
    ],
)
def test_sides_behind_a_name_are_no_exercises(language: str, line: str) -> None:
    assert len(drafted_text(f"Plan\n\n{line}\n", language=language).exercises) == 1


ARTICLES = {
    "de": (
        ("Die Brücke", "Der Bogen", "Das Boot"),
        "Auf dem Rücken, die Knie gebeugt. Das Becken heben und 4 Sekunden halten. Sechsmal.",
        "Das Herz schlägt rund 100000 Mal am Tag, und wir atmen 12 Mal in der Minute.",
    ),
    "es": (
        ("El puente", "La tabla", "Los arcos"),
        "Tumbado, con las rodillas dobladas. Suba la pelvis y mantenga 4 segundos. Seis veces.",
        "El corazón late unas 100000 veces al día, y respiramos 12 veces por minuto.",
    ),
    "fr": (
        ("Le pont", "La planche", "L'arc"),
        "Sur le dos, les genoux pliés. Levez le bassin et tenez 4 secondes. Six fois.",
        "Le cœur bat environ 100000 fois par jour, et nous respirons 12 fois par minute.",
    ),
}


@pytest.mark.parametrize("language", ARTICLES)
def test_the_name_of_an_exercise_may_begin_with_its_article(language: str) -> None:
    names, sentence, doubtful = ARTICLES[language]
    parts = "".join(f"● {name}\n{sentence}\n\n" for name in names)
    text = f"Plan\n\n{doubtful}\n\n{parts}{doubtful}\n"
    assert [each.name for each in drafted_text(text, language=language).exercises] == list(names)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "BLOCK ONE – 30 seconds work, 15 seconds rest, two rounds, a minute off between {}"),
        ("de", "BLOCK EINS – 30 Sekunden Arbeit, 15 Pause, zwei Runden, 1 Minute zwischen {}"),
        ("es", "BLOQUE UNO – 30 segundos de trabajo, 15 de pausa, dos rondas, un minuto entre {}"),
        ("fr", "BLOC UN – 30 secondes d'effort, 15 de repos, deux tours, une minute entre {}"),
    ],
)
def test_the_number_of_a_block_is_no_part_of_its_times(language: str, heading: str) -> None:
    """The rest between "the two rounds" is one between rounds, also where they are counted."""
    both = {
        "en": "the two rounds",
        "de": "den zwei Runden",
        "es": "las dos rondas",
        "fr": "les deux tours",
    }
    text = f"Saturday\n\n{heading.format(both[language])}\n* Row\n* Plank\n"
    draft = drafted_text(text, language=language)
    assert doses(draft, "work_s") == [("row", 30), ("plank", 30)]
    ((_, figures),) = groups(draft)
    assert figures == {"rounds": 2, "rest_s": 60, "between_rest_s": 15}
