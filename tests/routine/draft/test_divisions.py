"""Where one exercise ends and the next begins: headings, lists inside of lists, blocks, forums."""

from __future__ import annotations

import pytest
from drafts import doses, drafted_text, groups


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "My three\n\n1. The Hundred\nLie down and pump your arms. Hold for 20 seconds.\n\n"
            "2. The Swan\nLift your chest and hold for 5 seconds. Repeat 8 times.\n\n"
            "3. The Saw\nKeep your legs long and reach across. 10 times.\n",
            ["the hundred", "the swan", "the saw"],
        ),
        (
            "de",
            "Meine drei\n\n#1 DIE KATZE\nRunden Sie den Rücken, 5 Sekunden halten.\n\n"
            "#2 DER TISCH\nHeben Sie das Becken. 8 Wiederholungen.\n\n"
            "#3 DAS SEGEL\nBleiben Sie so und strecken Sie den Arm, 6 Wiederholungen.\n",
            ["die katze", "der tisch", "das segel"],
        ),
        (
            "es",
            "Mis tres\n\n1) El puente\nSuba la cadera y mantenga 10 segundos.\n\n"
            "2) La cobra\nLevante el pecho. 8 repeticiones.\n\n"
            "3) La mesa\nMantenga la espalda recta y estire un brazo, 6 repeticiones.\n",
            ["el puente", "la cobra", "la mesa"],
        ),
        (
            "fr",
            "Mes trois\n\n1) Le pont\nMontez le bassin et tenez 10 secondes.\n\n"
            "2) La sirène\nLevez la jambe. 8 répétitions.\n\n"
            "3) Le chat\nGardez les mains au sol et arrondissez le dos, 6 répétitions.\n",
            ["le pont", "la sirène", "le chat"],
        ),
    ],
)
def test_counted_headings_over_their_doses_are_no_steps(
    language: str, text: str, names: list[str]
) -> None:
    assert [name for name, *_ in doses(drafted_text(text, language=language))] == names


def test_counted_lines_without_a_text_below_are_steps() -> None:
    text = (
        "Wall angel\n\n1. Stand against a wall.\n2. Slide your arms up.\n3. Lower them again.\n"
        "Repeat 10 times.\n"
    )
    assert doses(drafted_text(text), "reps") == [("wall angel", 10)]


@pytest.mark.parametrize(
    ("language", "text", "last", "seconds"),
    [
        (
            "en",
            "Evening flow\n\nMountain. Stand tall. Hold for five breaths.\n\n"
            "Cobra. Lie on your front. Hold for 20 seconds.\n\n"
            "Legs up the wall. Lie back and close your eyes. Allow yourself 5 minutes.\n\n"
            "My next course starts on 4 May.\n",
            "legs up the wall",
            300,
        ),
        (
            "de",
            "Abendübung\n\nBerg. Aufrecht stehen. 20 Sekunden halten.\n\n"
            "Kobra. In Bauchlage. 20 Sekunden halten.\n\n"
            "Schmetterling. Augen schließen. Nehmen Sie sich 3 Minuten.\n\n"
            "Der nächste Kurs beginnt am 4. Mai.\n",
            "schmetterling",
            180,
        ),
        (
            "es",
            "Para la noche\n\nMontaña. De pie. Mantenga 20 segundos.\n\n"
            "Cobra. Boca abajo. Mantenga 20 segundos.\n\n"
            "Mariposa. Cierre los ojos. Dedique 3 minutos.\n\n"
            "El próximo curso empieza el 4 de mayo.\n",
            "mariposa",
            180,
        ),
        (
            "fr",
            "Pour le soir\n\nMontagne. Debout. Tenez 20 secondes.\n\n"
            "Cobra. Sur le ventre. Tenez 20 secondes.\n\n"
            "Papillon. Fermez les yeux. Prévoyez 3 minutes.\n\n"
            "Le prochain cours commence le 4 mai.\n",
            "papillon",
            180,
        ),
    ],
)
def test_the_last_of_several_may_have_only_its_length(
    language: str, text: str, last: str, seconds: int
) -> None:
    draft = drafted_text(text, language=language)
    assert doses(draft, "hold_s")[2:] == [(last, seconds)]
    assert "duration_s" not in draft.figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Knee sheet\n\nHOW MUCH\nUnless it says otherwise below: 3 sets of 8 repetitions of "
            "each exercise.\n\nTHE EXERCISES\n1. Heel slide\nLie down and slide your heel in.\n\n"
            "2. Quad set\nPress the knee down.\n\n3. Bridge\nLift your hips.\n\n"
            "GOOD TO KNOW\nSore legs for 2 days are nothing to worry about.\n",
        ),
        (
            "de",
            "Knieblatt\n\nSO GEHT ES\nWenn nicht anders angegeben: jede Übung 3 Sätze mit 8 "
            "Wiederholungen.\n\nDIE ÜBUNGEN\n1. Ferse schieben\nSchieben Sie die Ferse heran.\n\n"
            "2. Knie drücken\nDrücken Sie das Knie nach unten.\n\n3. Brücke\nHeben Sie das Becken."
            "\n\nGUT ZU WISSEN\nMuskelkater über 2 Tage ist nichts Schlimmes.\n",
        ),
        (
            "es",
            "Hoja de rodilla\n\nCÓMO HACERLOS\nSalvo que se indique otra cosa: 3 series de 8 "
            "repeticiones de cada ejercicio.\n\nLOS EJERCICIOS\n1. Talón\nDeslice el talón.\n\n"
            "2. Cuádriceps\nPresione la rodilla.\n\n3. Puente\nEleve la cadera.\n\n"
            "ATENCIÓN\nEs normal tener agujetas 2 días.\n",
        ),
        (
            "fr",
            "Fiche genou\n\nCOMMENT FAIRE\nSauf indication contraire : 3 séries de 8 répétitions "
            "de chaque exercice.\n\nLES EXERCICES\n1. Talon\nGlissez le talon vers vous.\n\n"
            "2. Quadriceps\nPoussez le genou vers le bas.\n\n3. Pont\nMontez le bassin.\n\n"
            "BON À SAVOIR\nDes courbatures de 2 jours sont normales.\n",
        ),
    ],
)
def test_numbered_names_under_one_of_several_headings_are_exercises(
    language: str, text: str
) -> None:
    found = doses(drafted_text(text, language=language), "sets", "reps")
    assert [dose for _, *dose in found] == [[3, 8]] * 3


