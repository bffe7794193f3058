"""What pydantic found wrong, told in the words of the file: where, what, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from audiocoach.errors import Problem
from audiocoach.routine.base import Model, SlipError
from audiocoach.routine.levels import Level
from audiocoach.routine.model import STEPS, Routine
from audiocoach.routine.values import SHAPES
from audiocoach.routine.yaml_tree import Entry, Mapping, Mark, Node, Scalar, Sequence
from audiocoach.wording import label, nearest, printable, quoted

_Loc = tuple[int | str, ...]


class Words(NamedTuple):
    """What a mistake is about, from the outside in, and what it says of it."""

    path: list[str]
    message: str


_ONE_OF: Final = {"exercises": "exercise", "phases": "phase"}
_SHORTHAND: Final = ("say", "name", "time")
"""The fields that a plain text stands for, where a mapping may stand as well."""
_SYNONYMS: Final = {
    "amrap": ("until",),
    "breathing": ("breath",),
    "caution": ("safety", "mistake"),
    "chimes": ("coaching",),
    "common_mistakes": ("mistake",),
    "count": ("reps",),
    "cue": ("cues", "say"),
    "countdown": ("coaching",),
    "description": ("movement", "about"),
    "direction": ("each",),
    "directions": ("each",),
    "duration": ("work", "time"),
    "each_side": ("sides",),
    "emom": ("every",),
    "encouragement": ("coaching",),
    "goal": ("purpose", "about"),
    "halfway": ("coaching",),
    "how": ("movement", "about"),
    "instruction": ("movement", "about"),
    "instructions": ("movement", "about"),
    "interval": ("work",),
    "intensity": ("load",),
    "intro": ("about",),
    "kg": ("load",),
    "kneeling": ("position",),
    "lying": ("position",),
    "max_silence": ("coaching",),
    "modification": ("easier",),
    "name": ("title",),
    "notes": ("movement", "about"),
    "pace": ("coaching",),
    "pause": ("rest",),
    "pose": ("position",),
    "posture": ("position",),
    "preset": ("coaching",),
    "progression": ("harder",),
    "props": ("equipment",),
    "regression": ("easier",),
    "rest_between": ("rest",),
    "rest_time": ("rest",),
    "resistance": ("load",),
    "repeat": ("sets", "rounds"),
    "repetitions": ("reps", "rounds"),
    "reps": ("rounds",),
    "rounds": ("sets",),
    "rpe": ("load",),
    "seconds": ("hold", "time"),
    "series": ("sets",),
    "sets": ("rounds",),
    "sitting": ("position",),
    "sound": ("bell",),
    "standing": ("position",),
    "starting_position": ("setup",),
    "steps": ("exercises",),
    "summary": ("about",),
    "switch": ("side_change",),
    "switch_time": ("side_rest",),
    "text": ("say", "movement"),
    "time": ("work",),
    "times": ("reps",),
    "tips": ("feel",),
    "title": ("name",),
    "warning": ("safety", "mistake"),
    "weight": ("load",),
    "weights": ("load",),
    "warn_at": ("coaching",),
    "warnings": ("safety", "mistake"),
}
"""What people call a field; the first that exists in the place is suggested."""
_MEANT: Final = {
    "all fours": "on hands and knees",
    "alternate": "alternating",
    "bilateral": "both",
    "both sides": "right-then-left",
    "chair": "sitting on chair",
    "each": "right-then-left",
    "each side": "right-then-left",
    "floor": "sitting on floor",
    "left and right": "left-then-right",
    "lying": "lying on back",
    "per side": "right-then-left",
    "prone": "lying on front",
    "quadruped": "on hands and knees",
    "right and left": "right-then-left",
    "seated": "sitting on chair",
    "side-lying": "lying on side",
    "sitting": "sitting on chair",
    "supine": "lying on back",
    "unilateral": "right-then-left",
}
"""What people call a value of which only a few are possible."""
_FIELDS_SHOWN: Final = 8
_KEY: Final = "[key]"
"""How pydantic names the key of a map, when that is what is wrong."""


@dataclass(frozen=True)
class Mistake:
    """One thing to mend, and where it stands; worded only when it is told.

    Two are equal when they say the same of the same place.
    """

    mark: Mark
    kind: str
    """What tells it from others in its place."""
    slip: bool = field(compare=False)
    """Whether it is none if it is not there at every level."""
    worded: Callable[[], Words] = field(compare=False)

    def problem(self, file: str, levels: Iterable[Level]) -> Problem:
        """It as an error carries it."""
        path, message = self.worded()
        line, column = self.mark
        told = printable(": ".join(path))
        return Problem(printable(message), file, line, column, told, tuple(levels))


@dataclass(slots=True)
class _Place:
    """The place in the file that a pydantic location refers to."""

    mark: Mark
    node: Node
    model: type[Model] | None = Routine
    path: list[str] = field(default_factory=list)
    key: Scalar | None = None
    """The key that led here."""


def mistakes(error: ValidationError, tree: Mapping) -> list[Mistake]:
    """What pydantic found, in no order."""
    details = _without_consequences(
        error.errors(include_url=False, include_input=False, include_context=True)
    )
    found = (_mixed_levels(detail, tree) or _mistake(detail, tree) for detail in details)
    return list(dict.fromkeys(found))


def _without_consequences(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without lists said to be too short because their items are wrong."""
    locs = [detail["loc"] for detail in details]
    inside = {loc[:length] for loc in locs for length in range(len(loc))}
    return [
        detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in inside
    ]


