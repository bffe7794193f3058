"""What leads into an exercise may turn one over, or bring one up: that takes its time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from audiocoach.coaching.moving import move
from audiocoach.language import base
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Instruction, Position
from audiocoach.routine.times import Time

_ON_FLOOR: Final = (
    Position.LYING_ON_BACK,
    Position.LYING_ON_FRONT,
    Position.LYING_ON_SIDE,
    Position.SITTING_ON_FLOOR,
    Position.KNEELING,
    Position.HANDS_AND_KNEES,
)
_TURNED: Final = {
    "en": r"\b(?:turn|roll|flip)(?: (?:yourself|now|then|gently|slowly|back|over))*? "
    r"(?:over(?=[.,;:!]|$)|(?:on)?to (?:your|the|one) (?:(?:right|left|other) )?"
    r"(?:side|front|back|stomach|belly|tummy)\b)",
    "de": r"\b(?:dreh|roll)(?:e|en)? (?:dich|sie sich)(?: (?!auf|zur)\w+){0,2}? "
    r"(?:um\b|(?:auf|zur) (?:\w+ ){0,2}?(?:seite|bauch|rücken)\b)",
    "es": r"\b(?:d[aá]te la vuelta|dese la vuelta|(?:g[ií]r|volt[eé])[ae](?:te|se)"
    r"(?: (?:ahora|despacio|otra vez))? (?:boca (?:abajo|arriba)|de (?:lado|costado)"
    r"|(?:sobre|hacia) (?:el|tu|su) (?:otro )?(?:lado|costado)))\b",
    "fr": r"\b(?:retourn(?:e-toi|ez-vous)\b|(?:tourn(?:e-toi|ez-vous)|roul(?:e|ez)|"
    r"bascul(?:e|ez))(?: \w+)? sur (?:l'autre côté|(?:le|votre|ton|un) (?:ventre|dos|côté))\b)",
}
"""Words, by language, with which who is on the floor turns over."""
_REACHED: Final = {
    "en": (
        (Position.LYING_ON_SIDE, r"\blie (?:back|down|on (?:your|the|one) \w+)\b"),
        (
            Position.HANDS_AND_KNEES,
            r"\b(?:come|push|press|get|go|move|rise|roll|turn)(?: (?:yourself|up|over|back|down"
            r"|slowly|gently))* (?:in|on)?to (?:your )?(?:hands and knees|all fours)\b",
        ),
        (
            Position.KNEELING,
            r"\b(?:kneel (?:up|down)|(?:come|get|rise|push)(?: up)? onto (?:your|both) knees)\b",
        ),
        (
            Position.STANDING,
            r"\b(?:(?:stand|get) up(?! (?:on|onto|tall|straight)\b)"
            r"|(?:come|rise|get)(?: up)? to (?:standing|your feet))\b",
        ),
        (
            Position.SITTING_ON_FLOOR,
            r"\b(?:sit up(?! (?:tall|straight)\b)|come(?: up)? to sitting)\b",
        ),
    ),
    "de": (
        (
            Position.LYING_ON_SIDE,
            r"\bleg(?:e|en)? (?:dich|sie sich) (?:\w+ ){0,2}?"
            r"(?:hin|auf (?:\w+ ){0,2}?(?:seite|bauch|rücken))\b",
        ),
        (
            Position.HANDS_AND_KNEES,
            r"\b(?:komm|geh|drück|stütz|stemm|roll|dreh)(?:e|en)?(?: \w+){0,3}? "
            r"(?:in den vierfüßler\w*|auf (?:hände und knie|alle viere))\b",
        ),
        (
            Position.KNEELING,
            r"\b(?:knie (?:dich|sie sich)|komm(?:e|en)?(?: \w+){0,2}? "
            r"(?:auf die knie|in den kniestand))\b",
        ),
        (
            Position.STANDING,
            r"\b(?:steh(?:e|en sie)? auf(?! (?:einem|dem|den)\b)|komm(?:e|en)?(?: \w+){0,2}? "
            r"(?:in den stand|zum stehen))\b",
        ),
        (
            Position.SITTING_ON_FLOOR,
            r"\b(?:setz(?:e|en)? (?:dich|sie sich) auf(?=[.,;:!]|$)"
            r"|komm(?:e|en)?(?: \w+){0,2}? (?:in den sitz|zum sitzen)\b)",
        ),
    ),
    "es": (
        (
            Position.LYING_ON_SIDE,
            r"\b(?:túmb[ae](?:te|se)|acuést[ae](?:te|se)|(?:ponte|póngase|colócate|colóquese) "
            r"(?:boca (?:abajo|arriba)|de (?:lado|costado)))\b",
        ),
        (
            Position.HANDS_AND_KNEES,
            r"\b(?:ponte|póngase|colócate|colóquese|súb[ae](?:te|se)|pas[ae]|empuj[ae])\b[^.,;:]*? "
            r"(?:a cuatro patas|a gatas|en cuadrupedia|sobre (?:las )?manos y (?:las )?rodillas)\b",
        ),
        (Position.KNEELING, r"\b(?:arrodíll[ae](?:te|se)|(?:ponte|póngase) de rodillas)\b"),
        (
            Position.STANDING,
            r"\b(?:lev[aá]nt(?:ate|ese)|(?:ponte|póngase) (?:de|en) pie)\b",
        ),
        (Position.SITTING_ON_FLOOR, r"\b(?:siéntate|siéntese|incorpór[ae](?:te|se))\b"),
    ),
    "fr": (
        (
            Position.LYING_ON_SIDE,
            r"\b(?:allong(?:e-toi|ez-vous)|couch(?:e-toi|ez-vous)|met(?:s-toi|tez-vous) sur "
            r"(?:le|votre|ton) (?:ventre|dos|côté))\b",
        ),
        (
            Position.HANDS_AND_KNEES,
            r"\b(?:met(?:s-toi|tez-vous)|plac(?:e-toi|ez-vous)|pass(?:e|ez)|viens|venez|"
            r"redress(?:e-toi|ez-vous)|mont(?:e|ez)|pouss(?:e|ez))\b[^.,;:]*? "
            r"(?:à quatre pattes|sur les mains et les genoux)\b",
        ),
        (Position.KNEELING, r"\b(?:agenouill(?:e-toi|ez-vous)|met(?:s-toi|tez-vous) à genoux)\b"),
        (Position.STANDING, r"\b(?:l[eè]v(?:e-toi|ez-vous)|met(?:s-toi|tez-vous) debout)\b"),
        (Position.SITTING_ON_FLOOR, r"\b(?:assieds-toi|assois-toi|asseyez-vous)\b"),
    ),
}
"""Words, by language, with which one comes into another position from any."""


def asks_to_move(text: str, language: str) -> bool:
    """Whether a text asks one to turn over, or to come into another position."""
    words = (_TURNED.get(base(language)), *(each for _, each in _REACHED.get(base(language), ())))
    return any(each and re.search(each, text, re.IGNORECASE) for each in words)


def with_turns(
    told: Iterable[Instruction], position: Position, language: str
) -> Iterator[Instruction]:
    """What leads into an exercise, with a time for what turns one over or brings one up.

    One that has a time already keeps it.
    """
    for line in told:
        if line.time:
            yield line
            continue
        for text in sentences(line.say, language):
            there = reached(text, position, base(language))
            time = Time.editorial(*move(position, there)) if there else None
            yield line.model_copy(update={"say": text, "time": time})


def reached(text: str, position: Position, language: str) -> Position | None:
    """Where a text brings one who is not there yet; lying on the other side is another place."""
    if language not in _REACHED:
        return None
    if position in _ON_FLOOR and re.search(_TURNED[language], text, re.IGNORECASE):
        return Position.LYING_ON_SIDE
    found = (there for there, words in _REACHED[language] if re.search(words, text, re.IGNORECASE))
    there = next(found, None)
    return None if there is position and there is not Position.LYING_ON_SIDE else there
