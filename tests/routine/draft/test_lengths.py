"""How long a session takes, however a text says it."""

from __future__ import annotations

import pytest
from drafts import drafted_text

SAID = [
    ("en", "A good quarter of an hour is all you need.", 900),
    ("en", "The whole lot is like 12 min.", 720),
    ("en", "By the end the clock should read about 40 minutes.", 2400),
    ("de", "Das Ganze dauert eine gute halbe Stunde.", 1800),
    ("de", "Zusammen dauern sie eine knappe Viertelstunde.", 900),
    ("de", "Insgesamt eine Dreiviertelstunde.", 2700),
    ("de", "Nach 20 Minuten sind Sie fertig.", 1200),
    ("de", "Länger als zehn Minuten brauchen Sie nicht.", 600),
    ("de", "Das Programm nimmt rund 25 Minuten in Anspruch.", 1500),
    ("es", "Una secuencia de quince minutos.", 900),
    ("es", "Con media hora basta.", 1800),
    ("es", "La tabla dura un buen cuarto de hora.", 900),
    ("fr", "Comptez une bonne demi-heure.", 1800),
    ("fr", "Jamais plus de vingt minutes.", 1200),
]


@pytest.mark.parametrize(("language", "said", "seconds"), SAID)
def test_the_length_of_a_session(language: str, said: str, seconds: int) -> None:
    text = f"My page\n\n{said}\n\n1. Plank\n3 x 10\n\n2. Squat\n3 x 12\n"
    assert drafted_text(text, language=language).figures["duration_s"].value == seconds