def _mistake(detail: ErrorDetails, tree: Mapping) -> Mistake:
    said = detail.get("ctx", {}).get("error", "")
    return Mistake(
        _mark_of(detail, tree),
        f"{detail['type']} {detail['loc'][-1:]} {said}",
        isinstance(said, SlipError),
        partial(_words, detail, tree),
    )


def _mark_of(detail: ErrorDetails, tree: Mapping) -> Mark:
    loc = detail["loc"]
    if detail["type"] != "extra_forbidden":
        return _follow(tree, loc).mark
    entry = _entry(_follow(tree, loc[:-1]).node, str(loc[-1]))
    return entry.mark if entry else tree.mark


def _words(detail: ErrorDetails, tree: Mapping) -> Words:
    place = _follow(tree, _owner(detail))
    if detail["type"] in _ABOUT_KEYS:
        message = _about_key(str(detail["loc"][-1]), detail, place)
    else:
        message = _about_value(detail, place)
    return Words(place.path, message)


_ABOUT_KEYS: Final = ("extra_forbidden", "missing")


def _owner(detail: ErrorDetails) -> _Loc:
    """The location of what is wrong; for a key, of what holds it."""
    return detail["loc"][:-1] if detail["type"] in _ABOUT_KEYS else detail["loc"]


def _mixed_levels(detail: ErrorDetails, tree: Mapping) -> Mistake | None:
    """Levels beside other keys are one mistake, whatever it leads to."""
    place = _follow(tree, _owner(detail))
    keys = place.node.entries if isinstance(place.node, Mapping) else {}
    level = next((each.value for each in Level if each in keys), None)
    odd = next((key for key in keys if key not in tuple(Level)), None)
    if level is None or odd is None:
        return None
    meant = nearest(odd, Level)
    if meant:
        message = f"{quoted(odd)} is not a level; did you mean {str(meant)!r}?"
    else:
        message = f"{level!r} is a level, and can't stand beside {quoted(odd)};"
    message = f"{message} allowed: {', '.join(Level)}"
    mark = keys[odd if meant else level].mark
    return Mistake(mark, "levels", slip=False, worded=partial(Words, place.path, message))


def _follow(tree: Mapping, loc: _Loc) -> _Place:
    """Walk file and model together.

    Where the file has a text for a list or a mapping, the location goes on but the
    file doesn't.
    """
    place = _Place(tree.mark, tree)
    in_steps = False
    for part in (part for part in loc if part not in SHAPES):
        if isinstance(part, int):
            _enter_item(place, part)
        elif part == _KEY and place.key:
            place.node, place.mark = place.key, place.key.mark
        elif in_steps and part in STEPS:
            place.model = STEPS[part]
            place.path[-1] = re.sub(r"^\w+", str(part), place.path[-1])
        else:
            _enter_field(place, part)
        in_steps = part == "exercises" or (in_steps and isinstance(part, int))
    return place


def _enter_item(place: _Place, index: int) -> None:
    if not isinstance(place.node, Sequence):
        return
    place.node = place.node.items[index]
    place.mark = place.node.mark
    noun = _ONE_OF.get(place.path[-1], place.path[-1])
    named = _entry(place.node, "name")
    name = named.value.text if named and isinstance(named.value, Scalar) else None
    place.path[-1] = item_label(noun, index + 1, name)


def item_label(noun: str, number: int, name: str | None) -> str:
    """How an item of a list is called: `exercise 2 (squat)`."""
    return f"{noun} {number}" + (f" ({label(name)})" if name else "")


