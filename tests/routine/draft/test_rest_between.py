"""A rest between sets that is said once, in a sentence or a line of its own."""

from __future__ import annotations

from typing import Final

import pytest
from drafts import doses, drafted_text

SAID: Final = {
    "en": [
        "Between two sets always take 45 seconds.",
        "Rest 45 seconds from one set to the next.",
        "Always leave 45 seconds between one set and the next.",
        "Rest between sets: 45 seconds.",
    ],
    "de": [
        "Zwischen zwei Sätzen immer 45 Sekunden Pause.",
        "Zwischen einem Satz und dem nächsten 45 Sekunden Pause.",
        "Pause zwischen den Sätzen: 45 Sekunden.",
    ],
    "es": [
        "Entre dos series descanse 45 segundos.",
        "Entre una serie y la siguiente, 45 segundos de descanso.",
        "Descanso entre series: 45 segundos.",
    ],
    "fr": [
        "Entre deux séries, toujours 45 secondes de pause.",
        "D'une série à l'autre, reposez-vous 45 secondes.",
        "Pause entre les séries : 45 secondes.",
    ],
}
SETS: Final = {
    "en": ("Pull the chin back. 2 sets of 8 repetitions.", "Pull the elbows back. 3 sets of 12."),
    "de": ("Das Kinn zurückziehen. 2 Sätze mit 8 Wiederholungen.", "Ziehen. 3 Sätze mit 12."),
    "es": ("Lleve la barbilla atrás. 2 series de 8 repeticiones.", "Tire. 3 series de 12."),
    "fr": ("Reculez le menton. 2 séries de 8 répétitions.", "Tirez. 3 séries de 12."),
}


@pytest.mark.parametrize(("language", "words"), [(n, each) for n in SAID for each in SAID[n]])
def test_a_rest_between_sets_is_that_of_all_exercises(language: str, words: str) -> None:
    first, second = SETS[language]
    text = f"Plan\n\n{words}\n\nAlpha\n{first}\n\nBeta\n{second}\n"
    draft = drafted_text(text, language=language)
    assert doses(draft, "sets", "reps", "rest_s") == [("alpha", 2, 8, 45), ("beta", 3, 12, 45)]


TURNED: Final = {
    "en": (
        "Stand on your tiptoes. Walk for 20 seconds, and then rest for 15 seconds.",
        "Repeat this exercise five more times.",
    ),
    "de": (
        "Stellen Sie sich auf die Zehen. Gehen Sie 20 Sekunden, dann 15 Sekunden Pause.",
        "Wiederholen Sie das noch fünfmal.",
    ),
    "es": (
        "Póngase de puntillas. Camine durante 20 segundos y luego descanse 15 segundos.",
        "Repita cinco veces más.",
    ),
    "fr": (
        "Mettez-vous sur la pointe des pieds. Marchez 20 secondes, puis reposez-vous 15 secondes.",
        "Répétez encore cinq fois.",
    ),
}


@pytest.mark.parametrize("language", TURNED)
def test_work_and_rest_in_the_text_of_an_exercise_are_its_own(language: str) -> None:
    first, second = TURNED[language]
    other, _ = SETS[language]
    text = f"Plan\n\nAlpha\n{first} {second}\n\nBeta\n{other}\n\nGamma\n{other}\n"
    draft = drafted_text(text, language=language)
    assert doses(draft, "sets", "work_s", "rest_s")[0] == ("alpha", 6, 20, 15)
    assert [each.name for each in draft.exercises] == ["Alpha", "Beta", "Gamma"]
