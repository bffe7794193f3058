"""YAML text as a tree in which every key and value knows its place.

Built from PyYAML's events, for three reasons. The usual loaders type what they
read (`20:00` is 1200 and `no` is false to them), and here every scalar stays the
text that was written: the model's fields do the reading. They forget where things
stood. And they recurse, so that nested brackets overflow the C stack.

An alias shares the node of its anchor, so aliases cost no memory; what they would
expand to is counted, and bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, NamedTuple

import yaml

from audiocoach.wording import label, quoted

DEPTH_LIMIT: Final = 40
NODE_LIMIT: Final = 20_000
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it, else the slow one in Python; same result."""

_FORBIDDEN: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NOTHING: Final = ("", "~", "null")
_QUOTE_IT: Final = "put a text that begins with it in quotes"


class Mark(NamedTuple):
    """A place in the file, counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


class YamlError(ValueError):
    """Text that is not YAML, or YAML that no routine needs; `str()` says why, `mark` where."""

    def __init__(self, mark: Mark, message: str) -> None:
        super().__init__(message)
        self.mark = mark


@dataclass(slots=True)
class _Placed:
    """What the file contains, how many nodes that is, and how deep it goes."""

    mark: Mark
    size: int = field(default=1, kw_only=True)
    height: int = field(default=0, kw_only=True)


@dataclass(slots=True)
class Scalar(_Placed):
    """A value as it was written; `empty` when nothing was (`hold:`, `hold: ~`)."""

    kind: ClassVar[str] = "a text"
    text: str
    empty: bool = False


@dataclass(slots=True)
class Sequence(_Placed):
    """A list."""

    kind: ClassVar[str] = "a list"
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A value and the place of its key."""

    mark: Mark
    value: Node


