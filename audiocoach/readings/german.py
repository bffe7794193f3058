"""German adjectives: "re. Bein" is "rechtes Bein", and "am 3. Tag" is "am dritten Tag"."""

from __future__ import annotations

import re
from typing import Final

from audiocoach.readings.sides import Place

_NOUNS: Final = {
    "n": r"bein|knie|gelenk|ohr|auge|blatt|mal|set|gesäß|becken|pedal|drittel|training|intervall",
    "m": (
        r"arm|fu(?:ß|ss)|ellbogen|ellenbogen|daumen|finger|schenkel|knöchel|ballen|zeh|rücken|satz"
        r"|tag|durchgang|teil|griff|rand|block|muskel|bizeps|trizeps|quadrizeps|monat|versuch"
    ),
    "f": (
        r"hand|hüfte|schulter|seite|ferse|wade|sohle|fläche|spitze|zehe|faust|leiste|hälfte|kehle"
        r"|scheibe|achsel|taille|backe|lage|rippe|flanke|leg|runde|woche|serie|phase|minute|stunde"
        r"|sekunde|stufe|position|stellung|übung|wiederholung"
    ),
}
"""The ends of nouns of each gender."""
_GENDERS: Final = {gender: re.compile(f"(?:{ends})$", re.I) for gender, ends in _NOUNS.items()}
_POSSESSIVE: Final = r"(?:[dms]?ein|kein|ihr|euer|eur|unser)"
_WEAK: Final = re.compile(
    rf"de[nms]|[avi]m|vom|beim|zu[mr]|{_POSSESSIVE}(?:en|em|er|es)|(?:jed|dies)(?:en|em)"
)
_WITH_E: Final = re.compile(
    rf"die|das|ins|aufs|ans|durchs|fürs|{_POSSESSIVE}e|(?:jed|dies)(?:e|es)"
)
_OF_MANY: Final = re.compile(r"der|jeder|dieser")
_BARE: Final = re.compile(_POSSESSIVE)
_DATIVE: Final = frozenset(["mit", "bei", "von", "zu", "aus", "nach", "ab", "seit"])
_EITHER: Final = frozenset(
    ["auf", "in", "an", "hinter", "neben", "über", "unter", "vor", "zwischen"]
)
_TOWARDS: Final = frozenset(["nach", "von"])
_RESTING: Final = re.compile(r"\b(?:steh|lieg|sitz|knie|bleib|halt)", re.IGNORECASE)
_INFINITIVE: Final = re.compile(
    r"\b(?!(?:ob|unt|vorn|hint|auß|inn)en\b|neben\b|gegen\b|offen\b)[a-zäöüß]+(?:en|ern|eln)\s*$"
)


def declined(stem: str, place: Place) -> str | None:
    """An adjective with the ending it takes there; None where neither word beside it tells."""
    ending = _after_article(place) or _alone(place)
    return None if ending is None else stem + ending


def side(place: Place) -> str | None:
    """re. Bein, das li. Knie; "rechts" where no noun follows, None where one is not known."""
    if place.is_counted:
        return None
    found = declined("recht" if place.right else "link", place)
    ends = place.last[:1].isupper() or place.last.casefold() in _TOWARDS
    if found is None and place.next[:1].isupper() and not ends:
        return None
    return found or ("rechts" if place.right else "links")


_ORDINALS: Final = (
    *("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"),
    *("elft", "zwölft", "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt"),
    *("achtzehnt", "neunzehnt", "zwanzigst"),
)
_ORDINAL: Final = re.compile(r"(?<![\w.,:/-])(\d{1,2})\.(?=\s+\w)")


def ordinals(text: str) -> str:
    """am 3. Tag, 2. Satz: after an article, or before what is counted in order."""

    def read(found: re.Match[str]) -> str:
        number, place = int(found[1]), Place.of(text, found)
        if not 0 < number <= len(_ORDINALS):
            return found[0]
        stem = _ORDINALS[number - 1]
        ending = _after_article(place)
        if ending is None and _IN_ORDER.match(place.next):
            ending = _alone(place)
        if ending is None:
            return found[0]
        return place.cased(f"{stem}{ending}")

    return _ORDINAL.sub(read, text)


_IN_ORDER: Final = re.compile(r"(?:Satz|Runde|Übung|Tag|Woche|Durchgang|Serie|Phase|Mal|Teil)\b")


def _after_article(place: Place) -> str | None:
    before = place.last.casefold()
    if _WEAK.fullmatch(before):
        return "en"
    if _WITH_E.fullmatch(before):
        return "e"
    if _OF_MANY.fullmatch(before):
        return "en" if _gender(place.next) == "f" else "e"
    return None


def _alone(place: Place) -> str | None:
    """Without an article the ending tells the case, which a preposition or a verb decides."""
    gender, before = _gender(place.next), place.last.casefold()
    if gender is None:
        return None
    resting = before in _EITHER and _RESTING.search(f"{place.before} {place.after}")
    if before in _DATIVE or resting:
        return "er" if gender == "f" else "em"
    lifted = before or _INFINITIVE.search(place.after)
    if gender == "m" and lifted and not _BARE.fullmatch(before):
        return "en"
    return {"m": "er", "n": "es", "f": "e"}[gender]


def _gender(noun: str) -> str | None:
    if not noun[:1].isupper():
        return None
    return next((each for each, ends in _GENDERS.items() if ends.search(noun)), None)
