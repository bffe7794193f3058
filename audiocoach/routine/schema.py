"""A JSON Schema of routine files, so that an editor completes fields and marks mistakes.

Whatever `check` takes it takes too, but for a plain `Null` or `NULL` as a text; not all
that it takes is a routine, so `check` has the last word. Only keywords that mean the same
in every draft from 7 on are used, and no look-around in patterns: not every editor knows
better.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from audiocoach.routine.base import Model
from audiocoach.routine.levels import Level
from audiocoach.routine.model import Exercise, Group, Routine, Schedule
from audiocoach.routine.told import TimedCue
from audiocoach.routine.ways import WAYS, Reps, Way
from audiocoach.routine.written import NAME, Schema


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


# -- which fields go together ------------------------------------------------------


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


_RULES: Final[dict[type[Model], Schema]] = {
    Exercise: {"anyOf": [choice for way in WAYS for choice in _filled(way)]},
    Group: {"not": {"required": ["rounds", "until"]}},
    TimedCue: {
        "anyOf": [
            {"required": ["say"], "properties": {"sound": False}},
            {"required": ["sound"], "properties": {"say": False}},
        ]
    },
    Schedule: {
        "anyOf": [
            {"required": ["times", "per"], "properties": {"every": False}},
            {"required": ["every"], "properties": {"times": False, "per": False}},
        ]
    },
}
"""Which fields go together."""

_FIELDS: Final[dict[type[Model], Schema]] = {
    Exercise: {
        "coaching": _ref("ExerciseCoaching"),
        "quotes": {
            "type": "object",
            "propertyNames": {"enum": list(Exercise.model_fields)},
            "additionalProperties": _ref("Text"),
        },
    },
    Routine: {"coaching": _ref("Coaching")},
}
"""Fields whose validators allow less than their type."""


# -- the schema --------------------------------------------------------------------


def schema_text(coaching: Schema, own: Schema) -> str:
    """The schema as it goes to a file; the same text each time."""
    return json.dumps(routine_schema(coaching, own), ensure_ascii=False, indent=2) + "\n"


def routine_schema(coaching: Schema, own: Schema) -> Schema:
    """The JSON Schema (draft 2020-12) of a routine file, generated from the model.

    `coaching` is that of the settings a routine may have, `own` of those an exercise may have;
    they are known above this room.
    """
    generator = _Generator()
    whole = generator.generate(Routine.__pydantic_core_schema__)
    models = {**whole.pop("$defs"), "Routine": whole}
    definitions: dict[str, Schema] = {}
    for name, given in models.items():
        definitions[name] = _defined(given, definitions)
    values = definitions.keys() - models.keys()
    for kind in generator.models:
        _complete(kind, definitions, values)
    definitions |= {"Coaching": coaching, "ExerciseCoaching": own}
    definitions["Nothing"] = {"description": "Nothing.", "type": "array", "maxItems": 0}
    whole = definitions.pop("Routine")
    leveled = _Leveled(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "audiocoach routine",
        **leveled.inside("Routine", whole),
        "$defs": dict(sorted(leveled.definitions().items())),
    }


class _Generator(GenerateJsonSchema):
    """pydantic's schema of the model, as a file holds it: nothing is null, and few defaults."""

    def __init__(self) -> None:
        super().__init__()
        self.models: list[type[Model]] = []

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """A model, which is noted."""
        self.models.append(schema["cls"])
        return super().model_schema(schema)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """What may be left out is never written as null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """A default that can be told in a word."""
        given = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if not isinstance(default, str | int):
            return given
        return {**given, "default": default.value if isinstance(default, Enum) else default}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """Some values are written as either."""
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """A map whose keys are as their type says."""
        keys = self.generate_inner(schema["keys_schema"])
        limit = {} if keys == {"type": "string"} else {"propertyNames": keys}
        values = self.generate_inner(schema["values_schema"])
        return {"type": "object", **limit, "additionalProperties": values}


def _defined(node: Any, definitions: dict[str, Schema]) -> Any:
    """A schema without titles, and with references to what is `Written`, which is defined.

    Of a docstring the first paragraph describes; the others speak of the code.
    """
    if isinstance(node, list):
        return [_defined(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _defined(each, definitions) for key, each in node.items()}
    if isinstance(inner.get("title"), str):
        del inner["title"]
    if isinstance(told := inner.get("description"), str):
        inner["description"] = " ".join(told.partition("\n\n")[0].split())
    if not isinstance(inner.get(NAME), str):
        return inner
    name = inner.pop(NAME)
    beside = {"default": inner.pop("default")} if "default" in inner else {}
    definitions[name] = inner
    return {**_ref(name), **beside}


def _complete(kind: type[Model], definitions: dict[str, Schema], values: set[str]) -> None:
    """What pydantic can't know: which fields go together, what they say, what may stand for all."""
    whole = definitions[kind.__name__]
    properties = whole["properties"] | _FIELDS.get(kind, {})
    for name, told in _docstrings(kind):
        # Beside a reference this hides the description of what is referred to.
        referred = properties[name].get("$ref", "").rpartition("/")[2]
        also = definitions[referred].get("description", "") if referred in values else ""
        properties[name] = {**properties[name], "description": f"{told} {also}".strip()}
    whole |= {"properties": properties, **_RULES.get(kind, {})}
    if kind.shorthand:
        short = _Generator().generate(TypeAdapter(kind.shorthand).core_schema)
        description = whole.pop("description")
        choices = [_defined(short, definitions), whole]
        definitions[kind.__name__] = {"description": description, "anyOf": choices}


class _Leveled:
    """Allows a mapping by level in place of any value."""

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
                # A routine's own level is no matter of levels.
                field: each
                if isinstance(each, bool) or (name, field) == ("Routine", "level")
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
                "anyOf": [bare if referred else self.inside(name, bare), _one_each(by_level)],
            }
        return {**notes, **_ref(by_level)}


def _one_each(name: str) -> Schema:
    return {
        "description": "A value for each level; one that is left out takes the nearest lower one, "
        "else the nearest higher.",
        "type": "object",
        "properties": {level.value: _ref(name) for level in Level},
        "additionalProperties": False,
        "minProperties": 1,
    }


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
