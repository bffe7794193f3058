"""Lines that are no part of a text: its pages and pictures, what a forum puts around, answers."""

from __future__ import annotations

import re
from typing import Final

_FURNITURE: Final = re.compile(
    r"(?:slide|page|picture|image|photo|step|folie|seite|bild|diapositiva|página|imagen|foto"
    r"|diapositive)\s+\d{1,3}\s*(?:of|/|von|de|sur)\s*\d{1,3}\b(?:[,:].{0,80})?"
    r"|(?:picture|photo|image|illustration) of [^.]{1,80}",
    re.IGNORECASE,
)
"""A line that counts the pages of a text, or stands under a picture: "slide 1 of 5, Bridge,"."""
_POSTED: Final = re.compile(
    r"(?:posts?|messages?|likes?|replies|views|karma|joined|beiträge|antworten|mensajes|respuestas"
    r"|réponses|publications)\s?:\s?\d[\d.,]*k?"
    r"|(?:last edited|zuletzt (?:bearbeitet|geändert)|última (?:edición|modificación)|editado por"
    r"|dernière (?:édition|modification)|modifié (?:par|en dernier))\b.{0,120}"
    r"|(?:.{0,60}[|·•»]\s?)?(?:posted|gepostet|geschrieben|publicado|publié|posté|postée?)"
    r" (?:by|von|por|par)\b.{0,100}"
    r"|\d{1,4} (?:users?|people|members?|nutzern?|mitglieder|usuarios|personas|personnes|membres)"
    r" (?:thanked?|liked?|found|bedankt|gefällt|finden|dan|han|aiment?|ont|trouvent)\b.{0,60}",
    re.IGNORECASE,
)
"""A line that a forum puts around what somebody wrote: who, when, how often."""
_ANSWERS: Final = re.compile(
    r"(?:\d{1,4} )?(?:comments?|replies|responses|kommentare?|antworten|comentarios?|respuestas"
    r"|commentaires?|réponses)(?: ?\(\d{1,4}\))?\s?:?",
    re.IGNORECASE,
)
"""A heading over what readers say of a text."""
_ANSWER: Final = re.compile(r"\s*(?:>\s*)*(?:(?<=> )|u/)[^\n:;.!?>]{2,30}:\s+\S")
"""A quoted line that begins with who wrote it."""
_MOST_ANSWERS: Final = 0.4
"""Share of the lines of a text that may be answers to it."""


def without_furniture(text: str) -> list[str]:
    """The lines of a text, those blank that count its pages, are under its pictures, or answers."""
    raws = text.split("\n")
    end = _end(raws)
    return [
        " " * len(raw) if n >= end or _is_furniture(raw.strip()) else raw
        for n, raw in enumerate(raws)
    ]


def _is_furniture(raw: str) -> bool:
    return any(pattern.fullmatch(raw) for pattern in (_FURNITURE, _POSTED))


def _end(raws: list[str]) -> int:
    """Where the answers of others begin behind a text: under a heading, or with their names."""
    told = [n for n, raw in enumerate(raws) if any(map(str.isalnum, raw))]
    least = (1 - _MOST_ANSWERS) * len(told)
    headed = [n for at, n in enumerate(told) if at >= least and _ANSWERS.fullmatch(raws[n].strip())]
    own = next((n for n in reversed(told) if not _ANSWER.match(raws[n])), -1)
    named = next((n for at, n in enumerate(told) if at >= least and n > own), len(raws))
    return min([*headed, named])
