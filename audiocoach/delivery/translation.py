"""What a translation of a routine still lacks, ready to paste into its file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from audiocoach.routine.model import Routine
from audiocoach.routine.translate import Spoken, missing, spoken, unused

_LONGEST_KEY: Final = 1_000
"""YAML looks no further than 1024 characters for the colon after a key."""


def translation_sheet(routine: Routine, language: str, phrases: Iterable[str] = ()) -> str:
    """The texts to translate to `language` as YAML, with their lines, and unused translations.

    `phrases` are the messages that the catalogue of the language lacks. "" if nothing is missing.
    """
    parts = [
        *_to_translate(routine, language, missing(routine, language)),
        *_listed("no longer used; delete them:", map(_quoted, unused(routine, language))),
        *_listed(f"messages that the phrases for {language} lack:", phrases),
    ]
    return "".join(f"{line}\n" for line in parts)


def _to_translate(routine: Routine, language: str, lacking: tuple[Spoken, ...]) -> Iterator[str]:
    if not lacking:
        return
    count = len(spoken(routine))
    yield f"# {len(lacking)} of {count} texts to translate to {language}: fill in the empty quotes"
    if not routine.translations:
        yield "translations:"
    if language not in routine.translations:
        yield f"  {language}:"
    for each in lacking:
        yield f"    # line {each.line}"
        key = _quoted(each.text)
        yield from [f'    {key}: ""'] if len(key) < _LONGEST_KEY else [f"    ? {key}", '    : ""']


def _listed(title: str, things: Iterable[str]) -> Iterator[str]:
    for index, thing in enumerate(things):
        if not index:
            yield f"# {title}"
        yield f"# {thing}"


def _quoted(text: str) -> str:
    """A text in quotes that YAML reads as it is."""
    return json.dumps(text, ensure_ascii=False)
