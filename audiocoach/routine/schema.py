"""A JSON Schema of routine files, so that an editor completes fields and marks mistakes.

It describes what an editor sees in the file (YAML 1.2: `10` is a number, `20:00` a
text), not what the model makes of it. Whatever `check` takes it takes too, but for a
plain `Null` or `NULL` as a text; not all that it takes is a routine, so `check` has the
last word. Only keywords that mean the same in every draft from 7 on are used, and no
look-around in patterns: not every editor knows better.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from audiocoach.routine import exercise, model, values
from audiocoach.routine.base import Model
from audiocoach.routine.levels import Level
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.values import MOST
from audiocoach.routine.ways import WAYS, Reps, Way

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


# -- how values are written --------------------------------------------------------

_NUMBER: Final = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_AMOUNT: Final = rf"{_NUMBER}\s*(?:ms|s|min|h)"
_CLOCK: Final = r"(?:[0-9]{1,2}:0?[0-5]?[0-9]|[0-9]{1,3}):[0-5][0-9]"
_ONE: Final = rf"(?:{_AMOUNT}|{_CLOCK})"
_RANGE: Final = rf"(?:(?:{_ONE}|{_NUMBER})\s*[-–]\s*{_AMOUNT}|{_ONE}\s*[-–]\s*{_CLOCK})"
_EDITORIAL: Final = rf"~\s*{_ONE}\s*(?:\(\s*{_RANGE}\s*\))?"
_BREATHS: Final = r"(?:inhale|exhale|[1-9][0-9]{0,2}\s+breaths?)"

_NOT_ZERO: Final = {"pattern": "[1-9]|hale", "patternErrorMessage": "Must be longer than zero."}
_UNSPOKEN: Final = {
    # Some character beyond spaces and ASCII punctuation.
    "pattern": r"[^\s!-/:-@\[-`{-~]",
    "patternErrorMessage": "Must hold a letter or digit, so that there is something to say.",
}
# A text may look like a number (`title: 21`) or be `true`. Were "boolean" among the types,
# editors would offer "true" and "false" for every text.
_A_TEXT: Final = {
    "anyOf": [{"type": ["string", "number"]}, {"not": {"type": ["object", "array", "null"]}}]
}


def _time(description: str, examples: list[str], *patterns: str) -> Schema:
    return {
        "description": description,
        "type": "string",
        "pattern": rf"^\s*(?:{'|'.join(patterns)})\s*$",
        "patternErrorMessage": description,
        "examples": examples,
    }


def _list(item: str, description: str) -> Schema:
    return {
        "description": description,
        "type": "array",
        "items": _ref(item),
        "minItems": 1,
        "maxItems": MOST,
    }


_DIGITS: Final = "^0*(?:[1-9][0-9]{0,2}|1000)$"
_EACH_SET: Final = "One for each set, or for each round."

_WRITTEN: Final[dict[str, Schema]] = {
    "AnyTime": _time(
        "A time: prescribed such as 3s or 1:30, a range such as 10-15s, editorial such as "
        "~3s or ~3s (2-5s), or in breaths.",
        ["3s", "1:30", "10-15s", "~3s (2-5s)", "inhale", "5 breaths"],
        *(_ONE, _RANGE, _EDITORIAL, _BREATHS),
    ),
    "Prescribed": {
        **_time(
            "A prescribed time with its unit, such as 3s, 500ms, 2min or 1:30.",
            ["3s", "500ms", "2min", "1:30"],
            *(_ONE, _BREATHS),
        ),
        "allOf": [_NOT_ZERO],
    },
    "AbleTime": {
        **_time(
            "A prescribed time with its unit, such as 3s or 1:30; or a range of ability, "
            "such as 3-10s.",
            ["3s", "1:30", "3-10s"],
            *(_ONE, _RANGE, _BREATHS),
        ),
        "allOf": [_NOT_ZERO],
    },
    "Times": {
        "description": "A prescribed time or a range of ability; or a list, one for each set; "
        "or {right, left}.",
        "anyOf": [_ref("AbleTime"), _list("AbleTime", _EACH_SET), _ref("SideTimes")],
    },
    "RestTime": _time(
        "A prescribed time or range with its unit, such as 30s, 1:30 or 10-15s.",
        ["30s", "1:30", "10-15s"],
        *(_ONE, _RANGE, _BREATHS),
    ),
    "Rests": {
        "description": "A prescribed time or range; or a list, one after each set but the last.",
        "anyOf": [_ref("RestTime"), _list("RestTime", "One after each set but the last.")],
    },
    "Editorial": _time(
        "A time that is yours to choose, with '~': such as ~3s or, with its limits, ~3s (2-5s).",
        ["~3s", "~3s (2-5s)"],
        *(_EDITORIAL, _BREATHS),
    ),
    "FreeTime": _time(
        "A prescribed time such as 3s, or an editorial time such as ~3s or ~3s (2-5s); "
        "not a range.",
        ["3s", "~3s", "~3s (2-5s)"],
        *(_ONE, _EDITORIAL, _BREATHS),
    ),
    "OneTime": {
        **_time(
            "A prescribed time such as 3s, or an editorial time such as ~3s or ~3s (2-5s); "
            "longer than zero, and not a range.",
            ["3s", "~3s", "~3s (2-5s)"],
            *(_ONE, _EDITORIAL, _BREATHS),
        ),
        "allOf": [_NOT_ZERO],
    },
    "BreathTime": {
        **_time(
            "A prescribed time such as 4s, or an editorial time such as ~4s (3-6s).",
            ["4s", "~4s (3-6s)"],
            *(_ONE, _EDITORIAL),
        ),
        "allOf": [_NOT_ZERO],
    },
    "Instant": _time(
        "A time from the beginning such as 10s, or from the end such as -10s.",
        ["10s", "-10s"],
        rf"-?\s*{_ONE}",
    ),
    "Length": {
        **_time("A length, such as 20:00 or 20min.", ["20:00", "20min"], _ONE),
        "allOf": [_NOT_ZERO],
    },
    "Digits": {
        "description": "Four prescribed phases in seconds, such as 3-1-2-0: lower, pause, lift, "
        "pause.",
        "type": "string",
        "pattern": r"^0*[1-9][0-9]*-[0-9]+-0*[1-9][0-9]*-[0-9]+$",
        "patternErrorMessage": "Four numbers of seconds, such as 3-1-2-0; lower and lift are "
        "longer than zero.",
        "examples": ["3-1-2-0"],
    },
    "Count": {
        "description": f"A whole number from 1 to {MOST}, or a range of ability such as 8-12.",
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": MOST,
        "pattern": rf"{_DIGITS}|^\s*[0-9]{{1,12}} ?[-–] ?[0-9]{{1,12}}\s*$",
        "patternErrorMessage": f"A whole number from 1 to {MOST}, or a range such as 8-12.",
    },
    "OneCount": {
        "description": f"A whole number from 1 to {MOST}.",
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": MOST,
        "pattern": _DIGITS,
        "patternErrorMessage": f"A whole number from 1 to {MOST}.",
    },
    "Counts": {
        "description": "A whole number or a range of ability; or a list, one for each set; "
        "or {right, left}.",
        "anyOf": [_ref("Count"), _list("Count", _EACH_SET), _ref("SideCounts")],
    },
    # Completion offers true and false without quotes; in quotes they may be as well.
    "Flag": {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^(?:true|false)$"}]},
    "Text": {"description": "A text of at most 2000 characters.", **_A_TEXT, **_UNSPOKEN},
    "Name": {
        "description": "A name or a few words, at most 80 characters.",
        **_A_TEXT,
        **_UNSPOKEN,
        "allOf": [
            # Spaces aside: of those that follow one another, one counts.
            {
                "pattern": r"^\s*(?:\S\s*){1,80}$",
                "patternErrorMessage": "At most 80 characters.",
            }
        ],
    },
    "Names": {
        "description": "A few words, at most 80 characters; or {right, left}.",
        "anyOf": [_ref("Name"), _ref("SideNames")],
    },
    "Translation": {
        "description": "What is said instead; blank while it is still to come.",
        **_A_TEXT,
    },
    "Language": {
        "description": "A language code, such as en, de or pt-BR.",
        "type": "string",
        "pattern": "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$",
        "patternErrorMessage": "A language code, such as en, de or pt-BR.",
        "examples": ["en", "en-GB", "de", "pt-BR"],
    },
    "Texts": {
        "description": "A text, or a list of texts.",
        "anyOf": [_ref("Text"), {"type": "array", "items": _ref("Text")}],
    },
    "Instructions": {
        "description": "A text, or {say, time, orient}, or a list of both.",
        "anyOf": [
            _ref("Text"),
            _ref("Instruction"),
            {"type": "array", "items": {"anyOf": [_ref("Text"), _ref("Instruction")]}},
        ],
    },
    "SidedInstructions": {
        "description": "Instructions, or {right, left} with some for each side.",
        "anyOf": [_ref("Instructions"), _ref("SideInstructions")],
    },
    "Nothing": {"description": "Nothing.", "type": "array", "maxItems": 0},
    "Step": {
        "description": "An exercise; or a group, which has exercises of its own.",
        "anyOf": [_ref("Exercise"), _ref("Group")],
    },
}
"""The annotated types of the model by name, and a few that only its validators know."""

_FIELDS: Final[dict[tuple[str, str], Schema]] = {
    ("Instruction", "orient"): _ref("Texts"),
    ("Exercise", "quotes"): {
        "type": "object",
        "propertyNames": {"enum": list(Exercise.model_fields)},
        "additionalProperties": _ref("Text"),
    },
    ("Routine", "coaching"): _ref("Coaching"),
    ("Routine", "translations"): {
        "type": "object",
        "propertyNames": _ref("Language"),
        "additionalProperties": {"type": "object", "additionalProperties": _ref("Translation")},
    },
}
"""Fields whose validators allow less, or more, than their type."""


def _filled(way: Way) -> Iterator[Schema]:
    """This way to fill a rep with what it needs and without the others, a choice each."""
    without = ["until", *(["reps"] if way.reps is Reps.NONE else [])]
    yield _choice(way, ["reps"] if way.reps is Reps.NEEDED else [], without)
    if way.until:
        yield _choice(way, ["until"], ["reps"])


def _choice(way: Way, needed: list[str], without: list[str]) -> Schema:
    others: Schema = dict.fromkeys((*(each.field for each in WAYS), *without), False)
    others["phases"] = _ref("Nothing")
    del others[way.field]
    return {"required": [way.field, *needed], "properties": others}


_RULES: Final[dict[str, Schema]] = {
    "Exercise": {
        "anyOf": [choice for way in WAYS for choice in _filled(way)],
    },
    "Group": {"not": {"required": ["rounds", "until"]}},
    "Schedule": {
        "anyOf": [
            {"required": ["times", "per"], "properties": {"every": False}},
            {"required": ["every"], "properties": {"times": False, "per": False}},
        ]
    },
}
"""Which fields go together."""

_SHORTHAND: Final = {
    "Tempo": "Digits",
    "Pause": "FreeTime",
    "Movement": "OneTime",
    "Variant": "Name",
}
"""What may stand in place of a model's fields."""

