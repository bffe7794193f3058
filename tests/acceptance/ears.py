"""Ears: where a sound begins, which sounds are the same, and what they say.

Nothing here knows audiocoach. A segment is sound between two silences. Equal clips decode to
nearly equal segments, which tells "the same word again" from "another word" without a speech
recogniser; pocketsphinx, with a closed grammar, then tells which words they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
Sound = NDArray[np.float32]
Level = NDArray[np.float64]

RATE = 48_000
MS = RATE // 1000
HEARD_DBFS = -50.0
ATTACK_DBFS = -40.0
"""Where a sound begins: MP3 spreads a hard attack forward by up to 12 ms, at -45 dBFS."""
QUIET_MS = 80
"""Two sounds with less silence than this between them are one. Words pause for 45 ms at most."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
IN_SECONDS = {
    "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0,
    "fifteen": 15.0, "thirty": 30.0,
}  # fmt: skip
SIDES = ("right", "left")


UNKNOWN = "?"


@dataclass(frozen=True)
class Grammar:
    """All that may be said: in a short sound, and in a long one."""

    short: tuple[str, ...]
    long: tuple[str, ...]


def knows(grammar: Grammar, word: str) -> bool:
    return any(word == each.removeprefix("and ") for each in grammar.short + grammar.long)


ONE_WORD = (
    *NUMBERS, "release", "walk", "halfway", "circle", "pull", "rest", "hold", "ready",
    "right",
)  # fmt: skip
PHRASES = (
    *(f"number {number}" for number in NUMBERS[1:]),
    *(f"{number} seconds" for number in IN_SECONDS),
    *(f"{side} {limb}" for side in SIDES for limb in ("leg", "foot")),
    "heels down", "halfway", "ease back", "and drop", "and let go", "and grip", "and lift",
    "grip the pencil", "last one", "two to go", "and stop", "well done", "take your time",
    "now the other way", "the last one is next", "clockwise", "release", "circle",
    "half of it is over", "one minute to go",
)  # fmt: skip
SAME = {
    "half done": "halfway",
    "halfway there": "halfway",
    "half gone": "halfway",
    "half of them done": "halfway",
    "half are behind you": "halfway",
    "just two left": "two to go",
    "only two to go": "two to go",
    "one to go": "last one",
    "final one": "last one",
    "rest now": "rest",
    "take a break": "rest",
    **{
        f"{number} seconds {left}": f"{number} seconds"
        for number in IN_SECONDS
        for left in ("left", "to go")
    },
}
"""What is said in several ways, and the way that stands in scores."""
STOCK = Grammar(ONE_WORD, (*PHRASES, *SAME))


@dataclass(frozen=True)
class Segment:
    """Sound between two silences; times in milliseconds."""

    start: int
    end: int

    @property
    def at(self) -> float:
        return self.start / 1000


