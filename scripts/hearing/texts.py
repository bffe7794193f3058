"""What the bundled routines say, and how it is held against what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import jiwer
from text_to_num import alpha2digit
from whisper_normalizer.english import EnglishSpellingNormalizer

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.language import base
from audiocoach.routine.load import bundled, load
from audiocoach.routine.translate import speaks, translate
from audiocoach.timeline.script import Utterance

SHORT: Final = 2
"""Words of a short cue, at most."""
HOMOPHONES: Final = {
    "en": """
    be bee, break brake, by buy bye, ceiling sealing, do due dew, eight ate, feet feat, find fined,
    for four fore, forward foreword, hear here, heel heal, heels heals, high hi, hold holed,
    hurts hertz, load lode, muscle mussel, muscles mussels, need knead, new knew, no know,
    nose knows, one won, pain pane, past passed, pause paws, raise rays raze, right write rite,
    roll role, see sea, side sighed, sight site cite, so sew, soles souls, some sum, stairs stares,
    straight strait, sun son, there their, through threw, toe tow, toes tows, two to too,
    wait weight, way weigh, week weak, where wear, would wood
    """
}
"""Words that are one sound: which was meant, no recogniser can know of a cue alone.

By the CMU dictionary; of words that our routines say. They are equal for every voice, and the
report says how many were counted right for that alone.
"""


@dataclass(frozen=True)
class Row:
    """What was heard of one utterance. `wrong` counts words changed, left out and put in."""

    text: str
    heard: str
    words: int
    wrong: int
    alike: int
    """Words that were written as another of the same sound, and count as right."""
    missed: list[list[str]]
    """Each word of the text that was not heard, and what was heard instead ("" is nothing)."""

    @property
    def short(self) -> bool:
        return self.words <= SHORT


def utterances(language: str, routines: Sequence[str] = ()) -> list[str]:
    """Every distinct text that the routines (else all bundled ones) say in a language.

    In a fixed random order.
    """
    texts = {
        sound.text
        for name in routines or [name for name, _ in bundled()]
        if speaks(routine := load(name), language)
        for sound in compile_script(translate(routine, language)).sounds()
        if isinstance(sound, Utterance)
    }
    return sorted(texts, key=lambda text: blake2b(text.encode()).digest())


def words_of(text: str, language: str) -> list[str]:
    """The words of a text, in one spelling."""
    number = phrases_for(language).number
    figures = alpha2digit(text, base(language))  # "forty-five" too, which no catalogue has
    text = re.sub(r"\d+", lambda found: f" {number(int(found[0]))} ", figures).casefold()
    english = base(language) == "en"
    words = re.findall(r"[^\W_]+", re.sub("['’]", "" if english else " ", text))
    return EnglishSpellingNormalizer()(" ".join(words)).split() if english else words


def joined(words: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The words, two put together where the other side has them as one: "half way"."""
    wanted = set(wanted)
    made: list[str] = []
    for word in words:
        if made and made[-1] + word in wanted:
            made[-1] += word
        else:
            made.append(word)
    return made


def one_spelling(got: Sequence[str], wanted: Iterable[str], language: str) -> list[str]:
    """The words, those that sound like a wanted one written like it."""
    groups = [group.split() for group in HOMOPHONES.get(base(language), "").split(",")]
    wanted = set(wanted)
    like = {
        word: meant
        for group in groups
        for meant in group
        if meant in wanted
        for word in group
        if word not in wanted
    }
    return [like.get(word, word) for word in got]


def compared(text: str, heard: str, language: str) -> Row:
    """One utterance, what was heard beside what was said."""
    said, got = words_of(text, language), words_of(heard, language)
    said, got = joined(said, got), joined(got, said)
    if not said:
        return Row(text, heard, 0, len(got), 0, [])
    if not got:
        return Row(text, heard, len(said), len(said), 0, [[word, ""] for word in said])
    spelt, got = got, one_spelling(got, said, language)
    found = jiwer.process_words(" ".join(said), " ".join(got))
    wrong = found.substitutions + found.deletions + found.insertions
    missed = []
    for part in found.alignments[0]:
        instead = got[part.hyp_start_idx : part.hyp_end_idx]
        if part.type in {"substitute", "delete"}:
            lost = said[part.ref_start_idx : part.ref_end_idx]
            missed += [[word, *(instead[n : n + 1] or [""])] for n, word in enumerate(lost)]
    alike = sum(one != other for one, other in zip(spelt, got, strict=True))
    return Row(text, heard, len(said), wrong, alike, missed)
