"""What the lines around exercises say: doses over named paragraphs, labels, phases, marks."""

from __future__ import annotations

import pytest
from drafts import doses, drafted_text, groups

PARTS = {
    "en": (
        "Part one: lying down\nDo each of these 12 times, every three hours.\n\n"
        "Knee roll – Let both knees sink to one side and come back.\n\n"
        "Ball squeeze – Squeeze the ball and hold for 6 seconds.\n\n"
        "Part two: standing\nHold on to the sink. 9 times each.\n\n"
        "Back kick – Take the leg behind you. Hold for 2 seconds.\n\n"
        "Side kick – Take the leg out to the side.\n"
    ),
    "de": (
        "Teil 1: im Liegen\nMachen Sie jede dieser Übungen zwölfmal, alle drei Stunden.\n\n"
        "Knie rollen – Lassen Sie beide Knie zur Seite sinken.\n\n"
        "Ball drücken – Drücken Sie den Ball und halten Sie 6 Sekunden.\n\n"
        "Teil 2: im Stehen\nHalten Sie sich am Becken fest. Je 9 Mal.\n\n"
        "Bein nach hinten – Führen Sie das Bein nach hinten. 2 Sekunden halten.\n\n"
        "Bein zur Seite – Führen Sie das Bein zur Seite.\n"
    ),
    "es": (
        "Parte 1: tumbado\nHaga cada uno de estos ejercicios 12 veces, cada tres horas.\n\n"
        "Rodillas – Deje caer las dos rodillas hacia un lado.\n\n"
        "Pelota – Apriete la pelota y mantenga 6 segundos.\n\n"
        "Parte 2: de pie\nAgárrese al lavabo. 9 veces cada uno.\n\n"
        "Pierna atrás – Lleve la pierna hacia atrás. Mantenga 2 segundos.\n\n"
        "Pierna al lado – Lleve la pierna hacia un lado.\n"
    ),
    "fr": (
        "Partie 1 : allongé\nFaites chacun de ces exercices 12 fois, toutes les trois heures.\n\n"
        "Genoux – Laissez tomber les deux genoux sur le côté.\n\n"
        "Ballon – Serrez le ballon et tenez 6 secondes.\n\n"
        "Partie 2 : debout\nTenez-vous au lavabo. 9 fois chacun.\n\n"
        "Jambe arrière – Tendez la jambe en arrière. Tenez 2 secondes.\n\n"
        "Jambe côté – Écartez la jambe.\n"
    ),
}


@pytest.mark.parametrize("language", PARTS)
def test_a_dose_over_named_paragraphs_is_of_each_of_them(language: str) -> None:
    draft = drafted_text(f"Leaflet\n\n{PARTS[language]}", language=language)
    told = [(each.value("reps"), each.value("hold_s")) for each in draft.exercises]
    assert told == [(12, None), (12, 6), (9, 2), (9, None)]
    assert [each.value("position") for each in draft.exercises[2:]] == ["standing"] * 2
    assert all(each.figures["reps"].doubt for each in draft.exercises[2:])


def test_a_position_alone_is_a_heading_over_named_paragraphs() -> None:
    draft = drafted_text(
        "Leaflet\n\nOn the bed\nDo each of these 12 times.\n\n"
        "Knee roll: let both knees sink to one side and come back again slowly.\n\n"
        "Ball squeeze: squeeze the ball, let go of it again, and take your time over it.\n\n"
        "Standing\nHold on to the sink with both of your hands, please. 9 times each.\n\n"
        "Back kick: take the leg behind you, as far as you can without leaning over.\n\n"
        "Side kick: take the leg out to the side, and keep your toes pointing forwards.\n"
    )
    names = ["knee roll", "ball squeeze", "back kick", "side kick"]
    assert doses(draft, "reps") == list(zip(names, (12, 12, 9, 9), strict=True))


def test_notes_under_an_exercise_are_no_exercises() -> None:
    draft = drafted_text(
        "Sheet\n\nHeel raise\nRise onto your toes, 10 times.\n\nTip – Hold on to a chair.\n\n"
        "Shoes – Flat ones are best.\n\nSquat\nBend your knees. 12 times.\n"
    )
    assert "tip" not in [each.name.lower() for each in draft.exercises]


