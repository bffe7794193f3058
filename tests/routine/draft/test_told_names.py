"""Names in running text: behind a word of order, and behind how one begins."""

from __future__ import annotations

import pytest
from drafts import doses, drafted_text


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "My bad knee, and what I do about it\n\nHere is what works for me.\n\n"
            "First off, the open book. I lie down and open the arm. Eight times each side.\n\n"
            "Second, wall slides. Stand with your back to the wall. Do twelve, rest for a minute, "
            "and do two more rounds.\n\n"
            "Third, the stork. Stand on one leg. Forty seconds each side, barefoot.\n\n"
            "Last of all, wall angels. Stand tall and slide the arms up. A dozen.\n",
            ["open book", "wall slides", "stork", "wall angels"],
        ),
        (
            "de",
            "Mein Rücken und ich\n\nDas hat mir geholfen.\n\n"
            "Als Erstes, die Brücke. Das Becken heben und fünf Sekunden halten. Zehnmal.\n\n"
            "Als Zweites, die Katze. Den Rücken runden und wieder senken. Achtmal.\n\n"
            "Zum Schluss, der Wandsitz. An der Wand nach unten rutschen. Dreimal 30 Sekunden.\n",
            ["brücke", "katze", "wandsitz"],
        ),
        (
            "es",
            "Rodilla contenta\n\nEsto es lo que mando siempre.\n\n"
            "Primero, el puente. Sube la cadera y baja despacio. Doce veces.\n\n"
            "Después, la sentadilla en la pared. Baja en tres segundos. Diez veces.\n\n"
            "Por último, el pino. De pie, sobre una pierna. Treinta segundos por lado.\n",
            ["puente", "sentadilla en la pared", "pino"],
        ),
        (
            "fr",
            "Mon genou et moi\n\nVoici ce qui m'a aidée.\n\n"
            "D'abord, le pont. Montez le bassin et tenez cinq secondes. Dix fois.\n\n"
            "Ensuite, le petit fauteuil. Dos au mur, restez trente secondes. Trois fois.\n\n"
            "Pour finir, les montées sur pointes. Debout, montez et descendez. Vingt fois.\n",
            ["pont", "petit fauteuil", "montées sur pointes"],
        ),
    ],
)
def test_a_word_of_order_is_no_name(language: str, text: str, names: list[str]) -> None:
    assert [name for (name,) in doses(drafted_text(text, language=language))] == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Stiff back?\n\nI get up on all fours first. Cat stretch: arch the back and round it. "
            "Ten times.\n\nThen I turn over. Bridge: lift the hips and hold them for five seconds. "
            "Eight times.\n",
            ["cat stretch", "bridge"],
        ),
        (
            "es",
            "Cuello\n\nEmpieza tumbado boca arriba, en la cama. Doble mentón: baja la barbilla "
            "y aguanta ocho segundos. Diez veces.\n\n"
            "Después, el péndulo. Deja rodar la cabeza. Doce veces.\n\n"
            "Por último, el remo. Tira de los codos. Diez veces.\n",
            ["doble mentón", "péndulo", "remo"],
        ),
    ],
)
def test_a_name_stands_behind_how_one_begins(language: str, text: str, names: list[str]) -> None:
    draft = drafted_text(text, language=language)
    assert [name for (name,) in doses(draft)] == names
    assert not any(each.doubts.get("name") for each in draft.exercises)


def test_what_a_form_asks_for_is_no_name() -> None:
    text = "Moves\n\nGet down on the mat and breathe. Hold: 20 seconds.\n\n"
    text += "Now you turn to your front. Reps: 12.\n"
    names = [name for (name,) in doses(drafted_text(text, language="en"))]
    assert not {"hold", "reps"} & set(names)


def test_what_is_told_behind_a_dose_with_a_colon_is_no_name() -> None:
    text = "My knee\n\nHeel raises. 3 sets of 12.\n\n"
    text += "And I walk 20 minutes a day. What made it worse: sitting and lifting.\n"
    names = [name for (name,) in doses(drafted_text(text, language="en"))]
    assert "what made it worse" not in names
