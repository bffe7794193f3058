"""Tables as gyms print and export them."""

from __future__ import annotations

import pytest
from drafts import doses, drafted_text


@pytest.mark.parametrize(
    ("language", "head", "rows"),
    [
        (
            "en",
            "Exercise ; Load ; Sets ; Reps ; Tempo ; Rest",
            "Leg press ; 50 kg ; 3 ; 12 ; 3-0-2-0 ; 90 s\n"
            "Cable row ; 30 kg ; 2 ; 10-12 ; 2-1-2-0 ; 75 s",
        ),
        (
            "de",
            "Station;Gewicht;Sätze;Wdh.;Tempo;Satzpause",
            "Beinpresse;50 kg;3;12;3-0-2-0;90 s\nRudern;30 kg;2;10–12;2-1-2-0;75 s",
        ),
        (
            "es",
            "Máquina | Carga | Series | Repeticiones | Tempo | Descanso",
            "Prensa | 50 kg | 3 | 12 | 3-0-2-0 | 90 s\nRemo | 30 kg | 2 | 10-12 | 2-1-2-0 | 75 s",
        ),
        (
            "fr",
            "Appareil ; Charge ; Séries ; Répétitions ; Tempo ; Repos",
            "Presse ; 50 kg ; 3 ; 12 ; 3-0-2-0 ; 90 s\nTirage ; 30 kg ; 2 ; 10-12 ; 2-1-2-0 ; 75 s",
        ),
    ],
)
def test_cells_are_parted_by_semicolons_and_named_by_machines(
    language: str, head: str, rows: str
) -> None:
    draft = drafted_text(f"Card\n\n{head}\n{rows}\n", language=language)
    assert [told[1:] for told in doses(draft, "sets", "reps", "tempo", "rest_s")] == [
        (3, 12, "3-0-2-0", 90),
        (2, [10, 12], "2-1-2-0", 75),
    ]


def test_semicolons_in_sentences_part_no_cells() -> None:
    text = "Two moves\n\nSquat\nBend; keep your back straight; breathe. 10 times.\n\n"
    text += "Plank\nLie down; keep straight; breathe. Hold for 20 seconds.\n"
    assert [told[0] for told in doses(drafted_text(text, language="en"))] == ["squat", "plank"]


def test_a_hold_may_stand_in_the_column_of_tempos() -> None:
    text = "Card\n\nStation | Sets x reps | Tempo | Rest\nLeg press | 3 x 15 | 3-1-1-0 | 60 s\n"
    text += "Cable press | 2 x 10 per side | hold 3 s | 45 s\nRow | 2 x 8 | slow | 30 s\n"
    told = doses(drafted_text(text, language="en"), "sets", "reps", "hold_s", "tempo", "rest_s")
    assert told == [
        ("leg press", 3, 15, None, "3-1-1-0", 60),
        ("cable press", 2, 10, 3, None, 45),
        ("row", 2, 8, None, None, 30),
    ]


def test_a_warm_up_over_a_table_is_kept() -> None:
    text = "Studio am Kanal\n\nAufwärmen: Ruderergometer, 8 Minuten locker, Puls unter 130\n\n"
    text += "Übung | Sätze | Wdh.\nBeinpresse | 3 | 12\nRudern | 2 | 10\n\n"
    text += "Tempo heißt: nachgeben, halten, ziehen.\n\n"
    text += "Zum Schluss die Wade dehnen: Fuß nach hinten, jede Seite 45 Sekunden.\n\n"
    told = doses(drafted_text(text, language="de"))
    assert ("ruderergometer",) in told
