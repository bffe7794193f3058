"""The work and the rest of all stations, told once, beside a warm-up with a heading of its own."""

from __future__ import annotations

from typing import Final

import pytest
from drafts import doses, drafted_text, groups

TEXTS: Final = {
    "en": (
        "40 seconds of work, 20 seconds to change over. Three rounds, a minute off after each.",
        "WARM-UP\n4 minutes of skipping (no rope? pretend)",
        "THE STATIONS\n1. Squats\n2. Press-ups\n3. Side plank",
        ("squats", "press-ups", "side plank"),
    ),
    "de": (
        "40 Sekunden Arbeit, 20 Sekunden zum Wechseln. Drei Runden.",
        "Aufwärmen\n4 Minuten Seilspringen (kein Seil? So tun als ob)",
        "Die Stationen\n1. Kniebeugen\n2. Liegestütze\n3. Unterarmstütz",
        ("kniebeugen", "liegestütze", "unterarmstütz"),
    ),
    "es": (
        "40 segundos de trabajo, 20 segundos para cambiar. Tres vueltas.",
        "Calentamiento\n4 minutos de comba (¿sin cuerda? Hágalo igual)",
        "Las estaciones\n1. Sentadillas\n2. Flexiones\n3. Plancha",
        ("sentadillas", "flexiones", "plancha"),
    ),
    "fr": (
        "40 secondes d'effort, 20 secondes pour changer. Trois tours.",
        "Échauffement\n4 minutes de corde à sauter (pas de corde ? Faites semblant)",
        "Les ateliers\n1. Squats\n2. Pompes\n3. Gainage",
        ("squats", "pompes", "gainage"),
    ),
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("title", ["Circuit", "Dryland"])
def test_a_heading_over_a_counted_list_ends_the_warm_up(language: str, title: str) -> None:
    dose, warm, stations, names = TEXTS[language]
    draft = drafted_text(f"{title}\n\n{dose}\n\n{warm}\n\n{stations}\n", language=language)
    assert [each.phase for each in draft.exercises] == ["warmup", "main", "main", "main"]
    assert doses(draft, "work_s")[1:] == [(name, 40) for name in names]
    [(members, told)] = groups(draft)
    assert members == list(names)
    assert (told["rounds"], told["between_rest_s"]) == (3, 20)


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_in_brackets_ends_no_sentence(language: str) -> None:
    dose, warm, stations, _ = TEXTS[language]
    draft = drafted_text(f"Plan\n\n{dose}\n\n{warm}\n\n{stations}\n", language=language)
    first = draft.exercises[0]
    assert 240 in (first.value("work_s"), first.value("hold_s"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "40 seconds work, 20 seconds rest, three rounds."),
        ("de", "40 Sekunden Arbeit, 20 Sekunden Pause, drei Runden."),
        ("es", "40 segundos de trabajo, 20 segundos de descanso, tres vueltas."),
        ("fr", "40 secondes d'effort, 20 secondes de repos, trois tours."),
    ],
)
def test_work_alone_is_no_exercise(language: str, words: str) -> None:
    _, _, stations, names = TEXTS[language]
    draft = drafted_text(f"Plan\n\n{words}\n\n{stations}\n", language=language)
    assert doses(draft, "work_s") == [(name, 40) for name in names]
