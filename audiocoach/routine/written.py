"""How the values of a routine are written: the JSON Schema beside each type.

It tells what an editor sees in the file (YAML 1.2: `10` is a number, `20:00` a text),
not what the model makes of it. `schema.py` makes a schema of routine files of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from audiocoach.routine.times import NUMBER, UNITS

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Schema = dict[str, Any]
NAME: Final = "name"
"""Marks a schema that is to be defined by that name; no keyword of JSON Schema."""


@dataclass(frozen=True, eq=False)
class Written:
    """How a type is written, by a name of its own: as `schema` says, else as it is made up."""

    name: str
    description: str = ""
    schema: Schema = field(default_factory=dict)

    def __get_pydantic_json_schema__(self, core: CoreSchema, given: GetJsonSchemaHandler) -> Schema:
        """What pydantic calls."""
        return self.whole if self.schema else {**self.whole, **given(core)}

    @property
    def whole(self) -> Schema:
        """Name and description, and what is said here of the rest."""
        told = {"description": self.description} if self.description else {}
        return {NAME: self.name, **told, **self.schema}


@dataclass(frozen=True, eq=False)
class OneOrMany:
    """How a list is written, of which one item, or a text for it, may stand alone."""

    name: str
    description: str
    text: Written

    def __get_pydantic_json_schema__(self, core: CoreSchema, given: GetJsonSchemaHandler) -> Schema:
        """What pydantic calls."""
        text, item = self.text.whole, given(core)["items"]
        kinds = [text] if item == text else [text, item]
        many = {"type": "array", "items": text if item == text else {"anyOf": kinds}}
        return {**Written(self.name, self.description).whole, "anyOf": [*kinds, many]}


_AMOUNTS: Final = [rf"{NUMBER}\s*(?:{words})" for _, words in UNITS.values()]
"""One of each unit, the longest first; some of them together are a time, in that order."""
_ONE_UNIT: Final = rf"(?:{'|'.join(_AMOUNTS)})"
_SUMS: Final = (
    r"\s*".join([first, *(rf"(?:{less})?" for less in _AMOUNTS[place:])])
    for place, first in enumerate(_AMOUNTS, start=1)
)
_CLOCK: Final = r"(?:[0-9]{1,2}:0?[0-5]?[0-9]|[0-9]{1,3}):[0-5][0-9]"
EXACT: Final = rf"(?:{'|'.join(_SUMS)}|{_CLOCK})"
TO: Final = r"(?:\s*[-–]\s*|\s+to\s+)"
RANGE: Final = rf"(?:{NUMBER}{TO}{_ONE_UNIT}|{EXACT}{TO}{EXACT})"
FREE: Final = rf"~\s*{EXACT}\s*(?:\(\s*{RANGE}\s*\))?"
BREATHS: Final = r"(?:inhale|exhale|[1-9][0-9]{0,2}\s+breaths?)"
NOT_ZERO: Final = {"pattern": "[1-9]|hale", "patternErrorMessage": "Must be longer than zero."}

# A text may look like a number (`title: 21`) or be `true`. Were "boolean" among the types,
# editors would offer "true" and "false" for every text.
ANY_TEXT: Final[Schema] = {
    "anyOf": [{"type": ["string", "number"]}, {"not": {"type": ["object", "array", "null"]}}]
}
SPOKEN: Final[Schema] = {
    **ANY_TEXT,
    # Some character beyond spaces and ASCII punctuation.
    "pattern": r"[^\s!-/:-@\[-`{-~]",
    "patternErrorMessage": "Must hold a letter or digit, so that there is something to say.",
}


def written_time(
    name: str, description: str, examples: list[str], *patterns: str, zero: bool = True
) -> Written:
    """A time written in one of a few ways; `zero` tells whether it may be that."""
    limit: Schema = {} if zero else {"allOf": [NOT_ZERO]}
    pattern = rf"^\s*(?:{'|'.join(patterns)})\s*$"
    return written_text(name, description, pattern, examples, **limit)


def written_text(
    name: str, description: str, pattern: str, examples: list[str], **more: Any
) -> Written:
    """A text that matches the pattern, and what an editor says about any other."""
    schema = {"type": "string", "pattern": pattern, "patternErrorMessage": description}
    return Written(name, description, {**schema, "examples": examples, **more})


def written_count(name: str, description: str, most: int, also: str = "") -> Written:
    """A whole number of at least one, with or without quotes; `also` is another way."""
    schema = {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": most,
        "pattern": rf"^0*(?:[1-9][0-9]{{0,2}}|1000)${also}",
        "patternErrorMessage": description.replace(" of ability", ""),
    }
    return Written(name, description, schema)