_DESCRIPTIONS: Final = {"Position": "The start position."}
"""In place of a docstring that speaks of the code."""


# -- the schema --------------------------------------------------------------------


def schema_text(coaching: Schema) -> str:
    """The schema as it goes to a file; the same text each time."""
    return json.dumps(routine_schema(coaching), ensure_ascii=False, indent=2) + "\n"


def routine_schema(coaching: Schema) -> Schema:
    """The JSON Schema (draft 2020-12) of a routine file, generated from the model.

    `coaching` is that of the settings a routine may have, which are known above this room.
    """
    given = Routine.model_json_schema()
    whole = _model(Routine, given)
    definitions: dict[str, Schema] = {"Coaching": coaching}
    wanted = set(_referred(whole)) - definitions.keys()
    while wanted:
        name = wanted.pop()
        definitions[name] = _definition(name, given["$defs"])
        wanted.update(set(_referred(definitions[name])) - definitions.keys())
    leveled = _Leveled(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "audiocoach routine",
        **leveled.inside("Routine", whole),
        "$defs": dict(sorted(leveled.definitions().items())),
    }


class _Leveled:
    """Lets a mapping by level stand in place of any value."""

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self._plain = definitions
        self._by_level: dict[str, Schema] = {}

    def definitions(self) -> dict[str, Schema]:
        """All that is referred to, by name."""
        plain = {name: self.inside(name, schema) for name, schema in self._plain.items()}
        return plain | self._by_level

    def inside(self, name: str, schema: Schema) -> Schema:
        """A schema with its values by level; `name` is made part of the names of new ones."""
        changed = dict(schema)
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                changed[key] = self._value(f"{name}_each", schema[key])
        if "properties" in schema:
            changed["properties"] = {
                field: each
                if isinstance(each, bool) or (name, field) in _THE_SAME
                else self._value(f"{name}_{field}", each)
                for field, each in schema["properties"].items()
            }
        if "anyOf" in schema:
            changed["anyOf"] = [self.inside(name, each) for each in schema["anyOf"]]
        return changed

    def _value(self, name: str, schema: Schema) -> Schema:
        notes: Schema = {key: schema[key] for key in ("description", "default") if key in schema}
        bare = {key: value for key, value in schema.items() if key not in notes}
        referred = bare["$ref"].rpartition("/")[2] if bare.keys() == {"$ref"} else None
        by_level = f"{referred or name}_by_level"
        if by_level not in self._by_level:
            target = self._plain.get(referred or "", {})
            told: Schema = {key: target[key] for key in ("description",) if key in target}
            self._by_level[by_level] = {
                **told,
                "anyOf": [bare if referred else self.inside(name, bare), _levels(by_level)],
            }
        return {**notes, **_ref(by_level)}


