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

from audiocoach.routine import model, values
from audiocoach.routine.base import Model
from audiocoach.routine.model import Exercise, Routine

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

_NOT_ZERO: Final = {"pattern": "[1-9]", "patternErrorMessage": "Must be longer than zero."}
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


_WRITTEN: Final[dict[str, Schema]] = {
    "AnyTime": _time(
        "A time: prescribed such as 3s or 1:30, a range such as 10-15s, or editorial such as "
        "~3s or ~3s (2-5s).",
        ["3s", "1:30", "10-15s", "~3s (2-5s)"],
        *(_ONE, _RANGE, _EDITORIAL),
    ),
    "Prescribed": {
        **_time(
            "A prescribed time with its unit, such as 3s, 500ms, 2min or 1:30.",
            ["3s", "500ms", "2min", "1:30"],
            _ONE,
        ),
        "allOf": [_NOT_ZERO],
    },
    "RestTime": _time(
        "A prescribed time or range with its unit, such as 30s, 1:30 or 10-15s.",
        ["30s", "1:30", "10-15s"],
        *(_ONE, _RANGE),
    ),
    "Editorial": _time(
        "A time that is yours to choose, with '~': such as ~3s or, with its limits, ~3s (2-5s).",
        ["~3s", "~3s (2-5s)"],
        _EDITORIAL,
    ),
    "PhaseTime": _time(
        "A prescribed time such as 3s, or an editorial time such as ~3s or ~3s (2-5s); "
        "not a range.",
        ["3s", "~3s", "~3s (2-5s)"],
        *(_ONE, _EDITORIAL),
    ),
    "Pause": _time("A prescribed time with its unit, such as 1s or 0s.", ["1s", "0s"], _ONE),
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
        "description": "A whole number from 1 to 1000.",
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": 1000,
        "pattern": "^0*(?:[1-9][0-9]{0,2}|1000)$",
        "patternErrorMessage": "A whole number from 1 to 1000.",
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
    "Step": {
        "description": "An exercise; or a group, which has exercises of its own.",
        "anyOf": [_ref("Exercise"), _ref("Group")],
    },
}
"""The annotated types of the model by name, and a few that only its validators know."""

_FIELDS: Final[dict[tuple[str, str], Schema]] = {
    ("Instruction", "orient"): _ref("Texts"),
    ("Phase", "time"): _ref("PhaseTime"),
    ("Exercise", "rep_duration"): _ref("PhaseTime"),
    ("Tempo", "bottom_pause"): _ref("Pause"),
    ("Tempo", "top_pause"): _ref("Pause"),
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

_DOSES: Final = ("hold", "work", "tempo", "rep_duration", "phases")


def _dose(way: str, *more: str) -> Schema:
    """This way to fill time, what it needs, and none of the others."""
    others: Schema = {name: False for name in _DOSES if name != way}
    if way == "work":
        others["reps"] = False
    if way != "phases":
        others["phases"] = {"type": "array", "maxItems": 0}
    return {"required": [way, *more], "properties": others}


_RULES: Final[dict[str, Schema]] = {
    "Exercise": {
        "anyOf": [
            _dose("hold"),
            _dose("work"),
            *(_dose(way, "reps") for way in ("tempo", "rep_duration", "phases")),
        ]
    },
    "Schedule": {
        "anyOf": [
            {"required": ["times", "per"], "properties": {"every": False}},
            {"required": ["every"], "properties": {"times": False, "per": False}},
        ]
    },
}
"""Which fields go together."""

_SHORTHAND: Final = {"Tempo": "Digits", "Variant": "Name"}
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
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "audiocoach routine",
        **whole,
        "$defs": dict(sorted(definitions.items())),
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
    return getattr(model, name, None) or getattr(values, name, None)


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
        least = max(rule.min_length for note in inner[1:] for rule in note.metadata)
        return {**_written(inner[0]), "minItems": least}
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
