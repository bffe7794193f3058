"""What people say, as Home Assistant reads it: sentences of hassil. Pure.

Bare words are left to it: a sentence of ours would take "pause" or "next" from every room, at any
time. A courtesy or an article may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audiocoach.remote import Intent
from audiocoach.sayings import WHOLE, Sayings, slots


@dataclass(frozen=True)
class Begun:
    """The sentences that begin a session."""

    plain: list[str]
    paced: Mapping[str, list[str]]
    """By the pace that is wished."""
    others: list[str]
    """With wishes that a file can't meet."""


def commands(sayings: Sayings, intent: Intent) -> list[str]:
    """The sentences of an intent, of all but `begin`."""
    return _polite(sayings, sayings.phrases(intent, *WHOLE))


def begun(sayings: Sayings, names: Iterable[str]) -> Begun:
    """The sentences that begin a routine of these names."""
    by_slots = {
        phrase: [slot for slot in slots(phrase) if slot != "pace"] or [*slots(phrase)]
        for phrase in sayings.begun(names)
    }
    paced = [phrase for phrase, wished in by_slots.items() if wished == ["pace"]]
    return Begun(
        _polite(sayings, (phrase for phrase, wished in by_slots.items() if not wished)),
        {
            value: _polite(
                sayings, (phrase.replace("{pace}", word) for phrase in paced for word in words)
            )
            for value, words in sayings.table["words"]["pace"].items()
        },
        _polite(
            sayings, (each for each, wished in by_slots.items() if wished not in ([], ["pace"]))
        ),
    )


def _polite(sayings: Sayings, phrases: Iterable[str]) -> list[str]:
    """With a courtesy or an article before, behind and between, or without."""
    words = (*sayings.table["courtesy"], *sayings.table["articles"])
    courtesy = f" [({'|'.join(words)})] "
    return [courtesy.join(["", *phrase.split(), ""]).strip() for phrase in dict.fromkeys(phrases)]