_THE_SAME: Final = {("Routine", "level")}
"""What can't be written by level."""


def _levels(name: str) -> Schema:
    return {
        "description": "A value for each level; one that is left out takes the nearest lower one, "
        "else the nearest higher.",
        "type": "object",
        "properties": {level.value: _ref(name) for level in Level},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _referred(schema: Schema) -> list[str]:
    return re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema))


def _definition(name: str, given: dict[str, Schema]) -> Schema:
    if name in _WRITTEN:
        return _WRITTEN[name]
    kind = _named(name)
    if not issubclass(kind, Model):
        return _described(given[name])
    whole = _model(kind, given[name])
    if name not in _SHORTHAND:
        return whole
    description = whole.pop("description")
    return {"description": description, "anyOf": [_ref(_SHORTHAND[name]), whole]}


def _model(kind: type[Model], given: Schema) -> Schema:
    """pydantic's schema of a model, the fields as they are written in its place."""
    hints = get_type_hints(kind, include_extras=True)
    told = dict(_docstrings(kind))
    properties = {
        name: _property(kind, name, hints[name], told.get(name, "")) for name in kind.model_fields
    }
    kept = ("title", "description", "type", "required", "additionalProperties")
    return {
        **_described({key: given[key] for key in kept if key in given}),
        **_RULES.get(kind.__name__, {}),
        "properties": properties,
    }