@dataclass(slots=True)
class Mapping(_Placed):
    """Keys and values; `flow` when written in braces."""

    kind: ClassVar[str] = "fields of its own"
    flow: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read_tree(text: str) -> Mapping:
    """Read YAML text whose top level is a mapping.

    Raises YamlError for anything else.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _check_characters(text)
    builder = _Builder()
    for event, mark in _events(text):
        builder.take(event, mark)
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.empty):
        raise YamlError(Mark(1, 1), "the file is empty; a routine begins with 'title: ...'")
    if not isinstance(root, Mapping):
        raise YamlError(root.mark, f"a routine is fields such as 'title: ...', not {root.kind}")
    return root


def _check_characters(text: str) -> None:
    """Refuse what the two YAML readers treat differently, or an editor doesn't show."""
    found = _FORBIDDEN.search(text) or re.search(r"^%", text, re.MULTILINE)
    if found is None:
        return
    index = found.start()
    mark = Mark(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
    match found[0]:
        case "\t":
            message = "a tab character; write spaces instead"
        case "\0":
            message = "a NUL character: this is not a text file"
        case "%":
            message = "a line that begins with '%' is not supported"
        case char:
            message = f"an invisible or control character (U+{ord(char):04X}); remove it"
    raise YamlError(mark, message)


def _events(text: str) -> Iterator[tuple[Any, Mark]]:
    """PyYAML's events and where they begin, its errors in our words."""
    loader = LOADER(text)
    mark = Mark(1, 1)
    try:
        while loader.check_event():
            event = loader.get_event()
            mark = _mark(event.start_mark)
            yield event, mark
    except yaml.MarkedYAMLError as error:
        raise _reworded(error, text) from None
    except (ValueError, OverflowError):
        # The reader in Python trips over escapes such as "\UFFFFFFFF" without saying where.
        raise YamlError(mark, f"after this place: {_ESCAPE}") from None
    finally:
        loader.dispose()


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Sequence | Mapping
    anchor: str | None
    nodes_before: int
    key: Scalar | None = None


class _Builder:
    """Builds the tree from events, without recursion."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._nodes = 0

    def take(self, event: Any, mark: Mark) -> None:
        if getattr(event, "tag", None) is not None:
            raise YamlError(mark, _TAGS)
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event, mark), mark, event.anchor)
            case yaml.AliasEvent():
                self._add(self._aliased(str(event.anchor), mark), mark)
            case yaml.SequenceStartEvent():
                self._begin(event.anchor, Sequence(mark))
            case yaml.MappingStartEvent():
                self._begin(event.anchor, Mapping(mark, bool(event.flow_style)))
            case yaml.CollectionEndEvent():
                self._end()
            case yaml.DocumentStartEvent() if self.root is not None:
                message = "a second document begins here ('---'); write one routine a file"
                raise YamlError(mark, message)
            case _:
                pass

    def _scalar(self, event: Any, mark: Mark) -> Scalar:
        self._count(1, mark)
        if _SURROGATE.search(event.value):
            raise YamlError(mark, _ESCAPE)
        plain = event.implicit[0]
        return Scalar(mark, event.value, empty=plain and event.value in _NOTHING)

    def _aliased(self, name: str, mark: Mark) -> Node:
        if name not in self._anchors:
            nothing = f"refers to nothing: there is no '&{label(name)}' above"
            raise YamlError(mark, f"'*{label(name)}' {nothing}; {_QUOTE_IT}")
        node = self._anchors[name]
        if node is None:
            raise YamlError(mark, f"'*{label(name)}' refers to what it is itself a part of")
        self._count(node.size, mark)
        self._check_depth(node.height, mark)
        return node

    def _begin(self, anchor: str | None, node: Sequence | Mapping) -> None:
        self._check_depth(0, node.mark)
        if anchor is not None:
            self._anchors[anchor] = None
        self._open.append(_Open(node, anchor, self._nodes))
        self._count(1, node.mark)

    def _end(self) -> None:
        ended = self._open.pop()
        ended.node.size = self._nodes - ended.nodes_before
        self._add(ended.node, ended.node.mark, ended.anchor)

    def _add(self, node: Node, mark: Mark, anchor: str | None = None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.node.height = max(parent.node.height, node.height + 1)
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif parent.key is None:
            parent.key = _checked_key(parent.node, node, mark)
        else:
            parent.node.entries[parent.key.text] = Entry(parent.key.mark, node)
            parent.key = None

    def _count(self, nodes: int, mark: Mark) -> None:
        self._nodes += nodes
        if self._nodes > NODE_LIMIT:
            message = f"too much: a routine holds {NODE_LIMIT:,} keys and values at most"
            raise YamlError(mark, message)

    def _check_depth(self, height: int, mark: Mark) -> None:
        if len(self._open) + height >= DEPTH_LIMIT:
            raise YamlError(mark, f"nested too deeply: {DEPTH_LIMIT} levels at most")


def _checked_key(parent: Mapping, key: Node, mark: Mark) -> Scalar:
    if not isinstance(key, Scalar) or key.empty:
        raise YamlError(mark, "a field's name must be a word")
    if key.text == "<<":
        raise YamlError(mark, "'<<' (a merge) is not supported; write the fields out")
    if key.text in parent.entries:
        before = parent.entries[key.text].mark
        raise YamlError(mark, f"{quoted(key.text)} is given twice; it is already at {before}")
    return Scalar(mark, key.text)


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


_TAGS: Final = f"a '!' here is a YAML tag, which is not supported; {_QUOTE_IT}"
_ESCAPE: Final = (
    r"a '\' escape that doesn't exist; write '\\' for a backslash, or use single quotes"
)
_UNFIT: Final = "this doesn't fit the lines above; check the indentation of this line, and quotes"
_UNCLOSED: Final = (
    "this bracket is not closed, or a comma is missing; a text that holds a comma, colon "
    "or bracket needs quotes here"
)

# (in PyYAML's context or problem, at the context's place, our words). The two readers
# word their errors differently, hence the patterns; the first that matches is used.
_REWORDED: Final = (
    (r"\btag\b", True, _TAGS),
    (r"nesting", False, f"nested too deeply: {DEPTH_LIMIT} levels at most"),
    (r"escape (character|code|sequence)|hexa?decimal number", True, _ESCAPE),
    (r"quoted scalar", True, "this quote is never closed"),
    (r"unexpected ':'", False, "a ':' needs a space and a value after it"),
    (r"mapping values are not", False, (
        "a ':' can't stand here; put a text that holds ': ' in quotes, or check the indentation"
    )),
    (r"sequence entries are not", False, (
        "a '- ' can't stand here; begin the list on a line of its own, or put the text in quotes"
    )),
    (r"flow (sequence|mapping)", True, _UNCLOSED),
    (r"simple key", True, "there is no ':' after this; a field is written 'name: value'"),
    (r"block scalar", True, "after '|' or '>' the text begins on the next line, indented"),
    (r"(anchor|alias)", True, f"'&' and '*' mark YAML anchors; {_QUOTE_IT}"),
    (r"document start", False, "only one routine may stand in a file; this is past its end"),
    (r"block (mapping|collection)", False, _UNFIT),
)  # fmt: skip
_BAD_BEGINNING: Final = re.compile(r"cannot start any token|node content")


def _reworded(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    problem = error.problem or ""
    where: Any = error.problem_mark  # there always is one, whatever the type says
    if _BAD_BEGINNING.search(problem):
        begins = text[where.index : where.index + 1]
        message = f"a value can't begin with {begins!r}; {_QUOTE_IT}"
        return YamlError(_mark(where), message if begins else "the file ends too early")
    said = f"{error.context or ''}; {problem}"
    for pattern, at_context, words in _REWORDED:
        if re.search(pattern, said):
            return YamlError(_mark(error.context_mark if at_context else where), words)
    return YamlError(_mark(where), f"this is not YAML ({problem})")
