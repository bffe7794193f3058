"""A position that an exercise takes from the one before, a line each in `carried/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from audiocoach.routine.draft.reading import read

CARRIED: Final = Path(__file__).parent / "carried"
PAGES: Final = {
    "en": "My page\n\n1. Bridge\n{} 10 reps.\n\n2. Clam\n{} 12 reps.\n",
    "de": "Meine Seite\n\n1. Brücke\n{} 10 Wiederholungen.\n\n2. Muschel\n{} 12 Wiederholungen.\n",
    "es": "Mi hoja\n\n1. Puente\n{} 10 repeticiones.\n\n2. Almeja\n{} 12 repeticiones.\n",
    "fr": "Ma fiche\n\n1. Pont\n{} 10 répétitions.\n\n2. Coquillage\n{} 12 répétitions.\n",
}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_a_position_goes_on_where_words_say_so(language: str) -> None:
    odd = {}
    lines = (CARRIED / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        said, _, wanted = line.partition(" => ")
        draft = read(PAGES[language].format(*said.split(" | ")), language)
        found = [each.value("position") or "none" for each in draft.exercises]
        if len(found) != 2 or found[1] != wanted:
            odd[said] = found
    assert odd == {}