def test_steps_under_one_of_several_headings_are_none() -> None:
    text = (
        "Two moves\n\nHeel raise\n1. Stand tall.\n2. Rise.\n3. Lower.\nRepeat 10 times.\n\n"
        "Toe raise\nLift your toes. 12 times.\n"
    )
    assert doses(drafted_text(text), "reps") == [("heel raise", 10), ("toe raise", 12)]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "New knee\n\nOn the bed\nLie flat for these two.\n\nAnkle pump\n"
            "Bend and stretch your feet as far as you can "
            "without any pain. Repeat 20 times.\n\nHeel slide\nSlide your heel towards you. "
            "Repeat 10 times.\n\nAt the kitchen worktop\nHeel raise\nHold on to the worktop with "
            "both of your hands and rise onto your toes. Repeat 12 times.\n\nWalking\nGo for a "
            "short walk. Start with 5 minutes.\n",
            ["ankle pump", "heel slide", "heel raise"],
        ),
        (
            "de",
            "Neues Knie\n\nIm Bett\nLegen Sie sich dazu flach hin.\n\nFußpumpe\n"
            "Beugen und strecken Sie die Füße so weit, wie es "
            "ohne Schmerzen geht. 20 Wiederholungen.\n\nFerse schieben\nSchieben Sie die Ferse "
            "heran. 10 Wiederholungen.\n\nAn der Küchenzeile\nFersen heben\nHalten Sie sich mit "
            "beiden Händen fest und stellen Sie sich auf die Zehen. 12 Wiederholungen.\n\n"
            "Spazieren\nGehen Sie etwas spazieren, am Anfang 5 Minuten.\n",
            ["fußpumpe", "ferse schieben", "fersen heben"],
        ),
    ],
)
def test_a_heading_may_stand_right_over_another(language: str, text: str, names: list[str]) -> None:
    found = doses(drafted_text(text, language=language), "reps", "sets")
    assert found[:3] == [(names[0], 20, None), (names[1], 10, None), (names[2], 12, None)]


