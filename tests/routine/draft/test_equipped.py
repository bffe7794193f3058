"""What an exercise needs, and what is only named beside it, a line each in `equipped/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from audiocoach.routine.draft.reading import read

EQUIPPED: Final = Path(__file__).parent / "equipped"
PAGES: Final = {
    "en": "My page\n\n1. Leg lift\nLift one leg. 10 times. {}\n",
    "de": "Meine Seite\n\n1. Beinheben\nEin Bein heben. 10-mal. {}\n",
    "es": "Mi hoja\n\n1. Elevación\nLevante una pierna. 10 veces. {}\n",
    "fr": "Ma fiche\n\n1. Lever de jambe\nLevez une jambe. 10 fois. {}\n",
}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_a_thing_is_needed_only_where_the_text_asks_for_it(language: str) -> None:
    odd = {}
    for line in (EQUIPPED / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        said, _, wanted = line.partition(" => ")
        draft = read(PAGES[language].format(said), language)
        found = [*draft.equipment, *(x for each in draft.exercises for x in each.equipment)]
        if ", ".join(found) != wanted.replace("none", ""):
            odd[said] = found
    assert odd == {}
