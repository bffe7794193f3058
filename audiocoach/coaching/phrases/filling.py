"""A phrase filled in: from what fluent.syntax parsed, and values, to a text.

It covers all of Project Fluent except functions, which the caller supplies. fluent.runtime does the
same, but needs Babel: a sixth of everything installed, and of the time of a rebuild. The tests
check that both give the same texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from fluent.syntax import ast

from audiocoach.coaching.phrases.numbers import Numbers

Value = str | float
Values = Mapping[str, object]
"""The values to fill in, by the name of the variable."""


class Entry(NamedTuple):
    """A message or a term, parsed."""

    value: ast.Pattern | None
    attributes: Mapping[str, ast.Pattern]

    def pattern(self, attribute: str) -> ast.Pattern | None:
        """Its text, or that of the attribute of that name; None if it has none."""
        return self.attributes.get(attribute) if attribute else self.value


class UnsaidError(Exception):
    """Why a phrase can't be filled in."""


class Filler:
    """Fills in the phrases of one language."""

    def __init__(
        self,
        numbers: Callable[[], Numbers],
        functions: Mapping[str, Callable[..., Value]],
        find: Callable[[str], Entry | None],
    ) -> None:
        """`find` gives the entry of a name, if there is one; that of a term has a hyphen."""
        self._numbers = numbers
        self._functions = functions
        self._find = find

    def fill(self, pattern: ast.Pattern, values: Values) -> str:
        """The text of a pattern. Raises UnsaidError if something is missing."""
        return "".join(self._written(self._value(each, values)) for each in pattern.elements)

    def _written(self, value: Value) -> str:
        return value if isinstance(value, str) else self._numbers().written(value)

    def _value(self, node: Any, values: Values) -> Value:
        return _KINDS[type(node)](self, node, values)

    def given(self, node: ast.VariableReference, values: Values) -> Value:
        """The value of a variable."""
        value = values.get(node.id.name)
        if not isinstance(value, str | int | float):
            raise UnsaidError(f"${node.id.name} is {value!r}")
        return value

    def called(self, node: ast.FunctionReference, values: Values) -> Value:
        """The result of a function for its arguments."""
        function = self._functions.get(node.id.name)
        if function is None:
            raise UnsaidError(f"there is no function {node.id.name}")
        arguments = (self._value(each, values) for each in node.arguments.positional)
        return function(*arguments, **self._named(node.arguments, values))

    def referred(self, node: ast.MessageReference | ast.TermReference, values: Values) -> str:
        """The text of another entry. A term knows the values it is given, and no others."""
        name = node.id.name
        if isinstance(node, ast.TermReference):
            name = f"-{name}"
            values = self._named(node.arguments, values)
        attribute = node.attribute.name if node.attribute else ""
        entry = self._find(name)
        pattern = entry.pattern(attribute) if entry else None
        if pattern is None:
            raise UnsaidError(f"there is no {name}{'.' if attribute else ''}{attribute}")
        return self.fill(pattern, values)

    def _named(self, arguments: ast.CallArguments | None, values: Values) -> dict[str, Value]:
        named = arguments.named if arguments else ()
        return {each.name.name: self._value(each.value, values) for each in named}

    def selected(self, node: ast.SelectExpression, values: Values) -> str:
        """The text of the variant that a value chooses."""
        value = self._value(node.selector, values)
        default = next(each for each in node.variants if each.default)
        chosen = next((each for each in node.variants if self._chooses(value, each.key)), default)
        return self.fill(chosen.value, values)

    def _chooses(self, value: Value, key: ast.Identifier | ast.NumberLiteral) -> bool:
        if isinstance(key, ast.NumberLiteral):
            return value == _number(key)
        return key.name == (value if isinstance(value, str) else self._numbers().form(value))


def _number(node: ast.NumberLiteral) -> float:
    return float(node.value) if "." in node.value else int(node.value)


_KINDS: Final[Mapping[type[ast.BaseNode], Callable[[Filler, Any, Values], Value]]] = {
    ast.TextElement: lambda _, node, __: node.value,
    ast.StringLiteral: lambda _, node, __: node.parse()["value"],
    ast.NumberLiteral: lambda _, node, __: _number(node),
    ast.Placeable: lambda filler, node, values: filler._value(node.expression, values),
    ast.VariableReference: Filler.given,
    ast.FunctionReference: Filler.called,
    ast.MessageReference: Filler.referred,
    ast.TermReference: Filler.referred,
    ast.SelectExpression: Filler.selected,
}
"""What becomes of each kind of node."""