@pytest.mark.parametrize(
    ("language", "head", "time"),
    [
        ("en", "Exercise\tSets\tReps/time\tRest", "30 sec"),
        ("en", "Exercise\tSets\tTime or reps\tRest", "30 sec"),
        ("de", "Übung\tSätze\tWdh./Zeit\tPause", "30 Sek."),
        ("es", "Ejercicio\tSeries\tRep./tiempo\tDescanso", "30 seg"),
        ("fr", "Exercice\tSéries\tRép./temps\tRepos", "30 s"),
    ],
)
def test_a_column_may_hold_counts_or_times(language: str, head: str, time: str) -> None:
    text = f"Plan\n\n{head}\nSquat\t3\t15\t45 s\nPlank\t2\t{time}\t60 s\nClam\t2\t10\t30 s\n"
    draft = drafted_text(text, language=language)
    assert doses(draft, "sets", "reps", "hold_s", "rest_s") == [
        ("squat", 3, 15, None, 45),
        ("plank", 2, None, 30, 60),
        ("clam", 2, 10, None, 30),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Hands\n\nFirst, the claw. Close both hands, count to four, then spread the fingers "
            "wide. Eight times will do.\n\nNext, the fan. Spread your fingers, ten times.\n",
        ),
        (
            "de",
            "Hände\n\nZuerst die Kralle. Krümmen Sie die Finger, zählen Sie bis drei, dann "
            "strecken Sie die Finger wieder aus. 8 Wiederholungen.\n\nAls Nächstes der Fächer. "
            "Spreizen Sie die Finger, 10 Wiederholungen.\n",
        ),
    ],
)
def test_a_step_behind_a_short_count_is_no_other_exercise(language: str, text: str) -> None:
    found = doses(drafted_text(text, language=language), "reps")
    assert [reps for _, reps in found] == [8, 10]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Dizzy forum\n\nPosts: 118\n\nDrop and rise. Sit on the bed. Drop onto your right side "
            "and stay there for 25 seconds. Sit back up for 25 seconds. Then the mirror image. "
            "6 times per side.\n\nNod. Look at your thumb and nod 20 times.\n\n"
            "Last edited by sue on 3 May, edited 2 times in total.\n\n"
            "> bob_77: my guy told me 10 reps and 2x a day\n",
        ),
        (
            "de",
            "Schwindelforum\n\nBeiträge: 118\n\nFallen und Aufsetzen. Aufs Bett setzen. Auf die "
            "rechte Seite fallen lassen und 25 Sekunden liegen bleiben. Wieder aufsetzen, 25 "
            "Sekunden. 6 Mal je Seite.\n\nNicken. Auf den Daumen schauen und 20 Mal nicken.\n\n"
            "Zuletzt bearbeitet von Sue am 3. Mai, insgesamt 2 Mal geändert.\n\n"
            "> bob_77: ich mache 10 Wiederholungen\n",
        ),
    ],
)
def test_what_a_forum_puts_around_a_text_is_no_exercise(language: str, text: str) -> None:
    found = doses(drafted_text(text, language=language), "reps")
    assert [reps for _, reps in found] == [6, 20]


def test_the_answers_of_readers_are_no_exercises() -> None:
    text = (
        "My knees\n\nWall sit\nSlide down the wall. Hold for 30 seconds.\n\nStep-up\nStep up "
        "slowly. 10 times each leg.\n\nThat is all.\n\n3 comments\n\nAnna: squats 3 x 20 for me!\n"
    )
    assert doses(drafted_text(text)) == [("wall sit",), ("step-up",)]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Main part\nRun for 3 minutes at a pace where you can still talk to a friend, then "
            "walk for 90 seconds. Go through that five times.",
        ),
        (
            "de",
            "Hauptteil\nLaufen Sie 3 Minuten in einem Tempo, bei dem Sie noch reden können, dann "
            "gehen Sie 90 Sekunden. Das Ganze fünfmal.",
        ),
        (
            "es",
            "Parte principal\nCorra 3 minutos a un ritmo en el que pueda hablar con alguien, luego "
            "camine 90 segundos. Repita eso cinco veces.",
        ),
        (
            "fr",
            "Partie principale\nCourez 3 minutes à une allure où vous pouvez encore parler, puis "
            "marchez 90 secondes. Refaites cela cinq fois.",
        ),
    ],
)
def test_work_by_turns_may_be_counted_in_the_next_sentence(language: str, line: str) -> None:
    draft = drafted_text(f"Club\n\n{line}\n", language=language)
    assert [each.value("work_s") for each in draft.exercises] == [180, 90]
    ((_, figures),) = groups(draft)
    assert figures == {"rounds": 5}


def test_a_form_in_one_line_is_no_table() -> None:
    text = (
        "Knee sheet\nName: J. Smith     Side: right     Sheet 2\n\nTowel slide\nSlide the towel. "
        "10 times.\n\nTowel press\nPress it down. 12 times.\n"
    )
    assert doses(drafted_text(text), "reps") == [("towel slide", 10), ("towel press", 12)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "en",
            "Garage\n\nBLOCK A: TABATA\nStep hops, one foot on the kerb. 20 seconds on, 10 off, "
            "8 times.\n",
            "step hops",
        ),
        (
            "de",
            "Garage\n\nBLOCK A: TABATA\nBergsteiger, Hände auf der Stufe. 20 Sekunden Arbeit, 10 "
            "Sekunden Pause, 8 Runden.\n",
            "bergsteiger",
        ),
    ],
)
def test_a_name_may_be_followed_by_how_it_is_done(language: str, text: str, name: str) -> None:
    assert [each for each, *_ in doses(drafted_text(text, language=language))] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Stop at a bench and do knee hugs, 8 with each leg."),
        ("en", "Find a wall and add heel raises, 8 on each leg."),
    ],
)
def test_a_dose_behind_a_name_belongs_to_it(language: str, text: str) -> None:
    draft = drafted_text(
        f"Run club\n\nGetting going\nStart with a brisk walk for 5 minutes. {text}\n\n"
        "Getting back\nWalk for 5 minutes.\n",
        language=language,
    )
    walk, other, *_ = draft.exercises
    assert (walk.value("work_s"), walk.value("reps")) == (300, None)
    assert (other.name in ("knee hugs", "heel raises"), other.value("reps")) == (True, 8)
