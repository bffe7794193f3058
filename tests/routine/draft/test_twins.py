"""The same exercise again, done in another way, is one of its own."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import doses, drafted_text

TWINS = [
    ("en", "Then the same again w/ the knee a bit bent."),
    ("en", "then the same again knee bent"),
    ("en", "Same again with the knee slightly bent."),
    ("en", "Then do exactly the same thing standing on a cushion."),
    ("en", "Now do the same thing again with your eyes closed."),
    ("de", "Danach dasselbe mit gebeugtem Knie."),
    ("de", "Dann genau das Gleiche auf einem Kissen."),
    ("es", "Luego haga lo mismo con la rodilla un poco doblada."),
    ("es", "Después lo mismo de pie sobre una toalla."),
    ("fr", "Puis la même chose, genou un peu plié."),
    ("fr", "Ensuite la même chose debout sur un coussin."),
]
FIRST = {
    "en": ("Heel drop", "Up on both feet, then lower. 3 sets of 15, a minute's rest between sets."),
    "de": ("Fersensenken", "Hoch und senken. 3 Sätze mit 15 Wiederholungen, Satzpause 1 Minute."),
    "es": ("Talón", "Suba y baje. 3 series de 15 repeticiones, 1 minuto de descanso entre series."),
    "fr": ("Talon", "Montez et descendez. 3 séries de 15, 1 minute de repos entre les séries."),
}
LAST = {"en": "Squat\nBend. 8 times.", "de": "Kniebeuge\nBeugen. 8-mal."}
LAST |= {"es": "Sentadilla\nBaje. 8 veces.", "fr": "Squat\nDescendez. 8 fois."}


def dosed(text: str, language: str) -> list[tuple[Any, ...]]:
    return [told[1:] for told in doses(drafted_text(text, language=language), "sets", "reps")]


@pytest.mark.parametrize(("language", "words"), TWINS)
def test_the_same_again_in_another_way_has_the_same_dose(language: str, words: str) -> None:
    name, told = FIRST[language]
    text = f"Home\n\n{name}\n{told} {words}\n\n{LAST[language]}\n"
    assert dosed(text, language) == [(3, 15), (3, 15), (None, 8)]


@pytest.mark.parametrize(
    "words",
    ["same thing again w the knee bent a bit. thats for the soleus", "same again, knee bent"],
)
def test_it_may_stand_in_a_paragraph_of_its_own(words: str) -> None:
    text = "my heel\n\nso heel raises on flat ground, up and lower. 15 reps, 3 sets.\n\n"
    text += f"{words}\n\ntowel stretch, 30 secs each side\n"
    assert dosed(text, "en")[:2] == [(3, 15), (3, 15)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Then do the same on the other leg."),
        ("en", "Then the same with the left."),
        ("de", "Danach dasselbe mit dem anderen Bein."),
        ("es", "Luego haga lo mismo con la otra pierna."),
        ("fr", "Puis la même chose de l'autre côté."),
    ],
)
def test_the_other_side_is_no_exercise(language: str, words: str) -> None:
    name, told = FIRST[language]
    text = f"Home\n\n{name}\n{told} {words}\n\n{LAST[language]}\n"
    assert dosed(text, language) == [(3, 15), (None, 8)]
