"""Numbers that only tell about how many are questions; exact ones, and times, are not."""

from __future__ import annotations

import pytest
from drafts import drafted_text

PAGE = {
    "en": "My page\n\nBridge\nLift your hips. {}\n",
    "de": "Mein Blatt\n\nBrücke\nBecken heben. {}\n",
    "es": "Mi hoja\n\nPuente\nLevante la cadera. {}\n",
    "fr": "Ma fiche\n\nPont\nLevez le bassin. {}\n",
}


@pytest.mark.parametrize(
    ("language", "told", "reps", "doubt"),
    [
        ("en", "About a dozen reps.", 12, "vague"),
        ("en", "Roughly half a dozen times.", 6, "vague"),
        ("en", "A couple of dozen reps.", 24, "vague"),
        ("en", "A dozen reps.", 12, ""),
        ("de", "Etwa ein Dutzend Mal.", 12, "vague"),
        ("de", "Knapp ein halbes Dutzend Wiederholungen.", 6, "vague"),
        ("de", "Ein Dutzend Wiederholungen.", 12, ""),
        ("es", "Una veintena de repeticiones.", 20, "vague"),
        ("es", "Una decena de veces.", 10, "vague"),
        ("es", "Una quincena de repeticiones.", 15, "vague"),
        ("es", "Casi una docena de veces.", 12, "vague"),
        ("es", "Una docena de repeticiones.", 12, ""),
        ("fr", "Une vingtaine de répétitions.", 20, "vague"),
        ("fr", "Une dizaine de fois.", 10, "vague"),
        ("fr", "Une trentaine de répétitions.", 30, "vague"),
        ("fr", "Environ une douzaine de fois.", 12, "vague"),
        ("fr", "Une douzaine de répétitions.", 12, ""),
    ],
)
def test_about_a_dozen_is_a_question(language: str, told: str, reps: int, doubt: str) -> None:
    (bridge,) = drafted_text(PAGE[language].format(told), language=language).exercises
    assert (bridge.figures["reps"].value, bridge.figures["reps"].doubt) == (reps, doubt)


def test_a_length_that_is_about_so_long_is_no_question() -> None:
    text = "Ma fiche\n\nComptez une vingtaine de minutes.\n\nPont\n3 séries de 10.\n"
    length = drafted_text(text, language="fr").figures["duration_s"]
    assert (length.value, length.doubt) == (1200, "")


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "À quatre pattes. 10 fois, lentement."), ("es", "A cuatro patas. 10 veces, despacio.")],
)
def test_the_four_legs_that_one_stands_on_are_no_number(language: str, told: str) -> None:
    draft = drafted_text(PAGE[language].format(told), language=language)
    figures = draft.exercises[0].figures
    assert figures["reps"].doubt == ""
    assert figures["position"].value == "on hands and knees"
    assert not draft.unread