def envelope(pcm: Pcm) -> Level:
    """The peak of every millisecond, in dBFS."""
    whole = pcm[: len(pcm) // MS * MS].reshape(-1, MS)
    peak = np.maximum(whole.max(axis=1), -whole.min(axis=1).astype(np.int32))
    return np.asarray(20 * np.log10(np.maximum(peak / 32768, 1e-9)))


def segments_of(level: Level) -> list[Segment]:
    loud = np.flatnonzero(level > HEARD_DBFS)
    cuts = np.flatnonzero(np.diff(loud) > QUIET_MS)
    starts = [loud[0], *loud[cuts + 1]]
    ends = [*(loud[cuts] + 1), loud[-1] + 1]
    return [_segment(level, int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _segment(level: Level, start: int, end: int) -> Segment:
    onset = start + int(np.argmax(level[start:end] > ATTACK_DBFS))
    return Segment(onset, end)


_FILTER = np.sinc(np.arange(-24, 25) * 7000 / (RATE / 2)) * np.blackman(49)
_LOW_PASS = (_FILTER / _FILTER.sum()).astype(np.float32)
_MARGIN = 25 * MS


def _cut_out(pcm: Pcm, segment: Segment) -> Pcm:
    """A segment with its margins."""
    start, end = segment.start * MS - _MARGIN, segment.end * MS + _MARGIN
    return np.pad(pcm[max(start, 0) : end], (max(-start, 0), max(end - len(pcm), 0)))


def _at_16_khz(sound: Pcm) -> Sound:
    return np.convolve(sound.astype(np.float32), _LOW_PASS, "same")[::3]


_EXAMPLES = 3
_HEARINGS = 4
_LONGEST_PHRASE_MS = 1850


class Ears:
    """Tells equal sounds from unequal ones, and remembers both sounds and words."""

    def __init__(self, grammar: Grammar = STOCK) -> None:
        self._grammar = grammar
        self._sounds: list[tuple[int, list[Sound]]] = []
        """The length and the first few examples of each sound met so far."""
        self._by_length: dict[int, list[int]] = {}
        self._heard: dict[bytes, int] = {}
        """Sounds by a hash of every sample: a session heard again is mostly what it was."""
        self._words: dict[int, str] = {}
        self._recogniser: Recogniser | None = None

    def sound_of(self, pcm: Pcm, segment: Segment) -> int:
        """The number of the sound a segment is: equal for equal words, said equally."""
        sound = _cut_out(pcm, segment)
        samples = sha256(sound.tobytes()).digest()
        known = self._heard.get(samples)
        if known is None or len(self._sounds[known][1]) < _EXAMPLES:
            known = self._compared(_at_16_khz(sound), segment.end - segment.start)
            self._heard[samples] = known
        return known

    def _compared(self, heard: Sound, length: int) -> int:
        near = {s for n in range(length - 4, length + 5) for s in self._by_length.get(n, [])}
        for sound in sorted(near):
            examples = self._sounds[sound][1]
            if _alike(examples[0], heard):
                if len(examples) < _EXAMPLES:
                    examples.append(heard)
                return sound
        self._sounds.append((length, [heard]))
        self._by_length.setdefault(length, []).append(len(self._sounds) - 1)
        return len(self._sounds) - 1

    def word_of(self, sound: int) -> str:
        """What a sound says: the word most of its examples are heard as."""
        if sound not in self._words:
            length, examples = self._sounds[sound]
            if length > _LONGEST_PHRASE_MS:
                return UNKNOWN
            self._recogniser = self._recogniser or Recogniser(self._grammar)
            heard: Counter[str] = Counter()
            for _ in range(_HEARINGS):
                heard.update(self._recogniser.hear(example, length) for example in examples)
                self._words[sound] = heard.most_common(1)[0][0]
                if self._words[sound] != UNKNOWN:
                    break
                del heard[UNKNOWN]  # what it once gave no answer to, it may when it hears it again
        return self._words[sound]


def _alike(one: Sound, other: Sound) -> bool:
    """Whether two sounds are the same but for two milliseconds and the coder's noise."""
    shifts = 32
    still = one[shifts : min(len(one), len(other)) - shifts]
    around = np.lib.stride_tricks.sliding_window_view(other[: len(still) + 2 * shifts], len(still))
    dots = around @ still
    best = int(np.argmax(dots))
    return bool(dots[best] > 0.9 * np.linalg.norm(still) * np.linalg.norm(around[best]))


LONGEST_WORD_MS = 700
_NOISE_FLOOR = 120
_QUIET_AROUND = 4800


class Recogniser:
    """pocketsphinx with two closed grammars: single words and phrases."""

    def __init__(self, grammar: Grammar) -> None:
        from pocketsphinx import Config, Decoder

        self._grammar = grammar

        self._decoder = Decoder(Config(cmn="batch", lm=None, loglevel="FATAL"))
        for name, words in (("word", grammar.short), ("phrase", grammar.long)):
            jsgf = f"#JSGF V1.0; grammar {name}; public <{name}> = {' | '.join(words)};"
            self._decoder.add_jsgf_string(name, jsgf)
        self._noise = np.random.default_rng(16)

    def hear(self, sound: Sound, length_ms: int) -> str:
        """What it says. Quiet noise is laid under it: digital silence confuses the decoder."""
        short = length_ms <= LONGEST_WORD_MS
        self._decoder.activate_search("word" if short else "phrase")
        sound = np.pad(sound, _QUIET_AROUND)
        noisy = sound + self._noise.normal(0, _NOISE_FLOOR, len(sound))
        self._decoder.start_utt()
        pcm = np.clip(noisy, -32768, 32767).astype(np.int16)
        self._decoder.process_raw(pcm.tobytes(), full_utt=True)
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        word: str = heard.hypstr if heard else ""
        known = self._grammar.short if short else self._grammar.long
        # A path that ends within a phrase is no answer.
        return SAME.get(word, word.removeprefix("and ")) if word in known else UNKNOWN