def _entry(node: Node, name: str) -> Entry | None:
    return node.entries.get(name) if isinstance(node, Mapping) else None


def _enter_field(place: _Place, name: str) -> None:
    entry = _entry(place.node, name)
    if entry:
        place.node = entry.value
        place.key = Scalar(entry.mark, name)
        place.mark = entry.mark if _is_empty(entry.value) else entry.value.mark
    if entry or name not in _SHORTHAND:
        place.path.append(label(name))
    place.model = _nested(place.model, name) if place.model else None


@lru_cache(maxsize=512)  # a file may have any names
def _nested(model: type[Model], name: str) -> type[Model] | None:
    """The model that a field of `model` holds, alone or in a list."""
    info = model.model_fields.get(name)
    return next(_models_in(info.annotation), None) if info else None


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _about_key(name: str, detail: ErrorDetails, place: _Place) -> str:
    if detail["type"] == "missing":
        return f"{name!r} is missing"
    message = f"{quoted(name)} is not a field here"
    entry = _entry(place.node, name)
    if entry and _is_empty(entry.value) and isinstance(place.node, Mapping) and place.node.flow:
        return f"{message}; inside braces a text that holds a comma needs quotes"
    fields = place.model.model_fields if place.model else {}
    synonyms = _SYNONYMS.get(re.sub("[ -]+", "_", name.casefold()), ())
    meant = next((word for word in synonyms if word in fields), None) or nearest(name, fields)
    if meant:
        return f"{message}; did you mean {meant!r}?"
    return f"{message}; the fields are {', '.join(fields)}"


def _about_value(detail: ErrorDetails, place: _Place) -> str:
    if _is_empty(place.node):
        return "has no value; write one, or leave the field out"
    rule = _RULES.get(detail["type"])
    message = rule(detail, place) if rule else "is not possible here"
    if isinstance(place.node, Scalar) and message.startswith(("must ", "is ", "has ")):
        return f"{quoted(place.node.text)} {message}"
    return message


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def _own(detail: ErrorDetails, place: _Place) -> str:
    """The model's own words."""
    message = str(detail["ctx"]["error"])
    return f"{message}{_but(place.node)}" if message.startswith("must ") else message


def _choices(detail: ErrorDetails, place: _Place) -> str:
    values = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
    allowed = f"allowed: {', '.join(values)}"
    if not isinstance(place.node, Scalar):
        return f"must be one word, not {place.node.kind}; {allowed}"
    meant = _MEANT.get(place.node.text.casefold())
    meant = meant if meant in values else nearest(place.node.text, values)
    hint = f"did you mean {meant!r}? " if meant else ""
    return f"is not possible here; {hint}{allowed}"


def _fields(_: ErrorDetails, place: _Place) -> str:
    names = list(place.model.model_fields) if place.model else []
    more = ", ..." if len(names) > _FIELDS_SHOWN else ""
    shown = f" ({', '.join(names[:_FIELDS_SHOWN])}{more})" if names else ""
    return f"must have fields of its own{shown}{_but(place.node)}"


def _but(node: Node) -> str:
    return "" if isinstance(node, Scalar) else f", not {node.kind}"


def _too_long(detail: ErrorDetails, place: _Place) -> str:
    length = len(place.node.text) if isinstance(place.node, Scalar) else 0
    return f"is too long: {length:,} characters, and {detail['ctx']['max_length']:,} are allowed"


_RULES: Final[dict[str, Callable[[ErrorDetails, _Place], str]]] = {
    "value_error": _own,
    "enum": _choices,
    "literal_error": _choices,
    "model_type": _fields,
    "dict_type": _fields,
    "string_type": lambda _, place: f"must be a text{_but(place.node)}",
    "int_type": lambda _, place: f"must be a whole number such as 10{_but(place.node)}",
    "bool_type": lambda _, place: f"must be true or false{_but(place.node)}",
    "tuple_type": lambda _, place: (
        f"must be a list, such as [a, b] or lines that begin with '- '{_but(place.node)}"
    ),
    "too_short": lambda *_: "must hold at least one",
    "too_long": lambda detail, _: f"must hold at most {detail['ctx']['max_length']}",
    "string_too_short": lambda *_: "must not be blank",
    "string_too_long": _too_long,
    "greater_than_equal": lambda detail, _: f"must be at least {detail['ctx']['ge']}",
    "less_than_equal": lambda detail, _: f"must be at most {detail['ctx']['le']}",
}
