"""The catalogues of phrases as a parser of Fluent's own reads them, and all they may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from audiocoach.coaching import phrases as catalogues
from audiocoach.coaching.phrases import phrases_for

WORDS = {"seconds", "names", "things", "name", "title", "first", "second", "last"}
WORDS |= {
    "each",
    "side",
    "what",
    "variant",
    "every",
    "limb",
    "load",
    "loads",
    "often",
    "variants",
    "dose",
}
WORDS |= {
    "each",
    "time",
    "whole",
    "figure",
    "low",
    "high",
    "range",
    "extent",
    "note",
    "words",
    "place",
    "length",
}
"""The variables that are texts; all others are numbers."""
READ = (
    "library",
    "waiting",
    "marker",
    "section",
    "figure",
    "time",
    "exact",
    "timed",
    "done",
    "sheet",
    "note",
    "page",
    "comment",
)
"""How messages begin that are read, not spoken."""


@cache
def catalogue(language: str) -> list[ast.Message]:
    """The messages of a language as a parser of Fluent's own reads them."""
    text = resources.files(catalogues).joinpath(f"{language}.ftl").read_text("utf-8")
    body = FluentParser().parse(text).body
    kinds = (ast.Message, ast.Term, ast.Comment, ast.GroupComment, ast.ResourceComment)
    assert all(isinstance(entry, kinds) for entry in body), "something is no Fluent"
    return [entry for entry in body if isinstance(entry, ast.Message)]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


@cache
def variables(language: str) -> dict[str, set[str]]:
    """What each message has to be given, also for the messages it refers to."""
    found = {}
    for message in catalogue(language):
        visitor = _Variables()
        visitor.visit(message)
        found[message.id.name] = visitor
    return {
        name: visitor.names.union(*(found[other].names for other in visitor.messages))
        for name, visitor in found.items()
    }


def rendered(language: str, count: int) -> Iterator[tuple[str, str]]:
    """Every phrase of a language with `count` for each number and a word for each text."""
    phrases = phrases_for(language)
    for message in catalogue(language):
        name = message.id.name
        needed = variables(language)[name]
        values = {each: "x" if each in WORDS else count for each in needed}
        if message.value:
            yield name, phrases.inline(name, **values)
        if message.attributes:
            yield from ((name, text) for text in phrases.variants(name, **values))


def said_as(language: str, key: str, **values: object) -> set[str]:
    """All that is said at `key`, whichever wording's turn it is."""
    phrases = phrases_for(language)
    return {phrases.worded(key, each, **values) for each in phrases.wordings(key)}


@cache
def _others(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Each wording of a phrase but the first as a pattern, and the first to put in its place.

    Not those that say less than the first.
    """
    phrases, found = phrases_for(language), []
    for message in catalogue(language):
        key, names = message.id.name, sorted(variables(language)[message.id.name])
        if message.value and message.attributes:
            marks = {name: f"<{name}>" for name in names}
            first, *others = (phrases.worded(key, each, **marks) for each in phrases.wordings(key))
            for name in names:
                first = first.replace(f"<{name}>", rf"\g<{name}>")
            for other in (each for each in others if all(f"<{name}>" in each for name in names)):
                pattern = re.escape(other)
                for name in names:
                    pattern = pattern.replace(f"<{name}>", f"(?P<{name}>.+?)", 1)
                found.append((re.compile(rf"(?<!\S){pattern}(?=$|[ .])"), first))
    return found


@cache
def plain(text: str, language: str = "en") -> str:
    """A text as it is said where each phrase has its first wording: for tests about other things.

    Numbers are texts here, so phrases with forms for numbers have only one of them.
    """
    for pattern, first in _others(language):
        text = pattern.sub(first, text)
    return text[:1].upper() + text[1:]


def numbered(language: str) -> str:
    """How a language writes numbers, as its catalogue has it: for one of a few phrases."""
    text = resources.files(catalogues).joinpath(f"{language}.ftl").read_text("utf-8")
    (found,) = re.findall(r"^-numbers = .*\n(?: .*\n)+", text, re.MULTILINE)
    return str(found)
