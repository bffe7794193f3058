"""Headings over some exercises that tell how often these are done, each another."""

from __future__ import annotations

from typing import Final

import pytest
from drafts import doses, drafted_text

DAILY: Final = [
    (
        "en",
        "FROM THE FIRST DAY, four times a day",
        "FROM WEEK 3, twice a day",
        "Lift the heel. Repeat 10 times.",
    ),
    (
        "en",
        "In bed – four times daily",
        "Once you are up – twice daily",
        "Move the foot. Repeat 10 times.",
    ),
    (
        "de",
        "AB DEM ERSTEN TAG, viermal täglich",
        "AB DER 3. WOCHE, zweimal täglich",
        "Heben Sie die Ferse. 10-mal wiederholen.",
    ),
    (
        "es",
        "DESDE EL PRIMER DÍA, cuatro veces al día",
        "A PARTIR DE LA SEMANA 3, dos veces al día",
        "Levante el talón. Repita 10 veces.",
    ),
    (
        "fr",
        "DÈS LE PREMIER JOUR, quatre fois par jour",
        "À PARTIR DE LA SEMAINE 3, deux fois par jour",
        "Levez le talon. Répétez 10 fois.",
    ),
]


@pytest.mark.parametrize(("language", "first", "second", "words"), DAILY)
def test_each_heading_tells_how_often_its_exercises_are_done(
    language: str, first: str, second: str, words: str
) -> None:
    names = ["Alpha", "Beta", "Gamma", "Delta"]
    told = [f"{name}\n{words}" for name in names]
    text = "\n\n".join(["Plan", first, *told[:2], second, *told[2:]])
    draft = drafted_text(text, language=language)
    assert [often["times"] for _, often in doses(draft, "schedule")] == [4, 4, 2, 2]
    assert "schedule" not in draft.figures


@pytest.mark.parametrize(("language", "first", "second", "words"), DAILY)
def test_one_heading_that_tells_how_often_speaks_of_the_session(
    language: str, first: str, second: str, words: str
) -> None:
    text = "\n\n".join(["Plan", first, f"Alpha\n{words}", f"Beta\n{words}", f"Gamma\n{words}"])
    draft = drafted_text(text, language=language)
    assert draft.figures["schedule"].value == {"times": 4, "per": "day"}


@pytest.mark.parametrize(
    ("language", "over", "words"),
    [
        ("en", ("Phase 1", "Phase 2"), "Move your feet up and down 20 times."),
        ("de", ("Montag", "Freitag"), "Bewegen Sie die Füße 20-mal auf und ab."),
        ("es", ("Lunes", "Viernes"), "Mueva los pies arriba y abajo 20 veces."),
        ("fr", ("Lundi", "Vendredi"), "Bougez les pieds de haut en bas 20 fois."),
    ],
)
def test_under_headings_over_several_a_name_stands_over_its_sentence(
    language: str, over: tuple[str, str], words: str
) -> None:
    names = ["Alpha", "Beta", "Gamma", "Delta"]
    told = [f"{name}\n{words}" for name in names]
    text = "\n\n".join(["Plan", over[0], *told[:2], over[1], *told[2:]])
    draft = drafted_text(text, language=language)
    assert doses(draft, "reps") == [(name.lower(), 20) for name in names]
