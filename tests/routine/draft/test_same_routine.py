"""One routine in other layouts has the same figures, in every language; no label says which."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from drafts import drafted_text


class Told(NamedTuple):
    """An exercise as a text tells it."""

    name: str
    movement: str
    dose: str
    more: str

    @property
    def line(self) -> str:
        """Its dose, to stand behind its name."""
        both = f"{self.dose}, {self.more[0].lower()}{self.more[1:]}"
        return both[0].lower() + both[1:]

    @property
    def sentences(self) -> str:
        """All that is said of it."""
        return f"{self.movement} {self.dose}. {self.more}."


KINDS = {"en": "Exercise", "de": "Übung", "es": "Ejercicio", "fr": "Exercice"}
ROUTINES = {
    "en": [
        Told("Bridge", "Lift your hips.", "3 sets of 10", "Rest 30 seconds between sets"),
        Told("Side plank", "Stay straight.", "Hold for 20 seconds", "3 times on each side"),
        Told("Wall sit", "Slide down the wall.", "Hold for 45 seconds", "Repeat 2 times"),
        Told("Heel raise", "Go up.", "2 sets of 15", "Rest 60 seconds between sets"),
    ],
    "de": [
        Told("Brücke", "Becken heben.", "3 Sätze mit 10 Wiederholungen", "30 Sekunden Pause"),
        Told("Seitstütz", "Gerade bleiben.", "20 Sekunden halten", "3-mal pro Seite"),
        Told("Wandsitz", "Rutschen Sie hinab.", "45 Sekunden halten", "2-mal wiederholen"),
        Told("Fersenheben", "Hoch.", "2 Sätze mit 15 Wiederholungen", "60 Sekunden Pause"),
    ],
    "es": [
        Told("Puente", "Suba la cadera.", "3 series de 10", "Descanse 30 segundos entre series"),
        Told("Plancha lateral", "Recto.", "Mantenga 20 segundos", "3 veces por lado"),
        Told("Sentadilla en la pared", "Baje.", "Mantenga 45 segundos", "Repita 2 veces"),
        Told("Elevación de talones", "Suba.", "2 series de 15", "Descanse 60 segundos"),
    ],
    "fr": [
        Told("Pont fessier", "Montez.", "3 séries de 10", "30 secondes de repos entre les séries"),
        Told("Planche latérale", "Restez droit.", "Tenez 20 secondes", "3 fois de chaque côté"),
        Told("Chaise au mur", "Glissez.", "Tenez 45 secondes", "Répétez 2 fois"),
        Told("Montée sur pointes", "Montez.", "2 séries de 15", "60 secondes de repos"),
    ],
}
WANTED: list[dict[str, Any]] = [
    {"sets": 3, "reps": 10, "rest_s": 30},
    {"reps": 3, "hold_s": 20, "sides": "each"},
    {"reps": 2, "hold_s": 45},
    {"sets": 2, "reps": 15, "rest_s": 60},
]
MARKS = {
    "numbers": "1. 2. 3. 4.",
    "rounds": "① ② ③ ④",
    "keys": "1️⃣ 2️⃣ 3️⃣ 4️⃣",
    "letters": "A) B) C) D)",
    "dashes": "- - - -",
    "dots": "• • • •",
    "ticks": "✅ ✅ ✅ ✅",
    "hands": "👉 👉 👉 👉",
    "boxes": "☐ ☐ ☐ ☐",
}
LAYOUTS: dict[str, Callable[[str, list[Told]], str]] = {
    "headings": lambda _, told: _each(told, "{0.name}\n{0.sentences}"),
    "headings apart": lambda _, told: _each(told, "{0.name}\n\n{0.sentences}"),
    "a sentence a line": lambda _, told: _each(
        told, "{0.name}\n{0.movement}\n{0.dose}.\n{0.more}."
    ),
    "names over doses": lambda _, told: _each(told, "{0.name}\n{0.line}", "\n"),
    "names over sentences": lambda _, told: _each(told, "{0.name}\n{0.sentences}", "\n"),
    "hashes": lambda _, told: _each(told, "## {0.name}\n\n{0.sentences}"),
    "bold": lambda _, told: _each(told, "**{0.name}**\n{0.sentences}"),
    "bold in a line": lambda _, told: _each(told, "**{0.name}:** {0.sentences}"),
    "bold over a list": lambda _, told: _each(
        told, "**{0.name}**\n- {0.movement}\n- {0.dose}\n- {0.more}"
    ),
    "colons": lambda _, told: _each(told, "{0.name}: {0.line}", "\n"),
    "dashes in lines": lambda _, told: _each(told, "{0.name} – {0.line}", "\n"),
    "commas": lambda _, told: _each(told, "{0.name}, {0.line}", "\n"),
    "run in": lambda _, told: _each(told, "{0.name}. {0.sentences}"),
    "capitals": lambda _, told: _each(
        [each._replace(name=each.name.upper()) for each in told], "{0.name}\n{0.sentences}"
    ),
    "counted": lambda kind, told: "\n\n".join(
        f"{kind} {n} – {each.name}\n{each.sentences}" for n, each in enumerate(told, 1)
    ),
    "counted in capitals": lambda kind, told: "\n\n".join(
        f"{kind.upper()} {n}: {each.name.upper()}\n{each.sentences}"
        for n, each in enumerate(told, 1)
    ),
    "counts over names": lambda kind, told: "\n\n".join(
        f"{kind} {n}\n{each.name}\n{each.sentences}" for n, each in enumerate(told, 1)
    ),
    "wrapped": lambda _, told: "\n\n".join(
        textwrap.fill(f"{each.name}. {each.sentences}", 44) for each in told
    ),
    "wrapped items": lambda _, told: "\n".join(
        textwrap.fill(f"{n}. {each.name}: {each.line}", 40, subsequent_indent="   ")
        for n, each in enumerate(told, 1)
    ),
    "quoted": lambda _, told: _each(told, "> {0.name}\n> {0.sentences}"),
    "underlined": lambda _, told: _each(told, "{0.name}\n------\n{0.sentences}"),
    "hard spaces": lambda _, told: _each(told, "{0.name}\n{0.sentences}").replace(" ", "\u00a0"),
    "soft hyphens": lambda _, told: _each(told, "{0.name}\n{0.sentences}").replace(
        "nd", "n\u00add"
    ),
    "page": lambda _, told: _page(_each(told, "<h2>{0.name}</h2><p>{0.sentences}</p>", "")),
    "page with items": lambda _, told: _page(
        _each(told, "<ul><li><b>{0.name}</b>: {0.line}</li></ul>", "")
    ),
    "page with breaks": lambda _, told: _page(
        _each(told, "<p><strong>{0.name}</strong><br>{0.sentences}</p>", "")
    ),
}


def _marked(signs: str, between: str) -> Callable[[str, list[Told]], str]:
    """A layout with a sign before each name."""

    def lay_out(_: str, told: list[Told]) -> str:
        form = "{0} {1.name}: {1.line}" if between == ": " else "{0} {1.name}\n  {1.sentences}"
        return "\n".join(map(form.format, signs.split(), told))

    return lay_out


for mark, signs in MARKS.items():
    LAYOUTS[mark] = _marked(signs, ": ")
    LAYOUTS[f"{mark} over sentences"] = _marked(signs, "\n")


def _each(told: list[Told], form: str, between: str = "\n\n") -> str:
    return between.join(form.format(each) for each in told)


def _page(body: str) -> str:
    return f"<html><body><h1>My hips</h1>{body}</body></html>"


@pytest.mark.parametrize("language", ROUTINES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_routine_has_the_same_figures(layout: str, language: str) -> None:
    told = ROUTINES[language]
    body = LAYOUTS[layout](KINDS[language], told)
    text = body if body.startswith("<html") else f"My hips\n\n{body}\n"
    draft = drafted_text(text, "a.html" if body.startswith("<html") else "a.txt", language)
    names = [each.name.replace("\u00a0", " ").casefold() for each in draft.exercises]
    assert names == [each.name.casefold() for each in told]
    for each, wanted in zip(draft.exercises, WANTED, strict=True):
        found = {name: made.value for name, made in each.figures.items()}
        found.pop("position", None)
        if "hold_s" in wanted and "reps" not in found:  # three sets of one hold are three reps
            found["reps"] = found.pop("sets", None)
        assert found == wanted, each.name