def _described(given: Schema) -> Schema:
    """A definition of pydantic's without its title, the first paragraph as the description."""
    first = str(given["description"]).partition("\n\n")[0]
    description = _DESCRIPTIONS.get(given["title"], " ".join(first.split()))
    rest = {key: value for key, value in given.items() if key not in ("title", "description")}
    return {"description": description, **rest}


def _property(kind: type[Model], name: str, hint: Any, told: str) -> Schema:
    schema = _FIELDS.get((kind.__name__, name)) or _written(hint)
    if told:
        # Beside a reference this hides the description of what is referred to.
        type_name = schema.get("$ref", "").rpartition("/")[2]
        also = _WRITTEN.get(type_name, {}).get("description", "")
        schema = {"description": f"{told} {also}".strip(), **schema}
    default = kind.model_fields[name].default
    if isinstance(default, str | int):
        schema = {**schema, "default": default.value if isinstance(default, Enum) else default}
    return schema


def _written(hint: Any) -> Schema:
    """How a value of this type is written."""
    for name in _WRITTEN:
        if hint == _named(name):
            return _ref(name)
    if isinstance(hint, type) and issubclass(hint, Model | Enum):
        return _ref(hint.__name__)
    return _written_inside(get_origin(hint), get_args(hint))


def _named(name: str) -> Any:
    """The model or annotated type of that name."""
    found = (getattr(room, name, None) for room in (model, exercise, values))
    return next((each for each in found if each), None)


def _written_inside(origin: Any, inner: tuple[Any, ...]) -> Schema:
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        kinds = [_written(kind) for kind in inner if kind is not NoneType]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is tuple:
        return {"type": "array", "items": _written(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _written(inner[1])}
    if origin is Annotated and get_origin(inner[0]) is tuple:
        rules = [rule for note in inner[1:] for rule in note.metadata]
        names = {"min_length": "minItems", "max_length": "maxItems"}
        limits = {
            name: getattr(rule, field)
            for rule in rules
            for field, name in names.items()
            if hasattr(rule, field)
        }
        return _written(inner[0]) | limits
    raise TypeError(f"schema.py has to be told how {origin or 'a type'} of {inner} is written")


def _docstrings(kind: type[Model]) -> Iterator[tuple[str, str]]:
    """Each field that has a docstring under it, and that.

    pydantic can read them too, but would do so whenever the model is imported.
    """
    body = ast.parse(inspect.getsource(kind)).body[0]
    lines = body.body if isinstance(body, ast.ClassDef) else []
    for field, below in pairwise(lines):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
