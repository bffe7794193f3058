"""How long a session takes, as sheets, chats and articles say it."""

from __future__ import annotations

import pytest
from drafts import drafted_text

TWO = {
    "en": "Bridge\nLift the hips. 10 times.\n\nPlank\nHold for 30 seconds.\n",
    "de": "Brücke\nBecken heben. 10-mal.\n\nPlanke\n30 Sekunden halten.\n",
    "es": "Puente\nSuba la cadera. 10 veces.\n\nPlancha\nMantenga 30 segundos.\n",
    "fr": "Pont\nMontez le bassin. 10 fois.\n\nPlanche\nTenez 30 secondes.\n",
}


@pytest.mark.parametrize(
    ("language", "words", "sure"),
    [
        ("en", "Level 2 · 25 minutes · 4.7 of 5 stars", True),
        ("en", "with Mara  ~  25 minutes  ~  all levels", True),
        ("en", "Board of the day (25 minutes, everything included)", True),
        ("en", "the whole thing is like 25 min", True),
        ("en", "A cushion, 25 minutes, twice a day, and patience.", True),
        ("en", "Twenty-five minutes a day, that was the deal.", True),
        ("en", "Expect it to take 25 minutes.", False),
        ("en", "I do all of it at night, and it takes me about 25 minutes.", False),
        ("de", "Am Ende sollten ca. 25 min auf der Uhr stehen.", True),
        ("de", "Stufe 1 · 25 Minuten · ohne Geräte", True),
        ("de", "Ein Kissen, 25 Minuten, zweimal am Tag, mehr braucht es nicht.", True),
        ("es", "Os propongo una secuencia de 25 minutos.", True),
        ("es", "Nivel 1 · 25 minutos · sin material", True),
        ("es", "Un cojín, 25 minutos, dos veces al día.", True),
        ("es", "No debería llevarle más de 25 minutos.", False),
        ("fr", "Niveau 1 · 25 minutes · sans matériel", True),
        ("fr", "Un coussin, 25 minutes, deux fois par jour, et de la patience.", True),
    ],
)
def test_the_length_of_a_session(language: str, words: str, *, sure: bool) -> None:
    draft = drafted_text(f"My page\n\n{words}\n\n{TWO[language]}", language=language)
    length = draft.figures["duration_s"]
    assert (length.value, not length.doubt) == (1500, sure)
    assert len(draft.exercises) == 2


@pytest.mark.parametrize(
    "words",
    ["It takes me about a minute.", "Avoid standing for more than 25 minutes.", "See page 25."],
)
def test_what_is_no_length(words: str) -> None:
    draft = drafted_text(f"My page\n\n{words}\n\n{TWO['en']}", language="en")
    assert "duration_s" not in draft.figures