@pytest.mark.parametrize(
    ("language", "warm", "main", "cool", "names"),
    [
        (
            "en",
            "WARM UP  walk 7 minutes",
            "MAIN 1  run 2 minutes, walk 90 seconds; five times through",
            "COOL DOWN  walk 4 minutes",
            ["walk (warm-up)", "run", "walk", "walk (cool-down)"],
        ),
        (
            "de",
            "Aufwärmen: 7 Minuten gehen",
            "Hauptteil  2 Minuten laufen, 90 Sekunden gehen, fünfmal",
            "Abwärmen: 4 Minuten gehen",
            ["gehen (Aufwärmen)", "laufen", "gehen", "gehen (Ausklang)"],
        ),
        (
            "es",
            "Calentamiento: caminar 7 minutos",
            "Parte principal: correr 2 minutos, caminar 90 segundos, 5 veces",
            "Vuelta a la calma: caminar 4 minutos",
            ["caminar (calentamiento)", "correr", "caminar", "caminar (vuelta a la calma)"],
        ),
        (
            "fr",
            "Échauffement : marcher 7 minutes",
            "Corps de séance : courir 2 minutes, marcher 90 secondes, 5 fois",
            "Retour au calme : marcher 4 minutes",
            ["marcher (échauffement)", "courir", "marcher", "marcher (retour au calme)"],
        ),
    ],
)
def test_what_is_also_done_before_and_after_is_called_so(
    language: str, warm: str, main: str, cool: str, names: list[str]
) -> None:
    draft = drafted_text(f"Plan\n\n{warm}\n{main}\n{cool}\n", language=language)
    assert [each.name for each in draft.exercises] == names
    assert [each.value("work_s") for each in draft.exercises] == [420, 120, 90, 240]
    assert groups(draft)[0][1] == {"rounds": 5}


@pytest.mark.parametrize("sign", ["|", "·", "~"])
def test_a_number_with_a_sign_behind_it_counts_exercises(sign: str) -> None:
    draft = drafted_text(
        f"Moves\n\n1 {sign} The Clam\nLie on your side with your back against the sofa. 15 times."
        f"\n\n2 {sign} Slow Bow\nStand tall. Bow 8 times.\n\n"
        f"3 {sign} Bridge\nLie on your back. 12 times.\n"
    )
    assert doses(draft, "reps", "position") == [
        ("the clam", 15, "lying on side"),
        ("slow bow", 8, "standing"),
        ("bridge", 12, "lying on back"),
    ]


def test_a_block_told_in_one_sentence_is_a_circuit() -> None:
    draft = drafted_text(
        "Class\n\nBlock 1: three stations, 40 seconds of work, 20 seconds to change over. "
        "Go round three times, with a 90-second break between rounds.\n"
        "- Wall press\n- Heel raises\n- Side steps\n"
    )
    members, figures = groups(draft)[0]
    assert len(members) == len(draft.exercises) == 3
    assert figures == {"rounds": 3, "rest_s": 90, "between_rest_s": 20}


@pytest.mark.parametrize(
    ("language", "line", "wanted"),
    [
        ("en", "Calf raise off a step 3x12, 30s rest", {"sets": 3, "reps": 12, "rest_s": 30}),
        ("en", "Pogo hops 4x15s on / 45s off", {"sets": 4, "work_s": 15, "rest_s": 45}),
        ("de", "Wadenheben auf Stufe 3x12, 30s Pause", {"sets": 3, "reps": 12, "rest_s": 30}),
        ("de", "Hüpfen 4x15s on / 45s off", {"sets": 4, "work_s": 15, "rest_s": 45}),
        ("es", "Saltos 4x15s on / 45s off", {"sets": 4, "work_s": 15, "rest_s": 45}),
        ("fr", "Sauts 4x15s on / 45s off", {"sets": 4, "work_s": 15, "rest_s": 45}),
    ],
)
def test_a_coach_writes_sets_beside_a_step_and_on_and_off(
    language: str, line: str, wanted: dict[str, int]
) -> None:
    draft = drafted_text(f"Plan\n\nA. Squat 3x5\nB. {line}\n", language=language)
    assert {name: draft.exercises[1].value(name) for name in wanted} == wanted
