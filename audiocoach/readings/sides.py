"""Sides as people write them (R leg, pierna izq., re. Bein): which word is said depends on the
noun, so each language has a function for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

_CLAUSE: Final = re.compile(r"[,;:!?()]|\.(?=\s)")
_APOSTROPHES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}"
_STARTS: Final = re.compile(r"(?:^|[.!?])\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark of a side stands."""

    before: str
    """What comes before it in the same clause."""
    after: str
    """What comes after it there."""
    starts: bool
    """Whether a sentence starts with it."""
    in_brackets: bool
    mark: str = ""
    right: bool = False
    other: bool = False
    """Whether the other side is marked in the same text."""
    paired: bool = False
    """Whether it is one of the two of `R/L`."""

    @classmethod
    def of(cls, text: str, found: re.Match[str]) -> Place:
        before, after = text[: found.start()], text[found.end() :]
        starts = bool(_STARTS.search(before))
        clauses = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
        return cls(*clauses, starts, before.endswith("("))

    def cased(self, words: str) -> str:
        return words[:1].upper() + words[1:] if self.starts else words

    @property
    def last(self) -> str:
        """The word before it; "" if there is none."""
        found = re.search(r"(\w+)\W*$", self.before)
        return found[1] if found else ""

    @property
    def next(self) -> str:
        """The word right after it; "" if there is none."""
        found = re.match(r"\s*(\w+)", self.after)
        return found[1] if found else ""

    def is_letter(self, mark: str, marks: set[str]) -> bool:
        """Whether a mark is one letter among others (B L), or all there is: a title."""
        beside = (self.last, self.next)
        alone = (
            len(mark.rstrip(".")) == 1
            and not any(beside)
            and len(marks) == 1
            and not self.in_brackets
        )
        return alone or any(len(each) == 1 and each.isupper() for each in beside)

    @property
    def is_counted(self) -> bool:
        """Whether it may be a unit: `2 L`."""
        return bool(re.search(r"\d\s?$", self.before)) and not self.other


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of one language, each with the marks it has; a dot belongs to a mark."""

    right: tuple[str, ...]
    left: tuple[str, ...]
    both: tuple[str, str]
    """Between the two of `R/L`, and of `L/R`."""
    word: Callable[[Place], str | None]
    """What is said at a place; None where the mark is no side."""
    adverbs: frozenset[str] = frozenset()
    """What is said where no noun follows, in a language whose nouns have capitals."""


def marks(sides: Sides) -> re.Pattern[str]:
    """One mark of a side, or both with a slash or an "and" between them."""
    ends = rf"(?![\w{_APOSTROPHES}-])"
    mark = "|".join(map(re.escape, sorted((*sides.right, *sides.left), key=len, reverse=True)))
    both = rf"(?:\s?[/&+-]\s?|\s(?:{'|'.join(sides.both)}|u\.)\s)"
    return re.compile(rf"(?<![\w/.{_APOSTROPHES}-])({mark})(?:{both}({mark}))?{ends}(?!/)")


def reader(sides: Sides) -> Callable[[str], str]:
    """What reads the sides of a text in words."""
    pattern = marks(sides)

    def read(text: str) -> str:
        found = {mark for pair in pattern.findall(text) for mark in pair if mark}

        def said(match: re.Match[str]) -> str:
            place, marked = Place.of(text, match), [each for each in match.groups() if each]
            paired = len(marked) > 1
            if not paired and place.is_letter(match[0], found):
                return match[0]
            words = [
                sides.word(
                    replace(
                        place,
                        mark=mark,
                        right=mark in sides.right,
                        other=any(_opposite(sides, mark, each) for each in found),
                        paired=paired,
                    )
                )
                for mark in marked
            ]
            if None in words:
                return match[0]
            whole = f" {sides.both[marked[0] in sides.left]} ".join(filter(None, words))
            whole = place.cased(whole) if match[0][0].isupper() else whole
            rest = text[match.end() :].lstrip()
            ends = not rest or (
                rest[0].isupper() and not (sides.adverbs and words[-1] not in sides.adverbs)
            )
            return f"{whole}." if match[0].endswith(".") and ends else whole

        return pattern.sub(said, text)

    return read


def _opposite(sides: Sides, mark: str, other: str) -> bool:
    """Whether two marks are the two sides, written in the same way."""
    return (mark in sides.right) != (other in sides.right) and len(mark) == len(other)


def english(place: Place) -> str | None:
    """R leg; not a letter (an L), a size, two litres (2 L), or an initial (R. Brown)."""
    letter = place.last.casefold() in {"an", "letter", "size", "capital"}
    initial = place.mark.endswith(".") and re.match(r"\s*[A-Z]", place.after)
    if letter or initial or place.is_counted:
        return None
    return "right" if place.right else "left"


_SPANISH: Final = re.compile(
    r"(?:brazo|codo|hombro|tobillo|muslo|glúteo|ojo|oído|dedo|costado|gemelo|antebrazo|lado|pie"
    r"|talón|pulgar|empeine|isquion?|cuádriceps|flanco|puño|pecho|(?P<f>pierna|mano|rodilla|cadera"
    r"|muñeca|palma|planta|pantorrilla|ingle|escápula|oreja|punta|nalga|parte|mitad|axila|costilla"
    r"|cara|banda))s?",
    re.IGNORECASE,
)
_FRENCH: Final = re.compile(
    r"(?:bras|pied|genou|coude|poignet|talon|mollet|côté|œil|doigt|pouce|orteil|flanc|avant-bras"
    r"|bord|poing|biceps|muscle|(?P<f>jambe|main|hanche|cheville|épaule|fesse|cuisse|oreille|paume"
    r"|plante|pointe|malléole|omoplate|aisselle|partie|moitié|rotule|joue|jb))s?",
    re.IGNORECASE,
)


def spanish(place: Place) -> str | None:
    """pierna izq., brazo izq.; a letter only beside part of the body, or in `D/I`."""
    noun = _SPANISH.fullmatch(place.last)
    if len(place.mark) == 1 and not (noun or place.paired or place.other):
        return None
    own = place.mark.rstrip(".")[-1:]
    masculine = own == "o" or (own != "a" and noun is not None and noun["f"] is None)
    return ("derech" if place.right else "izquierd") + ("o" if masculine else "a")


def french(place: Place) -> str | None:
    """jambe D, bras dr.; only beside part of the body, or in `D/G`."""
    noun = _FRENCH.fullmatch(place.last)
    if not (noun or place.paired or place.other):
        return None
    if not place.right:
        return "gauche"
    return "droit" if noun and noun["f"] is None else "droite"
