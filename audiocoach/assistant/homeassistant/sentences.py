"""What people say, in Home Assistant's form: sentences for hassil. Pure.

Bare words are left to Home Assistant: a sentence of ours would claim "pause" or "next" in every
room, at any time. Courtesies and articles may appear anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audiocoach.remote import Intent
from audiocoach.sayings import OF_THE_WHOLE, WHOLE, Sayings, slots


@dataclass(frozen=True)
class Begun:
    """The sentences that begin a session."""

    plain: list[str]
    paced: Mapping[str, list[str]]
    """By the pace asked for."""
    others: list[str]
    """Sentences with wishes that a file can't meet."""


def commands(sayings: Sayings, intent: Intent, names: Iterable[str] = ()) -> list[str]:
    """The sentences of an intent, of all but `begin`, for a routine of these names.

    No article is needed, and what refers to the whole session may use any name for it: "stop
    workout", "pause my exercises", "stop the foot workout".
    """
    said = map(str.split, sayings.phrases(intent, *WHOLE))
    articles = set(sayings.table["articles"])
    if intent not in OF_THE_WHOLE:
        return _polite(sayings, _without(articles, said))
    called = (*sayings.table["whole"], *names)
    these = sayings.table["these"]
    any_name = f"({'|'.join(dict.fromkeys(called))})"
    named = ([any_name if word in called else word for word in words] for words in said)
    return _polite(sayings, _without({*articles, *these}, named), these)


def _without(articles: set[str], said: Iterable[list[str]]) -> Iterator[list[str]]:
    """Without the articles; of two together, "de la", the first stays."""
    for words in said:
        following = zip(words, (*words[1:], ""), strict=True)
        yield [word for word, after in following if word not in articles or after in articles]


def begun(sayings: Sayings, names: Iterable[str]) -> Begun:
    """The sentences that begin a routine of these names."""
    by_slots = {
        phrase: [slot for slot in slots(phrase) if slot != "pace"] or [*slots(phrase)]
        for phrase in sayings.begun(names)
    }
    paced = [phrase for phrase, wished in by_slots.items() if wished == ["pace"]]

    def sentences(phrases: Iterable[str]) -> list[str]:
        return _polite(sayings, map(str.split, phrases))

    return Begun(
        sentences(phrase for phrase, wished in by_slots.items() if not wished),
        {
            value: sentences(phrase.replace("{pace}", word) for phrase in paced for word in words)
            for value, words in sayings.table["words"]["pace"].items()
        },
        sentences(each for each, wished in by_slots.items() if wished not in ([], ["pace"])),
    )


def _polite(
    sayings: Sayings, phrases: Iterable[list[str]], articles: Iterable[str] = ()
) -> list[str]:
    """With a courtesy and an article before, behind and between, or without."""
    lists = (sayings.table["courtesy"], (*sayings.table["articles"], *articles))
    perhaps = " ".join(["", *(f"[({'|'.join(words)})]" for words in lists), ""])
    sentences = (perhaps.join(["", *phrase, ""]).strip() for phrase in phrases)
    return list(dict.fromkeys(sentences))
